#!/bin/sh
# One palette label map, read by eight libraries: index, colour, or brightness
#
# VOC-like masks are palette PNG files. Only Pillow, GDAL (rasterio) and pypng give the labels.
# OpenCV, scikit-image, imageio and SimpleITK give colours (three numbers a pixel), Matplotlib four
# numbers from 0 to 1, and OpenCV's grey reading the brightness of the colour: labels 1, 2, 4 become
# 38, 75, 14, and Pillow's own `convert('L')` differs from that by one.
#
# A training script and an evaluation that read the same file through two of them do not have the
# same truth.
#
# Seen with pillow 13.0.0, numpy 2.4.6, opencv-python-headless 5.0.0.93, matplotlib 3.11.2, scikit-image 0.26.0, imageio 2.38.1, simpleitk 2.5.7, rasterio 1.4.4, pypng 0.20220715.0.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" pillow==13.0.0 numpy==2.4.6 opencv-python-headless==5.0.0.93 matplotlib==3.11.2 scikit-image==0.26.0 imageio==2.38.1 simpleitk==2.5.7 rasterio==1.4.4 pypng==0.20220715.0
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import cv2
import imageio.v3
import matplotlib.image
import numpy as np
import png
import rasterio
import SimpleITK
import skimage.io
from PIL import Image
print(", ".join(f"{name} {version(name)}" for name in ["pillow", "numpy", "opencv-python-headless", "matplotlib", "scikit-image", "imageio", "simpleitk", "rasterio", "pypng"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


image = Image.fromarray(np.array([[0, 1, 2, 4]] * 4, np.uint8))
image.putpalette([0, 0, 0, 128, 0, 0, 0, 128, 0, 128, 128, 0, 0, 0, 128])
image.save("mask.png")
labels = [0, 1, 2, 4]
expect("Pillow", np.array(Image.open("mask.png"))[0].tolist(), labels)
expect("rasterio", rasterio.open("mask.png").read(1)[0].tolist(), labels)
expect("pypng", list(next(iter(png.Reader("mask.png").read()[2]))), labels)
expect("Pillow, convert('L')", np.array(Image.open("mask.png").convert("L"))[0].tolist(), [0, 38, 75, 15])
expect("OpenCV, IMREAD_GRAYSCALE", cv2.imread("mask.png", cv2.IMREAD_GRAYSCALE)[0].tolist(), [0, 38, 75, 14])
expect("OpenCV, IMREAD_UNCHANGED", cv2.imread("mask.png", cv2.IMREAD_UNCHANGED)[0].tolist(), [[0, 0, 0], [0, 0, 128], [0, 128, 0], [128, 0, 0]])
colours = [[0, 0, 0], [128, 0, 0], [0, 128, 0], [0, 0, 128]]
expect("scikit-image", skimage.io.imread("mask.png")[0].tolist(), colours)
expect("imageio", imageio.v3.imread("mask.png")[0].tolist(), colours)
expect("SimpleITK", SimpleITK.GetArrayFromImage(SimpleITK.ReadImage("mask.png"))[0].tolist(), colours)
expect("Matplotlib", matplotlib.image.imread("mask.png").shape, (4, 4, 4))
END
