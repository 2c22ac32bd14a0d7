#!/bin/sh
# labelme2coco: classes are numbered by first occurrence, so training and validation number them differently
#
# The converter has no list of classes. It gives 0 to the first label of the first file, 1 to the
# next new one and so on: what is sky, road, pole in one folder is pole, sky, car, road in the
# other. Each COCO file names its own numbers, and each is right alone.
#
# A model trained with the one and measured with the other has exchanged classes. Read the names of
# both files.
#
# Seen with labelme2coco 0.2.6, sahi 0.12.8, pillow 13.0.0.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" labelme2coco==0.2.6 sahi==0.12.8 pillow==13.0.0
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import json
import pathlib

import labelme2coco
from PIL import Image
print(", ".join(f"{name} {version(name)}" for name in ["labelme2coco", "sahi", "pillow"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


def numbers(folder, files):
    place = pathlib.Path(folder)
    place.mkdir()
    for name, labels in files.items():
        Image.new("RGB", (40, 40)).save(place / f"{name}.png")
        drawn = [{"label": label, "points": [[5, 5], [25, 5], [25, 25], [5, 25]], "shape_type": "polygon", "group_id": None, "flags": {}}
                 for label in labels]
        whole = {"version": "5", "flags": {}, "shapes": drawn, "imagePath": f"{name}.png", "imageData": None,
                 "imageHeight": 40, "imageWidth": 40}
        (place / f"{name}.json").write_text(json.dumps(whole))
    labelme2coco.convert(folder, f"{folder}-coco")
    made = json.loads(pathlib.Path(f"{folder}-coco/dataset.json").read_text())
    return {one["name"]: one["id"] for one in made["categories"]}


expect("training", numbers("train", {"a": ["sky", "road", "pole"]}), {"sky": 0, "road": 1, "pole": 2})
expect("validation", numbers("val", {"a": ["pole", "sky", "car", "road"]}), {"pole": 0, "sky": 1, "car": 2, "road": 3})
END
