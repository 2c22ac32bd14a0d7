#!/bin/sh
# pycocotools: the AP of small masks depends on whether the results also carry boxes
#
# A result with only runs gets the area of its mask. With a `bbox` beside them it gets the area of
# the box, also when masks are judged, and by this area a detection that matches nothing is a small,
# a medium or a large one. The truth keeps the area of its annotation. A thin false alarm that
# crosses the image is small by its pixels and medium by its box, so it counts for small objects in
# one file and does not in the other. The overall AP is the same in both.
#
# Two exports of the same masks give two numbers for small, medium and large.
#
# Seen with pycocotools 2.0.11, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" pycocotools==2.0.11 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import contextlib
import io

import numpy as np
from pycocotools import mask
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
print(", ".join(f"{name} {version(name)}" for name in ["pycocotools", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


def runs(plane):
    return mask.encode(np.asfortranarray(plane.astype(np.uint8)))


thing, wire = np.zeros((2, 200, 200), bool)
thing[150:170, 150:170] = True
for step in range(80):
    wire[10 + step, 10 + step:13 + step] = True
truth = {
    "images": [{"id": 1, "height": 200, "width": 200}], "categories": [{"id": 1, "name": "thing"}],
    "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "segmentation": runs(thing), "area": 400, "bbox": [150, 150, 20, 20], "iscrowd": 0}]}


def judged(with_boxes):
    results = [{"image_id": 1, "category_id": 1, "segmentation": runs(plane), "score": score} for plane, score in ((wire, 0.9), (thing, 0.8))]
    if with_boxes:
        for result in results:
            result["bbox"] = mask.toBbox(result["segmentation"]).tolist()
    with contextlib.redirect_stdout(io.StringIO()):
        coco = COCO()
        coco.dataset = truth
        coco.createIndex()
        found = coco.loadRes(results)
        judge = COCOeval(coco, found, "segm")
        judge.evaluate()
        judge.accumulate()
        judge.summarize()
    return [int(one["area"]) for one in found.anns.values()], [round(float(judge.stats[i]), 3) for i in (0, 3)]


expect("masks alone: areas, [AP, AP of small]", judged(False), ([240, 400], [0.5, 0.5]))
expect("masks and boxes", judged(True), ([6560, 400], [0.5, 1.0]))
END
