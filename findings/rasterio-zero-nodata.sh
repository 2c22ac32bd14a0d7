#!/bin/sh
# rasterio: reproject() takes dst_nodata=0 for none, so void stays 255 and the border becomes 255; WarpedVRT(nodata=None) makes void 0
#
# `reproject(…, src_nodata=255, dst_nodata=0)` does the opposite of what it is told: 0 counts as not
# given and src_nodata takes its place. Any other number is taken. Where the target lies outside of
# the source, void appears as well. `WarpedVRT(file, nodata=None)` on a file with nodata=255 is no
# copy either: 0 stands where 255 was, even where grid and size stay the same.
#
# Void that was to be class 0 is a label that nobody has listed, or pixels that do not count; void
# that has become class 0 is counted, mostly as missed.
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
from rasterio.transform import from_origin
from rasterio.vrt import WarpedVRT
from rasterio.warp import reproject
print(", ".join(f"{name} {version(name)}" for name in ["rasterio", "numpy"]), "GDAL", rasterio.__gdal_version__)


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


labels = np.tile(np.array([0, 1, 2, 255], np.uint8), (4, 1))
system, grid, left = "EPSG:32633", from_origin(500000, 5000000, 1, 1), from_origin(499999, 5000000, 1, 1)
options = {"driver": "GTiff", "width": 4, "height": 4, "count": 1, "dtype": "uint8", "crs": system, "transform": grid}
with rasterio.open("labels.tif", "w", nodata=255, **options) as file:
    file.write(labels, 1)


def through(**options):
    with rasterio.open("labels.tif") as file, WarpedVRT(file, **options) as same:
        return same.read(1)[0].tolist(), same.nodata


expect("0 1 2 255 through WarpedVRT", through(), ([0, 1, 2, 255], 255))
expect("with nodata=None", through(nodata=None), ([0, 1, 2, 0], None))


def moved(number):
    target = np.zeros_like(labels)
    reproject(labels, target, src_crs=system, dst_crs=system, src_transform=grid, dst_transform=left,
              src_nodata=255, dst_nodata=number)
    return target[0].tolist()


labels = labels[:, [3, 0, 1, 2]]
expect("255 0 1 2 one pixel to the right, dst_nodata=7", moved(7), [7, 7, 0, 1])
expect("dst_nodata=0", moved(0), [255, 255, 0, 1])
END
