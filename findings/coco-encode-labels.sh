#!/bin/sh
# pycocotools: encode() of a label map or a soft mask loses area, while 0/1 and 0/255 are right
#
# A run ends wherever a number differs from the one before, and every second run counts as object.
# Labels 0, 1, 2 in one array are therefore an object, a hole and an object; here a third of the
# foreground is gone. Neither an error nor a warning: the type is right, and `decode` gives back a
# clean mask of 0 and 1.
#
# Areas, IoU and AP from it are wrong. One array with one object, of two values, must be given.
#
# Seen with pycocotools 2.0.11, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" pycocotools==2.0.11 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
from pycocotools import mask
print(", ".join(f"{name} {version(name)}" for name in ["pycocotools", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


labels = np.zeros((32, 32), np.uint8)
labels[8:], labels[16:], labels[24:] = 1, 2, 4


def area(array):
    return int(mask.area(mask.encode(np.asfortranarray(array))))


expect("foreground pixels", int((labels > 0).sum()), 768)
expect("area of 0/1", area((labels > 0).astype(np.uint8)), 768)
expect("area of 0/255", area((labels > 0).astype(np.uint8) * 255), 768)
expect("area of labels 0 1 2 4", area(labels), 512)
END
