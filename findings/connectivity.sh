#!/bin/sh
# How many objects: scikit-image and OpenCV join pixels at their corners, SciPy does not
#
# Metrics by object (lesion-wise F1, panoptic quality of connected parts) begin with connected
# components. Two squares that touch at a corner are one object by default in
# `skimage.measure.label` and `cv2.connectedComponents`, two in `scipy.ndimage.label`. Thin slanting
# structures fall into single pixels with the latter.
#
# The same masks give another number of true and predicted objects, and so another score, by the
# library alone.
#
# Seen with scipy 1.17.1, scikit-image 0.26.0, opencv-python-headless 5.0.0.93, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" scipy==1.17.1 scikit-image==0.26.0 opencv-python-headless==5.0.0.93 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import cv2
import numpy as np
from scipy import ndimage
from skimage.measure import label
print(", ".join(f"{name} {version(name)}" for name in ["scipy", "scikit-image", "opencv-python-headless", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


slant = np.eye(12, dtype=np.uint8)
expect("a slanting line of 12 pixels, scikit-image", int(label(slant).max()), 1)
expect("a slanting line of 12 pixels, OpenCV", cv2.connectedComponents(slant)[0] - 1, 1)
expect("a slanting line of 12 pixels, SciPy", ndimage.label(slant)[1], 12)
END
