"""mmsegmentation's own files of losses and of its metric, with the registries stubbed out. Losses take
logits and labels, as its heads give them: `loss(seg_logits, seg_label, ignore_index=255)`."""

from importlib.metadata import version

import torch

from edgecalls import bare

registry = bare.Registry()
for name in ("mmseg", "mmseg.models", "mmseg.models.losses", "mmseg.evaluation",
             "mmseg.evaluation.metrics"):
    bare.package(name)
bare.stub("mmseg.registry", MODELS=registry, METRICS=registry)
bare.stub("mmseg.models.builder", LOSSES=registry)
bare.stub("mmcv", __version__="0")
bare.stub("mmcv.ops", sigmoid_focal_loss=None)

from mmseg.evaluation.metrics.iou_metric import IoUMetric
from mmseg.models.losses.cross_entropy_loss import CrossEntropyLoss
from mmseg.models.losses.dice_loss import DiceLoss
from mmseg.models.losses.focal_loss import FocalLoss
from mmseg.models.losses.tversky_loss import TverskyLoss

VERSIONS = [f"mmsegmentation {version('mmsegmentation')}", f"torch {torch.__version__.split('+')[0]}"]


def symbols(edge, names):
    def iou(metrics):
        counted = IoUMetric(iou_metrics=metrics)
        counted.dataset_meta = {"classes": edge.classes}
        for am, y in zip(names["am"], names["y"]):
            counted.process({}, [{"pred_sem_seg": {"data": am}, "gt_sem_seg": {"data": y}}])
        return counted.compute_metrics(counted.results)

    return names | {
        "CrossEntropyLoss": CrossEntropyLoss, "DiceLoss": DiceLoss, "FocalLoss": FocalLoss,
        "TverskyLoss": TverskyLoss, "iou": iou, "class_weight": edge.weights or [1.0] * names["C"],
    }


def rows(edge):
    if not edge.is_exclusive:
        if edge.kind == "logits":
            yield "mmseg.FocalLoss", "FocalLoss(alpha=0.5, gamma=2.0)(x, t)"
            for key, arguments in (("DiceLoss", ""), ("DiceLoss.naive", "naive_dice=True")):
                yield f"mmseg.{key}", f"loop(lambda b: DiceLoss({arguments})(x[b], t[b]))"
        return
    for name, metrics in (
        ("mIoU", "mIoU"), ("mDice", "mDice"), ("mAcc", "mIoU"), ("mPrecision", "mFscore"),
        ("aAcc", "mIoU"),
    ):
        yield f"mmseg.{name}", f"iou(['{metrics}'])['{name}'] / 100"
    if edge.kind != "logits":
        return
    for key, loss in (
        ("CrossEntropyLoss", "CrossEntropyLoss()"),
        ("CrossEntropyLoss.avg_non_ignore", "CrossEntropyLoss(avg_non_ignore=True)"),
        ("CrossEntropyLoss.class_weight",
         "CrossEntropyLoss(class_weight=class_weight, avg_non_ignore=True)"),
        ("DiceLoss", "DiceLoss()"), ("DiceLoss.naive", "DiceLoss(naive_dice=True)"),
        ("TverskyLoss", "TverskyLoss()"),
        ("TverskyLoss.class_weight", "TverskyLoss(class_weight=class_weight)"),
    ):
        yield f"mmseg.{key}", f"loop(lambda b: {loss}(x[b], y[b], ignore_index=255))"
