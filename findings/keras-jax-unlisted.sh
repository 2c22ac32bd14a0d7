#!/bin/sh
# Keras on JAX: a pixel whose true label is no class has a loss of 0 and is counted, and the Dice loss of two empty masks is 1
#
# SparseCategoricalCrossentropy on TensorFlow (on a CPU) and on PyTorch refuses void at 255 or −1
# unless `ignore_class` names it. On JAX it is a row of zeros: the pixel costs nothing and counts in
# the mean, so a quarter of void makes the loss a quarter smaller. With `ignore_class` the mean is
# over the other pixels. `to_categorical` makes −1 the last class. A perfect prediction of a mask that is
# empty has the largest Dice and Tversky loss there is, on all backends.
#
# The same files have a loss on one backend and none on another, and a batch in which nothing is to
# be found, and nothing was, has the worst Dice loss.
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


p = np.array([[[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.3, 0.3, 0.4], [0.2, 0.2, 0.6]]], np.float32)
losses = -np.log(np.array([0.7, 0.8, 0.4]))
expect("sum of three losses / 3, / 4", (round(float(losses.sum() / 3), 4), round(float(losses.sum() / 4), 4)), (0.4987, 0.374))


def loss(void, **options):
    made = keras.losses.SparseCategoricalCrossentropy(**options)(np.array([[0, 1, 2, void]]), p)
    return round(float(made), 4)


expect("loss of truth 0 1 2 255", loss(255), 0.374)
expect("of truth 0 1 2 -1", loss(-1), 0.374)
expect("of truth 0 1 2 255 with ignore_class=255", loss(255, ignore_class=255), 0.4987)
expect("to_categorical(-1, 3)", keras.utils.to_categorical(-1, 3).tolist(), [0.0, 0.0, 1.0])
empty = np.zeros((1, 4), np.float32)
seen = [round(float(kind()(empty, empty)), 4) for kind in (keras.losses.Dice, keras.losses.Tversky)]
expect("Dice and Tversky loss of two empty masks", seen, [1.0, 1.0])
END
