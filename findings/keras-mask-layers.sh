#!/bin/sh
# Keras: of its layers that take segmentation_masks some interpolate or mix the labels, and CutMix makes one channel three
#
# Resizing, RandomRotation, RandomZoom and others take the nearest label. CenterCrop and RandomCrop
# interpolate where the picture is smaller than the crop, so 0.9 and 2.6 stand beside a pole of
# class 4. MixUp averages the label maps of two images: half of class 4 is class 2. AugMix gives
# masks the weights of its pictures. CutMix returns the right labels in as many channels as the
# picture has. RandomFlip and the crops return floats, which hides it.
#
# A truth that is saved from such a pipeline has labels between two others at every border, or
# anywhere.
#
# Seen with keras 3.15.1, jax 0.10.2, numpy 2.4.6, scipy 1.17.1.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" keras==3.15.1 jax==0.10.2 numpy==2.4.6 scipy==1.17.1
cd "$place"
export KERAS_BACKEND=jax
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import keras
import numpy as np
print(", ".join(f"{name} {version(name)}" for name in ["keras", "jax", "numpy", "scipy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


keras.utils.set_random_seed(1)
layers = keras.layers
pictures = np.random.default_rng(1).random((4, 32, 32, 3)).astype(np.float32)
masks = np.zeros((4, 32, 32, 1), np.int32)
masks[:, :, 8:16], masks[:, :, 16], masks[:, :, 17:] = 1, 4, 2
masks[2:] = masks[2:, :, ::-1]
names = np.eye(4, dtype=np.float32)


def given(layer, **more):
    made = layer({"images": pictures, "segmentation_masks": masks, **more}, training=True)
    return np.array(made["segmentation_masks"])


def between(array):
    return bool((array != np.rint(array)).any())


for layer in [layers.Resizing(20, 20), layers.RandomRotation(0.1), layers.RandomZoom(0.3)]:
    expect(f"labels between labels after {type(layer).__name__}", between(given(layer)), False)
expect("CenterCrop(16, 16)", between(given(layers.CenterCrop(16, 16))), False)
larger = given(layers.CenterCrop(40, 40))
expect("CenterCrop(40, 40)", np.unique(larger[0].astype(float).round(2)).tolist(), [0.0, 0.1, 0.9, 1.0, 1.3, 2.0, 2.6, 3.7])
expect("RandomCrop(40, 40)", between(given(layers.RandomCrop(40, 40))), True)
expect("MixUp", between(given(layers.MixUp(), labels=names)), True)
expect("AugMix", between(given(layers.AugMix())), True)
cut = given(layers.CutMix(), labels=names)
expect("CutMix, shape of four masks with one channel", (between(cut), cut.shape), (False, (4, 32, 32, 3)))
END
