#!/bin/sh
# Matplotlib: imsave() stretches each plane, and with fixed limits its 256 steps are neither rounded nor cut
#
# Without `vmin` and `vmax` the smallest value becomes black and the largest white: a plane whose
# largest probability is 0.3 looks certain, and a label has another grey in each file. With `vmin=0,
# vmax=1` the level is the whole part of 256·p, and not 255·p rounded (0.1 is 25, 0.25 is 64, 0.501
# is 128): level l stands for l/256 to (l + 1)/256, and 0.5 itself becomes 128, which is above 0.5.
# The file has four channels.
#
# A loss from such a plane is off by up to a level, and a threshold of 0.5 takes in what lies
# exactly on it.
#
# Seen with matplotlib 3.11.2, numpy 2.4.6, pillow 13.0.0.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" matplotlib==3.11.2 numpy==2.4.6 pillow==13.0.0
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import matplotlib.image
import numpy as np
from PIL import Image
print(", ".join(f"{name} {version(name)}" for name in ["matplotlib", "numpy", "pillow"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


def saved(plane, **limits):
    matplotlib.image.imsave("plane.png", np.array([plane]), cmap="gray", **limits)
    return np.array(Image.open("plane.png"))


expect("channels", saved([0, 1]).shape[2], 4)
expect("0 0.1 0.3", saved([0, 0.1, 0.3])[0, :, 0].tolist(), [0, 85, 255])
expect("labels 0 1 2", saved([0, 1, 2])[0, :, 0].tolist(), [0, 128, 255])
expect("labels 0 1 4", saved([0, 1, 4])[0, :, 0].tolist(), [0, 64, 255])
plane = [0, 0.1, 0.25, 0.499, 0.5, 0.501, 0.75, 0.998, 1]
expect("p with vmin=0, vmax=1", saved(plane, vmin=0, vmax=1)[0, :, 0].tolist(), [0, 25, 64, 127, 128, 128, 192, 255, 255])
expect("255·p rounded", np.rint(np.array(plane) * 255).astype(int).tolist(), [0, 26, 64, 127, 128, 128, 191, 254, 255])
END
