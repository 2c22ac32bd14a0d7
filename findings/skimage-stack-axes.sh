#!/bin/sh
# scikit-image: imread() moves the first axis of a TIFF to the end if it is 3 or 4 long, so the axes depend on the number of slices
#
# What looks like a picture with colour planes in front is given with the colours at the end,
# whatever the file says: a volume of 3 or 4 slices, or probabilities of 3 or 4 classes, comes as
# (H, W, 3), and one of 2 or 5 as (5, H, W). It holds for what `imsave` of the same library has
# written, for ImageJ's stacks with named axes and for the third axis from the end of larger arrays.
# tifffile and imageio, which read the file, leave the axes alone.
#
# A loop over slices runs over rows then, and a mean over classes over columns, in some cases of a
# data set and not in others.
#
# Seen with scikit-image 0.26.0, tifffile 2026.3.3, imageio 2.38.1, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" scikit-image==0.26.0 tifffile==2026.3.3 imageio==2.38.1 \
    numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import imageio.v3
import numpy as np
import skimage.io
import tifffile
print(", ".join(f"{name} {version(name)}" for name in ["scikit-image", "tifffile", "imageio", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


for shape, wanted in (((2, 6, 8), (2, 6, 8)), ((3, 6, 8), (6, 8, 3)), ((4, 6, 8), (6, 8, 4)), ((5, 6, 8), (5, 6, 8)),
                      ((7, 3, 6, 8), (7, 6, 8, 3))):
    skimage.io.imsave("stack.tif", np.zeros(shape, np.float32), check_contrast=False)
    expect(f"{shape} by scikit-image", skimage.io.imread("stack.tif").shape, wanted)
    expect("by tifffile and imageio", (tifffile.imread("stack.tif").shape, imageio.v3.imread("stack.tif").shape), (shape, shape))
tifffile.imwrite("stack.tif", np.zeros((3, 6, 8), np.uint16), imagej=True, metadata={"axes": "ZYX"})
expect("3 slices of ImageJ, axes ZYX", skimage.io.imread("stack.tif").shape, (6, 8, 3))
END
