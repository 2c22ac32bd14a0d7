#!/bin/sh
# scikit-learn: labels=[…] drops void pixels from confusion_matrix, and keeps them as false alarms in jaccard_score
#
# Both take `labels` to say which classes there are, and void (255) is often left out of it in the
# hope that it does not count. `confusion_matrix` leaves out each pixel whose truth or prediction is
# not in the list. `jaccard_score`, `f1_score` and `classification_report` only leave the class out
# of the mean: what is predicted on void pixels still counts against the class that was predicted.
#
# The same call on the same arrays gives 0.889 and 0.727. Void pixels must be taken out of the
# arrays.
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
from sklearn.metrics import confusion_matrix, jaccard_score
print(", ".join(f"{name} {version(name)}" for name in ["scikit-learn", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


truth = np.repeat([0, 1, 255], [50, 40, 10])
prediction = np.repeat([0, 1, 1, 1], [45, 5, 40, 10])
counts = confusion_matrix(truth, prediction, labels=[0, 1])
iou = np.diag(counts) / (counts.sum(0) + counts.sum(1) - np.diag(counts))
expect("IoU from confusion_matrix(labels=[0, 1])", iou.round(3).tolist(), [0.9, 0.889])
expect("jaccard_score(labels=[0, 1])", jaccard_score(truth, prediction, labels=[0, 1], average=None).round(3).tolist(), [0.9, 0.727])
there = truth != 255
expect("jaccard_score without the void pixels", jaccard_score(truth[there], prediction[there], average=None).round(3).tolist(), [0.9, 0.889])
END
