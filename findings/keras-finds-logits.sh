#!/bin/sh
# Keras on TensorFlow: a loss looks behind the last layer for logits, so evaluate() differs from the loss of what predict() returns
#
# Losses of probabilities take the input of a layer that ends in a softmax or a sigmoid, for the
# sake of precision. They do not look which of the two it was: behind a softmax layer
# binary_crossentropy is that of the sigmoid, 0.545 for 0.230, and behind a sigmoid layer
# categorical_crossentropy is that of the softmax, 0.363 for 0.790. The metric of the same name
# agrees with the loss. On PyTorch the same models have 0.230 and 0.790.
#
# What a model is trained on, and what is measured from its saved planes, are two losses. The first
# is of probabilities that the model never returns.
#
# Seen with keras 3.15.1, tensorflow-cpu 2.21.0, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" keras==3.15.1 tensorflow-cpu==2.21.0 numpy==2.4.6
cd "$place"
export TF_CPP_MIN_LOG_LEVEL=3 KERAS_BACKEND=tensorflow
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import keras
import numpy as np
print(", ".join(f"{name} {version(name)}" for name in ["keras", "tensorflow-cpu", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


logits = np.array([[2, 0, -1], [0, 1, 0], [0.5, 0.5, 2]], np.float32)
truth = np.eye(3, dtype=np.float32)
sigmoid = 1 / (1 + np.exp(-logits))
softmax = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)


def binary(p):
    return round(float(-np.log(np.where(truth == 1, p, 1 - p)).mean()), 4)


def categorical(p):
    return round(float(-np.log((p / p.sum(1, keepdims=True))[truth == 1]).mean()), 4)


def run(layer, loss, formula):
    model = keras.Sequential([keras.Input((3,)), keras.layers.Activation(layer)])
    model.compile(loss=loss)
    return round(model.evaluate(logits, truth, verbose=0), 4), formula(model.predict(logits, verbose=0))


expect("softmax, binary_crossentropy: evaluate(), formula of predict()", run("softmax", "binary_crossentropy", binary), (0.5453, 0.2296))
expect("formula of the sigmoid of the same logits", binary(sigmoid), 0.5453)
expect("sigmoid, categorical_crossentropy: evaluate(), formula of predict()", run("sigmoid", "categorical_crossentropy", categorical), (0.3634, 0.7902))
expect("formula of the softmax of the same logits", categorical(softmax), 0.3634)
END
