"""Asks versions of the frameworks at the edges, and says which numbers moved between them.

    python versions.py smp==0.5.0                 between that version and the answers in edges/
    python versions.py smp==0.5.0 smp==0.6.0      between the two
    python versions.py smp==0.5.0 smp==0.6.0 --as smp-0.5 --out edges
                                                  and keeps what the first printed: edges/smp-0.5.json

A version is installed into a folder of its own, without what it depends on: that is as it is in the
environment which runs this. Of rows that moved all sets are kept.
"""

import argparse
import math
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from edgecalls.answers import Answers

HERE = Path(__file__).parent
# By the name of its presets: the package, and the file of its calls.
LIBRARIES = {
    "smp": ("segmentation-models-pytorch", "smp"),
    "sklearn": ("scikit-learn", "sklearn"),
    "monai": ("monai", "monai"),
    "torchmetrics": ("torchmetrics", "torchmetrics"),
    "kornia": ("kornia", "little"),
    "keras": ("keras", "keras"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("versions", nargs="+", help="smp==0.5.0, and what it is compared with")
    parser.add_argument("--as", dest="name", help="what its presets begin with: smp-0.5")
    parser.add_argument("--packages", type=Path, default=Path(".oracle-versions"))
    parser.add_argument("--out", type=Path, default=Path("oracle-out/versions"))
    options = parser.parse_args()
    asked = {each: None for each in options.versions}
    for each in asked:
        library, _, version = each.partition("==")
        if library not in LIBRARIES or not version:
            sys.exit(f"'{each}' is no version; known are {', '.join(LIBRARIES)}, as in smp==0.5.0")
        asked[each] = library, answers(library, version, options.packages)
    pairs = list(asked.items())
    for place, (each, (library, old)) in enumerate(pairs):
        later = pairs[place + 1] if place + 1 < len(pairs) else None
        if later and later[1][0] == library:
            new, against = later[1][1], later[0]
        elif place == 0 or pairs[place - 1][1][0] != library:
            new, against = Answers.read(HERE / "edges" / f"{LIBRARIES[library][1]}.json"), "edges/"
        else:
            continue
        print(f"{each}, against {against}")
        name = options.name or each.replace("==", "-")
        kept = moved(old, new, library, name, options.out / f"{name}.json")
        print(f"{len(kept.values)} of {len(old.values)} calls print other numbers")
        kept.write()


def answers(library: str, version: str, packages: Path) -> Answers:
    """What the version prints for every set."""
    package, calls = LIBRARIES[library]
    folder = packages.resolve() / f"{library}-{version}"
    if not folder.exists():
        pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(folder)]
        if subprocess.run([*pip, f"{package}=={version}"]).returncode:
            sys.exit(f"{package} {version} cannot be installed")
    with tempfile.TemporaryDirectory() as temporary:
        subprocess.run(
            [sys.executable, "-B", "-W", "ignore", str(HERE / "edges.py"), "ask", "--frameworks",
             calls, "--out", temporary],
            env=os.environ | {"PYTHONPATH": str(folder)}, check=True)
        answers = Answers.read(Path(temporary) / f"{calls}.json")
    if not answers.values:
        sys.exit(f"{package} {version} cannot be imported here")
    return answers


def moved(old: Answers, new: Answers, library: str, name: str, path: Path) -> Answers:
    """The rows of the older version that have another number for some set, and a line for each."""
    kept = Answers(path, versions=old.versions, sets=old.sets)
    for preset, row in sorted(old.values.items()):
        there = new.values.get(preset, {})
        others = [each for each in row if each in there and differ(row[each], there[each])]
        if others:
            first = others[0]
            print(f"  {preset}: {len(others)} of {len(row)} sets; {first}: "
                  f"{row[first]}, then {there[first]}")
            renamed = preset.replace(library, name, 1)
            kept.values[renamed], kept.calls[renamed] = row, old.calls[preset]
        elif all(isinstance(value, dict) for value in row.values()):
            print(f"  {preset}: refused, {next(iter(row.values()))['error']}")
    return kept


def differ(old, new) -> bool:
    """Whether both are printed, and not the same number up to single precision."""
    if isinstance(old, dict) or isinstance(new, dict):
        return False
    if isinstance(old, str) or isinstance(new, str):
        return old != new
    return not math.isclose(old, new, rel_tol=3e-6, abs_tol=2e-7)


if __name__ == "__main__":
    main()
