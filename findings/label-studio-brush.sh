#!/bin/sh
# Label Studio: brush masks exported as COCO lose lines, holes and border, and their classes are numbered by first occurrence
#
# `BRUSH_TO_COCO` writes outlines instead of runs: a line of one pixel is no annotation, a ring is a
# disc, and 10 × 10 pixels have an area of 81. Its categories are numbered from 1 in the order in
# which their strokes occur, so two parts of one project have two numberings; `YOLO` and `COCO`
# count from 0 in alphabetical order. `BRUSH_TO_PNG` has the right pixels, one file for each stroke:
# two strokes of one class are two files, each with what the brush left there, and a later class
# does not erase an earlier one.
#
# Give the number of each class by its name, and take the union of the files of a class.
#
# Seen with label-studio-sdk 2.1.2, numpy 2.2.6, pillow 13.0.0.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" label-studio-sdk==2.1.2 numpy==2.2.6 pillow==13.0.0
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import json
import pathlib

import numpy as np
from label_studio_sdk.converter import Converter, brush
from PIL import Image
print(", ".join(f"{name} {version(name)}" for name in ["label-studio-sdk", "numpy", "pillow"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


def stroke(number, name, mask):
    value = {"format": "rle", "rle": brush.mask2rle(mask * np.uint8(255)), "brushlabels": [name]}
    return {"id": str(number), "from_name": "tag", "to_name": "image", "type": "brushlabels", "original_width": 40,
            "original_height": 20, "image_rotation": 0, "value": value}


square, line = np.zeros((20, 40), np.uint8), np.zeros((20, 40), np.uint8)
square[5:15, 5:15] = 1
ring, line[2:18, 30] = square.copy(), 1
ring[8:12, 8:12] = 0
strokes = [stroke(1, "sky", square), stroke(2, "road", ring), stroke(3, "pole", line), stroke(4, "road", line)]
labels = "".join(f'<Label value="{name}"/>' for name in ["sky", "road", "pole"])
view = f'<View><Image name="image" value="$image"/><BrushLabels name="tag" toName="image">{labels}</BrushLabels></View>'
converter = Converter(view, ".")


def exported(form, some):
    annotation = {"id": 1, "completed_by": 1, "was_cancelled": False, "result": some}
    pathlib.Path("task.json").write_text(json.dumps([{"id": 7, "data": {"image": "a.png"}, "annotations": [annotation]}]))
    place = pathlib.Path(f"{form}-{len(some)}")
    place.mkdir()
    converter.convert("task.json", str(place), form, is_dir=False)
    return place


def numbers(path):
    return {one["name"]: one["id"] for one in json.loads(path.read_text())["categories"]}


masks = {file.stem.split("tag-")[1]: int((np.array(Image.open(file)) > 0).sum()) for file in sorted(exported("BRUSH_TO_PNG", strokes).glob("*.png"))}
expect("pixels of each PNG", masks, {"pole-0": 16, "road-0": 84, "road-1": 16, "sky-0": 100})
coco = exported("BRUSH_TO_COCO", strokes) / "result_coco.json"
names = {number: name for name, number in numbers(coco).items()}
areas = [(names[one["category_id"]], one["area"]) for one in json.loads(coco.read_text())["annotations"]]
expect("area of each annotation in COCO", areas, [("sky", 81), ("road", 81)])
expect("its numbers", numbers(coco), {"sky": 1, "road": 2, "pole": 3})
other = exported("BRUSH_TO_COCO", [strokes[1], strokes[0]]) / "result_coco.json"
expect("its numbers where a road is drawn first", numbers(other), {"road": 1, "sky": 2})
expect("numbers in YOLO", numbers(exported("YOLO", strokes) / "notes.json"), {"pole": 0, "road": 1, "sky": 2})
END
