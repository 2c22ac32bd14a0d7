#!/bin/sh
# Keras: a pixel that is wrong with p = 1 costs 15.25, 15.33, 15.94, 16.12 or infinity, by the way in which the same loss is asked for
#
# Each of these clips p at 1e-7. A class casts to float32 first, where 1 − 1e-7 is 1 − 1.19e-7; a
# function of the same name does not, so float64 planes cost more than float32 ones, and in float16
# there is nothing between 0.9995 and 1 and it is infinite. In Keras 2, tf_keras now, 1e-7 is added
# once more before the logarithm, and TensorFlow computes (1 − p) + ε as (1 + ε) − p in a graph:
# evaluate() and the same function called by hand differ.
#
# Saved planes are full of zeros and ones, and where some of them are wrong, two scripts that call
# the same loss have two numbers.
#
# Seen with keras 3.15.1, tf_keras 2.21.0, tensorflow-cpu 2.21.0, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" keras==3.15.1 tensorflow-cpu==2.21.0 numpy==2.4.6
python3 -m pip install -q --no-compile --no-deps --target "$place/packages" tf_keras==2.21.0
cd "$place"
export TF_CPP_MIN_LOG_LEVEL=3 KERAS_BACKEND=tensorflow
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import keras
import numpy as np
import tensorflow as tf
import tf_keras
print(", ".join(f"{name} {version(name)}" for name in ["keras", "tensorflow-cpu", "numpy", "tf_keras"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


truth, wrong = np.array([[0.0]]), np.array([[1.0]])


def costs(loss):
    return [round(float(np.array(loss(truth, wrong.astype(kind))).mean()), 3) for kind in ("float16", "float32", "float64")]


expect("Keras 3, BinaryCrossentropy() of float16, float32, float64", costs(keras.losses.BinaryCrossentropy()), [15.942, 15.942, 15.942])
expect("Keras 3, binary_crossentropy()", str(costs(keras.losses.binary_crossentropy)), "[inf, 15.942, 16.118]")
function = tf_keras.losses.binary_crossentropy
single = wrong.astype(np.float32)
expect("tf_keras, binary_crossentropy()", round(float(function(truth, single)[0]), 3), 15.333)
expect("tf_keras, the same in a tf.function", round(float(tf.function(function)(truth, single)[0]), 3), 15.249)
model = tf_keras.Sequential([tf_keras.layers.Lambda(lambda p: p)])
model.compile(loss="binary_crossentropy")
expect("tf_keras, evaluate()", round(model.evaluate(single, truth, verbose=0), 3), 15.249)
END
