"""Keras 3.2 and later on TensorFlow. Logits are given with from_logits=True where the loss has that,
and behind a layer with the activation elsewhere. Binary losses of a softmax are those of its saved
probabilities: behind a softmax layer Keras would find the logits and take their sigmoid. Ignored pixels have a row of zeros in dense forms,
and a sample weight of 0 in the sparse form without ignore_class."""

import os
from functools import partial

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import numpy as np
import tensorflow as tf

VERSIONS = [f"keras {keras.__version__}", f"tensorflow {tf.__version__}"]


def symbols(edge, names):
    activation = edge.activation if edge.kind == "logits" else None
    inputs = names["P"] if names["X"] is None else names["X"]
    truth = names["T"]

    def evaluated(loss, truth=truth, weights=None, raw=False, inputs=inputs):
        layer = keras.layers.Identity()
        if activation and not raw and inputs is not names["P"]:
            layer = keras.layers.Activation(activation)
        model = keras.Sequential([layer])
        model.compile(loss=loss)
        return model.evaluate(
            inputs, truth, batch_size=names["size"], verbose=0, sample_weight=weights)

    def counted(metric, *arguments):
        metric.update_state(*arguments)
        return float(metric.result())

    valid = (names["Y"] != 255) if edge.is_exclusive else None
    return names | {
        "keras": keras, "tf": tf, "L": keras.losses, "M": keras.metrics, "evaluated": evaluated,
        "counted": counted, "valid": valid,
        "filled": None if valid is None else np.where(valid, names["Y"], 0),
        "dice": dice_coefficient, "at_first_class": at_first_class,
    }


def dice_coefficient(truth, prediction, smooth=1.0):
    truth, prediction = tf.reshape(truth, [-1]), tf.reshape(prediction, [-1])
    both = tf.reduce_sum(truth * prediction)
    return (2 * both + smooth) / (tf.reduce_sum(truth) + tf.reduce_sum(prediction) + smooth)


def at_first_class(weights, truth):
    return tf.gather(tf.constant(weights, tf.float32), tf.argmax(truth, axis=-1))


def rows(edge):
    if edge.kind == "labels":
        return
    logits = edge.kind == "logits"
    raw, flag = (", raw=True", "from_logits=True") if logits else ("", "")

    def loss(name, arguments="", weights="", raw=raw, flag=flag):
        inside = ", ".join(filter(None, [arguments, flag]))
        return f"evaluated(L.{name}({inside}){raw}{weights})"

    weighted = ", weights=sw" if edge.image_weights or edge.first_class else None
    if not edge.ignores:
        behind = {"raw": ", inputs=P", "flag": ""} if logits and edge.is_exclusive else {}
        yield from binary(edge, partial(loss, **behind), weighted)
        yield from ratios()
        yield from calls(edge, weighted)
        yield from question(edge)
    if not edge.ignores or edge.is_exclusive:
        yield from categorical(edge, loss, weighted)
    yield from metrics(edge)


def binary(edge, loss, weighted):
    k = "keras.binary_crossentropy"
    yield k, loss("BinaryCrossentropy")
    if weighted:
        yield f"{k}.sample_weight", loss("BinaryCrossentropy", weights=weighted)
    yield f"{k}.label_smoothing", loss("BinaryCrossentropy", "label_smoothing=0.1")
    if edge.kind == "logits" and not edge.is_exclusive:
        yield f"{k}.from_logits", loss("BinaryCrossentropy")
    focal = "BinaryFocalCrossentropy"
    yield "keras.binary_focal_crossentropy", loss(focal, "gamma=2")
    yield (
        "keras.binary_focal_crossentropy.balanced",
        loss(focal, "apply_class_balancing=True, alpha=0.25, gamma=2"))
    yield "keras.mean_squared_error", "evaluated('mean_squared_error')"
    yield "keras.mean_absolute_error", "evaluated('mean_absolute_error')"


def categorical(edge, loss, weighted):
    k = "keras.categorical_crossentropy"
    yield k, loss("CategoricalCrossentropy")
    if weighted:
        yield f"{k}.sample_weight", loss("CategoricalCrossentropy", weights=weighted)
    yield f"{k}.label_smoothing", loss("CategoricalCrossentropy", "label_smoothing=0.1")
    if edge.kind == "logits" and edge.is_exclusive:
        yield f"{k}.from_logits", loss("CategoricalCrossentropy")
    yield (
        "keras.categorical_focal_crossentropy",
        loss("CategoricalFocalCrossentropy", "alpha=0.25, gamma=2"))
    if edge.is_exclusive:
        sparse = "SparseCategoricalCrossentropy"
        if edge.ignores:
            given = ", truth=filled, weights=valid.astype('f4')"
            yield "keras.sparse_categorical_crossentropy", loss(sparse, weights=given)
        else:
            yield "keras.sparse_categorical_crossentropy", loss(sparse, weights=", truth=Y")
        yield (
            "keras.sparse_categorical_crossentropy.ignore_class",
            loss(sparse, "ignore_class=255", ", truth=Y"))


def ratios():
    for name, axis in (
        ("", ""), (".axis-1-2-3", "axis=(1, 2, 3)"), (".axis-1-2", "axis=(1, 2)"),
        (".axis-0-1-2", "axis=(0, 1, 2)"),
    ):
        yield f"keras.dice{name}", f"evaluated(L.Dice({axis}))"
    yield "keras.tversky", "evaluated(L.Tversky(alpha=0.5, beta=0.5))"
    yield "keras.tversky.axis-1-2", "evaluated(L.Tversky(alpha=0.7, beta=0.3, axis=(1, 2)))"


def calls(edge, weighted):
    logits = edge.kind == "logits" and not edge.is_exclusive
    given = "X" if logits else "P"

    def bce(reduction):
        flag = ", from_logits=True" if logits else ""
        return f"L.BinaryCrossentropy(reduction='{reduction}'{flag})(T, {given}"

    k = "keras.BinaryCrossentropy"
    yield f"{k}.sum", bce("sum") + ")"
    if weighted:
        yield f"{k}.sum.sample_weight", bce("sum") + ", sample_weight=sw)"
        key = ".mean_with_sample_weight"
        yield (
            k + key,
            bce(key[1:]) + ", sample_weight=np.broadcast_to(sw, T.shape[:3]))")
        if edge.image_weights:
            yield f"{k}{key}.images", bce(key[1:]) + ", sample_weight=sw)"
    yield "keras.Dice", "L.Dice()(T, P)"
    yield "keras.Dice.axis-0-1-2", "L.Dice(axis=(0, 1, 2))(T, P)"
    yield "keras.Tversky.alpha-0.7", "L.Tversky(alpha=0.7, beta=0.3)(T, P)"


def metrics(edge):
    if edge.is_exclusive:
        if not edge.ignores:
            yield "keras.OneHotMeanIoU", "counted(M.OneHotMeanIoU(C), T, P if X is None else X)"
        return
    yield "keras.BinaryAccuracy", "counted(M.BinaryAccuracy(threshold=thr), T, P)"
    yield (
        "keras.BinaryIoU",
        "np.mean([counted(M.BinaryIoU(target_class_ids=[0, 1], threshold=thr), T[..., c], P[..., c])"
        " for c in range(C)])")


def question(edge):
    bce = "L.binary_crossentropy(a, b)"
    weight = "at_first_class(edge.first_class, a)"
    given = ", inputs=P" if edge.kind == "logits" and edge.is_exclusive else ""
    yield (
        "question.bce_minus_1_plus_dice",
        f"evaluated(lambda a, b: {bce} - (1 + dice(a, b)){given})")
    if edge.first_class:
        yield "question.weighted_bce", f"evaluated(lambda a, b: {bce} * {weight})"
        yield "question.bce_dice", f"evaluated(lambda a, b: ({bce} + 1 - dice(a, b)) * {weight})"
        yield "question.loss", f"evaluated(lambda a, b: ({bce} - (1 + dice(a, b))) * {weight})"
