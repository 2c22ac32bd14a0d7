#!/bin/sh
# FFmpeg: resizing scatters the labels of a palette, also by nearest neighbour, and lossless video gives classes 4, 11, 18 … the number before
#
# A palette picture that is scaled is quantised to a fixed palette of 256 colours and dithered:
# label 4 of a VOC-like mask becomes 128 and 64, in a pattern. `-vf scale=…:flags=neighbor` only
# says which pixels are taken. Grey maps are scaled as they are.
#
# Lossless is the coding, not what comes before it: yuv420p, which players ask for, has 220 levels
# for 256 labels, so every seventh label falls on the one before. OpenCV reads the same file by
# other rules and shifts 4 to 7, 11 to 14 and 18 to 19.
#
# A class that falls on another is gone from the truth, and the other has its pixels, in every
# picture alike.
#
# Seen with imageio-ffmpeg 0.8.1 (FFmpeg 9.0.2), opencv-python-headless 5.0.0.93, pillow 13.0.0,
# numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" imageio-ffmpeg==0.8.1 opencv-python-headless==5.0.0.93 pillow==13.0.0 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import subprocess
import sys
from importlib.metadata import version
import cv2
import imageio_ffmpeg
import numpy as np
from PIL import Image
names = ["imageio-ffmpeg", "opencv-python-headless", "pillow", "numpy"]
print(", ".join(f"{name} {version(name)}" for name in names))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


def ffmpeg(*arguments):
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *arguments], check=True)


labels = np.tile(np.repeat(np.array([0, 1, 2, 4], np.uint8), 8), (32, 1))
grey = Image.fromarray(labels)
grey.save("grey.png")
grey.putpalette([0, 0, 0, 128, 0, 0, 0, 128, 0, 128, 128, 0, 0, 0, 128])
grey.save("palette.png")


def halved(file):
    ffmpeg("-i", file, "-vf", "scale=16:16:flags=neighbor", "half.png")
    half = Image.open("half.png")
    pixels = np.array(half)
    return half.mode, [np.unique(pixels[:, at : at + 4]).tolist() for at in (0, 4, 8, 12)]


expect("grey 0, 1, 2, 4, halved", halved("grey.png"), ("L", [[0], [1], [2], [4]]))
expect("in a palette", halved("palette.png"), ("P", [[0], [3, 4], [24, 32], [64, 128]]))

every = np.tile(np.arange(20, dtype=np.uint8), (20, 1))
Image.fromarray(every).save("every.png")


def changed(*coding):
    ffmpeg("-i", "every.png", *coding, "labels.mkv")
    ffmpeg("-i", "labels.mkv", "-frames:v", "1", "-pix_fmt", "gray", "again.png")
    said = np.array(Image.open("again.png"))[0]
    shown = cv2.VideoCapture("labels.mkv").read()[1][0, :, 0]
    return [{int(old): int(new) for old, new in zip(every[0], row) if old != new} for row in (said, shown)]


expect("FFV1 grey: changed labels, by FFmpeg and by OpenCV", changed("-c:v", "ffv1"), [{}, {}])
moved = {4: 3, 11: 10, 18: 17}
also = {4: 3, 5: 4, 6: 5, 7: 6, 11: 10, 12: 11, 13: 12, 14: 13, 18: 17, 19: 18}
expect("FFV1 yuv420p", changed("-c:v", "ffv1", "-pix_fmt", "yuv420p"), [moved, also])
expect("H.264, -qp 0, yuv420p", changed("-c:v", "libx264", "-qp", "0", "-pix_fmt", "yuv420p"), [moved, also])
END
