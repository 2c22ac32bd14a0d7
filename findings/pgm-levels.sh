#!/bin/sh
# PGM: labels 0 1 2 4 in a file whose largest level is 4 are 0 64 128 255 in Pillow and FFmpeg, and 0 1 2 4 in OpenCV and GDAL
#
# The head of a PGM file names the largest level, and label maps are often written with the largest
# label there. Pillow, and with it imageio and scikit-image, stretches the levels to 255 or 65,535,
# and so does FFmpeg; OpenCV and rasterio give the numbers of the file. With 255 or 65,535 in the
# head all agree.
#
# Written by one file after another, each with its own largest label, the same class has another
# number in each image.
#
# Seen with pillow 13.0.0, scikit-image 0.26.0, opencv-python-headless 5.0.0.93, rasterio 1.4.4, imageio-ffmpeg 0.6.0, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" pillow==13.0.0 scikit-image==0.26.0 opencv-python-headless==5.0.0.93 rasterio==1.4.4 imageio-ffmpeg==0.6.0 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import subprocess

import cv2
import imageio_ffmpeg
import numpy as np
import rasterio
import skimage.io
from PIL import Image
print(", ".join(f"{name} {version(name)}" for name in ["pillow", "scikit-image", "opencv-python-headless", "rasterio", "imageio-ffmpeg", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


def by_ffmpeg(name):
    asked = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", name, "-pix_fmt", "gray", "-f", "rawvideo", "-"]
    return np.frombuffer(subprocess.run(asked, capture_output=True, check=True).stdout, np.uint8)


def by_rasterio(name):
    with rasterio.open(name) as file:
        return file.read(1)


readers = {
    "Pillow": lambda name: np.array(Image.open(name)), "scikit-image": skimage.io.imread,
    "OpenCV": lambda name: cv2.imread(name, cv2.IMREAD_UNCHANGED), "rasterio": by_rasterio}


def read(labels, largest, readers=readers):
    with open("labels.pgm", "wb") as file:
        file.write(b"P5\n%d 1\n%d\n" % (len(labels), largest) + np.array(labels, ">u2" if largest > 255 else "u1").tobytes())
    return {name: reader("labels.pgm").ravel().tolist() for name, reader in readers.items()}


def both(stretched, kept):
    return {"Pillow": stretched, "scikit-image": stretched, "OpenCV": kept, "rasterio": kept}


expect("0 1 2 4, largest 255", read([0, 1, 2, 4], 255), both([0, 1, 2, 4], [0, 1, 2, 4]))
expect("0 1 2 4, largest 4", read([0, 1, 2, 4], 4), both([0, 64, 128, 255], [0, 1, 2, 4]))
expect("0 1 2 18, largest 18", read([0, 1, 2, 18], 18), both([0, 14, 28, 255], [0, 1, 2, 18]))
expect("0 1 300 1000, largest 1000", read([0, 1, 300, 1000], 1000), both([0, 66, 19660, 65535], [0, 1, 300, 1000]))
expect("0 1 2 4, largest 4, FFmpeg", read([0, 1, 2, 4], 4, {"FFmpeg": by_ffmpeg}), {"FFmpeg": [0, 64, 128, 255]})
END
