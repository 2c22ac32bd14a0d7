#!/bin/sh
# oxipng: a label map that holds only 0 and 255 becomes one bit, so void reads as class 1 where bits are taken as labels
#
# An optimiser keeps the picture and not the numbers: 0 and 255 are black and white in one bit as
# well, and 0, 85, 170, 255 fit into two bits. Readers that scale (Pillow, OpenCV) see no
# difference. Readers that take the number as it is (pypng, rasterio) see 1 where void was, and 1,
# 2, 3 for 85, 170, 255. Only files without any other label are changed, such as an image that is
# void all over, so one folder has both kinds.
#
# A label map of fewer than 8 bits is not known by itself: compare with the other files of its side.
#
# Seen with pyoxipng 9.1.1, pillow 13.0.0, numpy 2.4.6, pypng 0.20220715.0, rasterio 1.4.4.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" pyoxipng==9.1.1 pillow==13.0.0 numpy==2.4.6 pypng==0.20220715.0 rasterio==1.4.4
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
import oxipng
import png
import rasterio
from PIL import Image
print(", ".join(f"{name} {version(name)}" for name in ["pyoxipng", "pillow", "numpy", "pypng", "rasterio"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


def read(*labels):
    Image.fromarray(np.tile(np.array(labels, np.uint8), (32, 8))).save("mask.png")
    oxipng.optimize("mask.png")
    _, _, rows, facts = png.Reader("mask.png").read()
    row = list(next(iter(rows)))[: len(labels)]
    picture = np.array(Image.open("mask.png").convert("L"))[0, : len(labels)].tolist()
    return facts["bitdepth"], row, rasterio.open("mask.png").read(1)[0, : len(labels)].tolist(), picture


expect("0 255: bits, pypng, rasterio, Pillow", read(0, 255), (1, [0, 1], [0, 1], [0, 255]))
expect("255 everywhere", read(255, 255), (1, [1, 1], [1, 1], [255, 255]))
expect("0 85 170 255", read(0, 85, 170, 255), (2, [0, 1, 2, 3], [0, 1, 2, 3], [0, 85, 170, 255]))
expect("0 1 2 255", read(0, 1, 2, 255)[3], [0, 1, 2, 255])
END
