#!/bin/sh
# NumPy: the usual confusion matrix, bincount(n * truth + prediction), wraps on one-byte labels
#
# The line is in many evaluation scripts. Labels of one byte times 19 stay one byte: class 14 is
# 14·19 = 266, which wraps to 10, and is counted as class 0. Nothing is raised, the matrix has the
# right sum, and the first 13 classes are right where only they occur. With n above 255 NumPy 2
# raises an error, and NumPy 1 gave the right number.
#
# A mean IoU from it is too low, with the loss on the last classes of the list. `truth.astype(int)`
# mends it.
#
# Seen with numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
print(", ".join(f"{name} {version(name)}" for name in ["numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


n = 19
labels = np.arange(n, dtype=np.uint8).repeat(10)


def mean_iou(truth, prediction):
    counts = np.bincount(n * truth + prediction, minlength=n * n).reshape(n, n)
    return round(float(np.mean(np.diag(counts) / np.maximum(1, counts.sum(0) + counts.sum(1) - np.diag(counts)))), 3)


expect("mean IoU of a map with itself, int64", mean_iou(labels.astype(int), labels.astype(int)), 1.0)
expect("mean IoU of a map with itself, uint8", mean_iou(labels, labels), 0.404)
expect("what 19 * 14 + 14 is in one byte", int((n * labels + labels)[14 * 10]), 24)
END
