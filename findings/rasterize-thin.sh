#!/bin/sh
# rasterio: a polygon thinner than a pixel is 0 pixels or twice its width, and of two polygons the later one wins
#
# `rasterize` marks pixels whose centre lies inside. A pole 0.8 wide between two columns of centres
# is not there at all; with `all_touched=True` it is two pixels wide, 2.5 times its width. Where
# polygons overlap, the last one stays, so the order of features in a file decides which class a
# pixel has. A value of 300 for a uint8 raster becomes 255 without a word, which is void to most
# metrics.
#
# IoU of thin classes then measures the rasterizer: two truths from one vector file can share no
# pixel.
#
# Seen with rasterio 1.4.4, shapely 2.2.0, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" rasterio==1.4.4 shapely==2.2.0 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
from rasterio.features import rasterize
from shapely.geometry import box
print(", ".join(f"{name} {version(name)}" for name in ["rasterio", "shapely", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


size = (32, 32)
pole = box(5.6, 2, 6.4, 30)
expect("area of the pole", round(pole.area, 1), 22.4)
expect("pixels", int(rasterize([pole], size).sum()), 0)
expect("pixels, all_touched=True", int(rasterize([pole], size, all_touched=True).sum()), 56)
large, small = box(2, 2, 22, 22), box(7, 7, 17, 17)
expect("pixels of class 2, drawn last", int((rasterize([(large, 1), (small, 2)], size) == 2).sum()), 100)
expect("pixels of class 2, drawn first", int((rasterize([(small, 2), (large, 1)], size) == 2).sum()), 0)
expect("value 300 as uint8", np.unique(rasterize([(large, 300)], size, dtype="uint8")).tolist(), [0, 255])
END
