"""p, g, x, C, Q, CW: as for torch; pb: p above the threshold, as 0 and 1; ML: monai.losses;
MM: monai.metrics; aggregated(metric): the metric of pb and g after one update."""

import monai.losses
import monai.metrics
import torch

from edgecalls.monai import distances
from frameworks import torch as tensors

VERSIONS = f"monai {monai.__version__} torch {torch.__version__}"


def symbols(images, params) -> dict:
    names = tensors.symbols(images, params)
    pb = (names["p"] > params["thr"]).float()

    def aggregated(metric):
        metric(y_pred=pb, y=names["g"])
        return metric.aggregate()

    return names | {
        "ML": monai.losses, "MM": monai.metrics, "pb": pb, "aggregated": aggregated,
        "above": aggregated}


def rows(images):
    yield from ROWS
    yield from distances()
    if images.logits is not None:
        yield from LOGITS


REDUCTIONS = ("mean", "sum", "none")
TVERSKY = "alpha=Q['tv'][0], beta=Q['tv'][1], "

ROWS = [
    *(
        (f"{id}_{how}", f"ML.{loss}reduction='{how}')(p, g)")
        for how in REDUCTIONS
        for id, loss in (
            ("DiceLoss", "DiceLoss("),
            ("DiceLoss_batch", "DiceLoss(batch=True, "),
            ("GeneralizedDiceLoss", "GeneralizedDiceLoss("),
            ("TverskyLoss", f"TverskyLoss({TVERSKY}"),
            ("TverskyLoss_batch", f"TverskyLoss({TVERSKY}batch=True, "),
        )
    ),
    ("DiceLoss_nobg", "ML.DiceLoss(include_background=False)(p, g)"),
    ("DiceLoss_squared", "ML.DiceLoss(squared_pred=True)(p, g)"),
    ("DiceLoss_jaccard", "ML.DiceLoss(jaccard=True)(p, g)"),
    ("DiceLoss_smooth", "ML.DiceLoss(smooth_nr=Q['smooth'], smooth_dr=Q['smooth'])(p, g)"),
    ("DiceLoss_weight", "ML.DiceLoss(weight=CW)(p, g)"),
    ("GeneralizedDice_simple", "ML.GeneralizedDiceLoss(w_type='simple')(p, g)"),
    ("GeneralizedDice_uniform", "ML.GeneralizedDiceLoss(w_type='uniform')(p, g)"),
    ("GeneralizedDice_batch", "ML.GeneralizedDiceLoss(batch=True)(p, g)"),
    *(
        (f"{metric}_{how}", f"aggregated(MM.{metric}(reduction='{how}', ignore_empty=True))")
        for how in ("mean", "sum", "mean_batch", "sum_batch", "mean_channel", "sum_channel", "none")
        for metric in ("DiceMetric", "MeanIoU")
    ),
    ("DiceMetric_mean_batch_noignore",
     "aggregated(MM.DiceMetric(reduction='mean_batch', ignore_empty=False))"),
    ("compute_iou_nan", "MM.compute_iou(pb, g, ignore_empty=True)"),
    ("compute_iou_noignore", "MM.compute_iou(pb, g, ignore_empty=False)"),
    *(
        (f"ConfusionMatrixMetric_{metric}",
         f"aggregated(MM.ConfusionMatrixMetric(metric_name='{metric}', reduction='mean', "
         f"compute_sample=False))[0]")
        for metric in (
            "sensitivity", "specificity", "precision", "f1 score", "accuracy", "threat score",
            "matthews correlation coefficient")
    ),
    ("get_confusion_matrix_sum", "MM.get_confusion_matrix(pb, g).sum(0)"),
]

LOGITS = [
    *(
        (f"{id}_{how}", f"ML.FocalLoss(gamma=Q['gamma'], {alpha}reduction='{how}')(x, g)")
        for how in REDUCTIONS
        for id, alpha in (("FocalLoss", ""), ("FocalLoss_alpha", "alpha=Q['alpha'], "))
    ),
    ("FocalLoss_weight", "ML.FocalLoss(gamma=Q['gamma'], weight=CW)(x, g)"),
    ("FocalLoss_softmax", "ML.FocalLoss(gamma=Q['gamma'], use_softmax=True)(x, g)"),
    ("DiceLoss_sigmoid_logits", "ML.DiceLoss(sigmoid=True)(x, g)"),
    ("DiceFocalLoss", "ML.DiceFocalLoss(sigmoid=True, gamma=Q['gamma'])(x, g)"),
]
