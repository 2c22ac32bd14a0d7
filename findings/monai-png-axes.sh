#!/bin/sh
# MONAI: SaveImage writes PNG and TIFF with rows and columns exchanged, and LoadImage exchanges them, but not in NPY
#
# The axes of a volume are x, y, z in MONAI, and a picture is treated as one slice of it. An array
# of 3 rows and 4 columns that did not come from `LoadImage`, as from torchvision or OpenCV, is
# saved as a picture of 4 rows and 3 columns. `LoadImage` turns pictures the same way, so MONAI's
# own pairs fit; a truth in NPY or one that was read by Pillow does not fit a prediction in PNG.
# Square pictures fit in size and are transposed.
#
# The IoU of a good model is then that of a mirrored picture: not 0, and better for round things in
# the middle.
#
# Seen with monai 1.6.1, torch 2.13.0, pillow 13.0.0, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" monai==1.6.1 torch==2.13.0 pillow==13.0.0 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
import torch
from monai.transforms import LoadImage, SaveImage
from PIL import Image
print(", ".join(f"{name} {version(name)}" for name in ["monai", "torch", "pillow", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


labels = np.arange(12, dtype=np.uint8).reshape(3, 4)
for ending in ("png", "tif"):
    save = SaveImage(output_dir="out", output_ext="." + ending, output_postfix="", output_dtype=np.uint8, separate_folder=False,
                     print_log=False)
    save(torch.tensor(labels[None]), {"filename_or_obj": "labels"})
    saved = np.array(Image.open(f"out/labels.{ending}"))
    expect(f"3 rows of 4, saved as {ending}: rows of the file", saved.tolist(), labels.T.tolist())
np.save("labels.npy", labels)
Image.fromarray(labels).save("labels.png")
expect("size of LoadImage of a picture with 3 rows of 4", tuple(LoadImage()("labels.png").shape), (4, 3))
expect("of the same as NPY", tuple(LoadImage()("labels.npy").shape), (3, 4))
expect("LoadImage of what SaveImage wrote", LoadImage()("out/labels.png").tolist(), labels.tolist())
END
