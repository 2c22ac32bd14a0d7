"""segmentation_models_pytorch: losses of probabilities as "multilabel" with from_logits=False; where
pixels are ignored, as "multiclass" of logits with ignore_index=255."""

import sys
from importlib.metadata import version
from importlib.util import find_spec, module_from_spec

import torch

# A bare package leaves its encoders out, and with them timm and torchvision.
NAME = "segmentation_models_pytorch"
if spec := find_spec(NAME):
    sys.modules[NAME] = module_from_spec(spec)

import segmentation_models_pytorch.losses as SL
import segmentation_models_pytorch.metrics as SM
from segmentation_models_pytorch.utils.train import ValidEpoch

VERSIONS = [f"{NAME} {version(NAME)}", f"torch {torch.__version__.split('+')[0]}"]


def symbols(edge, names):
    def stats():
        if edge.is_exclusive:
            ignored = 255 if edge.ignores else None
            return SM.get_stats(
                names["am"], names["y"], mode="multiclass", num_classes=names["C"],
                ignore_index=ignored)
        return SM.get_stats(
            names["p"], names["t"].long(), mode="multilabel", threshold=edge.threshold)

    def epoch(loss, given, truth):
        loss.__name__ = "loss"
        run = ValidEpoch(torch.nn.Identity(), loss, [], verbose=False)
        return run.run([(given[b], truth[b]) for b in names["B"]])["loss"]

    return names | {
        "SL": SL, "SM": SM, "stats": stats, "epoch": epoch,
        "class_weights": edge.weights or [1.0] * names["C"],
    }


METRICS = ("iou_score", "f1_score", "precision", "recall", "accuracy", "balanced_accuracy")


def rows(edge):
    yield from ratios(edge)
    if edge.kind == "logits":
        yield from exclusive(edge) if edge.is_exclusive else independent(edge)
    for metric in METRICS:
        for how in ("micro", "macro", "micro-imagewise", "macro-imagewise"):
            yield f"smp.{metric}.{how}", f"SM.{metric}(*stats(), reduction='{how}')"
        for how in ("weighted", "weighted-imagewise"):
            yield (
                f"smp.{metric}.{how}",
                f"SM.{metric}(*stats(), reduction='{how}', class_weights=class_weights)")


def ratios(edge):
    if edge.ignores and edge.kind != "logits":
        return
    mode, given = "'multilabel', from_logits=False", "(p, t)"
    if edge.ignores:
        mode, given = "'multiclass', ignore_index=255", "(x, y)"
    for key, call in (
        ("DiceLoss", "DiceLoss({})"), ("DiceLoss.smooth", "DiceLoss({}, smooth=1)"),
        ("DiceLoss.log", "DiceLoss({}, log_loss=True)"), ("JaccardLoss", "JaccardLoss({})"),
        ("TverskyLoss", "TverskyLoss({})"),
        ("TverskyLoss.alpha-0.7", "TverskyLoss({}, alpha=0.7, beta=0.3)"),
        ("DiceLoss.class_weights", "DiceLoss({}, class_weights=class_weights)"),
    ):
        if "Jaccard" in key and edge.ignores:
            continue
        loss = f"SL.{call.format(mode)}"
        yield f"smp.{key}", loss + given
        if "." not in key:
            yield f"smp.{key}.epoch", f"epoch({loss}, {given[1:-1]})"


    if len(edge.classes) == 1:
        yield (
            "smp.TverskyLoss.binary.gamma",
            "SL.TverskyLoss('binary', from_logits=False, gamma=4/3)(p, t)")


def exclusive(edge):
    ignore = ", ignore_index=255" if edge.ignores else ""
    soft = "SL.SoftCrossEntropyLoss(smooth_factor="
    yield "smp.SoftCrossEntropyLoss", f"{soft}0{ignore})(x, y)"
    yield "smp.SoftCrossEntropyLoss.smooth", f"{soft}0.1{ignore})(x, y)"


def independent(edge):
    focal = "SL.FocalLoss('multilabel', gamma=2"
    yield "smp.FocalLoss", f"{focal})(x, t)"
    yield "smp.FocalLoss.alpha", f"{focal}, alpha=0.25)(x, t)"
    yield "smp.FocalLoss.alpha.sum", f"{focal}, alpha=0.25, reduction='sum')(x, t)"
    if (edge.truth.sum(-1) == 1).all():
        yield "smp.FocalLoss.multiclass", "SL.FocalLoss('multiclass', gamma=2)(x, t.argmax(1))"
    yield "smp.FocalLoss.class_weights", f"{focal}, class_weights=class_weights)(x, t)"
    bce = "SL.SoftBCEWithLogitsLoss("
    yield "smp.SoftBCEWithLogitsLoss", f"{bce})(x, t)"
    yield "smp.SoftBCEWithLogitsLoss.pos_weight", f"{bce}pos_weight=pw[:, None, None])(x, t)"
    yield "smp.SoftBCEWithLogitsLoss.sum", f"{bce}reduction='sum')(x, t)"
    yield "smp.SoftBCEWithLogitsLoss.smooth", f"{bce}smooth_factor=0.1)(x, t)"
