#!/bin/sh
# netCDF4: label 255 of a byte variable is missing although nobody said so, so of a mask of 0 and 255 the object is gone
#
# A variable without `_FillValue` has the default of its type, which for unsigned bytes is 255 and
# for signed ones -127, and netCDF4 masks what is equal to it. xarray and h5py read the same file as
# it is, and files that xarray wrote are masked by netCDF4 too. `fill_value=False` when the variable
# is made helps. What was never written is 255, where h5py and zarr have 0.
#
# A mask of 0 and 255 has no pixel above 0, and an empty prediction has an accuracy of 1. In a label
# map void is left out by one reader and class 255 in the other.
#
# Seen with netCDF4 1.7.5.1.post1, xarray 2026.9.0, h5py 3.16.0, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" netCDF4==1.7.5.1.post1 xarray==2026.9.0 h5py==3.16.0 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import h5py
import netCDF4
import numpy as np
import xarray
print(", ".join(f"{name} {version(name)}" for name in ["netCDF4", "xarray", "h5py", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


mask = np.zeros((4, 6), np.uint8)
mask[1:3, 2:5] = 255


def written(array, **options):
    with netCDF4.Dataset("mask.nc", "w") as file:
        file.createDimension("y", 4)
        file.createDimension("x", 6)
        file.createVariable("mask", array.dtype, ("y", "x"), **options)[:len(array)] = array
    return read()


def read():
    with netCDF4.Dataset("mask.nc") as file:
        return file["mask"][:]


def pixels(array):
    return int((array > 0).sum())


seen = written(mask)
expect("netCDF4: pixels of the mask, accuracy of an empty prediction", (pixels(seen), float((np.zeros_like(mask, bool) == (seen > 0)).mean())), (0, 1.0))
with xarray.open_dataset("mask.nc") as file:
    expect("xarray", pixels(file["mask"].values), 6)
with h5py.File("mask.nc") as file:
    expect("h5py", pixels(file["mask"][:]), 6)
expect("0 and 1", pixels(written(mask // 255)), 6)
expect("with fill_value=False", pixels(written(mask, fill_value=False)), 6)
expect("signed, 0 and -1", int((written(mask.astype(np.int8)) < 0).sum()), 6)
expect("signed, 0 and -127", int((written(np.where(mask > 0, -127, 0).astype(np.int8)) < 0).sum()), 0)
written(mask[:1])
with xarray.open_dataset("mask.nc") as file:
    expect("one row of four written, all rows read by xarray", np.unique(file["mask"].values).tolist(), [0, 255])
xarray.Dataset({"mask": (("y", "x"), mask)}).to_netcdf("mask.nc")
expect("written by xarray, read by netCDF4", pixels(read()), 0)
END
