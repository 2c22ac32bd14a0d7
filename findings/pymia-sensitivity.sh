#!/bin/sh
# pymia: the sensitivity of a class that the truth lacks is minus infinity
#
# For a label that is not in the image, Dice and Jaccard are 1 if nothing is predicted, precision is
# 0 and sensitivity is -inf: four answers to one question. The default writers average over images
# with the mean, and one image without the class makes the mean -inf.
#
# Leave such images out by hand before you average, for each metric.
#
# Seen with pymia 0.3.4, numpy 1.26.4, simpleitk 2.4.1.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" pymia==0.3.4 numpy==1.26.4 simpleitk==2.4.1
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
from pymia.evaluation.evaluator import SegmentationEvaluator
from pymia.evaluation.metric import DiceCoefficient, Precision, Sensitivity
print(", ".join(f"{name} {version(name)}" for name in ["pymia", "numpy", "simpleitk"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


def evaluated(prediction, truth):
    evaluator = SegmentationEvaluator([DiceCoefficient(), Precision(), Sensitivity()], {1: "pole"})
    evaluator.evaluate(prediction, truth, "scene")
    return {result.metric: float(result.value) for result in evaluator.results}


empty = np.zeros((8, 8), np.uint8)
full = empty.copy()
full[2:5, 2:5] = 1
expect("neither predicted nor true", evaluated(empty, empty), {"DICE": 1.0, "PRCISON": 0.0, "SNSVTY": float("-inf")})
expect("predicted, not true", evaluated(full, empty), {"DICE": 0.0, "PRCISON": 0.0, "SNSVTY": float("-inf")})
expect("true, not predicted", evaluated(empty, full), {"DICE": 0.0, "PRCISON": 0.0, "SNSVTY": 0.0})
END
