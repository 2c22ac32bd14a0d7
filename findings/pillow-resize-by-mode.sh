#!/bin/sh
# Pillow: resize() of the same label map differs between a grey and a palette image
#
# `resize` takes the nearest pixel in mode P, and interpolates (bicubic) in mode L. Between label 0
# and label 4 a grey map gets labels that were never there, and near void (255) numbers that no
# class list has. Which mode a file has is often an accident: the same labels saved with and without
# a palette.
#
# In a metric the new labels are a thin rim of a wrong class, which costs small and thin classes
# most.
#
# Seen with pillow 13.0.0, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" pillow==13.0.0 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
from PIL import Image
print(", ".join(f"{name} {version(name)}" for name in ["pillow", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


labels = np.zeros((64, 64), np.uint8)
labels[:, 20:], labels[:, 40:] = 2, 255
grey = Image.fromarray(labels)
palette = grey.copy()
palette.putpalette(list(range(256)) * 3)
expect("labels 0 2 255 after resize(), palette", np.unique(np.array(palette.resize((40, 40)))).tolist(), [0, 2, 255])
expect("labels 0 2 255 after resize(), grey", np.unique(np.array(grey.resize((40, 40)))).tolist(), [0, 1, 2, 15, 242, 255])
END
