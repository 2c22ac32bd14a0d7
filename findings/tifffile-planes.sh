#!/bin/sh
# tifffile: three or four planes of bytes are written as colours, five as pages of which most readers see the first
#
# An array (classes, rows, columns) of uint8 with 3 classes becomes one RGB picture, with 5 classes
# five pages. Pillow and OpenCV open the first page and say nothing of the others, so the "mask" is
# the plane of class 0. Nothing but the number of classes decides which of the two happens.
#
# Write `photometric="minisblack"` always, and read the pages by their number.
#
# Seen with tifffile 2026.3.3, pillow 13.0.0, numpy 2.4.6, opencv-python-headless 5.0.0.93.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" tifffile==2026.3.3 pillow==13.0.0 numpy==2.4.6 opencv-python-headless==5.0.0.93
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import cv2
import numpy as np
import tifffile
from PIL import Image
print(", ".join(f"{name} {version(name)}" for name in ["tifffile", "pillow", "numpy", "opencv-python-headless"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


for classes, pages, shape in ((3, 1, (16, 16, 3)), (5, 5, (16, 16))):
    planes = np.zeros((classes, 16, 16), np.uint8) + np.arange(classes, dtype=np.uint8)[:, None, None]
    tifffile.imwrite("planes.tif", planes)
    image = Image.open("planes.tif")
    expect(f"{classes} planes: pages", image.n_frames, pages)
    expect(f"{classes} planes: shape in Pillow", np.array(image).shape, shape)
    expect(f"{classes} planes: shape in OpenCV", cv2.imread("planes.tif", cv2.IMREAD_UNCHANGED).shape, shape)
END
