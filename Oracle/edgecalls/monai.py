"""MONAI. Its losses and metrics know no ignored pixels, so there are no rows where there are any."""

import inspect

import monai
import torch
from monai.transforms import AsDiscrete

VERSIONS = [f"monai {monai.__version__}", f"torch {torch.__version__.split('+')[0]}"]


def symbols(edge, names):
    given = names["am"][:, None] if names["p"] is None else names["p"]
    if not edge.is_exclusive:
        decide = AsDiscrete(threshold=edge.threshold)
    else:
        decide = AsDiscrete(argmax=names["p"] is not None, to_onehot=names["C"])

    def aggregated(metric):
        # As models give them; GeneralizedDiceScore of 1.4 and before refuses double precision.
        decided = torch.stack([torch.as_tensor(decide(image)) for image in given]).float()
        for b in names["B"]:
            metric(y_pred=decided[b], y=names["t"][b].float())
        value = metric.aggregate()
        return value[0] if isinstance(value, list) else value

    def above(metric):
        """The same of what is above the threshold, not at it."""
        for b in names["B"]:
            metric(y_pred=names["hard"][b].float(), y=names["t"][b].float())
        return metric.aggregate()

    return names | {
        "ML": monai.losses, "MM": monai.metrics, "aggregated": aggregated, "above": above}


def rows(edge):
    if edge.ignores:
        return
    yield from dice(edge)
    yield from focal(edge)
    for metric in ("DiceMetric", "MeanIoU"):
        yield from reductions(metric)
    generalized = "aggregated(MM.GeneralizedDiceScore({})).mean()"
    yield "monai.GeneralizedDiceScore", generalized.format("")
    yield "monai.GeneralizedDiceScore.mean_batch", generalized.format("reduction='mean_batch'")
    yield from distances()
    for metric in (
        "sensitivity", "specificity", "precision", "f1 score", "accuracy", "threat score",
        "matthews correlation coefficient", "balanced accuracy",
    ):
        key = f"monai.ConfusionMatrixMetric.{metric.replace(' ', '_')}"
        for suffix, sample in (("", False), (".sample", True)):
            yield (
                key + suffix,
                f"aggregated(MM.ConfusionMatrixMetric(metric_name='{metric}', reduction='mean', "
                f"compute_sample={sample}))")


def dice(edge):
    for suffix, arguments in (
        ("", ""), (".sum", "reduction='sum'"), (".batch", "batch=True"),
        (".batch.sum", "batch=True, reduction='sum'"), (".squared", "squared_pred=True"),
        (".jaccard", "jaccard=True"), (".weight", "weight=w"),
    ):
        yield f"monai.DiceLoss{suffix}", f"ML.DiceLoss({arguments})(p, t)"
    if edge.weights and edge.weights[0] == 0 and set(edge.weights[1:]) == {1}:
        yield "monai.DiceLoss.foreground", "ML.DiceLoss(include_background=False)(p, t)"
    for suffix, arguments in (
        ("", ""), (".alpha-0.7", "alpha=0.7, beta=0.3"),
        (".alpha-0.7.sum", "alpha=0.7, beta=0.3, reduction='sum'"), (".batch", "batch=True"),
    ):
        yield f"monai.TverskyLoss{suffix}", f"ML.TverskyLoss({arguments})(p, t)"
    for suffix, arguments in (
        ("", ""), (".sum", "reduction='sum'"), (".simple", "w_type='simple'"),
        (".uniform", "w_type='uniform'"), (".batch", "batch=True"),
    ):
        yield f"monai.GeneralizedDiceLoss{suffix}", f"ML.GeneralizedDiceLoss({arguments})(p, t)"


def focal(edge):
    if edge.kind != "logits":
        return
    if edge.is_exclusive:
        yield "monai.FocalLoss.softmax", "ML.FocalLoss(gamma=2, use_softmax=True)(x, t)"
        ce = "ML.DiceCELoss(softmax=True, to_onehot_y=True"
        yield "monai.DiceCELoss", f"{ce})(x, y[:, None])"
        # Before 1.3 the weights have another name.
        weight = "weight" if "weight" in inspect.signature(monai.losses.DiceCELoss).parameters else "ce_weight"
        yield "monai.DiceCELoss.weight", f"{ce}, {weight}=w)(x, y[:, None])"
        return
    for suffix, arguments in (
        ("", ""), (".alpha", ", alpha=0.25"), (".sum", ", reduction='sum'"), (".weight", ", weight=w"),
    ):
        yield f"monai.FocalLoss{suffix}", f"ML.FocalLoss(gamma=2{arguments})(x, t)"
    yield "monai.DiceFocalLoss", "ML.DiceFocalLoss(sigmoid=True, gamma=2)(x, t)"


def distances():
    for name, metric, arguments in (
        ("HausdorffDistanceMetric", "HausdorffDistanceMetric", ""),
        ("HausdorffDistanceMetric.percentile-95", "HausdorffDistanceMetric", "percentile=95, "),
        ("SurfaceDistanceMetric", "SurfaceDistanceMetric", ""),
        ("SurfaceDistanceMetric.symmetric", "SurfaceDistanceMetric", "symmetric=True, "),
        ("SurfaceDiceMetric", "SurfaceDiceMetric", "class_thresholds=[1] * C, "),
    ):
        call = f"above(MM.{metric}({arguments}include_background=True, reduction='{{}}'))"
        yield f"monai.{name}", call.format("mean")
        yield f"monai.{name}.mean_batch", call.format("mean_batch") + ".mean()"


def reductions(metric):
    def call(arguments):
        return f"aggregated(MM.{metric}({arguments}))"

    yield f"monai.{metric}", call("reduction='mean'")
    yield f"monai.{metric}.mean_batch", call("reduction='mean_batch'") + ".mean()"
    yield f"monai.{metric}.mean_channel", call("reduction='mean_channel'") + ".mean()"
    yield f"monai.{metric}.none", call("reduction='none'") + ".nanmean()"
    yield f"monai.{metric}.sum", call("reduction='sum'")
    yield f"monai.{metric}.not_ignore_empty", call("reduction='mean', ignore_empty=False")
