#!/bin/sh
# Pillow: quantize() of a probability plane turns levels into indices of a palette, brightest first
#
# To make planes smaller people reduce their colours, with `quantize` here or with pngquant, which
# does likewise. The file is then a palette PNG: the number of a pixel is its place in a list of
# colours and no longer its level. The list starts with the brightest colour, so a reader that takes
# the index gets p turned round and squeezed into 0…63 of 255.
#
# Whoever reads probabilities from a palette PNG must take the colour. A loss from the index is
# wrong with nothing to show it, and no pixel is above the threshold.
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


plane = np.tile(np.arange(256, dtype=np.uint8), (8, 1))
Image.fromarray(plane).quantize(64).save("plane.png")
again = Image.open("plane.png")
index, grey = np.array(again)[0], np.array(again.convert("L"))[0]
expect("mode", again.mode, "P")
expect("index of the lowest and the highest level", (int(index[0]), int(index[255])), (63, 0))
expect("largest index of 255", int(index.max()), 63)
expect("largest change of a level, read as colour", int(np.abs(grey.astype(int) - plane[0]).max()) <= 4, True)
END
