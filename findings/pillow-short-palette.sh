#!/bin/sh
# Pillow: a palette with fewer colours than the largest label changes the labels when the PNG is written
#
# The number of bits of a palette PNG follows from the number of colours, and of each label only so
# many bits are kept. Void, 255, becomes 15 with a palette of 5 to 16 colours, and 3 with one of 3
# or 4: a real class. It is the usual way to save masks that look good in a viewer, `putpalette`
# with one colour a class.
#
# In a metric, ignored pixels count as a class in the truth. Nothing in the file tells it.
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


labels = np.array([[0, 1, 2, 255]], np.uint8)
for colours, wanted in ((4, [0, 1, 2, 3]), (5, [0, 1, 2, 15]), (16, [0, 1, 2, 15]), (17, [0, 1, 2, 255])):
    image = Image.fromarray(labels)
    image.putpalette([level for colour in range(colours) for level in (colour, 0, 0)])
    image.save("mask.png")
    expect(f"0 1 2 255 with a palette of {colours} colours", np.array(Image.open("mask.png"))[0].tolist(), wanted)
END
