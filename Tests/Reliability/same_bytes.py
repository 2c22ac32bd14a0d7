"""The same evidence is the same bytes, whatever the machine does in between.

    python3 -B same_bytes.py UNMASK          64 numbers of jobs, 3 locales, 3 time zones, 10 orders of the files
    python3 -B same_bytes.py UNMASK --short  a few of each

Every file of a set is compared with those of a run with one job, the evidence too.
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import inputs
import proof
import trial

IMAGES = tuple(f"image-{k}" for k in range(23))
LOCALES, ZONES = ("C", "de_DE.UTF-8", "tr_TR.UTF-8"), ("UTC", "Pacific/Kiritimati", "America/St_Johns")
# Tiles, batches and draws: what threads share out.
TILES = 'tiles: "pool(pixel) > score > mean(class) > mean(tile, image, batch)"'
MORE = "batch: {size: 4}\ntile: 5\npresets: all\n"


def ways(short):
    """What is done otherwise, and how: the words of the command, the environment, and a seed for the files' order."""
    jobs = (2, 7, 64) if short else range(2, 65)
    zones = ZONES[1:2] if short else ZONES
    for number in jobs:
        yield "numbers of jobs", ["--jobs", str(number)], {}, None
    for locale in LOCALES[1:]:
        yield "locales", ["--jobs", "3"], {"LC_ALL": locale, "LANG": locale}, None
    for zone in zones:
        yield "time zones", ["--jobs", "3"], {"TZ": zone}, None
    for seed in range(2 if short else 10):
        yield "orders of the files", ["--jobs", "3"], {}, seed


def shuffled(place, root, seed):
    """The same files, made in another order, which is that of many file systems."""
    files = sorted(path.relative_to(place) for path in place.rglob("*") if path.is_file())
    random.Random(seed).shuffle(files)
    for path in files:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(place / path, root / path)


def files_of(binary, place, words, environment):
    """The set that a run makes there."""
    out = place / "out"
    shutil.rmtree(out, ignore_errors=True)
    ended = subprocess.run(
        [binary, "run", "new.yml", *words], cwd=place, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, env=dict(os.environ, SOURCE_DATE_EPOCH="1700000000", **environment))
    if ended.returncode != 0:
        raise SystemExit(f"a run ends with {ended.returncode}: {ended.stdout.decode(errors='replace')}")
    found = {path.name: path.read_bytes() for path in out.iterdir()}
    return dict(found, **{"what is said": ended.stdout})


def main(arguments):
    asked = proof.asked(__doc__, arguments)
    binary = str(trial.absolute(asked.unmask))
    figures = {}
    with tempfile.TemporaryDirectory(dir=trial.PLACES) as folder:
        first = Path(folder) / "first"
        inputs.write(first, IMAGES)
        configuration = (first / "new.yml").read_text().split("check:")[0].replace("reduce: {", f"reduce: {{{TILES}, ")
        (first / "new.yml").write_text(configuration + MORE + "report: {to: out, formats: [json, markdown, html, csv, "
                                       "xlsx, junit, sarif, openmetrics, code-quality, gitlab-metrics]}\n")
        expected = files_of(binary, first, ["--jobs", "1"], {})
        for figure, words, environment, seed in ways(asked.short):
            place = first
            if seed is not None:
                place = Path(folder) / f"order-{seed}"
                shuffled(first, place, seed)
            found = files_of(binary, place, words, environment)
            wrong = sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
            done, faults = figures.setdefault(figure, [0, []])
            figures[figure][0] = done + 1
            if wrong:
                faults.append(f"{' '.join(words)} {environment or ''} {seed or ''}: other bytes in {', '.join(wrong)}")
    for figure, (done, faults) in figures.items():
        print(f"{done} {figure}: {len(expected)} outputs each, the same bytes {done - len(faults)}")
        for fault in faults:
            print(f"  {fault}")
    return 1 if any(faults for _, faults in figures.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
