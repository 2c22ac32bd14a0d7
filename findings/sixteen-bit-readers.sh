#!/bin/sh
# 16-bit label maps: Pillow cuts them off at 255, OpenCV keeps the upper byte, Matplotlib divides by 65535
#
# Instance maps (Cityscapes instanceIds, cell labels) are 16-bit PNG files. Read as "one grey byte",
# label 1000 becomes 255, which is void to most metrics, in one library; 3, a real class, in
# another; and labels below 256 become 0 there. None of the calls complains.
#
# A class number computed from such a reading (label // 1000, say) is wrong for all objects.
#
# Seen with pillow 13.0.0, numpy 2.4.6, opencv-python-headless 5.0.0.93, matplotlib 3.11.2.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" pillow==13.0.0 numpy==2.4.6 opencv-python-headless==5.0.0.93 matplotlib==3.11.2
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import cv2
import matplotlib.image
import numpy as np
from PIL import Image
print(", ".join(f"{name} {version(name)}" for name in ["pillow", "numpy", "opencv-python-headless", "matplotlib"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


Image.fromarray(np.array([[7, 26, 255, 1000, 26001]], np.uint16)).save("ids.png")
expect("Pillow", np.array(Image.open("ids.png"))[0].tolist(), [7, 26, 255, 1000, 26001])
expect("Pillow, convert('L')", np.array(Image.open("ids.png").convert("L"))[0].tolist(), [7, 26, 255, 255, 255])
expect("OpenCV, imread(…, IMREAD_GRAYSCALE)", cv2.imread("ids.png", cv2.IMREAD_GRAYSCALE)[0].tolist(), [0, 0, 0, 3, 101])
expect("OpenCV, imread(…, IMREAD_UNCHANGED)", cv2.imread("ids.png", cv2.IMREAD_UNCHANGED)[0].tolist(), [7, 26, 255, 1000, 26001])
expect("Matplotlib × 65535", np.rint(matplotlib.image.imread("ids.png")[0] * 65535).astype(int).tolist(), [7, 26, 255, 1000, 26001])
expect("Matplotlib × 255", np.rint(matplotlib.image.imread("ids.png")[0] * 255).astype(int).tolist(), [0, 0, 1, 4, 101])
END
