#!/bin/sh
# tifffile: a mask of True and False is white-is-zero, so Pillow, OpenCV and SimpleITK read it inverted, rasterio does not
#
# `imwrite` of a bool array writes one bit a pixel with the photometric MINISWHITE: a set bit is
# black. Readers that show pictures turn the bits round, and give background as object and object as
# background. Readers of numbers (tifffile, scikit-image, rasterio) give them back as they were.
# imageio saves bool arrays in the same way. A bool array that scikit-image or Pillow saves, or with
# photometric="minisblack", is read alike by all. The same holds for 8 bits: 0 1 2 in a
# white-is-zero file are 255 254 253 for Pillow and OpenCV.
#
# A perfect prediction that is read inverted has an IoU of 0, and a bad one of a large object gets a
# good IoU. Whoever looks at prediction and truth with the same viewer sees nothing wrong.
#
# Seen with tifffile 2026.3.3, pillow 13.0.0, opencv-python-headless 5.0.0.93, rasterio 1.4.4,
# simpleitk 2.5.7, imageio 2.38.1, scikit-image 0.26.0, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" tifffile==2026.3.3 pillow==13.0.0 \
    opencv-python-headless==5.0.0.93 rasterio==1.4.4 simpleitk==2.5.7 imageio==2.38.1 scikit-image==0.26.0 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import cv2
import imageio.v3
import numpy as np
import rasterio
import SimpleITK
import skimage.io
import tifffile
from PIL import Image
packages = ["tifffile", "pillow", "opencv-python-headless", "rasterio", "simpleitk", "imageio", "scikit-image", "numpy"]
print(", ".join(f"{name} {version(name)}" for name in packages))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


mask = np.zeros((4, 8), bool)
mask[:, :3] = True


def row(numbers):
    return (np.asarray(numbers).reshape(4, 8, -1)[0, :, 0] > 0).astype(int).tolist()


def readers():
    with rasterio.open("mask.tif") as file:
        by_rasterio = file.read(1)
    return {
        "tifffile": row(tifffile.imread("mask.tif")), "skimage": row(skimage.io.imread("mask.tif")), "rasterio": row(by_rasterio),
        "pillow": row(Image.open("mask.tif")), "opencv": row(cv2.imread("mask.tif", cv2.IMREAD_UNCHANGED)),
        "simpleitk": row(SimpleITK.GetArrayFromImage(SimpleITK.ReadImage("mask.tif")))}


def photometric():
    with tifffile.TiffFile("mask.tif") as file:
        return file.pages[0].photometric.name, file.pages[0].bitspersample


right, inverted = [1, 1, 1, 0, 0, 0, 0, 0], [0, 0, 0, 1, 1, 1, 1, 1]
numbers, pictures = ("tifffile", "skimage", "rasterio"), ("pillow", "opencv", "simpleitk")
tifffile.imwrite("mask.tif", mask)
expect("tifffile writes bool as", photometric(), ("MINISWHITE", 1))
expect("first row, saved as 1 1 1 0 0 0 0 0", readers(), {name: right for name in numbers} | {name: inverted for name in pictures})
imageio.v3.imwrite("mask.tif", mask)
expect("imageio writes bool as", photometric(), ("MINISWHITE", 1))
tifffile.imwrite("mask.tif", mask, photometric="minisblack")
expect("with photometric='minisblack'", readers(), {name: right for name in numbers + pictures})
tifffile.imwrite("mask.tif", np.tile(np.arange(3, dtype=np.uint8), (4, 1)), photometric="miniswhite")
expect("0 1 2 in 8 bits, white is zero, by tifffile", tifffile.imread("mask.tif")[0].tolist(), [0, 1, 2])
expect("by Pillow", np.array(Image.open("mask.tif"))[0].tolist(), [255, 254, 253])
expect("by OpenCV", cv2.imread("mask.tif", cv2.IMREAD_UNCHANGED)[0].tolist(), [255, 254, 253])
END
