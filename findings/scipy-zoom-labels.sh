#!/bin/sh
# SciPy: zoom() of a label map overshoots and wraps: beside label 0 appears 252
#
# Without `order` the spline has degree 3. Beside an edge it swings below 0 and above the highest
# label, and the type's own arithmetic wraps that round: next to void (255) appear small labels, and
# next to 0 large ones. `order=1` makes the labels in between. Only `order=0` keeps them. `rotate`
# and `affine_transform` do the same.
#
# Predictions that were brought to the size of the truth in this way have dozens of labels that no
# class has.
#
# Seen with scipy 1.17.1, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" scipy==1.17.1 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
from scipy.ndimage import zoom
print(", ".join(f"{name} {version(name)}" for name in ["scipy", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


labels = np.zeros((32, 32), np.uint8)
labels[8:], labels[16:], labels[24:] = 1, 2, 255
expect("0 1 2 255, order 3", np.unique(zoom(labels, 2)).tolist(), [0, 1, 2, 3, 4, 9, 26, 164, 249, 252, 255])
expect("0 1 2 255, order 1", np.unique(zoom(labels, 2, order=1)).tolist(), [0, 1, 2, 34, 159, 255])
expect("0 1 2 255, order 0", np.unique(zoom(labels, 2, order=0)).tolist(), [0, 1, 2, 255])
END
