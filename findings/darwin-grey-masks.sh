#!/bin/sh
# darwin-py: the grey masks of 16 or more classes give one class the number of another, and numbers depend on the images exported
#
# V7's exporter spreads the classes over 0…255 one after the other in the same array. With 16
# classes the first becomes 15, and when it is the turn of 15, the first becomes 239 with it;
# `class_mapping.csv` still says 15. With 30 classes three are lost in this way. In all modes the
# numbers follow the alphabet of those classes that occur in the exported images, so a validation
# set in which one class does not occur numbers all later classes anew.
#
# The first class is missing from the truth, another has its pixels, and both have a wrong IoU.
#
# Seen with darwin-py 3.6.3.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" darwin-py==3.6.3
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import csv
import pathlib

import darwin.datatypes as dt
from darwin.exporter.formats import mask
from PIL import Image
print(", ".join(f"{name} {version(name)}" for name in ["darwin-py"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


def exported(names, mode):
    def square(place):
        corners = ((0, 0), (6, 0), (6, 6), (0, 6))
        return [[{"x": 8 * place + x, "y": y} for x, y in corners]]

    drawn = [dt.make_polygon(name, square(place)) for place, name in enumerate(names)]
    file = dt.AnnotationFile(
        path=pathlib.Path("scene.json"), filename="scene.png", annotations=drawn, remote_path="/",
        annotation_classes={one.annotation_class for one in drawn}, image_width=8 * len(names), image_height=8)
    place = pathlib.Path(f"{mode}-{len(names)}")
    mask.export([file], place, mode)
    picture = Image.open(next(place.rglob("*.png")))
    said = {row[0]: int(row[1]) for row in list(csv.reader(open(place / "class_mapping.csv")))[1:]}
    return {name: (picture.getpixel((8 * i + 3, 3)), said[name]) for i, name in enumerate(names)}


def wrong(count):
    names = [f"class{number:02}" for number in range(1, count + 1)]
    return {name: pair for name, pair in exported(names, "grey").items() if pair[0] != pair[1]}


expect("4 classes: class: (in the mask, in the table) where they differ", wrong(4), {})
expect("16 classes", wrong(16), {"class01": (239, 15)})
expect("30 classes", wrong(30), {"class01": (68, 8), "class02": (144, 17), "class03": (212, 25)})
expect("three classes by index", exported(["car", "pole", "road"], "index"), {"car": (1, 1), "pole": (2, 2), "road": (3, 3)})
expect("without a car", exported(["pole", "road"], "index"), {"pole": (1, 1), "road": (2, 2)})
END
