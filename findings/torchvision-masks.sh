#!/bin/sh
# torchvision: masks and planes change between its own ways of reading, resizing and saving
#
# `decode_image(…, mode="UNCHANGED")` gives the packed bytes of a palette PNG of fewer than 8 bits,
# two or more labels in one number (Pillow writes such files for up to 16 colours). `ToTensor` makes
# a 16-bit map int16, so large numbers are negative. `ToPILImage` cuts 255·p where `save_image`
# rounds it, and multiplies the labels of a float tensor by 255. `Resize(NEAREST)` takes other
# pixels of a tensor than of a PIL image.
#
# Training, saving and evaluation that take different ones of these do not work on the same truth or
# the same levels.
#
# Seen with torch 2.15.0, torchvision 0.29.2, pillow 13.0.0, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" torch==2.15.0 torchvision==0.29.2 pillow==13.0.0 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
import torch
from PIL import Image
from torchvision.io import decode_image
from torchvision.transforms import InterpolationMode, Resize, ToPILImage, ToTensor
from torchvision.utils import save_image
print(", ".join(f"{name} {version(name)}" for name in ["torch", "torchvision", "pillow", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


image = Image.fromarray(np.tile(np.array([0, 1, 2, 3, 4, 0, 1, 2], np.uint8), (4, 2)))
image.putpalette([level for colour in range(5) for level in (colour, 0, 0)])
image.save("mask.png")
row = decode_image("mask.png", mode="UNCHANGED")[0, 0].tolist()
expect("0 1 2 3 4 0 1 2 in a palette of 4 bits, UNCHANGED", row[:4], [0x01, 0x23, 0x40, 0x12])
expect("the same, RGB", decode_image("mask.png", mode="RGB")[0, 0, :8].tolist(), [0, 1, 2, 3, 4, 0, 1, 2])
wide = Image.fromarray(np.array([[0, 1000, 51000]], np.uint16))
expect("0 1000 51000 by ToTensor", ToTensor()(wide).flatten().tolist(), [0, 1000, -14536])
p = torch.tensor([[[0.1, 0.25, 0.5, 0.501]]])
expect("0.1 0.25 0.5 0.501 by ToPILImage", np.array(ToPILImage()(p))[0].tolist(), [25, 63, 127, 127])
save_image(p, "plane.png")
expect("the same by save_image", np.array(Image.open("plane.png"))[0, :, 0].tolist(), [26, 64, 128, 128])
expect("float labels 0 1 2 4 by ToPILImage", np.array(ToPILImage()(torch.tensor([[[0.0, 1, 2, 4]]])))[0].tolist(), [0, 255, 254, 252])
save_image(torch.rand(4, 1, 8, 8), "batch.png")
expect("four planes of 8 x 8 by save_image", np.array(Image.open("batch.png")).shape, (12, 42, 3))
columns = np.tile(np.arange(8, dtype=np.uint8), (8, 1))
half = Resize((4, 4), InterpolationMode.NEAREST)
expect("columns left by Resize(NEAREST) of a tensor", half(torch.from_numpy(columns)[None])[0, 0].tolist(), [0, 2, 4, 6])
expect("of a PIL image", np.array(half(Image.fromarray(columns)))[0].tolist(), [1, 3, 5, 7])
END
