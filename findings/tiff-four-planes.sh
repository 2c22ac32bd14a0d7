#!/bin/sh
# GDAL, OpenCV: of a TIFF with four planes of bytes the fourth is transparency, which multiplies or removes the other three
#
# rasterio writes four bands of bytes as red, green, blue and alpha. Where the level of class 4 is
# 0, the other classes are masked, and a warp, a mosaic or an average gives 0 for them: a pixel that
# is surely class 1 comes out as nothing. `read()` without a mask is right. OpenCV multiplies the
# first three planes by the fourth, with IMREAD_UNCHANGED too, and gives them in the order 3 2 1.
# Three or five bands, 16 bits or photometric="minisblack" have no alpha. Of two bands OpenCV and
# Pillow read the first alone, three come in reverse order in OpenCV, and neither opens five.
#
# So probabilities of a model with four classes are other numbers than those of a model with five.
#
# Seen with rasterio 1.4.4, opencv-python-headless 5.0.0.93, pillow 13.0.0, simpleitk 2.5.7, numpy
# 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" rasterio==1.4.4 opencv-python-headless==5.0.0.93 \
    pillow==13.0.0 simpleitk==2.5.7 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import cv2
import numpy as np
import rasterio
from PIL import Image
from rasterio.transform import from_origin
from rasterio.vrt import WarpedVRT
print(", ".join(f"{name} {version(name)}" for name in ["rasterio", "opencv-python-headless", "pillow", "simpleitk", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


p = np.zeros((5, 4, 4), np.uint8)
p[:4, :, :2] = np.array([255, 0, 0, 0])[:, None, None]
p[:4, :, 2:] = np.array([150, 50, 4, 51])[:, None, None]


def save(planes, **options):
    options = {"driver": "GTiff", "width": 4, "height": 4, "count": len(planes), "crs": "EPSG:32633", **options}
    with rasterio.open("p.tif", "w", dtype=planes.dtype, transform=from_origin(0, 4, 1, 1), **options) as file:
        file.write(planes)


def by_gdal():
    with rasterio.open("p.tif") as file, WarpedVRT(file, width=2, height=2, transform=from_origin(0, 4, 2, 2)) as half:
        masked = np.ma.getmaskarray(file.read(masked=True))
        return tuple(array[:, 0, 0].tolist() for array in (masked, file.read(), half.read()))


def by_opencv():
    picture = cv2.imread("p.tif", cv2.IMREAD_UNCHANGED)
    return None if picture is None else picture[0, 3].tolist()


save(p[:4])
expect("levels 255 0 0 0: masked, read, warped to half the size", by_gdal(), ([True] * 3 + [False], [255, 0, 0, 0], [0, 0, 0, 0]))
expect("levels 150 50 4 51 by OpenCV", by_opencv(), [1, 10, 30, 51])
save(p[:4], photometric="minisblack")
expect("255 0 0 0 with photometric='minisblack'", by_gdal(), ([False] * 4, [255, 0, 0, 0], [255, 0, 0, 0]))
save(p[:3])
expect("150 50 4 by OpenCV", by_opencv(), [4, 50, 150])
save(p[:2])
expect("150 50 by OpenCV and Pillow", (by_opencv(), int(np.array(Image.open("p.tif"))[0, 3])), (150, 150))
save(p)
expect("five planes by OpenCV", by_opencv(), None)
END
