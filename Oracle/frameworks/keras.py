"""gt, pred: truth and prediction, float32 tensors (N,H,W,C); gt64, pred64: in double precision;
G, P: the same as NumPy arrays; LB: labels (N,H,W), 255 where a pixel has no class; logit: logits;
L: keras.losses; M: keras.metrics; N, C: how many images and classes; Q: meta.params, of which
CW = class_weights and DW = dict_weights; SWN: a weight for each image; wmap: CW by pixel;
identity(loss, metrics): a compiled model that returns its input; counted(metric, ...): the metric
after one update; dice_coef, mean_iou, class_weight_map, weighted_loss: the founding question's."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
import tensorflow as tf

VERSIONS = f"keras {keras.__version__} tensorflow {tf.__version__}"


def symbols(images, params) -> dict:
    pred, gt = tf.constant(images.predictions), tf.constant(images.truth)
    weights = np.random.default_rng(params["sw_seed"]).uniform(0.2, 3, len(images.names))
    return {
        "keras": keras, "tf": tf, "np": np, "L": keras.losses, "M": keras.metrics,
        "gt": gt, "pred": pred,
        "gt64": tf.cast(gt, tf.float64), "pred64": tf.cast(pred, tf.float64),
        "G": images.truth, "P": images.predictions, "LB": images.labels, "logit": images.logits,
        "N": len(images.names), "C": len(images.classes), "Q": params,
        "CW": params["class_weights"], "DW": params["dict_weights"],
        "SWN": weights.astype(np.float32), "wmap": class_weight_map(gt, params["class_weights"]),
        "identity": identity, "counted": counted, "dice_coef": dice_coef, "mean_iou": mean_iou,
        "class_weight_map": class_weight_map, "weighted_loss": weighted_loss,
    }


def rows(images):
    yield from ROWS
    if images.labels is not None:
        yield from LABELLED["void" if images.has_void else "complete"]
    if images.logits is not None:
        yield from LOGITS


def identity(loss, metrics=()):
    # Not an activation: Keras would look behind a sigmoid for the logits.
    model = keras.Sequential([keras.layers.Identity()])
    model.compile(loss=loss, metrics=list(metrics))
    return model


def counted(metric, *arguments):
    metric.update_state(*arguments)
    return metric.result()


def class_weight_map(truth, weights):
    """The weight of each pixel's first class. A dictionary is walked by its keys, which so become
    the weights: that is what the question's code does."""
    return tf.gather(tf.constant(list(weights), tf.float32), tf.argmax(truth, axis=-1))


def dice_coef(truth, prediction, smooth=1.0):
    truth, prediction = tf.reshape(truth, [-1]), tf.reshape(prediction, [-1])
    both = tf.reduce_sum(truth * prediction)
    return (2 * both + smooth) / (tf.reduce_sum(truth) + tf.reduce_sum(prediction) + smooth)


def weighted_loss(weights, kind):
    def loss(truth, prediction):
        value = keras.losses.binary_crossentropy(truth, prediction)
        if kind == "question":
            value -= 1 + dice_coef(truth, prediction)
        elif kind == "bce_dice":
            value += 1 - dice_coef(truth, prediction)
        return value * class_weight_map(truth, weights)
    return loss


def mean_iou(truth, prediction):
    """The mean over thresholds 0.5, 0.55 … 0.95 of the mean IoU of "set" and "not set"."""
    return tf.reduce_mean([
        counted(keras.metrics.MeanIoU(num_classes=2), truth, tf.cast(prediction > t, tf.int32))
        for t in np.arange(0.5, 1, 0.05)])


BCE = "keras.ops.binary_crossentropy(gt, pred)"

ROWS = [
    ("bce_map", "L.binary_crossentropy(gt, pred)"),
    ("bce_map_f64", "L.binary_crossentropy(gt64, pred64)", "float64"),
    ("bce_map_axis1", "L.binary_crossentropy(gt, pred, axis=1)"),
    ("bce_map_label_smoothing", "L.binary_crossentropy(gt, pred, label_smoothing=Q['ls'])"),
    ("bce_elementwise", BCE),
    ("bce_per_class_mean", f"tf.reduce_mean({BCE}, axis=[0, 1, 2])"),
    ("bce_per_class_mean_f64acc", f"tf.reduce_mean(tf.cast({BCE}, tf.float64), axis=[0, 1, 2])"),
    ("bce_per_class_mean_f64",
     "tf.reduce_mean(keras.ops.binary_crossentropy(gt64, pred64), axis=[0, 1, 2])", "float64"),
    ("bce_per_class_mean_on_positives",
     f"[tf.reduce_mean(tf.boolean_mask({BCE}[..., c], G[..., c] > 0)) for c in range(C)]"),
    ("bce_per_class_mean_on_negatives",
     f"[tf.reduce_mean(tf.boolean_mask({BCE}[..., c], G[..., c] == 0)) for c in range(C)]"),
    ("bce_per_class_share_of_loss",
     f"(lambda s: s / tf.reduce_sum(s))"
     f"(tf.reduce_sum(tf.cast({BCE}, tf.float64), axis=[0, 1, 2]))"),
    ("bce_per_image", "tf.reduce_mean(L.binary_crossentropy(gt, pred), axis=[1, 2])"),
    ("bce_per_image_class", f"tf.reduce_mean({BCE}, axis=[1, 2])"),
    ("bce_class_then_pixel", f"tf.reduce_mean(tf.reduce_mean({BCE}, axis=[1, 2]), axis=-1)"),
    *(
        (f"BinaryCrossentropy_{reduction}{suffix}",
         f"L.BinaryCrossentropy(reduction='{reduction}')(gt, pred{weight})")
        for reduction in ("sum_over_batch_size", "sum", "mean", "mean_with_sample_weight", "none")
        for suffix, weight in (
            ("", ""),
            ("_sw_pixel", ", sample_weight=wmap"),
            ("_sw_sample", ", sample_weight=SWN[:, None, None]"),
        )
    ),
    ("BinaryCrossentropy_ls", "L.BinaryCrossentropy(label_smoothing=Q['ls'])(gt, pred)"),
    ("evaluate_bce_batch16",
     "identity('binary_crossentropy', [M.OneHotMeanIoU(num_classes=C, name='mean_iou'), "
     "M.BinaryAccuracy(name='acc')]).evaluate(P, G, batch_size=16, verbose=0, return_dict=True)"),
    *(
        (f"evaluate_bce_batch{b}_loss",
         f"identity('binary_crossentropy').evaluate(P, G, batch_size={b}, verbose=0)")
        for b in (16, 8, 4, 1)
    ),
    ("evaluate_bce_batch16_sample_weight_N11",
     "identity('binary_crossentropy').evaluate(P, G, batch_size=16, verbose=0, "
     "sample_weight=SWN[:, None, None])"),
    ("batches_bce_batch16",
     "[tf.reduce_mean(L.binary_crossentropy(gt[k:k+16], pred[k:k+16])) for k in range(0, N, 16)]"),
    ("batch_means_then_mean",
     "np.mean([float(tf.reduce_mean(L.binary_crossentropy(gt[k:k+16], pred[k:k+16]))) "
     "for k in range(0, N, 16)])"),
    ("metric_BinaryCrossentropy_streaming16",
     "(lambda m: [m.update_state(gt[k:k+16], pred[k:k+16]) for k in range(0, N, 16)] and "
     "m.result())(M.BinaryCrossentropy())"),
    *(
        row
        for kind in ("question", "bce_dice", "bce")
        for name, weights in (("dict", "DW"), ("list", "CW"))
        for b in (16, 8, 1)
        for row in (
            (f"evaluate_{kind}_{name}_batch{b}",
             f"identity(weighted_loss({weights}, '{kind}'))"
             f".evaluate(P, G, batch_size={b}, verbose=0)"),
            (f"batches_{kind}_{name}_batch{b}",
             f"[tf.reduce_mean(weighted_loss({weights}, '{kind}')(gt[k:k+{b}], pred[k:k+{b}])) "
             f"for k in range(0, N, {b})]"),
        )
    ),
    ("question_weight_map_counts_dict",
     "np.unique(class_weight_map(gt, DW).numpy(), return_counts=True)"),
    ("question_weight_map_counts_list",
     "np.unique(class_weight_map(gt, CW).numpy(), return_counts=True)"),
    ("dice_coef_whole_set", "dice_coef(gt, pred)"),
    ("dice_coef_per_class", "[dice_coef(gt[..., c], pred[..., c]) for c in range(C)]"),
    ("mean_iou_kaggle_whole_set", "mean_iou(gt, pred)"),
    ("categorical_crossentropy_map", "L.categorical_crossentropy(gt, pred)"),
    ("CategoricalCrossentropy", "L.CategoricalCrossentropy()(gt, pred)"),
    ("CategoricalCrossentropy_sum", "L.CategoricalCrossentropy(reduction='sum')(gt, pred)"),
    ("CategoricalCrossentropy_ls",
     "L.CategoricalCrossentropy(label_smoothing=Q['ls'])(gt, pred)"),
    ("CategoricalCrossentropy_sw_pixel",
     "L.CategoricalCrossentropy()(gt, pred, sample_weight=wmap)"),
    ("CategoricalFocalCrossentropy",
     "L.CategoricalFocalCrossentropy(alpha=Q['alpha'], gamma=Q['gamma'])(gt, pred)"),
    *(
        (f"{loss}{suffix}", f"L.{loss}({', '.join(filter(None, (weights, axis)))})(gt, pred)")
        for loss, weights in (("Dice", ""), ("Tversky", "alpha=Q['tv'][0], beta=Q['tv'][1]"))
        for suffix, axis in (
            ("", ""),
            ("_axis123", "axis=(1, 2, 3)"),
            ("_axis12", "axis=(1, 2)"),
            ("_axis012", "axis=(0, 1, 2)"),
            ("_axis12_none", "axis=(1, 2), reduction='none'"),
            ("_axis012_none", "axis=(0, 1, 2), reduction='none'"),
        )
    ),
    ("BinaryFocalCrossentropy", "L.BinaryFocalCrossentropy(gamma=Q['gamma'])(gt, pred)"),
    ("BinaryFocalCrossentropy_balanced",
     "L.BinaryFocalCrossentropy(apply_class_balancing=True, alpha=Q['alpha'], gamma=Q['gamma'])"
     "(gt, pred)"),
    ("BinaryFocal_map", "L.binary_focal_crossentropy(gt, pred, gamma=Q['gamma'])"),
    ("MeanSquaredError", "L.MeanSquaredError()(gt, pred)"),
    ("MeanAbsoluteError", "L.MeanAbsoluteError()(gt, pred)"),
    ("metric_BinaryAccuracy", "counted(M.BinaryAccuracy(threshold=Q['thr']), gt, pred)"),
    *(
        (f"metric_{name}_per_class",
         f"[counted(M.{metric}, gt[..., c], pred[..., c]) for c in range(C)]")
        for name, metric in (
            ("BinaryIoU_fg", "BinaryIoU(target_class_ids=[1], threshold=Q['thr'])"),
            ("BinaryIoU_both", "BinaryIoU(target_class_ids=[0, 1], threshold=Q['thr'])"),
            ("Precision", "Precision(thresholds=Q['thr'])"),
            ("Recall", "Recall(thresholds=Q['thr'])"),
        )
    ),
    ("metric_OneHotMeanIoU", "counted(M.OneHotMeanIoU(num_classes=C), gt, pred)"),
    ("metric_OneHotIoU_each",
     "[counted(M.OneHotIoU(num_classes=C, target_class_ids=[c]), gt, pred) for c in range(C)]"),
]

LABELLED = {
    "complete": [
        ("SparseCategoricalCrossentropy", "L.SparseCategoricalCrossentropy()(LB, pred)"),
    ],
    "void": [
        ("SparseCategoricalCrossentropy_ignore255",
         "L.SparseCategoricalCrossentropy(ignore_class=255)(LB, pred)"),
        ("metric_MeanIoU_ignore255",
         "counted(M.MeanIoU(num_classes=C, ignore_class=255), LB, P.argmax(-1))"),
    ],
}

LOGITS = [
    ("BinaryCrossentropy_from_logits", "L.BinaryCrossentropy(from_logits=True)(gt, logit)"),
    ("CategoricalCrossentropy_from_logits",
     "L.CategoricalCrossentropy(from_logits=True)(gt, logit)"),
    ("tf_sigmoid_cross_entropy_with_logits",
     "tf.nn.sigmoid_cross_entropy_with_logits(labels=gt, logits=logit)"),
    ("tf_weighted_cross_entropy_with_logits",
     "tf.nn.weighted_cross_entropy_with_logits(labels=gt, logits=logit, "
     "pos_weight=tf.constant(Q['pos_weight'], tf.float32))"),
]
