#!/bin/sh
# Keras: save_img() stretches every file to 0…255: labels 0 1 2 4 become 0 63 127 255, and a plane that is 0.7 everywhere becomes 0
#
# `array_to_img` and `save_img` have `scale=True` by default: they subtract the smallest number of
# this one array and divide by the largest. A label map that holds both 0 and 255 keeps its numbers,
# one without void does not, so the files of one folder differ. A plane of probabilities loses where
# 0.5 was, and one of a single number, such as a class that is nowhere, becomes 0 whatever the
# number. With `scale=False` probabilities are cut to 0, also 0.99.
#
# No level of such a plane can be turned into a probability again.
#
# Seen with keras 3.15.1, jax 0.10.2, numpy 2.4.6, scipy 1.17.1, pillow 13.0.0.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" keras==3.15.1 jax==0.10.2 numpy==2.4.6 scipy==1.17.1 pillow==13.0.0
cd "$place"
export KERAS_BACKEND=jax
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import keras
import numpy as np
from PIL import Image
print(", ".join(f"{name} {version(name)}" for name in ["keras", "jax", "numpy", "scipy", "pillow"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


def saved(row, kind, **options):
    keras.utils.save_img("plane.png", np.tile(np.array(row, kind), (4, 1))[..., None], **options)
    return np.array(Image.open("plane.png"))[0].tolist()


expect("labels 0 1 2 4 255", saved([0, 1, 2, 4, 255], "uint8"), [0, 1, 2, 4, 255])
expect("labels 0 1 2 4", saved([0, 1, 2, 4], "uint8"), [0, 63, 127, 255])
expect("labels 0 1", saved([0, 1, 0, 1], "uint8"), [0, 255, 0, 255])
expect("labels 3 3 3 3", saved([3, 3, 3, 3], "uint8"), [0, 0, 0, 0])
expect("p = 0.2 0.3 0.5 0.6", saved([0.2, 0.3, 0.5, 0.6], "float32"), [0, 63, 191, 255])
expect("p = 0.7 everywhere", saved([0.7, 0.7, 0.7, 0.7], "float32"), [0, 0, 0, 0])
expect("p = 0.2 0.5 0.9 0.99 with scale=False", saved([0.2, 0.5, 0.9, 0.99], "float32", scale=False), [0, 0, 0, 0])
END
