#!/bin/sh
# ANTsPy: whole numbers are unsigned, so void -1 is 4294967295 in the file, and NIfTI labels of int64 cannot be read
#
# `from_numpy` and `new_image_like` turn every array of whole numbers but bytes into 32 bits without
# a sign. Labels with −1 for void are saved as 0, 1, 2 and 4294967295; from float32 they keep it.
# Reading makes everything float32, so large object numbers merge: 16777217 is 16777216. A label map
# that SimpleITK wrote from NumPy's default type is int64 in NIfTI, and `image_read` ends with a
# KeyError.
#
# A reader that stores labels in signed 32 bits sees −1 again, one that asks for a listed class sees
# a number that nobody knows.
#
# Seen with antspyx 0.6.3, nibabel 5.4.2, simpleitk 2.5.7, numpy 2.3.5.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" antspyx==0.6.3 nibabel==5.4.2 simpleitk==2.5.7 numpy==2.3.5
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import ants
import nibabel
import numpy as np
import SimpleITK
print(", ".join(f"{name} {version(name)}" for name in ["antspyx", "nibabel", "simpleitk", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


def volume(numbers, kind):
    return np.tile(np.array(numbers, kind).reshape(4, 1, 1), (1, 3, 2))


def saved(numbers, kind):
    ants.from_numpy(volume(numbers, kind)).to_file("labels.nii.gz")
    file = nibabel.load("labels.nii.gz")
    return str(file.get_data_dtype()), np.asanyarray(file.dataobj)[:, 0, 0].tolist()


for kind in (np.int8, np.int16, np.int64):
    expect(f"0 1 2 -1 as {np.dtype(kind)}", saved([0, 1, 2, -1], kind), ("uint32", [0, 1, 2, 4294967295]))
expect("as float32", saved([0, 1, 2, -1], np.float32), ("float32", [0, 1, 2, -1]))
saved([0, 1, 2, 16777217], np.uint32)
read = ants.image_read("labels.nii.gz")
expect("0 1 2 16777217 read", (read.pixeltype, read.numpy()[:, 0, 0].tolist()), ("float", [0, 1, 2, 16777216]))
SimpleITK.WriteImage(SimpleITK.GetImageFromArray(volume([0, 1, 2, 3], np.int64)), "labels.nii.gz")
try:
    ants.image_read("labels.nii.gz")
    answer = "read"
except KeyError as error:
    answer = str(error)
expect("int64 of SimpleITK", answer, "'long'")
END
