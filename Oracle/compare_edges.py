"""Compares what this program prints at the edges with what the frameworks print.

    python edges.py data FOLDER
    for each in FOLDER/*/; do (cd "$each"; unmask run pipeline.yml); done
    python compare_edges.py FOLDER [--edges edges] [--tsv FILE]

Every preset of every set falls into one class: equal (within 1e-6 of the value, 3e-6 where the framework
adds in single precision); differ; nan (the framework prints NaN, or an infinity, and we a number); number
(the reverse); refuse (we print nothing and say why); fails (the framework refuses and we print a number);
both (neither has a number); not run (no framework was asked); not asked (we were not).
"""

import argparse
import json
import math
import sys
from collections import Counter
from pathlib import Path

from edgecalls.answers import Answers

HERE = Path(__file__).parent
# mmsegmentation prints percentages of two decimals.
ROUNDED = {f"mmseg.{name}": 5.1e-5 for name in ("mIoU", "mDice", "mAcc", "mPrecision", "aAcc")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--edges", type=Path, default=HERE / "edges")
    parser.add_argument("--tsv", type=Path)
    options = parser.parse_args()
    answers = [Answers.read(path) for path in sorted(options.edges.glob("*.json"))]
    rows = []
    for name in {name: None for each in answers for name in each.sets}:
        theirs = {preset: v for each in answers for preset, v in each.of(name).items()}
        rows += compared(name, theirs, options.folder / name / "out" / "report.json")
    kinds = Counter(kind for kind, *_ in rows)
    for row in rows:
        if row[0] in ("differ", "nan", "number", "fails"):
            print("\t".join(map(str, row)))
    print(", ".join(f"{kind} {kinds[kind]}" for kind in sorted(kinds)))
    if options.tsv:
        options.tsv.write_text("".join("\t".join(map(str, row)) + "\n" for row in rows))
    if any(kinds[kind] for kind in ("differ", "nan", "number", "fails", "no report")):
        sys.exit(1)


def compared(name: str, theirs: dict, report: Path):
    """A row a preset: the kind, the set, the preset, their value, ours, our reason."""
    if not report.exists():
        yield "no report", name, "", "", "", ""
        return
    ours = {row["id"]: row for row in json.loads(report.read_text())["presets"]}
    for preset in sorted(theirs.keys() | ours.keys()):
        row = ours.get(preset.split(" (")[0])
        value = row["value"] if row else None
        reason = (row.get("undefined_reason") or "") if row else ""
        expected = theirs.get(preset)
        found = kind(preset, value, expected) if row else "not asked"
        yield found, name, preset, shown(expected), shown(value), reason


def kind(preset: str, ours, theirs) -> str:
    if theirs is None:
        return "not run"
    if isinstance(theirs, dict):
        return "fails" if ours is not None else "both"
    if isinstance(theirs, str):
        return "nan" if ours is not None else "both"
    if ours is None:
        return "refuse"
    exact = preset.startswith("sklearn")
    bound = ROUNDED.get(preset, max((1e-6 if exact else 3e-6) * abs(theirs), 2e-7))
    return "equal" if math.isclose(ours, theirs, rel_tol=0, abs_tol=bound) else "differ"


def shown(value) -> str:
    if isinstance(value, dict):
        return value["error"]
    return f"{value:.8g}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    main()
