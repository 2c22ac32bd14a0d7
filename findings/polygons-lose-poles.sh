#!/bin/sh
# supervision: a mask that becomes polygons and a mask again loses thin parts and fills holes
#
# Outlines join the centres of border pixels. A pole one pixel wide is a line of two points, which
# is no polygon and is left out: 24 pixels become none. A hole is returned as one more polygon,
# which is filled like the others. The same outline filled by pycocotools covers neither its right
# nor its lower border, so a pole two pixels wide keeps half of its pixels.
#
# Truth that passed through polygons (YOLO's and COCO's segment files, most annotation tools) has no
# poles to be found, and predictions of them count as false alarms.
#
# Seen with supervision 0.31.2, numpy 2.4.6, opencv-python-headless 5.0.0.93, pycocotools 2.0.11.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" supervision==0.31.2 numpy==2.4.6 opencv-python-headless==5.0.0.93 pycocotools==2.0.11
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import cv2
import numpy as np
import supervision
from pycocotools import mask as coco
print(", ".join(f"{name} {version(name)}" for name in ["supervision", "numpy", "opencv-python-headless", "pycocotools"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


def drawn(*boxes):
    mask = np.zeros((32, 32), bool)
    for top, bottom, left, right, value in boxes:
        mask[top:bottom, left:right] = value
    return mask


def again(mask):
    result = np.zeros_like(mask)
    for polygon in supervision.mask_to_polygons(mask):
        result |= supervision.polygon_to_mask(polygon, (32, 32)).astype(bool)
    return int(mask.sum()), int(result.sum())


expect("a pole of one pixel, before and after", again(drawn((4, 28, 10, 11, True))), (24, 0))
expect("a pole of two pixels", again(drawn((4, 28, 10, 12, True))), (48, 48))
expect("a ring", again(drawn((4, 28, 4, 28, True), (10, 20, 10, 20, False))), (476, 576))
pole = drawn((4, 28, 10, 12, True)).astype(np.uint8)
outline = cv2.findContours(pole, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0][0].reshape(-1).astype(float).tolist()
expect("a pole of two pixels, filled by pycocotools", int(coco.decode(coco.frPyObjects([outline], 32, 32)).sum()), 23)
END
