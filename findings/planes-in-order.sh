#!/bin/sh
# safetensors, Zarr: planes called 0 to 10 come back as 0 1 10 2 3 …, larger types first, or in no order; NPZ, MAT and netCDF keep theirs
#
# Planes of classes are often saved under their numbers and stacked again in the order in which the
# file gives them. safetensors sorts the names as text, and puts larger types first. zarr gives the
# arrays of a group as they arrive, in another order than they were written in. xarray gives the
# same data set in the order of the alphabet from Zarr and as it was from netCDF.
#
# With ten classes or fewer, all of one type, safetensors is right. From eleven on the planes from 2
# on are those of another class, and so is their arg max.
#
# Seen with safetensors 0.8.0, zarr 3.1.6, xarray 2026.9.0, netCDF4 1.7.5.1.post1, dask 2026.8.0, scipy 1.17.1, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" safetensors==0.8.0 zarr==3.1.6 xarray==2026.9.0 netCDF4==1.7.5.1.post1 dask==2026.8.0 scipy==1.17.1 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
import xarray
import zarr
from safetensors.numpy import load_file, save_file
from scipy.io import loadmat, savemat
print(", ".join(f"{name} {version(name)}" for name in ["safetensors", "zarr", "xarray", "netCDF4", "dask", "scipy", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


def named(classes, name="{}"):
    return {name.format(number): np.full((2, 2), number, np.float32) for number in range(classes)}


def order(planes):
    return [int(np.asarray(plane).flat[0]) for plane in planes]


written, sorted_as_text = list(range(12)), [0, 1, 10, 11, 2, 3, 4, 5, 6, 7, 8, 9]
np.savez("planes.npz", **named(12))
expect("NPZ", order(np.load("planes.npz").values()), written)
savemat("planes.mat", named(12, "class{}"))
expect("MAT", order(plane for name, plane in loadmat("planes.mat").items() if name.startswith("class")), written)
save_file(named(12), "planes.safetensors")
expect("safetensors", order(load_file("planes.safetensors").values()), sorted_as_text)
save_file(named(10), "planes.safetensors")
expect("safetensors, ten classes", order(load_file("planes.safetensors").values()), written[:10])
save_file({name: plane.astype(np.float16 if name in "02" else np.float32) for name, plane in named(4).items()}, "planes.safetensors")
expect("safetensors, 0 and 2 in float16", order(load_file("planes.safetensors").values()), [1, 3, 0, 2])
group = zarr.open_group("planes.zarr", mode="w")
for name, plane in named(12).items():
    group[name] = plane
orders = [order(plane[:] for _, plane in zarr.open_group("planes.zarr", mode="r").arrays()) for _ in range(3)]
print("Zarr, three times:", *orders)
expect("Zarr, three times as written", orders == [written] * 3, False)
data = xarray.Dataset({name: (("y", "x"), plane) for name, plane in named(12, "class{}").items()})
data.to_netcdf("planes.nc")
expect("xarray, netCDF", order(xarray.open_dataset("planes.nc").to_dataarray()), written)
data.to_zarr("data.zarr")
expect("xarray, Zarr", order(xarray.open_zarr("data.zarr").to_dataarray()), sorted_as_text)
END
