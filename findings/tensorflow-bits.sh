#!/bin/sh
# TensorFlow: reading labels as 16 bits multiplies them by 257, converting them by 256, and a probability becomes a byte by a rule of its own
#
# `tf.io.decode_png(…, dtype=tf.uint16)` of an 8-bit label map gives 257 for 1, and of a 16-bit map
# read by default (8 bits) the upper byte: 300, 600 and 1200 are 1, 2 and 4. `convert_image_dtype`
# from 8 to 16 bits gives 256 for 1, and makes int32 labels 0. Of a probability it takes the whole
# part of 255.5 times p, neither rounding nor cutting: 0.5 is 127 and 0.501 is 128, 0.999 is 255. A
# palette PNG is three colours, or their brightness with channels=1.
#
# A level then stands for l/255.5 to (l + 1)/255.5, and 16-bit labels are no classes.
#
# Seen with tensorflow-cpu 2.21.0, pillow 13.0.0, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" tensorflow-cpu==2.21.0 pillow==13.0.0 numpy==2.4.6
cd "$place"
export TF_CPP_MIN_LOG_LEVEL=3
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
import tensorflow as tf
from PIL import Image
print(", ".join(f"{name} {version(name)}" for name in ["tensorflow-cpu", "pillow", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


labels = np.tile(np.array([0, 1, 2, 4], np.uint8), (4, 1))
Image.fromarray(labels).save("eight.png")
Image.fromarray(labels.astype(np.uint16) * 300).save("sixteen.png")


def read(file, **options):
    return tf.io.decode_png(tf.io.read_file(file), **options).numpy()[0, :, 0].tolist()


expect("0 1 2 4 in 8 bits", read("eight.png"), [0, 1, 2, 4])
expect("dtype=tf.uint16", read("eight.png", dtype=tf.uint16), [0, 257, 514, 1028])
expect("0 300 600 1200 in 16 bits", read("sixteen.png"), [0, 1, 2, 4])
expect("dtype=tf.uint16", read("sixteen.png", dtype=tf.uint16), [0, 300, 600, 1200])


def converted(array, kind):
    return tf.image.convert_image_dtype(array, kind).numpy().flatten().tolist()


expect("0 1 2 4 from uint8 to uint16", converted(labels[0], tf.uint16), [0, 256, 512, 1024])
expect("from int32 to uint8", converted(labels[0].astype(np.int32), tf.uint8), [0, 0, 0, 0])
p = np.array([0.1, 0.25, 0.5, 0.501, 0.999], np.float32)
expect("0.1 0.25 0.5 0.501 0.999 to uint8", converted(p, tf.uint8), [25, 63, 127, 128, 255])
END
