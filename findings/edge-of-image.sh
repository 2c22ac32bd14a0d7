#!/bin/sh
# Where a mask reaches the edge of the image, SciPy's erosion and OpenCV's contours give it an outline, the erosions of OpenCV, scikit-image, mahotas and SimpleITK none
#
# The outline of a mask is often the mask without its erosion. SciPy's `binary_erosion` takes what
# lies outside the image for background, so the edge belongs to the outline, as in OpenCV's
# `findContours`; the other erosions, SciPy's own `grey_erosion` among them, do not. A road or a sky
# that runs out of the picture has an outline along the edge with one, and there truth and
# prediction agree without any merit.
#
# Of the same two masks the mean distance of the outlines and the share of it that lies within a
# tolerance differ between libraries.
#
# Seen with scipy 1.17.1, scikit-image 0.26.0, opencv-python-headless 5.0.0.93, mahotas 1.4.19, SimpleITK 2.5.7, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" scipy==1.17.1 scikit-image==0.26.0 opencv-python-headless==5.0.0.93 mahotas==1.4.19 SimpleITK==2.5.7 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import cv2
import mahotas
import numpy as np
import SimpleITK as sitk
from scipy import ndimage
from skimage import morphology, segmentation
print(", ".join(f"{name} {version(name)}" for name in ["scipy", "scikit-image", "opencv-python-headless", "mahotas", "SimpleITK", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


truth, prediction = np.zeros((2, 20, 40), np.uint8)
truth[:, :20] = prediction[:, :24] = 1


def by_sitk(function):
    return lambda mask: sitk.GetArrayFromImage(function(sitk.GetImageFromArray(mask))) > 0


outlines = {
    "SciPy binary_erosion": lambda mask: (mask > 0) & ~ndimage.binary_erosion(mask),
    "SciPy grey_erosion": lambda mask: mask > ndimage.grey_erosion(mask, size=3),
    "scikit-image erosion": lambda mask: (mask > 0) & ~morphology.erosion(mask > 0),
    "scikit-image find_boundaries": lambda mask: segmentation.find_boundaries(mask, mode="inner"),
    "OpenCV erode": lambda mask: mask > cv2.erode(mask, np.ones((3, 3), np.uint8)),
    "OpenCV findContours": lambda mask: cv2.drawContours(np.zeros_like(mask), cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0], -1, 1) > 0,
    "mahotas bwperim": lambda mask: mahotas.bwperim(mask > 0),
    "SimpleITK BinaryErode": lambda mask: (mask > 0) & ~by_sitk(lambda image: sitk.BinaryErode(image, [1, 1]))(mask),
    "SimpleITK BinaryContour": by_sitk(sitk.BinaryContour),
}


def seen(outline):
    one, other = np.asarray(outline(truth), bool) & (truth > 0), np.asarray(outline(prediction), bool) & (prediction > 0)
    distances = np.concatenate([ndimage.distance_transform_edt(~b)[a] for a, b in ((one, other), (other, one))])
    return int(one.sum()), round(float(distances.mean()), 2), round(float((distances <= 1).mean()), 2)


for name, outline in outlines.items():
    expect(f"{name}: pixels, mean distance, share within 1", seen(outline), (76, 0.95, 0.75) if name in ("SciPy binary_erosion", "OpenCV findContours") else (20, 4.0, 0.0))
END
