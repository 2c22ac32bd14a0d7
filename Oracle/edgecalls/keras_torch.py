"""Keras on PyTorch, what prints another number than on TensorFlow. It is asked in a run of its own, with
KERAS_BACKEND=torch, since a process has one backend."""

import os

os.environ.setdefault("KERAS_BACKEND", "torch")

import keras

BACKEND = keras.backend.backend()
if BACKEND == "tensorflow":
    raise ImportError("keras is on TensorFlow in this run")
VERSIONS = [f"keras-{BACKEND} {keras.__version__}"]


def symbols(edge, names):
    inputs = names["P"] if names["X"] is None else names["X"]
    activation = edge.activation if edge.kind == "logits" else None

    def evaluated(loss, truth, weights=None, inputs=inputs, activation=activation):
        layer = keras.layers.Activation(activation) if activation else keras.layers.Identity()
        model = keras.Sequential([layer])
        model.compile(loss=loss)
        return model.evaluate(
            inputs, truth, batch_size=names["size"], verbose=0, sample_weight=weights)

    valid = names["Y"] != 255 if edge.is_exclusive else None
    return names | {
        "L": keras.losses, "evaluated": evaluated, "valid": valid,
        "filled": None if valid is None else names["np"].where(valid, names["Y"], 0),
    }


def rows(edge):
    for preset, call in presets(edge):
        yield f"keras.{preset}.torch-jax" + ("" if BACKEND == "torch" else f" ({BACKEND})"), call


def presets(edge):
    if edge.kind == "labels":
        return
    if edge.is_exclusive:
        yield "categorical_crossentropy", "evaluated('categorical_crossentropy', T)"
        weights = ", valid.astype('f4')" if edge.ignores else ""
        yield (
            "sparse_categorical_crossentropy",
            f"evaluated('sparse_categorical_crossentropy', filled{weights})")
    elif not edge.ignores:
        yield "binary_crossentropy", "evaluated('binary_crossentropy', T)"
        # The function keeps the logits to itself, and takes their sigmoid first.
        logits = ", from_logits=True" if edge.kind == "logits" else ""
        yield (
            "binary_focal_crossentropy",
            f"evaluated(L.BinaryFocalCrossentropy(gamma=2{logits}), T, activation=None)")
