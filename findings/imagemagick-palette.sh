#!/bin/sh
# ImageMagick: a palette label map written as PNG again is numbered anew by first occurrence, and reducing colours merges neighbouring labels
#
# Without any option, `convert mask.png again.png` numbers the colours in the order in which they
# first occur in the picture: 0 2 4 1 become 0 1 2 3, and void at 255 becomes the next free number.
# Two labels with one colour become one label. TIFF keeps the numbers, and so does GraphicsMagick,
# which has the same commands. `-colors 256`, `-type Palette` and saving as GIF reduce colours even
# where a grey map has five of them: 0 1 2 3 4 become 0 0 4 4 4.
#
# The numbers depend on what each picture shows, so after `mogrify` over a folder the same class has
# another number in each file.
#
# Needs ImageMagick (on Debian: apt-get install imagemagick).
# Seen with ImageMagick 6.9.11-60, pillow 13.0.0, numpy 2.4.6.
set -eu
tool=$(command -v convert-im6 || command -v magick || command -v convert) || { echo "ImageMagick is missing"; exit 1; }
"$tool" -version | sed -n 1p
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" pillow==13.0.0 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - "$tool" <<'END'
import subprocess
import sys
from importlib.metadata import version
import numpy as np
from PIL import Image
print(", ".join(f"{name} {version(name)}" for name in ["pillow", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


colours = {0: (0, 0, 0), 1: (128, 0, 0), 2: (0, 128, 0), 3: (128, 0, 0), 4: (0, 0, 128), 255: (224, 224, 192)}


def again(labels, *options, palette=True, file="again.png"):
    image = Image.fromarray(np.tile(np.array(labels, np.uint8), (32, 8)))
    if palette:
        image.putpalette([level for number in range(256) for level in colours.get(number, (9, 9, 9))])
    image.save("mask.png")
    subprocess.run([sys.argv[1], "mask.png", *options, file], check=True)
    made = Image.open(file)
    return made.mode, np.array(made)[0, : len(labels)].tolist()


expect("palette 0 2 4 1", again([0, 2, 4, 1]), ("P", [0, 1, 2, 3]))
expect("4 2 0", again([4, 2, 0]), ("P", [0, 1, 2]))
expect("0 1 2 255", again([0, 1, 2, 255]), ("P", [0, 1, 2, 3]))
expect("0 1 3, of which 1 and 3 have one colour", again([0, 1, 3]), ("P", [0, 1, 1]))
expect("0 2 4 1 as TIFF", again([0, 2, 4, 1], file="again.tif"), ("P", [0, 2, 4, 1]))
expect("grey 0 1 2 3 4", again([0, 1, 2, 3, 4], palette=False), ("L", [0, 1, 2, 3, 4]))
expect("with -colors 256", again([0, 1, 2, 3, 4], "-colors", "256", palette=False), ("L", [0, 0, 4, 4, 4]))
END
