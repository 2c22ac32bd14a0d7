#!/bin/sh
# Pillow: convert('1') and convert('P') scatter labels and probabilities instead of thresholding them
#
# `convert('1')` spreads the rounding error of each pixel over its neighbours (Floyd and Steinberg),
# so an even plane of probability 0.39 becomes a mask with 39 % of its pixels set, and one of 0.55
# loses 45 % of them. A label map loses every label but 255. `convert('P')` of an RGB mask does the
# same with a fixed palette: one colour becomes several labels.
#
# IoU and border metrics of such masks are noise. `point(lambda p: 255 * (p > 127))`, and `quantize`
# or a table of colours, do what was meant.
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


def share(level):
    plane = Image.fromarray(np.full((64, 64), level, np.uint8))
    return round(float(np.array(plane.convert("1")).mean()), 2)


expect("share of pixels set in an even plane of 100 of 255", share(100), 0.39)
expect("share of pixels set in an even plane of 140 of 255", share(140), 0.55)
labels = np.repeat(np.array([0, 1, 2, 255], np.uint8), 64).reshape(4, 64)
expect("labels 0 1 2 255 in one bit", np.array(Image.fromarray(labels).convert("1"))[:, 8].tolist(), [False, False, False, True])
colours = np.zeros((64, 64, 3), np.uint8)
colours[:] = 128, 64, 128
labels = np.array(Image.fromarray(colours).convert("P"))
expect("labels that one colour becomes", len(np.unique(labels)), 8)
END
