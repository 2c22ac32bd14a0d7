#!/bin/sh
# NumPy: masked pixels of bytes become 63 when they are filled, rasterio writes them so, and savez() forgets that they were masked
#
# The fill value of a masked array is 999999 unless somebody chose one, and in a byte that is 63, in
# 16 bits 16959. `filled()` gives it, and so does rasterio's `write()` into a file without nodata.
# What `read(masked=True)` returns knows its nodata, but not any more after `np.ma.where`, with
# which classes are renumbered. With nodata= in the new file masked pixels get that number.
# `np.savez` and h5py write the numbers below the mask, `np.save` raises and leaves a file with a
# header and no numbers.
#
# Void has become class 63, of 150 for example, or a label that nobody listed.
#
# Seen with rasterio 1.4.4, h5py 3.16.0, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" rasterio==1.4.4 h5py==3.16.0 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import h5py
import numpy as np
import rasterio
from rasterio.transform import from_origin
print(", ".join(f"{name} {version(name)}" for name in ["rasterio", "h5py", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


labels = np.tile(np.array([0, 1, 2, 255], np.uint8), (4, 1))


def saved(array, **options):
    options = {"driver": "GTiff", "width": 4, "height": 4, "count": 1, "crs": "EPSG:32633", **options}
    with rasterio.open("labels.tif", "w", dtype="uint8", transform=from_origin(0, 4, 1, 1), **options) as file:
        file.write(array, 1)
    with rasterio.open("labels.tif") as file:
        return file.read(1)[0].tolist(), file.read(1, masked=True)


_, read = saved(labels, nodata=255)
expect("0 1 2 255 read with nodata=255 and saved without", saved(read)[0], [0, 1, 2, 255])
renumbered = np.ma.where(read == 2, 5, read).astype(np.uint8)
expect("2 made 5, saved without nodata", saved(renumbered)[0], [0, 1, 5, 63])
expect("with nodata=255", saved(renumbered, nodata=255)[0], [0, 1, 5, 255])
masked = np.ma.masked_where(labels == 255, labels)
expect("filled()", masked.filled()[0].tolist(), [0, 1, 2, 63])
expect("filled() in 16 bits", np.ma.masked_where(labels == 255, labels.astype(np.uint16)).filled()[0].tolist(), [0, 1, 2, 16959])
np.savez("labels.npz", labels=masked)
expect("by savez()", np.load("labels.npz")["labels"][0].tolist(), [0, 1, 2, 255])
with h5py.File("labels.h5", "w") as file:
    expect("by h5py", file.create_dataset("labels", data=masked)[0].tolist(), [0, 1, 2, 255])
try:
    np.save("labels.npy", masked)
    answer = "saved"
except NotImplementedError:
    answer = "NotImplementedError"
with open("labels.npy", "rb") as file:
    expect("by save(): answer, bytes of the file", (answer, len(file.read())), ("NotImplementedError", 128))
END
