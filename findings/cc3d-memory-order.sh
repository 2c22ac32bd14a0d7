#!/bin/sh
# cc3d, fastremap: objects and labels are numbered in the order of memory, so the same volume from NIfTI and from NPY has other numbers
#
# nibabel gives arrays in Fortran order, `np.load` most often in C order, and the same voxels get
# their numbers by what comes first in memory. scikit-image and SciPy go by the index and give the
# same in both. `fastremap.renumber` closes the gaps between labels of a map in the same way.
#
# Instance maps that differ in nothing but the layout disagree voxel by voxel, and a table of
# objects by number lists others.
#
# Seen with connected-components-3d 3.29.0, fastremap 1.21.0, nibabel 5.4.2, scikit-image 0.26.0, scipy 1.17.1, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" connected-components-3d==3.29.0 fastremap==1.21.0 nibabel==5.4.2 scikit-image==0.26.0 scipy==1.17.1 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import cc3d
import fastremap
import nibabel
import numpy as np
from scipy import ndimage
from skimage import measure
print(", ".join(f"{name} {version(name)}" for name in ["connected-components-3d", "fastremap", "nibabel", "scikit-image", "scipy", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


volume = np.zeros((4, 5, 6), np.uint8)
volume[0, 3, 3], volume[2, 0, 0] = 7, 9
nibabel.save(nibabel.Nifti1Image(volume, np.eye(4)), "labels.nii")
np.save("labels.npy", volume)
nifti, array = np.asarray(nibabel.load("labels.nii").dataobj), np.load("labels.npy")
expect("the same voxels", bool((nifti == array).all()), True)


def numbers(function):
    return [function(one)[volume > 0].tolist() for one in (array, nifti)]


expect("cc3d: the two objects from NPY, from NIfTI", numbers(cc3d.connected_components), [[1, 2], [2, 1]])
expect("scikit-image", numbers(measure.label), [[1, 2], [1, 2]])
expect("SciPy", numbers(lambda one: ndimage.label(one)[0]), [[1, 2], [1, 2]])
expect("fastremap", numbers(lambda one: fastremap.renumber(one.copy("K"))[0]), [[1, 2], [2, 1]])
END
