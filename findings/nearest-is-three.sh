#!/bin/sh
# "Nearest" in OpenCV, Pillow, scikit-image and SciPy takes different pixels: a pole is kept by one and lost by another
#
# To half the size OpenCV's INTER_NEAREST takes pixels 0, 2, 4, 6; Pillow, scikit-image and OpenCV's
# INTER_NEAREST_EXACT take 1, 3, 5, 7; SciPy's `zoom` takes the first and the last and spreads the
# others between. A class one pixel wide is kept by the one and lost by the other, and where both
# keep something, all borders are shifted by half a pixel.
#
# Truth that was made smaller with one library and predictions that were made smaller with another
# have an IoU of 0 on such a class, though both are the same map.
#
# Seen with pillow 13.0.0, numpy 2.4.6, opencv-python-headless 5.0.0.93, scikit-image 0.26.0, scipy 1.17.1.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" pillow==13.0.0 numpy==2.4.6 opencv-python-headless==5.0.0.93 scikit-image==0.26.0 scipy==1.17.1
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import cv2
import numpy as np
from PIL import Image
from scipy.ndimage import zoom
from skimage.transform import resize
print(", ".join(f"{name} {version(name)}" for name in ["pillow", "numpy", "opencv-python-headless", "scikit-image", "scipy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


columns = np.tile(np.arange(8, dtype=np.uint8), (8, 1))
half = (4, 4)
expect("OpenCV, INTER_NEAREST", cv2.resize(columns, half, interpolation=cv2.INTER_NEAREST)[0].tolist(), [0, 2, 4, 6])
expect("OpenCV, INTER_NEAREST_EXACT", cv2.resize(columns, half, interpolation=cv2.INTER_NEAREST_EXACT)[0].tolist(), [1, 3, 5, 7])
expect("Pillow, NEAREST", np.array(Image.fromarray(columns).resize(half, Image.Resampling.NEAREST))[0].tolist(), [1, 3, 5, 7])
expect("scikit-image, order=0", resize(columns, half, order=0, preserve_range=True, anti_aliasing=False)[0].tolist(), [1, 3, 5, 7])
expect("SciPy, zoom(order=0)", zoom(columns, 0.5, order=0)[0].tolist(), [0, 2, 5, 7])
END
