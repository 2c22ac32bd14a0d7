"""p, g, x, lab, C, Q, CW, PW: as for torch; gl: g as integers; am: the arg max of p; SL:
segmentation_models_pytorch.losses; SM: segmentation_models_pytorch.metrics; st, st2: its statistics
(tp, fp, fn, tn by image and class) of p above the threshold, and of am against lab."""

import sys
from importlib.metadata import version
from importlib.util import find_spec, module_from_spec

import torch

from frameworks import torch as tensors

# The package imports its encoders, and with them timm and torchvision, which losses and metrics do
# not use: a bare package at the same path leaves them out.
NAME = "segmentation_models_pytorch"
if spec := find_spec(NAME):
    sys.modules[NAME] = module_from_spec(spec)

import segmentation_models_pytorch.losses as SL
import segmentation_models_pytorch.metrics as SM

VERSIONS = f"{NAME} {version(NAME)} torch {torch.__version__}"


def symbols(images, params) -> dict:
    names = tensors.symbols(images, params)
    p, gl, am = names["p"], names["g"].long(), names["p"].argmax(1)
    names |= {
        "SL": SL, "SM": SM, "gl": gl, "am": am,
        "st": SM.get_stats(p, gl, mode="multilabel", threshold=params["thr"]),
    }
    if names["lab"] is not None:
        names["st2"] = SM.get_stats(
            am, names["lab"], mode="multiclass", num_classes=names["C"], ignore_index=255)
    return names


def rows(images):
    yield from ROWS
    yield from scores("st")
    has_labels = images.labels is not None
    if has_labels:
        yield from scores("st2")
    if images.logits is not None:
        yield from LOGITS
        if has_labels:
            yield from LABELLED_LOGITS["_ignore255" if images.has_void else ""]


def scores(stats):
    for metric in ("iou_score", "f1_score", "accuracy", "precision", "recall", "balanced_accuracy"):
        for how in ("micro", "macro", "micro-imagewise", "macro-imagewise", "none"):
            yield f"{stats}_{metric}_{how}", f"SM.{metric}(*{stats}, reduction='{how}')"
        for how in ("weighted", "weighted-imagewise"):
            yield (
                f"{stats}_{metric}_{how}",
                f"SM.{metric}(*{stats}, reduction='{how}', class_weights=Q['class_weights'])")
    yield (
        f"{stats}_iou_per_class",
        f"SM.iou_score(*(s.sum(0) for s in {stats}), reduction='none')")
    yield f"{stats}_totals", f"[s.sum(0) for s in {stats}]"


PLAIN = "'multilabel', from_logits=False"
TVERSKY = "alpha=Q['tv'][0], beta=Q['tv'][1]"
FOCAL = "SL.FocalLoss('multilabel', alpha=Q['alpha'], gamma=Q['gamma']"
SOFT_BCE = "SL.SoftBCEWithLogitsLoss(ignore_index=None"

ROWS = [
    ("DiceLoss", f"SL.DiceLoss({PLAIN})(p, g)"),
    ("DiceLoss_smooth1", f"SL.DiceLoss({PLAIN}, smooth=1.0)(p, g)"),
    ("DiceLoss_log", f"SL.DiceLoss({PLAIN}, log_loss=True)(p, g)"),
    ("JaccardLoss", f"SL.JaccardLoss({PLAIN})(p, g)"),
    ("TverskyLoss", f"SL.TverskyLoss({PLAIN}, {TVERSKY}, gamma=1.0)(p, g)"),
    ("TverskyLoss_focal", f"SL.TverskyLoss({PLAIN}, {TVERSKY}, gamma=1.33)(p, g)"),
    ("get_stats_multilabel",
     "torch.stack(SM.get_stats(p, gl, mode='multilabel', threshold=Q['thr']))"),
    ("st_iou_macro_zero0", "SM.iou_score(*st, reduction='macro-imagewise', zero_division=0.0)"),
]

LOGITS = [
    *(
        row
        for how in ("mean", "sum", "none")
        for row in (
            (f"FocalLoss_{how}", f"{FOCAL}, reduction='{how}')(x, g)"),
            (f"SoftBCE_{how}", f"{SOFT_BCE}, reduction='{how}')(x, g)"),
            (f"SoftBCE_pos_{how}",
             f"{SOFT_BCE}, pos_weight=PW.view(C, 1, 1), reduction='{how}')(x, g)"),
            (f"SoftBCE_smooth_{how}",
             f"{SOFT_BCE}, smooth_factor=Q['ls'], reduction='{how}')(x, g)"),
        )
    ),
    ("FocalLoss_normalized",
     "SL.FocalLoss('multilabel', gamma=Q['gamma'], normalized=True)(x, g)"),
    ("LovaszLoss_multilabel", "SL.LovaszLoss('multilabel', from_logits=True)(x, g)"),
]

# 255 is ignored in either case; the id says whether there is any.
LABELLED_LOGITS = {
    ignore: [
        (f"SoftCE{ignore}",
         "SL.SoftCrossEntropyLoss(smooth_factor=0.0, ignore_index=255)(x, lab)"),
        (f"SoftCE_smooth{ignore}",
         "SL.SoftCrossEntropyLoss(smooth_factor=Q['ls'], ignore_index=255)(x, lab)"),
        (f"DiceLoss_multiclass{ignore}",
         "SL.DiceLoss('multiclass', from_logits=True, ignore_index=255)(x, lab)"),
    ]
    for ignore in ("", "_ignore255")
}
