"""TorchGeo and rasterio: GeoTIFF files of probabilities and of labels."""
import os
import textwrap
import warnings
from pathlib import Path

import numpy as np
import rasterio
import torch
from recipe import Recipe, blurred, scene
from torchgeo.trainers import SemanticSegmentationTask

recipe = Recipe("TorchGeo and rasterio")
for folder in ["images", "masks", "preds"]:
    os.mkdir(folder)
truth = [scene(i, (64, 96)) for i in range(4)]
place = {"driver": "GTiff", "crs": "EPSG:32633", "transform": rasterio.Affine(10, 0, 5e5, 0, -10, 5e6), "width": 96, "height": 64}
for i, labels in enumerate(truth):
    labels[:5] = 255
    with rasterio.open(f"images/tile_{i}.tif", "w", count=3, dtype="float32", nodata=-1, tiled=True, compress="deflate",
                       blockxsize=32, blockysize=32, **place) as file:
        file.write(blurred(labels, i))
    with rasterio.open(f"masks/tile_{i}.tif", "w", count=1, dtype="uint8", nodata=255, compress="lzw", **place) as file:
        file.write(labels, 1)
task = SemanticSegmentationTask(model="unet", backbone="resnet18", in_channels=3, num_classes=3, task="multiclass")
task.model = torch.nn.Conv2d(3, 3, 1)
with torch.no_grad():
    task.model.weight.copy_(torch.eye(3)[:, :, None, None])
torch.set_grad_enabled(False)
names = {0: "water", 1: "forest", 2: "field"}
for stage, last in enumerate(["", recipe.code[1]]):
    exec(recipe.code[0])
    expected = [rasterio.open(f"preds/tile_{i}.tif").read().argmax(0) for i in range(4)]
    if last:
        exec("\n".join(recipe.code[0].splitlines()[:4]) + "\n" + textwrap.indent(last, "    "))
    recipe.check(stage, expected, truth, names, ignore=255)
print("ok")
