#!/bin/sh
# Keras: MeanIoU leaves out every pixel whose truth or prediction is no class, so predicting an unlisted label costs nothing
#
# Numbers below 0 or from num_classes on are dropped from the confusion matrix, without a word and
# on all backends. Void at 255 or −1 is ignored without `ignore_class`, which is often wanted. A
# prediction outside the classes is dropped too: three of four pixels of class 2 predicted as 3 are
# an IoU of 1, where 1 of 4 is found. Probabilities are cut to whole numbers, so 0.9 is class 0.
#
# A model with one output more than num_classes looks better the more often it uses it. Here such a
# pixel is missed by its true class.
#
# Seen with keras 3.15.1, jax 0.10.2 (also with numpy, tensorflow and torch), numpy 2.4.6, scipy
# 1.17.1.
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


def mean(truth, predicted, classes=3):
    metric = keras.metrics.MeanIoU(num_classes=classes)
    metric.update_state(np.array(truth), np.array(predicted))
    return round(float(metric.result()), 4), int(np.array(metric.total_cm).sum())


expect("truth 0 1 2 2 2 2, predicted 0 1 2 1 1 1: mean IoU, pixels", mean([0, 1, 2, 2, 2, 2], [0, 1, 2, 1, 1, 1]), (0.5, 6))
expect("predicted 0 1 2 3 3 3", mean([0, 1, 2, 2, 2, 2], [0, 1, 2, 3, 3, 3]), (1.0, 3))
expect("predicted 0 1 2 -1 -1 -1", mean([0, 1, 2, 2, 2, 2], [0, 1, 2, -1, -1, -1]), (1.0, 3))
expect("truth 0 1 2 255, predicted 0 1 2 0", mean([0, 1, 2, 255], [0, 1, 2, 0]), (1.0, 3))
expect("truth 0 0 1 1, probabilities 0.1 0.2 0.8 0.9", mean([0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9], 2), (0.25, 4))
END
