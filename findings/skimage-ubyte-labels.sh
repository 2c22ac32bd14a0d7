#!/bin/sh
# scikit-image: img_as_ubyte() scales a label map or leaves it, depending on its largest label
#
# The function is meant for brightness. Labels of 16 bits stay as they are while all of them are
# below 256, and are divided by 256 (so 1 to 255 become 0) as soon as one is larger: it depends on
# the image. Labels of type int8 are doubled. True becomes 255.
#
# A folder of masks that went through it has two numberings, and each file looks plausible on its
# own.
#
# Seen with scikit-image 0.26.0, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" scikit-image==0.26.0 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
from skimage.util import img_as_ubyte
print(", ".join(f"{name} {version(name)}" for name in ["scikit-image", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


expect("uint16 0 1 2 255", img_as_ubyte(np.array([0, 1, 2, 255], np.uint16)).tolist(), [0, 1, 2, 255])
expect("uint16 0 1 2 256", img_as_ubyte(np.array([0, 1, 2, 256], np.uint16)).tolist(), [0, 0, 0, 1])
expect("int8 0 1 2 4", img_as_ubyte(np.array([0, 1, 2, 4], np.int8)).tolist(), [0, 2, 4, 8])
expect("bool", img_as_ubyte(np.array([False, True])).tolist(), [0, 255])
END
