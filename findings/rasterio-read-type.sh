#!/bin/sh
# rasterio: read(out_dtype=) limits and rounds, write() wraps and cuts, so void -1 is class 0 by one and 255 by the other
#
# `read(1, out_dtype="uint8")` of 16-bit labels is GDAL's conversion: −1 becomes 0, a class, and 300
# becomes 255, void. Written into a file of bytes, or with `astype`, the same array has 255 and 44.
# Floats are rounded on reading, with halves up, and cut on writing: a label that is stored as
# 0.9999 is 1 by one way and 0 by the other, and p = 0.5 is 1 or 0. `read(out=array)` converts as
# out_dtype does.
#
# Truth and prediction that come through two lines of code differ in their void, or by a class.
#
# Seen with rasterio 1.4.4, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" rasterio==1.4.4 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
import rasterio
from rasterio.transform import from_origin
print(", ".join(f"{name} {version(name)}" for name in ["rasterio", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


def save(name, array, kind):
    options = {"driver": "GTiff", "width": 4, "height": 4, "count": 1, "crs": "EPSG:32633"}
    with rasterio.open(name, "w", dtype=kind, transform=from_origin(0, 4, 1, 1), **options) as file:
        file.write(array, 1)


def read(name, **options):
    with rasterio.open(name) as file:
        return file.read(1, **options)[0].tolist()


labels = np.tile(np.array([-1, 0, 1, 300], np.int16), (4, 1))
save("labels.tif", labels, "int16")
expect("-1 0 1 300 with out_dtype='uint8'", read("labels.tif", out_dtype="uint8"), [0, 0, 1, 255])
expect("with out=", read("labels.tif", out=np.zeros((4, 4), np.uint8)), [0, 0, 1, 255])
save("bytes.tif", labels, "uint8")
expect("written as uint8", read("bytes.tif"), [255, 0, 1, 44])
floats = np.tile(np.array([0.4, 0.5, 0.9999, 2.5], np.float32), (4, 1))
save("floats.tif", floats, "float32")
expect("0.4 0.5 0.9999 2.5 with out_dtype='uint8'", read("floats.tif", out_dtype="uint8"), [0, 1, 1, 3])
save("bytes.tif", floats, "uint8")
expect("written as uint8", read("bytes.tif"), [0, 0, 0, 2])
END
