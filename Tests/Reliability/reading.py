#!/usr/bin/env python3
"""Files of every format, as the libraries of their fields write them and as nobody should: are the same numbers read?

    python3 -B reading.py NUMBERS                  all of them, a minute on two processors
    python3 -B reading.py NUMBERS --short          a tenth
    python3 -B reading.py NUMBERS --format NIfTI --only 'n_gzip_*' --keep DIR    some, whose files stay in DIR

NUMBERS is `numbers` of this package, which says of each array its shape, its type and a digest of its numbers. The
first letter of a verdict is that of malformed.py: y is read, and every bit is as expected, n is refused with a line
that says why, i either. A file takes at most 2 s and 64 MB. What needs a library that cannot be imported is left out
and said to be; requirements.txt names them all.
"""

import argparse
import collections
import fnmatch
import importlib
import json
import os
import queue
import random
import sys
import tempfile
import threading

from malformed_run import ALL, INSIDE, LINE, MEGABYTES, SECONDS, Runner, text
from saved import Affine

PAGES = {"TIFF": "tiff_files", "NIfTI": "nifti_files", "NRRD and MetaImage": "volume_headers",
         "safetensors and narrow floats": "safetensors_files", "runs": "run_files"}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("numbers", help="the program")
    parser.add_argument("--short", action="store_true", help="a tenth of the files, drawn by the seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", choices=PAGES, action="append", help="only this one")
    parser.add_argument("--only", default="*", help="only files of these names")
    parser.add_argument("--keep", help="where the files stay")
    return parser.parse_args()


def faults(file, outcome, said):
    """All that is wrong with an answer."""
    if outcome.code not in (0, 1):
        yield "ended with %d: %s" % (outcome.code, text(outcome.said))
        return
    if outcome.seconds > SECONDS:
        yield "took %.1f s" % outcome.seconds
    if outcome.megabytes > MEGABYTES:
        yield "took %.0f MB" % outcome.megabytes
    lines = [json.loads(line) for line in said.splitlines()]
    error = lines[-1].get("error") if lines else ""
    if (outcome.code == 0) == (error is not None):
        yield "ended with %d, and said %s" % (outcome.code, said[:200])
    elif error is None:
        yield from wrong_numbers(file, lines)
    else:
        yield from poorly_refused(file, error)


def wrong_numbers(file, lines):
    if file.verdict == "n":
        yield "was read: %s" % lines[0]
    if file.arrays is None:
        return
    found = {line.get("name"): line for line in lines}
    if len(found) != len(file.arrays):
        yield "has %d arrays, and %d were read" % (len(file.arrays), len(found))
    for expected in file.arrays:
        line = found.get(expected.get("name"), {})
        for key, value in expected.items():
            if not is_same(line.get(key), value):
                yield "has the %s %s, and %s was read" % (key, value, line.get(key))


def is_same(found, expected):
    """Bit by bit, but for places in space, which each reader computes."""
    if not isinstance(expected, Affine) or found is None:
        return found == expected
    reach = expected.reach * max(map(abs, expected))
    return len(found) == 12 and all(abs(a - b) <= reach for a, b in zip(found, expected))


def poorly_refused(file, error):
    first = error.split("\n")[0]
    if file.verdict == "y":
        yield "was refused: " + first
    if not first.startswith(file.name):
        yield "does not name the file: " + first
    if file.verdict == "n" and file.says not in first:
        yield "does not say '%s': %s" % (file.says, first)
    if len(first.encode()) > LINE or len(error.encode()) > ALL:
        yield "says %d bytes: %s" % (len(error.encode()), first[:200])
    if INSIDE.search(error.encode()):
        yield "speaks of its inside: " + first
    if any(ord(c) < 32 and c != "\n" or ord(c) == 127 for c in error):
        yield "has control characters: " + first


def run_all(program, files, folder):
    """The outcome and the faults of each file, in their order."""
    waiting, results = queue.Queue(), [None] * len(files)
    for item in enumerate(files):
        waiting.put(item)

    def work(number):
        runner = Runner(program)
        place = os.path.join(folder, "out%d" % number)
        while True:
            try:
                index, file = waiting.get_nowait()
            except queue.Empty:
                break
            try:
                outcome = runner.run([*file.words, file.name], folder, place)
                with open(place, encoding="utf-8") as said:
                    results[index] = (outcome, list(faults(file, outcome, said.read())))
            except Exception as error:  # A mistake here must not look like a pass.
                results[index] = (None, ["could not be tried: %r" % error])
        runner.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def told(name, files, results):
    """Says a line for the format and one for each fault; how many files are not as expected."""
    wrong = 0
    for file, (_, found) in zip(files, results):
        wrong += bool(found)
        for fault in found:
            print("  %s: %s" % (file.name, fault[:500]))
    outcomes = [outcome for outcome, _ in results if outcome]
    count = collections.Counter(file.is_valid for file in files)
    print("reading %s: %d valid files, %d malformed, %d as expected, slowest %.2f s, most memory %.0f MB" % (
        name, count[True], count[False], len(files) - wrong, max((o.seconds for o in outcomes), default=0),
        max((o.megabytes for o in outcomes), default=0)), flush=True)
    return wrong


def main():
    options = arguments()
    program = os.path.abspath(options.numbers)
    if not os.access(program, os.X_OK):
        raise SystemExit("%s: no program is there; build it first" % options.numbers)
    wrong = 0
    with tempfile.TemporaryDirectory() as temporary:
        for name in options.format or PAGES:
            page = PAGES[name]
            folder = os.path.join(os.path.abspath(options.keep or temporary), page)
            os.makedirs(folder, exist_ok=True)
            missing = []
            files = list(importlib.import_module(page).files(folder, options.seed, missing))
            if missing:
                print("skipped: %s files that take %s" % (name, ", ".join(sorted(set(missing)))), file=sys.stderr)
            twice = [n for n, count in collections.Counter(file.name for file in files).items() if count > 1]
            if twice:
                raise SystemExit("two files have one name: %s" % twice)
            files = [file for file in files if fnmatch.fnmatch(file.name, options.only)]
            if options.short:
                files = random.Random(options.seed).sample(files, -(-len(files) // 10))
            if files:
                wrong += told(name, files, run_all(program, files, folder))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
