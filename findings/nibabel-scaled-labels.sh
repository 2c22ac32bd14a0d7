#!/bin/sh
# nibabel: float labels saved as whole numbers get a scale, so 0 1 2 4 are read as 0 1 1 4, and 0 1 2 3 as 0 0 1 2 or as 0 1 2 3
#
# `get_fdata()` gives floats, and an image made of them with the header of the scan or of the label
# map keeps that header's type. The floats are then stretched over all numbers of the type and a
# slope is stored. In 8 bits, 2 of 0 1 2 4 (BraTS) comes back as 1.992 and is 1 when it is cut; in
# 16 bits, 1 2 3 come back as 0.99999999976 and so on, and `astype(int)` makes each class the one
# before. As float32 the same file is right: SimpleITK and MONAI's `LoadImage` give 0 1 2 3, and
# MONAI with `dtype=np.uint8` gives 0 0 1 2. Whole numbers stay unscaled, also as int64, unless one
# of them does not fit; then all are scaled.
#
# The scale depends on the largest label of the file, so in one folder class 2 may be right in one
# case and class 1 in the next. Take the type off the header, or round before casting, on reading
# too.
#
# Seen with nibabel 5.4.2, simpleitk 2.5.7, monai 1.6.1, torch 2.13.0, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" nibabel==5.4.2 simpleitk==2.5.7 monai==1.6.1 \
    torch==2.13.0 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import nibabel
import numpy as np
import SimpleITK
from monai.transforms import LoadImage
print(", ".join(f"{name} {version(name)}" for name in ["nibabel", "simpleitk", "monai", "torch", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


scan = nibabel.Nifti1Image(np.zeros((4, 2, 2), np.int16), np.eye(4))
organs = nibabel.Nifti1Image(np.zeros((4, 2, 2), np.uint8), np.eye(4))


def save(labels, kind, like):
    volume = np.broadcast_to(np.array(labels, kind)[:, None, None], (4, 2, 2))
    nibabel.save(nibabel.Nifti1Image(volume, like.affine, like.header), "labels.nii.gz")
    file = nibabel.load("labels.nii.gz")
    return round(float(file.dataobj.slope), 7), file.get_fdata()[:, 0, 0].astype(int).tolist()


expect("float 0 1 2 4 with the header of 8-bit labels: slope, and read with astype(int)",
       save([0, 1, 2, 4], np.float64, organs), (0.0156863, [0, 1, 1, 4]))
expect("float 0 1 2 3 in 8 bits", save([0, 1, 2, 3], np.float64, organs), (0.0117647, [0, 1, 2, 3]))
expect("int64 0 1 2 4", save([0, 1, 2, 4], np.int64, organs), (1.0, [0, 1, 2, 4]))
expect("int64 0 1 150 300", save([0, 1, 150, 300], np.int64, organs), (1.1764706, [0, 1, 149, 300]))
expect("float 0 1 2 3 with the header of a 16-bit scan", save([0, 1, 2, 3], np.float64, scan), (4.58e-05, [0, 0, 1, 2]))
image = SimpleITK.ReadImage("labels.nii.gz", SimpleITK.sitkUInt8)
expect("by SimpleITK", SimpleITK.GetArrayFromImage(image)[0, 0].tolist(), [0, 1, 2, 3])
expect("by MONAI", LoadImage()("labels.nii.gz")[:, 0, 0].tolist(), [0.0, 1.0, 2.0, 3.0])
expect("by MONAI, dtype=np.uint8", LoadImage(dtype=np.uint8)("labels.nii.gz")[:, 0, 0].tolist(), [0, 0, 1, 2])
END
