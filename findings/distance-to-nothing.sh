#!/bin/sh
# SciPy: the distance to an empty mask is measured from a pixel above the top left corner, other libraries have four other answers
#
# Surface distances are read off a distance transform of the other mask. Where that mask is empty,
# `distance_transform_edt` has no pixel to measure to and takes one in row -1 and column 0; with
# three axes it is (-1, 0, 0). So an object that was invented in an empty image has a finite
# distance, which grows from the top to the bottom and changes when the image is cropped. The other
# two transforms of SciPy say -1 and 1.3e154, OpenCV 3.4e38 or 1.8e19, mahotas 33 or 5.74 for 3 x 4
# pixels, edt infinity.
#
# A mean over cases takes the number in; nothing is raised.
#
# Seen with scipy 1.17.1, opencv-python-headless 5.0.0.93, mahotas 1.4.19, edt 3.1.2, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" scipy==1.17.1 opencv-python-headless==5.0.0.93 mahotas==1.4.19 edt==3.1.2 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import cv2
import edt
import mahotas
import numpy as np
from scipy import ndimage
print(", ".join(f"{name} {version(name)}" for name in ["scipy", "opencv-python-headless", "mahotas", "edt", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


empty = np.zeros((100, 100), bool)
invented = np.zeros((100, 100), bool)
invented[90:95, 40:45] = True


def mean_distance(prediction, truth):
    return round(float(ndimage.distance_transform_edt(~truth)[prediction].mean()), 1)


def told(distances):
    return sorted({float(f"{x:.3g}") for x in np.asarray(distances, np.float64).ravel().tolist()})


expect("SciPy, mean distance of an invented object at the bottom of an empty image", mean_distance(invented, empty), 102.1)
expect("at the top", mean_distance(invented[::-1], empty), 42.8)
expect("at the bottom, the image cropped from row 80", mean_distance(invented[80:], empty[80:]), 44.0)
_, places = ndimage.distance_transform_edt(~empty, return_indices=True)
expect("the pixel that it measures to", places[:, 92, 42].tolist(), [-1, 0])
small = np.ones((3, 4), np.uint8)
expect("distance_transform_edt of 3 x 4", told(ndimage.distance_transform_edt(small)), [1.0, 1.41, 2.0, 2.24, 2.83, 3.0, 3.16, 3.61, 4.24])
expect("distance_transform_cdt", told(ndimage.distance_transform_cdt(small)), [-1.0])
expect("distance_transform_bf", told(ndimage.distance_transform_bf(small)), [1.34e154])
expect("OpenCV, mask of 5", told(cv2.distanceTransform(small, cv2.DIST_L2, 5)), [3.4e38])
expect("OpenCV, precise", told(cv2.distanceTransform(small, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)), [1.84e19])
expect("mahotas", told(mahotas.distance(small.astype(bool))), [33.0])
expect("mahotas, euclidean", told(mahotas.distance(small.astype(bool), metric="euclidean")), [5.74])
expect("edt", told(edt.edt(small)), [float("inf")])
END
