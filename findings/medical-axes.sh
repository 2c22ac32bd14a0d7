#!/bin/sh
# pynrrd and nibabel write what SimpleITK reads transposed
#
# pynrrd and nibabel take the first axis of an array as x; SimpleITK takes the last. An array (20,
# 30) written by the first two is read as (30, 20) by the third, without any word, since both are
# right by their own documentation. On square slices nothing shows it but the numbers. pynrrd has
# `index_order='C'` for it.
#
# Truth saved by one and predictions by the other are compared with rows and columns exchanged.
#
# Seen with pynrrd 1.1.3, nibabel 5.4.2, simpleitk 2.5.7, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" pynrrd==1.1.3 nibabel==5.4.2 simpleitk==2.5.7 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import nibabel
import nrrd
import numpy as np
import SimpleITK
print(", ".join(f"{name} {version(name)}" for name in ["pynrrd", "nibabel", "simpleitk", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


def read(path):
    return SimpleITK.GetArrayFromImage(SimpleITK.ReadImage(path)).shape


mask = np.zeros((20, 30), np.uint8)
nrrd.write("mask.nrrd", mask)
expect("(20, 30) by pynrrd, read by SimpleITK", read("mask.nrrd"), (30, 20))
nrrd.write("mask.nrrd", mask, index_order="C")
expect("the same with index_order='C'", read("mask.nrrd"), (20, 30))
nibabel.save(nibabel.Nifti1Image(mask, np.eye(4)), "mask.nii")
expect("(20, 30) by nibabel, read by SimpleITK", read("mask.nii"), (30, 20))
END
