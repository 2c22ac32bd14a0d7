"""Statistics of pixels that are pooled, and the scores that are made of them."""

import numpy as np

from .losses import probabilities
from .scene import decisions

OVERLAPS = ("iou", "dice", "precision", "recall")  # undefined where the class is neither true nor predicted
HARD = OVERLAPS + ("accuracy", "specificity", "balanced-accuracy", "binary-accuracy", "binary-iou", "mcc")
SOFT = ("soft-dice", "soft-jaccard", "tversky")
# Columns of a row of statistics: tp, fp, fn, tn, Σp, Σpt, Σp², Σt, pixels


def statistics(scene, image, ties=False):
    """One row a pixel and class: what the pixel adds to each sum."""
    t, d = image.truth.reshape(scene.classes, -1), image.decided.reshape(scene.classes, -1)
    if ties:
        d = decisions(scene, image.values, True).reshape(scene.classes, -1)
    if image.values is None:
        p = d.astype(float)
    else:
        p = probabilities(scene, image.values)[0].astype(float).reshape(scene.classes, -1)
    return np.stack([t & d, ~t & d, t & ~d, ~t & ~d, p, p * t, p * p, t, np.ones(t.shape)], -1).astype(float)


def ratio(above, below):
    return above / below if below else np.nan


def score(scene, measure, options, s):
    """The score of one sum of statistics; NaN where it is not defined."""
    tp, fp, fn, tn, p, pt, pp, t, n = s
    if measure in SOFT:
        a, b = options.get("smooth_nr", 0), options.get("smooth_dr", 1e-7)
        if measure == "soft-dice":
            return 1 - ratio(2 * pt + a, (pp if options.get("squared") else p) + t + b)
        if measure == "soft-jaccard":
            return 1 - ratio(pt + a, p + t - pt + b)
        return 1 - ratio(pt + a, pt + options.get("alpha", 0.5) * (p - pt) + options.get("beta", 0.5) * (t - pt) + b)
    if n == 0 or tp + fp + fn == 0 and measure in OVERLAPS:
        return np.nan
    there = options.get("zero_division", np.nan)
    if measure == "iou":
        return ratio(tp, tp + fp + fn)
    if measure == "dice":
        return ratio(2 * tp, 2 * tp + fp + fn)
    if measure == "precision":
        return tp / (tp + fp) if tp + fp else there
    if measure == "recall":
        return tp / (tp + fn) if tp + fn else there
    if measure == "accuracy" and scene.exclusive:
        return tp / (tp + fn) if tp + fn else (there if fp else np.nan)
    if measure in ("accuracy", "binary-accuracy"):
        return ratio(tp + tn, n)
    if measure == "specificity":
        return ratio(tn, tn + fp)
    if measure == "balanced-accuracy":
        return (ratio(tp, tp + fn) + ratio(tn, tn + fp)) / 2
    if measure == "binary-iou":
        both = [ratio(tp, tp + fp + fn), ratio(tn, tn + fp + fn)]
        return np.nanmean(both)
    if measure == "mcc":
        return ratio(tp * tn - fp * fn, np.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)))
    raise ValueError(measure)
