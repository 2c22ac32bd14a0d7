#!/bin/sh
# dask-image and scikit-image read img2 before img10, dask and HuggingFace img10 before img2, so stacks of truth and prediction are paired wrongly
#
# Readers of whole folders sort the names, by the numbers in them or as text. `dask_image.imread`
# and `skimage.io.imread_collection` do the first, `dask.array.image.imread` and HuggingFace's
# imagefolder the second. scikit-image sorts a list of names too, against the order it was given;
# tifffile keeps a list and sorts a pattern by numbers.
#
# Frames from the second on are compared with other frames, and of a video with slow changes the IoU
# is only lower.
#
# Seen with dask 2026.8.0, dask-image 2026.5.0, scikit-image 0.26.0, tifffile 2026.3.3, datasets 5.2.0, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" dask==2026.8.0 dask-image==2026.5.0 scikit-image==0.26.0 tifffile==2026.3.3 datasets==5.2.0 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import glob

import dask.array.image
import dask_image.imread
import datasets
import numpy as np
import skimage.io
import tifffile
print(", ".join(f"{name} {version(name)}" for name in ["dask", "dask-image", "scikit-image", "tifffile", "datasets", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


for number in (10, 2, 1, 11, 9):
    tifffile.imwrite(f"img{number}.tif", np.full((8, 8), number, np.uint8))
by_number, as_text = [1, 2, 9, 10, 11], [1, 10, 11, 2, 9]


def order(frames):
    return [int(np.asarray(frame).flat[0]) for frame in frames]


names = sorted(glob.glob("img*.tif"))
expect("sorted()", order(map(tifffile.imread, names)), as_text)
expect("dask", order(dask.array.image.imread("img*.tif")), as_text)
expect("dask-image", order(dask_image.imread.imread("img*.tif").compute()), by_number)
expect("scikit-image", order(skimage.io.imread_collection("img*.tif")), by_number)
expect("scikit-image, a list", order(skimage.io.imread_collection(names)), by_number)
expect("tifffile", order(tifffile.imread("img*.tif")), by_number)
expect("tifffile, a list", order(tifffile.imread(names)), as_text)
folder = datasets.load_dataset("imagefolder", data_files="img*.tif", split="train", cache_dir="cache", drop_labels=True)
expect("HuggingFace", order(one["image"] for one in folder), as_text)
END
