#!/bin/sh
# SimpleITK reads a TIFF of float16 as whole numbers, where 1.0 is 15360; OpenCV multiplies 12 bits by 16; Pillow makes -1 255
#
# A half float has 16 bits, and SimpleITK takes them for a whole number: probabilities become 0 to
# 15360 and are still in order. tifffile writes such files, and so does GDAL with NBITS=16, and
# gives float32 back. OpenCV and Pillow refuse them. Of three planes of float32 from rasterio
# SimpleITK makes one plane, in which a row has the first third of its numbers, those of all three
# in turn. OpenCV moves 12-bit numbers up to the top of 16 bits, so label 300 is 4800. Pillow reads
# signed bytes as unsigned, so void −1 is void 255, and a class if 255 is one.
#
# A threshold of one half on the half floats finds object everywhere but where p is exactly 0.
#
# Seen with rasterio 1.4.4, opencv-python-headless 5.0.0.93, pillow 13.0.0, simpleitk 2.5.7, numpy
# 2.4.6, tifffile 2026.3.3.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" rasterio==1.4.4 opencv-python-headless==5.0.0.93 \
    pillow==13.0.0 simpleitk==2.5.7 numpy==2.4.6 tifffile==2026.3.3
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import cv2
import numpy as np
import rasterio
import SimpleITK
import tifffile
from PIL import Image
from rasterio.transform import from_origin
packages = ["rasterio", "opencv-python-headless", "pillow", "simpleitk", "numpy", "tifffile"]
print(", ".join(f"{name} {version(name)}" for name in packages))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


def by_gdal():
    with rasterio.open("a.tif") as file:
        return file.dtypes[0], file.read()[:, 0, 0].tolist() if file.count > 1 else file.read(1)[0].tolist()


def by_simpleitk():
    array = SimpleITK.GetArrayFromImage(SimpleITK.ReadImage("a.tif"))
    return array.dtype.name, array.shape, array[0].tolist()


def by_pillow():
    try:
        return np.array(Image.open("a.tif"))[0].tolist()
    except OSError:
        return "refused"


def save(planes, **options):
    options = {"driver": "GTiff", "width": 4, "height": 4, "count": len(planes), "crs": "EPSG:32633", **options}
    with rasterio.open("a.tif", "w", dtype=planes.dtype, transform=from_origin(0, 4, 1, 1), **options) as file:
        file.write(planes)


rows = np.tile(np.array([0, 0.25, 0.5, 1], np.float16), (4, 1))
tifffile.imwrite("a.tif", rows)
expect("float16 0 0.25 0.5 1 by GDAL", by_gdal(), ("float32", [0, 0.25, 0.5, 1]))
expect("by SimpleITK", by_simpleitk(), ("uint16", (4, 4), [0, 13312, 14336, 15360]))
expect("by Pillow and OpenCV", (by_pillow(), cv2.imread("a.tif", cv2.IMREAD_UNCHANGED)), ("refused", None))
save(np.stack([rows, 1 - rows, rows / 2]).astype(np.float32))
expect("three planes of float32 by SimpleITK", by_simpleitk(), ("float32", (4, 4), [0, 1, 0, 0.25]))
save(np.tile(np.array([0, 1, 19, 300], np.uint16), (1, 4, 1)), nbits=12)
expect("12 bits 0 1 19 300 by GDAL", by_gdal(), ("uint16", [0, 1, 19, 300]))
expect("by OpenCV", cv2.imread("a.tif", cv2.IMREAD_UNCHANGED)[0].tolist(), [0, 16, 304, 4800])
save(np.tile(np.array([0, 1, 2, -1], np.int8), (1, 4, 1)))
expect("int8 0 1 2 -1 by GDAL", by_gdal(), ("int8", [0, 1, 2, -1]))
expect("by Pillow", by_pillow(), [0, 1, 2, 255])
END
