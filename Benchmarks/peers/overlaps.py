"""IoU and Dice by the two chains of the workloads, from counts of images x classes."""

import numpy as np


def score(numerator, denominator):
    """An undefined score is NaN, which the means below skip."""
    return np.divide(
        numerator, denominator, out=np.full(np.shape(numerator), np.nan), where=denominator > 0
    )


def scores(both, predicted, true):
    both, predicted, true = (np.asarray(a, np.float64) for a in (both, predicted, true))
    result = {}
    for name, top, bottom in (
        ("iou", both, predicted + true - both),
        ("dice", 2 * both, predicted + true),
    ):
        pooled = score(top.sum(axis=0), bottom.sum(axis=0))
        result[f"{name} global"] = np.nanmean(pooled)
        result[f"{name} per-image"] = np.nanmean(np.nanmean(score(top, bottom), axis=1))
    return result
