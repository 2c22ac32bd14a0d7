#!/bin/sh
# HuggingFace: return_coco_annotation=True gives one list of runs more than segments, so classes shift, and the runs are not COCO's
#
# `post_process_instance_segmentation` of Mask2Former returns a list of runs and a list of segments
# with their classes. The runs are those of all numbers of the map, and the first number is −1, the
# pixels of no segment: three lists for two segments. Whoever goes through both gives the first
# class the background, and each later one the mask of the one before. Where segments cover the
# picture there is no such list, and all fits. The runs are pairs of start and length, counted from
# 1 along the rows, as on Kaggle; COCO's runs alternate and go down the columns. They are NumPy
# numbers, which the json module refuses.
#
# Drop the first list if the map has a −1, and convert the pairs.
#
# Seen with transformers 5.24.0, torch 2.13.0, pillow 13.0.0, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" transformers==5.24.0 torch==2.13.0 pillow==13.0.0 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
from types import SimpleNamespace
import torch
from transformers.models.mask2former.image_processing_pil_mask2former import Mask2FormerImageProcessorPil
print(", ".join(f"{name} {version(name)}" for name in ["transformers", "torch", "pillow", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


classes, masks = torch.full((1, 2, 4), -9.0), torch.full((1, 2, 96, 96), -9.0)
classes[0, 0, 2], masks[0, 0, :24, :48] = 9, 9
classes[0, 1, 0], masks[0, 1, 48:72, 48:] = 9, 9
outputs = SimpleNamespace(class_queries_logits=classes, masks_queries_logits=masks)


def result(coco):
    made = Mask2FormerImageProcessorPil().post_process_instance_segmentation(
        outputs, threshold=0.5, target_sizes=[(4, 4)], return_coco_annotation=coco)[0]
    runs = [[int(number) for number in one] for one in made["segmentation"]]
    return runs, [segment["label_id"] for segment in made["segments_info"]], type(made["segmentation"][0][0]).__name__


plane, labels, _ = result(False)
expect("the map, in which segment 0 has class 2 and segment 1 class 0", (plane, labels),
       ([[0, 0, -1, -1], [-1, -1, -1, -1], [-1, -1, -1, 1], [-1, -1, -1, -1]], [2, 0]))
runs, labels, kind = result(True)
expect("runs", runs, [[3, 9, 13, 4], [1, 2], [12, 1]])
expect("their classes", labels, [2, 0])
expect("type of the numbers", kind, "int64")
END
