#!/bin/sh
# rioxarray: void of a raster opened with masked=True becomes class 0 when anything is computed before it is saved as bytes
#
# `open_rasterio(masked=True)` makes void NaN and remembers its number. Saved as it is, the file has
# the number and the nodata again. One computation, `x * 1` or the usual `where` that renumbers
# classes, and the memory is gone: `to_raster(dtype="uint8")` writes 0 for NaN and no nodata,
# without an error. `astype("uint8")` does the same. Without a dtype the file is float32 with NaN, 4
# times as large.
#
# Void is counted, as class 0; a truth and a prediction of the same folder may differ in it.
# `rio.write_nodata(255, encoded=True)` before saving brings it back.
#
# Seen with rioxarray 0.19.0, rasterio 1.4.4, xarray 2026.9.0, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" rioxarray==0.19.0 rasterio==1.4.4 xarray==2026.9.0 \
    numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
import rasterio
import rioxarray
from rasterio.transform import from_origin
print(", ".join(f"{name} {version(name)}" for name in ["rioxarray", "rasterio", "xarray", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


labels = np.tile(np.array([0, 1, 2, 255], np.uint8), (4, 1))
options = {"driver": "GTiff", "width": 4, "height": 4, "count": 1, "crs": "EPSG:32633", "transform": from_origin(0, 4, 1, 1)}
with rasterio.open("labels.tif", "w", dtype="uint8", nodata=255, **options) as file:
    file.write(labels, 1)


def saved(raster, **options):
    raster.rio.to_raster("saved.tif", **options)
    with rasterio.open("saved.tif") as file:
        return file.dtypes[0], str(file.read(1)[0].tolist()), file.nodata


raster = rioxarray.open_rasterio("labels.tif", masked=True)
expect("0 1 2 255 with nodata 255, saved as it is", saved(raster), ("uint8", "[0, 1, 2, 255]", 255.0))
expect("times 1, as uint8", saved(raster * 1, dtype="uint8"), ("uint8", "[0, 1, 2, 0]", None))
renumbered = raster.where(raster != 2, 5)
expect("2 made 5, as uint8", saved(renumbered, dtype="uint8"), ("uint8", "[0, 1, 5, 0]", None))
expect("without a type", saved(renumbered), ("float32", "[0.0, 1.0, 5.0, nan]", None))
expect("astype", saved(raster.astype("uint8")), ("uint8", "[0, 1, 2, 0]", None))
again = renumbered.rio.write_nodata(255, encoded=True)
expect("with write_nodata(255, encoded=True)", saved(again, dtype="uint8"), ("uint8", "[0, 1, 5, 255]", 255.0))
END
