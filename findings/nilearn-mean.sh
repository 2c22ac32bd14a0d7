#!/bin/sh
# nilearn: the mean of 8-bit masks is saved in 8 bits with a scale, so a vote of one half is 0.498 in the file and 0.5 before
#
# `mean_img` and `new_img_like` keep the type of the images that they are given, and the floats in
# them are stretched over it when they are saved. The mean of two masks is 0, 0.5 and 1 in memory
# and 0, 0.498 and 1.00000006 in the file: at a threshold of 0.5 the voxels on which an ensemble is
# divided change sides. Probabilities in `new_img_like` of a label map have 256 steps between the
# smallest and the largest of each file; labels as floats come back as 1.0039 and 1.992. `math_img`
# takes the type of its result and keeps p.
#
# The same threshold before and after saving gives two Dice values.
#
# Seen with nilearn 0.14.1, nibabel 5.4.2, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" nilearn==0.14.1 nibabel==5.4.2 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import nibabel
import numpy as np
from nilearn import image
print(", ".join(f"{name} {version(name)}" for name in ["nilearn", "nibabel", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


def mask(numbers):
    return nibabel.Nifti1Image(np.tile(np.array(numbers, np.uint8).reshape(4, 1, 1), (1, 2, 2)), np.eye(4))


def values(picture):
    picture.to_filename("picture.nii.gz")
    file = nibabel.load("picture.nii.gz")
    return str(file.get_data_dtype()), [round(float(value), 4) for value in file.get_fdata()[:, 0, 0]]


one, two = mask([0, 1, 0, 1]), mask([0, 0, 1, 1])
mean = image.mean_img([one, two], copy_header=True)
expect("mean of two masks in memory", mean.get_fdata()[:, 0, 0].tolist(), [0, 0.5, 0.5, 1])
expect("in the file", values(mean), ("uint8", [0, 0.498, 0.498, 1]))
expect("predicted at 0.5 in memory and in the file",
       (int((mean.get_fdata() >= 0.5).sum()), int((nibabel.load("picture.nii.gz").get_fdata() >= 0.5).sum())), (12, 4))
p = np.tile(np.array([0.1, 0.25, 0.5, 0.9]).reshape(4, 1, 1), (1, 2, 2))
expect("p = 0.1 0.25 0.5 0.9 in new_img_like of a mask", values(image.new_img_like(one, p)), ("uint8", [0.1, 0.2506, 0.5016, 0.9]))
labels = np.tile(np.array([0.0, 1, 2, 4]).reshape(4, 1, 1), (1, 2, 2))
expect("labels 0 1 2 4 as floats", values(image.new_img_like(one, labels)), ("uint8", [0, 1.0039, 1.9922, 4]))
expect("math_img", values(image.math_img("(a + b) / 2", a=one, b=two)), ("float64", [0, 0.5, 0.5, 1]))
END
