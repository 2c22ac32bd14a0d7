"""TIFF files of every kind, as real writers make them and as nobody should, with what is to be read of each.

    tiff_files.py DIR                          writes them: DIR/valid and DIR/malformed, with expected.json in each
    tiff_files.py DIR --reader PROGRAM         and lets PROGRAM read them: PROGRAM raw FILE OUT writes the numbers, in
                                               the order of C and little endian, and ends with 0, or says why not and
                                               ends with 3

PYTHON needs numpy, tifffile, imagecodecs, rasterio, pillow and opencv-python-headless. Names begin as those of
malformed.py: y_ is read, n_ is refused, i_ either. Each may take 2 s and 64 MB.
"""

import argparse
import collections
import hashlib
import json
import os
import sys
import warnings

import numpy

import tiff_malformed
import tiff_valid
from malformed_run import INSIDE, LINE, MEGABYTES, SECONDS, Runner


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", help="where the files go")
    parser.add_argument("--reader", help="the program that reads them")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def told(data):
    """What is to be read: shape, type and a digest of the numbers."""
    data = numpy.asarray(data)
    if data.dtype == bool:
        data = data.astype("u1")
    data = numpy.ascontiguousarray(data, data.dtype.newbyteorder("<"))
    return {"shape": list(data.shape), "type": data.dtype.str[1:], "sha256": hashlib.sha256(data.tobytes()).hexdigest()}


def write(folder, seed):
    """The expectations of both folders, which are written."""
    valid, malformed = os.path.join(folder, "valid"), os.path.join(folder, "malformed")
    os.makedirs(valid, exist_ok=True)
    os.makedirs(malformed, exist_ok=True)
    expected = {"valid/" + name: told(data) for name, data in tiff_valid.files(valid, numpy.random.default_rng(seed))}
    for case in tiff_malformed.cases(numpy.random.default_rng(seed)):
        path = "malformed/" + case.name
        if path in expected:
            raise SystemExit("two files have one name: " + path)
        with open(os.path.join(folder, path), "wb") as file:
            file.write(case.data)
        expected[path] = {"verdict": case.name[0], "says": case.says}
        if case.numbers is not None:
            expected[path].update(told(case.numbers))
    with open(os.path.join(folder, "expected.json"), "w") as file:
        json.dump(expected, file, indent=1)
    return expected


def faults(path, expected, outcome, folder):
    verdict = expected.get("verdict", "y")
    first = outcome.said.split(b"\n")[0]
    if outcome.seconds > SECONDS:
        yield "took %.1f s" % outcome.seconds
    if outcome.megabytes > MEGABYTES:
        yield "took %.0f MB" % outcome.megabytes
    if outcome.code == 0:
        if verdict == "n":
            yield "was read"
        elif "sha256" in expected:
            with open(os.path.join(folder, "out"), "rb") as file:
                if hashlib.sha256(file.read()).hexdigest() != expected["sha256"]:
                    yield "has other numbers: %s" % first.decode("utf-8", "replace")
    elif outcome.code != 3:
        yield "ended with %d: %r" % (outcome.code, outcome.said[:200])
    else:
        if verdict == "y":
            yield "was refused: %s" % first.decode("utf-8", "replace")
        if expected.get("says", "").encode() not in first:
            yield "does not say '%s': %s" % (expected["says"], first.decode("utf-8", "replace"))
        if path.encode() not in first or len(first) > LINE or INSIDE.search(outcome.said):
            yield "is poorly said: %r" % first


def main():
    options = arguments()
    warnings.filterwarnings("ignore")
    expected = write(options.folder, options.seed)
    print("TIFF: %d valid, %d malformed files" % tuple(
        sum(path.startswith(kind) for path in expected) for kind in ("valid", "malformed")))
    if not options.reader:
        return 0
    runner, wrong, worst = Runner(os.path.abspath(options.reader)), 0, collections.Counter()
    folder = os.path.abspath(options.folder)
    for path, what in expected.items():
        outcome = runner.run(["raw", path, "out"], folder)
        worst["s"], worst["MB"] = max(worst["s"], outcome.seconds), max(worst["MB"], outcome.megabytes)
        found = list(faults(path, what, outcome, folder))
        for fault in found:
            print("  %s: %s" % (path, fault))
        wrong += bool(found)
    runner.close()
    print("TIFF: %d not as expected, slowest %.2f s, most memory %.0f MB" % (wrong, worst["s"], worst["MB"]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
