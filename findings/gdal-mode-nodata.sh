#!/bin/sh
# GDAL: a label map resampled by majority loses the class whose number is the target's nodata: 0 becomes 1, 255 becomes 254
#
# A warp that writes nodata must not let a valid pixel look like nodata, so a computed result that
# equals it is moved by one. With nodata=0 the whole of class 0 becomes class 1, in the inside of
# its areas too, and nothing says so; with nodata=255 void becomes 254. Nearest leaves the numbers
# alone, `mode` does not, though it takes numbers that are there. Probabilities are moved as well,
# by too little to see.
#
# Truth that was brought to the grid or the size of the predictions has one class too few, and
# another has its pixels.
#
# Seen with rasterio 1.4.4 (GDAL 3.10.3), numpy 2.4.6.
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
from rasterio.enums import Resampling
from rasterio.transform import from_origin
from rasterio.vrt import WarpedVRT
print(", ".join(f"{name} {version(name)}" for name in ["rasterio", "numpy"]), "GDAL", rasterio.__gdal_version__)


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


labels = np.tile(np.repeat(np.array([0, 1, 2, 255], np.uint8), 4), (16, 1))
place = {"crs": "EPSG:32633", "transform": from_origin(500000, 5000000, 1, 1)}
with rasterio.open("labels.tif", "w", driver="GTiff", width=16, height=16, count=1, dtype="uint8", **place) as file:
    file.write(labels, 1)


def halved(how, nodata):
    grid = {"transform": from_origin(500000, 5000000, 2, 2), "width": 8, "height": 8}
    with rasterio.open("labels.tif") as file, WarpedVRT(file, resampling=how, nodata=nodata, **grid) as half:
        return half.read(1)[3, 1::2].tolist()


expect("0 1 2 255, nearest, nodata=0", halved(Resampling.nearest, 0), [0, 1, 2, 255])
expect("mode, no nodata", halved(Resampling.mode, None), [0, 1, 2, 255])
expect("mode, nodata=0", halved(Resampling.mode, 0), [1, 1, 2, 255])
expect("mode, nodata=2", halved(Resampling.mode, 2), [0, 1, 1, 255])
expect("mode, nodata=255", halved(Resampling.mode, 255), [0, 1, 2, 254])
END
