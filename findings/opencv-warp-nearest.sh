#!/bin/sh
# OpenCV 5: warpAffine() by nearest neighbour, moved by half a pixel, drops every second column, and OpenCV 4 does not
#
# A point that lies just between two pixels is rounded to the even one by OpenCV 5, so after half a
# pixel of shift columns 0 2 4 6 come twice and 1 3 5 7 not at all. Enlarged twice, a pole of one
# pixel is three wide in an even column and one wide in an odd one. OpenCV 4.14 rounds such points
# to one side in warpAffine, and to even in warpPerspective and remap. Neither takes the pixels that
# resize() takes: without a shift of its own the matrix [[2, 0, 0], [0, 2, 0]] leaves the last
# column empty, which is class 0.
#
# Masks that were warped in augmentation, in tests with turned images or in rectification lose thin
# classes by the parity of their column, and by the version.
#
# Seen with opencv-python-headless 5.0.0.93 and 4.14.0.94, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" opencv-python-headless==5.0.0.93 numpy==2.4.6
python3 -m pip install -q --no-compile --no-deps --target "$place/older" opencv-python-headless==4.14.0.94
cd "$place"
cat > warp.py <<'END'
import sys

import cv2
import numpy as np

columns = np.tile(np.arange(1, 9, dtype=np.uint8), (8, 1))
wanted = {
    "5": ([1, 1, 3, 3, 5, 5, 7, 7], [1, 1, 2, 3, 3, 3, 4, 5, 5, 5, 6, 7, 7, 7, 8, 0]),
    "4": ([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 0]),
}[cv2.__version__[0]]


def warped(scale, shift, width):
    matrix = np.array([[scale, 0, shift], [0, scale, 0]], np.float32)
    return cv2.warpAffine(columns, matrix, (width, 8), flags=cv2.INTER_NEAREST)[0].tolist()


print("OpenCV", cv2.__version__, "NumPy", np.__version__)
seen = warped(1, 0.5, 8), warped(2, 0, 16)
print(f"columns 1 to 8 moved by half a pixel: {seen[0]}")
print(f"twice as wide: {seen[1]}; resize(): {cv2.resize(columns, (16, 8), interpolation=cv2.INTER_NEAREST)[0].tolist()}")
if seen != wanted:
    sys.exit(f"changed: it was {wanted}")
END
PYTHONPATH=packages python3 -W ignore warp.py
PYTHONPATH=older:packages python3 -W ignore warp.py
