#!/bin/sh
# xarray: class 0 of a label map in Zarr format 2 is missing, in format 3 it is a class
#
# Every Zarr array has a fill value, 0 unless somebody chose one. In format 2 xarray takes it for
# `_FillValue`, so class 0 becomes NaN and the labels float32; in format 3 it does not, and the same
# numbers stay uint8. Void at 255 is a class in both. What xarray itself writes comes back in both.
#
# The accuracy and the mean IoU of a prediction change with the format of the file, and class 0 is
# left out of one of them.
#
# Seen with xarray 2026.9.0, zarr 3.1.6, dask 2026.8.0, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" xarray==2026.9.0 zarr==3.1.6 dask==2026.8.0 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
import xarray
import zarr
print(", ".join(f"{name} {version(name)}" for name in ["xarray", "zarr", "dask", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


labels = np.array([[0, 0, 1, 2], [0, 0, 1, 255]], np.uint8)


def opened(form, **options):
    names = {"dimension_names": ["y", "x"]} if form == 3 else {}
    array = zarr.create_array(f"labels{form}.zarr/labels", shape=labels.shape, dtype="uint8", zarr_format=form, overwrite=True, **names)
    array[:] = labels
    if form == 2:
        array.attrs["_ARRAY_DIMENSIONS"] = ["y", "x"]
    zarr.open_group(f"labels{form}.zarr", mode="a", zarr_format=form)
    read = xarray.open_zarr(f"labels{form}.zarr", consolidated=False, **options)["labels"].compute()
    return read.dtype.name, [str(x) for x in read.values[1].tolist()], float((read == labels).mean())


expect("format 3: type, second row, share of right labels", opened(3), ("uint8", ["0", "0", "1", "255"], 1.0))
expect("format 2", opened(2), ("float32", ["nan", "nan", "1.0", "255.0"], 0.5))
expect("format 2, mask_and_scale=False", opened(2, mask_and_scale=False), ("uint8", ["0", "0", "1", "255"], 1.0))
xarray.Dataset({"labels": (("y", "x"), labels)}).to_zarr("own.zarr", zarr_format=2)
expect("format 2 as xarray writes it", xarray.open_zarr("own.zarr")["labels"].dtype.name, "uint8")
END
