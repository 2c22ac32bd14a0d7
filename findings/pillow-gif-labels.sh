#!/bin/sh
# Pillow: a label map saved as GIF comes back with other labels
#
# The writer leaves out colours that do not occur and numbers the others anew. Labels 0, 1, 7 come
# back as 0, 1, 2, and so do 0, 1, 255: the number depends on which labels occur in the image. Some
# public sets of masks are GIF files, and they are cut, turned and saved again with this library.
#
# In a metric each image has its own numbering. The colour, not the index, still has the old label.
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


for largest in (7, 255):
    image = Image.fromarray(np.array([[0, 1, largest, largest]] * 4, np.uint8))
    image.save("mask.gif")
    again = Image.open("mask.gif")
    expect(f"0 1 {largest} saved as GIF, index", np.array(again)[0].tolist(), [0, 1, 2, 2])
    expect(f"0 1 {largest} saved as GIF, grey", np.array(again.convert("L"))[0].tolist(), [0, 1, largest, largest])
END
