#!/bin/sh
# miseval: "HD" compares the rows of the picture, so a mask that is ten rows too low has a distance of 0, and "AHD" is the maximum
#
# `evaluate(…, "HD")` hands the two label maps to a function that takes lists of points, so each row
# of the picture is a point and the order of rows is of no account. A mask moved down by ten pixels
# has 0, moved to the right by ten 4.47, and a wrong pixel 28 pixels away is 1. The class is left
# out: a list of classes gets the same number for each. "AHD", the average Hausdorff distance by its
# name, is the maximum, the 10 and the 28.3 that one expects of the other; of a mask that was missed
# it is finite, and of two empty masks 0. Two empty masks have a Dice of 1 and an IoU of 0.
#
# A table of Hausdorff distances made with it says how different the shapes of rows are, in no unit.
#
# Seen with miseval 1.3.0, hausdorff 0.2.6, numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1,
# scikit-image 0.26.0, numba 0.68.1, dictances 1.5.3.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" miseval==1.3.0 hausdorff==0.2.6 numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1 scikit-image==0.26.0 numba==0.68.1 dictances==1.5.3
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
from miseval import evaluate
print(", ".join(f"{name} {version(name)}" for name in ["miseval", "hausdorff", "numpy", "scipy", "scikit-learn"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


def distances(truth, prediction):
    return tuple(round(float(evaluate(truth, prediction, name)), 2) for name in ("HD", "AHD"))


truth = np.zeros((64, 64), int)
truth[20:40, 20:40] = 1
expect("HD and AHD of a mask 10 pixels too low", distances(truth, np.roll(truth, 10, 0)), (0.0, 10.0))
expect("10 pixels too far right", distances(truth, np.roll(truth, 10, 1)), (4.47, 10.0))
stray = truth.copy()
stray[0, 0] = 1
expect("right but for a pixel in the corner", distances(truth, stray), (1.0, 28.28))
empty = np.zeros_like(truth)
expect("missed wholly", distances(truth, empty), (4.47, 55.87))
expect("two empty masks", distances(empty, empty), (0.0, 0.0))
labels = np.zeros((64, 64), int)
labels[:32, :32] = 1
labels[:32, 32:] = 2
wider = labels.copy()
wider[:32, :40] = 1
expect("HD of four classes, 0 and 3 without a mistake", evaluate(labels, wider, "HD", n_classes=4).round(2).tolist(), [2.83, 2.83, 2.83, 2.83])
expect("Dice and IoU of two empty masks", tuple(float(evaluate(empty, empty, name)) for name in ("DSC", "IoU")), (1.0, 0.0))
END
