#!/bin/sh
# libvips: bitdepth= multiplies labels or loses them, and palette=True numbers them anew
#
# Making masks smaller with `pngsave` keeps the look: with `bitdepth=4` labels 0 1 2 4 are stored as
# 0 1 2 4 in four bits, which readers that scale (Pillow, OpenCV) give back times 17. With
# `bitdepth=2` label 4 is label 0. With `palette=True` the file is a palette in which labels 0 1 2 4
# have the indices 1 2 3 0. A palette PNG is opened as three colours, so the labels of VOC-like
# masks are gone on the way.
#
# Masks that went through an image service or a thumbnailer have such files among others.
#
# Seen with pyvips-binary 8.18.7, pyvips 3.2.0, pillow 13.0.0, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" pyvips-binary==8.18.7 pyvips==3.2.0 pillow==13.0.0 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
import pyvips
from PIL import Image
print(", ".join(f"{name} {version(name)}" for name in ["pyvips-binary", "pyvips", "pillow", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


labels = np.tile(np.array([0, 1, 2, 4], np.uint8), (4, 1))
image = pyvips.Image.new_from_array(labels)


def saved(**options):
    image.pngsave("mask.png", **options)
    again = Image.open("mask.png")
    return again.mode, np.array(again)[0].tolist()


expect("0 1 2 4", saved(), ("L", [0, 1, 2, 4]))
expect("with bitdepth=4", saved(bitdepth=4), ("L", [0, 17, 34, 68]))
expect("with bitdepth=2", saved(bitdepth=2), ("L", [0, 85, 170, 0]))
expect("with palette=True", saved(palette=True), ("P", [1, 2, 3, 0]))
voc = Image.fromarray(labels)
voc.putpalette([0, 0, 0, 128, 0, 0, 0, 128, 0, 128, 128, 0, 0, 0, 128])
voc.save("voc.png")
expect("bands of a coloured palette PNG", pyvips.Image.new_from_file("voc.png").bands, 3)
END
