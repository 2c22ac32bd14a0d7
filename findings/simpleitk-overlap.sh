#!/bin/sh
# SimpleITK: the Dice of two empty masks is infinite, and its other overlap measures are 1.8e308 where they divide by nothing
#
# LabelOverlapMeasuresImageFilter knows no missing value. Two empty masks have an infinite Dice and
# a Jaccard of 1.8e308, the largest number there is. A class that is in the prediction alone has a
# false positive error of 1.8e308. These are no NaN, so they pass `nanmean` and a test for NaN.
# HausdorffDistanceImageFilter of two label maps takes all that is not 0 for one mask.
#
# One such image makes the mean of a whole data set infinite, or the largest number there is.
#
# Seen with simpleitk 2.5.7, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" simpleitk==2.5.7 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
import SimpleITK
print(", ".join(f"{name} {version(name)}" for name in ["simpleitk", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


largest = sys.float_info.max
empty = np.zeros((8, 8), np.uint8)
half, other = empty.copy(), empty.copy()
half[:4], other[4:] = 1, 2


def overlap(truth, predicted, *label):
    measures = SimpleITK.LabelOverlapMeasuresImageFilter()
    measures.Execute(SimpleITK.GetImageFromArray(truth), SimpleITK.GetImageFromArray(predicted))
    return measures.GetDiceCoefficient(*label), measures.GetJaccardCoefficient(*label), measures.GetFalsePositiveError(*label)


expect("half and half: Dice, Jaccard, false positive error", overlap(half, half), (1.0, 1.0, 0.0))
expect("two empty masks: Dice and Jaccard", overlap(empty, empty)[:2], (float("inf"), largest))
expect("class 2 that is predicted alone", overlap(half, other, 2), (0.0, 0.0, largest))
distance = SimpleITK.HausdorffDistanceImageFilter()
distance.Execute(SimpleITK.GetImageFromArray(half), SimpleITK.GetImageFromArray(half * 2))
expect("Hausdorff distance of label 1 and label 2 in one place", distance.GetHausdorffDistance(), 0.0)
END
