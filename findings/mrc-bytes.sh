#!/bin/sh
# MRC: labels from 128 on that SimpleITK wrote as bytes are negative in mrcfile, so void 255 is -1 and 200 is -56
#
# Mode 0 of an MRC file is signed by the standard of 2014 and was unsigned before. SimpleITK writes
# uint8 with mode 0 and a stamp of IMOD's that says unsigned, by which it reads its own file right.
# mrcfile takes no notice of the stamp. mrcfile itself writes uint8 as 16 bits, which both read
# right.
#
# Where 255 is void and -1 is not, the void pixels of a tomogram count.
#
# Seen with SimpleITK 2.5.7, mrcfile 1.5.4, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" SimpleITK==2.5.7 mrcfile==1.5.4 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import mrcfile
import numpy as np
import SimpleITK as sitk
print(", ".join(f"{name} {version(name)}" for name in ["SimpleITK", "mrcfile", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


def by_sitk(name):
    image = sitk.ReadImage(name)
    return image.GetPixelIDTypeAsString(), sitk.GetArrayFromImage(image).ravel()[:5].tolist()


def by_mrcfile(name):
    with mrcfile.open(name) as file:
        return int(file.header.mode), file.data.dtype.name, file.data.ravel()[:5].tolist()


labels = np.array([[[0, 1, 127, 200, 255]] * 3] * 2, np.uint8)
sitk.WriteImage(sitk.GetImageFromArray(labels), "labels.mrc")
expect("by SimpleITK, read by SimpleITK", by_sitk("labels.mrc"), ("8-bit unsigned integer", [0, 1, 127, 200, 255]))
expect("read by mrcfile", by_mrcfile("labels.mrc"), (0, "int8", [0, 1, 127, -56, -1]))
with mrcfile.new("own.mrc") as file:
    file.set_data(labels)
expect("by mrcfile, read by mrcfile", by_mrcfile("own.mrc"), (6, "uint16", [0, 1, 127, 200, 255]))
expect("read by SimpleITK", by_sitk("own.mrc"), ("16-bit unsigned integer", [0, 1, 127, 200, 255]))
END
