#!/bin/sh
# scikit-learn: log_loss of the same probabilities is 2.25, 4.51 or 9.53 as float16, float32 or float64, and rows need not sum to 1
#
# A probability of 0 is clipped at the machine epsilon of the array's type: a pixel that is wrong
# with certainty costs 6.9, 15.9 or 36.0. Rows that do not sum to 1, as those of saved levels often
# do not, are taken as they are, with a warning; scikit-learn 1.4.2 divides them by their sum.
#
# Planes that were saved with less precision, and hold the same numbers, look like those of a better
# model.
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
from sklearn.metrics import log_loss
print(", ".join(f"{name} {version(name)}" for name in ["scikit-learn", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


truth, p = [0, 1, 1, 0], np.array([1, 0.5, 0.5, 0.5])
kinds = [np.float16, np.float32, np.float64]
expect("loss of 1 0.5 0.5 0.5 as float16, float32, float64", [round(float(log_loss(truth, p.astype(kind))), 2) for kind in kinds], [2.25, 4.51, 9.53])
expect("cost of one certain mistake", [round(float(log_loss([0], np.array([1], kind), labels=[0, 1])), 1) for kind in kinds], [6.9, 15.9, 36.0])
rows = np.array([[0.4, 0.3, 0.1], [0.2, 0.8, 0.2]])
seen = round(float(log_loss([0, 1], rows, labels=[0, 1, 2])), 4)
expect("loss of rows that sum to 0.8 and 1.2", seen, 0.5697)
expect("of the rows as they are, divided by their sums", [round(float(-np.log(one[[0, 1], [0, 1]]).mean()), 4) for one in (rows, rows / rows.sum(1, keepdims=True))], [0.5697, 0.5493])
END
