#!/bin/sh
# Two empty masks: Dice is NaN, 1 or 0 by library, and in MedPy and miseval Dice and IoU contradict each other
#
# Where a class is neither in the truth nor predicted there is nothing to divide. MedPy says NaN for
# Dice (with NumPy 2.4) and 1 for Jaccard, miseval 1 for Dice and 0 for IoU, scikit-learn 0 for both
# (with a warning). A mean over images takes these in.
#
# With a class that occurs in one image of ten, the mean Dice of a model that never predicts it
# wrongly lies between 0.1 and 1.0.
#
# Seen with medpy 0.5.2, miseval 1.3.0, scikit-learn 1.9.1, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" medpy==0.5.2 miseval==1.3.0 scikit-learn==1.9.1 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
from medpy.metric.binary import dc, jc
from miseval import evaluate
from sklearn.metrics import f1_score, jaccard_score
print(", ".join(f"{name} {version(name)}" for name in ["medpy", "miseval", "scikit-learn", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


empty = np.zeros((8, 8), np.uint8)
expect("MedPy, Dice and Jaccard", (str(float(dc(empty, empty))), float(jc(empty, empty))), ("nan", 1.0))
expect("miseval, DSC and IoU", tuple(float(evaluate(empty, empty, metric=name)) for name in ("DSC", "IoU")), (1.0, 0.0))
flat = empty.ravel()
expect("scikit-learn, F1 and Jaccard", (float(f1_score(flat, flat)), float(jaccard_score(flat, flat))), (0.0, 0.0))
END
