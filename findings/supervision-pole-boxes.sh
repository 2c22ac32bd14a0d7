#!/bin/sh
# supervision: the box of a mask one pixel wide has no area, so a pole that was found exactly has an AP of 0 by boxes and 1 by masks
#
# `mask_to_xyxy` gives the first and the last column of a mask; area, IoU and metrics take the last
# as the end (`xyxy_to_mask` does not). Ten columns are nine wide, 4 x 4 pixels against 4 x 3 have
# an IoU of 0.67 where the pixels have 0.75, and one column has none. Its box has an IoU of 0 with
# itself. OpenCV, Pillow, pycocotools, SciPy and scikit-image count the last column in.
#
# Average precision and F1 by boxes suffer most for thin things, and without the mask `area` is that
# of the box, which decides what is small.
#
# Seen with supervision 0.31.2, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" supervision==0.31.2 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
import supervision as sv
from supervision.metrics import F1Score, MeanAveragePrecision, MetricTarget
print(", ".join(f"{name} {version(name)}" for name in ["supervision", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


def mask(rows, columns):
    plane = np.zeros((1, 40, 40), bool)
    plane[0, rows, columns] = True
    return plane


def found(plane, confidence=None):
    return sv.Detections(
        xyxy=sv.mask_to_xyxy(plane).astype(float), mask=plane, class_id=np.array([0]),
        confidence=None if confidence is None else np.array([confidence]))


def iou(one, other):
    boxes = [found(plane).xyxy for plane in (one, other)]
    return [round(float(function(*pair)[0, 0]), 2)
            for function, pair in ((sv.box_iou_batch, boxes), (sv.mask_iou_batch, (one, other)))]


def scores(plane, target):
    metrics = [metric(metric_target=target).update([found(plane, 0.9)], [found(plane)]).compute()
               for metric in (MeanAveragePrecision, F1Score)]
    return float(round(metrics[0].map50_95, 3)), float(round(metrics[1].f1_50, 3))


square, narrower, pole = mask(slice(5, 9), slice(5, 9)), mask(slice(5, 9), slice(5, 8)), mask(slice(5, 35), 7)
expect("box of rows 5 to 34 of column 7", sv.mask_to_xyxy(pole)[0].tolist(), [7, 5, 7, 34])
expect("area of its box", float(found(pole).box_area[0]), 0.0)
expect("4 x 4 and 4 x 3: IoU of the boxes, of the masks", iou(square, narrower), [0.67, 0.75])
expect("the pole and itself", iou(pole, pole), [0.0, 1.0])
expect("the square found exactly, by boxes: mAP, F1", scores(square, MetricTarget.BOXES), (1.0, 1.0))
expect("the pole found exactly, by boxes", scores(pole, MetricTarget.BOXES), (0.0, 0.0))
expect("by masks", scores(pole, MetricTarget.MASKS), (1.0, 1.0))
END
