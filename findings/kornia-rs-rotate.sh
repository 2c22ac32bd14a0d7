#!/bin/sh
# kornia-rs: a quarter turn of a label map keeps its size, so outer classes lose half to class 0, and other angles mix labels
#
# `Image.rotate` and `RandomRotation` take no interpolation and no value for what comes from outside. A
# picture of 40 rows and 60 columns that is turned by 90 degrees stays one of 40 rows: here half of the pixels of the two
# outer classes are lost, and what comes in is 0, which is a class in most label maps. A turn by 270 degrees keeps
# others than one by 90. At other angles labels are interpolated: between 7 and 0 appear 4 and 5,
# which are other classes. Only half a turn, and quarter turns of squares, move labels and change none.
#
# Expected were 60 rows and 40 columns after a quarter turn, and the nearest neighbour's label elsewhere.
#
# Seen with kornia-rs 0.2.0, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" kornia-rs==0.2.0 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
from kornia_rs.image import Image

print(", ".join(f"{name} {version(name)}" for name in ["kornia-rs", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


def turned(labels, degrees):
    picture = np.ascontiguousarray(np.repeat(labels[..., None], 3, axis=2))
    result = Image.from_numpy(picture).rotate(degrees).to_numpy()[..., 0]
    numbers, counts = np.unique(result, return_counts=True)
    return result.shape, dict(zip(numbers.tolist(), counts.tolist()))


# Three classes of 800 pixels each, from left to right.
labels = np.repeat(np.array([7, 0, 26], np.uint8), 20)[None].repeat(40, axis=0)
expect("180 degrees", turned(labels, 180.0), ((40, 60), {0: 800, 7: 800, 26: 800}))
expect("90 degrees", turned(labels, 90.0), ((40, 60), {0: 1600, 7: 400, 26: 400}))
expect("270 degrees", turned(labels, 270.0), ((40, 60), {0: 1600, 7: 360, 26: 440}))
shape, found = turned(labels, 45.0)
expect("45 degrees, labels", (shape, sorted(found)), ((40, 60), [0, 4, 5, 7, 23, 26]))
square = labels[:, 10:50]
expect("90 degrees, a square", turned(square, 90.0), ((40, 40), {0: 800, 7: 400, 26: 400}))
END
