#!/bin/sh
# rasterio: of a label map of floats, neighbouring objects from about 2,000,000 on become one polygon with the last one's number
#
# `features.shapes` makes polygons of a label map, and does not take int64 or uint32, so object
# numbers are given as floats. There GDAL takes two neighbours for equal if their float32 differ in
# the last few bits only, also where the array is float64 and holds the numbers exactly. At
# 2,000,001 that is a difference of 1. Since each is compared with its neighbour, a chain of 169
# probabilities is one polygon too. int32 is exact.
#
# Panoptic numbers (class times 1000 or 1,000,000 plus object, or COCO's red, green and blue) are of
# that size. Three objects are one, and two of them are missing.
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
from rasterio.features import shapes
print(", ".join(f"{name} {version(name)}" for name in ["rasterio", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


def polygons(array):
    return sorted(value for _, value in shapes(array))


def objects(first, kind):
    return polygons(np.array([[first, first + 1, first + 2]], kind))


expect("26001 26002 26003 in float32", objects(26001, "float32"), [26001.0, 26002.0, 26003.0])
expect("2000001 2000002 2000003 in float32", objects(2000001, "float32"), [2000003.0])
expect("in float64", objects(2000001, "float64"), [2000003.0])
expect("in int32", objects(2000001, "int32"), [2000001.0, 2000002.0, 2000003.0])
expect("with another object between them, in float32", polygons(np.array([[2000001, 7, 2000002]], "float32")), [7.0, 2000001.0, 2000002.0])
p = np.linspace(0.5, 0.50001, 200, dtype=np.float32)[None]
expect("different probabilities in a row, polygons", (len(np.unique(p)), len(polygons(p))), (169, 1))
END
