#!/bin/sh
# pycocotools: the IoU of runs of two sizes is -1 and their union has no pixels, and nothing is raised
#
# A prediction that was made at another size than its truth, or whose size is [width, height], has
# an IoU of −1, a number that enters means and passes for a miss in AP. `merge` returns runs of size
# 0 × 0, with area 0. With the sizes exchanged the runs are decoded to another mask of the same
# area, since only the number of pixels is the same. faster-coco-eval does likewise. Of two empty
# masks the IoU is 0.
#
# Compare the sizes before.
#
# Seen with pycocotools 2.0.11, faster-coco-eval 1.8.0, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" pycocotools==2.0.11 faster-coco-eval==1.8.0 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
from faster_coco_eval.core import mask as faster
from pycocotools import mask as coco
print(", ".join(f"{name} {version(name)}" for name in ["pycocotools", "faster-coco-eval", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


plane = np.zeros((3, 5), np.uint8)
plane[0, :3] = 1
for name, tool in (("pycocotools", coco), ("faster-coco-eval", faster)):
    print(name)
    runs = tool.encode(np.asfortranarray(plane))
    double = tool.encode(np.asfortranarray(plane.repeat(2, 0).repeat(2, 1)))
    exchanged = dict(runs, size=[5, 3])
    expect("IoU with itself, at twice the size, with the sizes exchanged",
           [float(tool.iou([runs], [other], [0])[0, 0]) for other in (runs, double, exchanged)], [1.0, -1.0, -1.0])
    expect("union of both sizes", tool.merge([runs, double])["size"], [0, 0])
    expect("rows of 5, decoded with the sizes exchanged", tool.decode(exchanged).tolist(),
           [[1, 0, 0], [0, 1, 0], [0, 0, 0], [1, 0, 0], [0, 0, 0]])
    empty = tool.encode(np.asfortranarray(plane * 0))
    expect("IoU of two empty masks", float(tool.iou([empty], [empty], [0])[0, 0]), 0.0)
END
