#!/bin/sh
# Keras: with from_logits=True a focal loss still clips at 1e-7 on JAX and PyTorch, the binary one does not on TensorFlow
#
# from_logits=True of the cross-entropies is exact: a pixel that is wrong with a logit of 40 costs 40. The focal losses
# take the sigmoid or the softmax first and forget the logits, so the same pixel costs 15.94 or 16.12 and has no gradient.
# On TensorFlow the binary one finds the logits again behind its own sigmoid and costs 40, the categorical one does not.
#
# The same files, call and version have another loss by the backend, by a fifth where logits are large; and a model that
# is surely wrong learns from such pixels on one backend and on the other not.
#
# Seen with keras 3.15.1, tensorflow-cpu 2.21.0, jax 0.10.2, numpy 2.4.6, scipy 1.17.1; PyTorch 2.13.0 as JAX.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" keras==3.15.1 tensorflow-cpu==2.21.0 jax==0.10.2 numpy==2.4.6 scipy==1.17.1
cd "$place"
export TF_CPP_MIN_LOG_LEVEL=3
cat > asked.py <<'END'
import sys
from importlib.metadata import version
import keras
import numpy as np
from keras import losses as L
backend = keras.backend.backend()
print(f"{backend}:", ", ".join(f"{name} {version(name)}" for name in ["keras", "tensorflow-cpu", "jax", "numpy"]))


def expect(what, seen, wanted):
    print(f"  {what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} on {backend} was {wanted}")


def cost(loss, truth, logits):
    return round(float(loss(from_logits=True)(np.array(truth, "f4"), np.array(logits, "f4"))), 2)


yes_no, one_of_two = ([[0]], [[40]]), ([[1, 0]], [[0, 40]])
expect("BinaryCrossentropy", cost(L.BinaryCrossentropy, *yes_no), 40.0)
expect("BinaryFocalCrossentropy", cost(L.BinaryFocalCrossentropy, *yes_no), {"tensorflow": 40.0, "jax": 15.94}[backend])
expect("CategoricalCrossentropy", cost(L.CategoricalCrossentropy, *one_of_two), 40.0)
# alpha is 0.25 unless said otherwise.
expect("CategoricalFocalCrossentropy", cost(L.CategoricalFocalCrossentropy, *one_of_two), 4.03)
END
for backend in tensorflow jax; do
  KERAS_BACKEND=$backend PYTHONPATH=packages python3 -W ignore asked.py
done
