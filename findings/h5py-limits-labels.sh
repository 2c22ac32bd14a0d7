#!/bin/sh
# h5py: labels that do not fit are limited, so void -1 becomes class 0 and 300 becomes 255, zarr makes them 255 and 44
#
# Numbers that are written into a dataset of another type are converted by HDF5, and HDF5 limits
# them. Void −1 in a dataset of bytes is 0 and so is counted as background; 300 is 255, which is
# void in many data sets. zarr converts with NumPy: −1 is 255 and 300 is 44. `astype(np.uint8)`
# before gives NumPy's numbers in both. Floats are cut in all of them, 1.9999999 to 1, and −inf and
# NaN are 0.
#
# The same line of code, with another store behind it, counts the ignored pixels or does not.
#
# Seen with h5py 3.16.0, zarr 3.1.6, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" h5py==3.16.0 zarr==3.1.6 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import h5py
import numpy as np
import zarr
print(", ".join(f"{name} {version(name)}" for name in ["h5py", "zarr", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


labels = np.array([-1, 0, 1, 300])


def by_h5py(array, kind):
    with h5py.File("labels.h5", "w") as file:
        file.create_dataset("assigned", array.shape, kind)[...] = array
        return file["assigned"][...].tolist(), file.create_dataset("made", data=array, dtype=kind)[...].tolist()


def by_zarr(array, kind):
    store = zarr.create_array("labels.zarr", shape=array.shape, dtype=kind, overwrite=True)
    store[:] = array
    return store[:].tolist()


expect("-1 0 1 300 as uint8 by h5py, assigned and at creation", by_h5py(labels, np.uint8), ([0, 0, 1, 255], [0, 0, 1, 255]))
expect("by zarr", by_zarr(labels, np.uint8), [255, 0, 1, 44])
expect("by h5py after astype(np.uint8)", by_h5py(labels.astype(np.uint8), np.uint8)[0], [255, 0, 1, 44])
expect("as int8 by h5py", by_h5py(labels, np.int8)[0], [-1, 0, 1, 127])
expect("as int8 by zarr", by_zarr(labels, np.int8), [-1, 0, 1, 44])
expect("floats 0.9999 1.9999999 by h5py", by_h5py(np.array([0.9999, 1.9999999]), np.uint8)[0], [0, 1])
END
