#!/bin/sh
# MONAI: SaveImage(scale=65535) of probabilities wraps the levels into 8 bits, and NIfTI takes no notice of scale
#
# With `scale=65535` a PNG has 16 bits only if `output_dtype=np.uint16` is given as well. The
# default leaves the picture at 8 bits, and of each level the lower byte is kept: p = 0.5 is level
# 32767 and is saved as 255, 0.501 as 65. Neither the call nor the file says so. `scale=255` is
# right, cut and not rounded. In TIFF the levels are floats from 0 to 65535. `scale` is for PNG, and
# NIfTI takes no notice of it: with `output_dtype=np.uint8` all probabilities below 1 become 0.
# Without that, labels too are float32.
#
# The planes look like noise around the right shapes; a threshold of one half gives stripes.
#
# Seen with monai 1.6.1, torch 2.13.0, pillow 13.0.0, nibabel 5.4.2, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" monai==1.6.1 torch==2.13.0 pillow==13.0.0 nibabel==5.4.2 \
    numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import nibabel
import numpy as np
import torch
from monai.transforms import SaveImage
from PIL import Image
print(", ".join(f"{name} {version(name)}" for name in ["monai", "torch", "pillow", "nibabel", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


p = torch.tensor([0.1, 0.25, 0.5, 0.501, 0.9]).reshape(1, 5, 1).repeat(1, 1, 2)


def saved(ending, **options):
    save = SaveImage(output_dir="out", output_ext=ending, output_postfix="", separate_folder=False, print_log=False, **options)
    if ending == ".nii.gz":
        save(p[..., None].repeat(1, 1, 1, 2), {"filename_or_obj": "p"})
        file = nibabel.load("out/p.nii.gz")
        return str(file.get_data_dtype()), [round(float(level), 4) for level in file.get_fdata()[:, 0, 0]]
    save(p, {"filename_or_obj": "p"})
    file = Image.open("out/p" + ending)
    return file.mode, [round(float(level), 4) for level in np.array(file)[0]]


expect("PNG, scale=255", saved(".png", scale=255), ("L", [25, 63, 127, 127, 229]))
expect("PNG, scale=65535", saved(".png", scale=65535), ("L", [153, 255, 255, 65, 101]))
expect("PNG, scale=65535, output_dtype=np.uint16", saved(".png", scale=65535, output_dtype=np.uint16),
       ("I;16", [6553, 16383, 32767, 32833, 58981]))
expect("PNG as it is", saved(".png"), ("L", [0, 0, 0, 0, 0]))
expect("TIFF, scale=65535", saved(".tif", scale=65535), ("F", [6553, 16383, 32767, 32833, 58981]))
expect("NIfTI", saved(".nii.gz"), ("float32", [0.1, 0.25, 0.5, 0.501, 0.9]))
expect("NIfTI, scale=255, output_dtype=np.uint8", saved(".nii.gz", scale=255, output_dtype=np.uint8), ("uint8", [0, 0, 0, 0, 0]))
END
