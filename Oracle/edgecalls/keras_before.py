"""tf.keras 2.2 to 2.15, as the package tf_keras has it: the losses that `evaluate` prints."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf
import tf_keras

VERSIONS = [f"tf_keras {tf_keras.__version__}", f"tensorflow {tf.__version__}"]


def symbols(edge, names):
    inputs = names["P"] if names["X"] is None else names["X"]

    def evaluated(loss, truth=names["T"], weights=None, inputs=inputs):
        model = tf_keras.Sequential([tf_keras.layers.Lambda(lambda given: given)])
        model.compile(loss=loss)
        return model.evaluate(
            inputs, truth, batch_size=names["size"], verbose=0, sample_weight=weights)

    valid = names["Y"] != 255
    return names | {
        "L": tf_keras.losses, "evaluated": evaluated, "valid": valid,
        "filled": np.where(valid, names["Y"], 0),
    }


def rows(edge):
    if edge.kind == "labels":
        return
    flag = "from_logits=True" if edge.kind == "logits" else ""
    weights = ", weights=sw" if edge.image_weights or edge.first_class else None

    def loss(name, arguments="", more="", flag=flag):
        inside = ", ".join(filter(None, [arguments, flag]))
        return f"evaluated(L.{name}({inside}){more})"

    k = "tf.keras."
    if not edge.ignores:
        softmax = edge.kind == "logits" and edge.is_exclusive
        given = {"more": ", inputs=P", "flag": ""} if softmax else {}
        yield k + "binary_crossentropy", loss("BinaryCrossentropy", **given)
        yield (
            k + "binary_crossentropy.label_smoothing",
            loss("BinaryCrossentropy", "label_smoothing=0.1", **given))
        if weights:
            yield k + "binary_crossentropy.sample_weight", loss("BinaryCrossentropy", more=weights)
    yield k + "categorical_crossentropy", loss("CategoricalCrossentropy")
    if edge.is_exclusive:
        given = ", truth=filled, weights=valid.astype('f4')" if edge.ignores else ", truth=Y"
        yield (
            k + "sparse_categorical_crossentropy",
            loss("SparseCategoricalCrossentropy", more=given))
