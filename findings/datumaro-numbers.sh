#!/bin/sh
# datumaro: KITTI masks give unlabelled pixels the number of the first class, Cityscapes masks of the same project do not
#
# For VOC, CamVid and Cityscapes datumaro puts a background before the classes. For KITTI it does not,
# and still fills what nobody has drawn with 0, the number of the first class; reading that export
# back gives one more object of this class. Cityscapes masks of the same project count from 1, and a
# category called background is moved to the front wherever it stood. VOC masks are RGB pictures
# without a palette, beside a labelmap.txt in which no class has a colour.
#
# CVAT offers the formats of datumaro. The first class of a KITTI truth has all unlabelled pixels as
# well, and truth and predictions from two of these formats are one number apart.
#
# Seen with datumaro 1.13.12, numpy 2.4.6, pillow 12.3.0.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" datumaro==1.13.12 numpy==2.4.6 pillow==12.3.0
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import pathlib

import datumaro
import numpy as np
from datumaro.components.annotation import Mask
from datumaro.components.media import Image as Media
from PIL import Image
print(", ".join(f"{name} {version(name)}" for name in ["datumaro", "numpy", "pillow"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


def exported(names, form, file):
    """Eight columns for each class and eight columns that have none."""
    width = 8 * len(names) + 8
    masks = []
    for number in range(len(names)):
        mask = np.zeros((8, width), np.uint8)
        mask[:, 8 * number : 8 * number + 8] = 1
        masks.append(Mask(mask, label=number, id=number + 1, group=number + 1))
    photo = Media.from_numpy(np.full((8, width, 3), 60, np.uint8))
    item = datumaro.DatasetItem(id="scene", subset="val", media=photo, annotations=masks)
    place = "-".join([form, *names])
    datumaro.Dataset.from_iterable([item], categories=names).export(place, form, save_media=True)
    picture = Image.open(pathlib.Path(place) / file)
    return picture.mode, np.array(picture)[0, ::8].tolist()


names = ["sky", "road", "pole"]
kitti = "val/semantic/scene.png"
city = "gtFine/val/scene_gtFine_labelIds.png"
voc = "SegmentationClass/scene.png"
expect("sky, road, pole, nothing as KITTI", exported(names, "kitti_segmentation", kitti), ("I;16", [0, 1, 2, 0]))
again = datumaro.Dataset.import_from("kitti_segmentation-sky-road-pole", "kitti_segmentation")
found = sorted(names[mask.label] for item in again for mask in item.annotations)
expect("objects when read back", found, ["pole", "road", "sky", "sky"])
expect("sky, road, pole, nothing as Cityscapes", exported(names, "cityscapes", city), ("L", [1, 2, 3, 0]))
expect("sky, background, road, nothing", exported(["sky", "background", "road"], "cityscapes", city), ("L", [1, 0, 2, 0]))
expect("sky, road, pole, nothing as VOC", exported(names, "voc_segmentation", voc),
       ("RGB", [[128, 0, 0], [0, 128, 0], [128, 128, 0], [0, 0, 0]]))
table = pathlib.Path("voc_segmentation-sky-road-pole/labelmap.txt").read_text().split()[-4:]
expect("its labelmap.txt", table, ["background:::", "sky:::", "road:::", "pole:::"])
END
