#!/bin/sh
# scikit-learn: the macro and micro averages of a single mask are over the background too, those of two masks are not
#
# Masks as columns of an array of pixels by classes are a multilabel problem, and an average is over
# its columns. A single column is taken for a binary problem with two classes, 0 and 1: macro is the
# mean of the mask and of its complement, micro is the accuracy for F1, precision and recall, and
# only average="binary", which refuses two columns, is the score of the mask. The same column twice
# has the score of the column.
#
# A script that reads its classes from a list changes its rule when the list has one name, and a
# small lesion with an IoU of 0.333 has a mean IoU of 0.646.
#
# Seen with scikit-learn 1.9.1, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" scikit-learn==1.9.1 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
from sklearn.metrics import f1_score, jaccard_score
print(", ".join(f"{name} {version(name)}" for name in ["scikit-learn", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


truth = np.repeat([1, 0], [4, 96])[:, None]
prediction = np.repeat([1, 0, 1, 0], [2, 2, 2, 94])[:, None]


def scores(score, columns, averages=("macro", "micro", "weighted")):
    return [round(float(score(np.repeat(truth, columns, 1), np.repeat(prediction, columns, 1), average=one)), 3) for one in averages]


expect("IoU of the mask", scores(jaccard_score, 1, ("binary",)), [0.333])
expect("IoU of it, macro, micro, weighted", scores(jaccard_score, 1), [0.646, 0.923, 0.934])
expect("IoU of it twice, macro, micro, weighted", scores(jaccard_score, 2), [0.333, 0.333, 0.333])
expect("F1 of the mask", scores(f1_score, 1, ("binary",)), [0.5])
expect("F1 of it, macro, micro, weighted", scores(f1_score, 1), [0.74, 0.96, 0.96])
expect("accuracy", round(float((truth == prediction).mean()), 3), 0.96)
END
