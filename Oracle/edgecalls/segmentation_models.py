"""segmentation_models, the Keras package: functions of a batch, which Keras averages over the batches. They
are run with the backend of tf_keras, as `sm.set_framework("tf.keras")` gives it to them."""

import importlib
import os
from importlib.metadata import version

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf
import tf_keras
from edgecalls.bare import package

# Its __init__ imports the encoders.
package("segmentation_models")
package("segmentation_models.base")
F = importlib.import_module("segmentation_models.base.functional")
VERSIONS = [
    f"segmentation_models {version('segmentation_models')}", f"tf_keras {tf_keras.__version__}"]


def symbols(edge, names):
    def batches(f, *more, **options):
        """The mean over batches, each alike."""
        truth, given = names["T"].astype("f4"), names["P"].astype("f4")
        # In a graph, as fit and evaluate compute; constants would be folded in double precision.
        call = tf.function(lambda t, p: f(t, p, *more, backend=tf_keras.backend, **options))
        return np.mean([
            float(call(tf.constant(truth[b]), tf.constant(given[b]))) for b in names["B"]])

    return names | {"F": F, "batches": batches, "weights": np.array(edge.weights or [1], "f4")}


def rows(edge):
    if edge.ignores or edge.kind == "labels":
        return
    sm = "segmentation_models."
    for metric, name in (("iou_score", "iou_score"), ("f_score", "f1-score")):
        yield f"{sm}{name}", f"batches(F.{metric})"
        yield f"{sm}{name}.per_image", f"batches(F.{metric}, per_image=True)"
    yield f"{sm}jaccard_loss", "1 - batches(F.iou_score)"
    yield f"{sm}dice_loss", "1 - batches(F.f_score)"
    yield f"{sm}dice_loss.class_weights", "1 - batches(F.f_score, class_weights=weights)"
    yield f"{sm}binary_focal_loss", "batches(F.binary_focal_loss)"
    yield (
        f"{sm}bce_jaccard_loss",
        "batches(F.binary_crossentropy) + 1 - batches(F.iou_score)")
    if edge.is_exclusive:
        yield f"{sm}categorical_crossentropy", "batches(F.categorical_crossentropy)"
