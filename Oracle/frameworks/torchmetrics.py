"""p, g, x, lab, C, Q: as for torch; gl: g as integers; pbl: p above the threshold, as integers;
flat, gflat: p and gl as (N·H·W,C); am: the arg max of p; TC: torchmetrics.classification;
TS: torchmetrics.segmentation; computed(metric, ...): the metric after one update."""

import torch
import torchmetrics
import torchmetrics.classification as TC
import torchmetrics.segmentation as TS

from frameworks import torch as tensors

VERSIONS = f"torchmetrics {torchmetrics.__version__} torch {torch.__version__}"


def symbols(images, params) -> dict:
    names = tensors.symbols(images, params)
    p, gl = names["p"], names["g"].long()
    return names | {
        "TC": TC, "TS": TS, "gl": gl, "pbl": (p > params["thr"]).long(), "am": p.argmax(1),
        "flat": flat(p), "gflat": flat(gl), "computed": computed,
    }


def rows(images):
    classes = range(len(images.classes))
    yield from SEGMENTATION
    yield from MULTILABEL
    yield from (row for c in classes for row in binary(c))
    if images.labels is not None:
        yield from MULTICLASS["_ignore255" if images.has_void else ""]
        if images.logits is not None:
            yield from CALIBRATION


def flat(tensor):
    return tensor.permute(0, 2, 3, 1).reshape(-1, tensor.shape[1])


def computed(metric, *arguments):
    metric.update(*arguments)
    return metric.compute()


def binary(c):
    """What one class is asked on its own."""
    one = f"(flat[:, {c}], gflat[:, {c}])"
    for norm in ("l1", "l2", "max"):
        yield (
            f"bin_calibration_{norm}_class{c}",
            f"TC.BinaryCalibrationError(n_bins=Q['bins'], norm='{norm}'){one}")
    yield f"bin_AP_class{c}", f"TC.BinaryAveragePrecision(){one}"
    yield f"bin_AUROC_class{c}", f"TC.BinaryAUROC(){one}"


AVERAGES = ("micro", "macro", "weighted", "none")
ONE_HOT = "num_classes=C, input_format='one-hot'"

SEGMENTATION = [
    *(
        (f"MeanIoU_{id}{each}", f"computed(TS.MeanIoU({ONE_HOT}, {more}per_class={each}), pbl, gl)")
        for each in (True, False)
        for id, more in (("onehot_perclass", ""), ("nobg_", "include_background=False, "))
    ),
    *(
        (f"DiceScore_{how}", f"computed(TS.DiceScore({ONE_HOT}, average='{how}'), pbl, gl)")
        for how in AVERAGES
    ),
    *(
        (f"GeneralizedDiceScore_{how}",
         f"computed(TS.GeneralizedDiceScore({ONE_HOT}, weight_type='{how}'), pbl, gl)")
        for how in ("square", "simple", "linear")
    ),
]

MULTILABEL = [
    *(
        (f"ml_{id}_{how}",
         f"TC.Multilabel{metric}(num_labels=C, average='{how}', threshold=Q['thr'])(flat, gflat)")
        for how in AVERAGES
        for id, metric in (
            ("Jaccard", "JaccardIndex"), ("Accuracy", "Accuracy"), ("F1Score", "F1Score"),
            ("Precision", "Precision"), ("Recall", "Recall"))
    ),
    *(
        (f"ml_{id}", f"TC.Multilabel{metric}(num_labels=C, threshold=Q['thr'])(flat, gflat)")
        for id, metric in (
            ("confusion", "ConfusionMatrix"), ("exact_match", "ExactMatch"),
            ("hamming", "HammingDistance"))
    ),
]

# 255 is ignored in either case; the id says whether there is any.
MULTICLASS = {
    ignore: [
        *(
            (f"mc_{id}_{how}{ignore}",
             f"TC.Multiclass{metric}(num_classes=C, average='{how}', ignore_index=255)(am, lab)")
            for how in AVERAGES
            for id, metric in (
                ("JaccardIndex" if ignore else "Jaccard", "JaccardIndex"),
                ("Accuracy", "Accuracy"), ("F1Score", "F1Score"),
                ("Precision", "Precision"), ("Recall", "Recall"))
        ),
        ("mc_confusion_none" if ignore else "mc_confusion",
         "TC.MulticlassConfusionMatrix(num_classes=C, ignore_index=255)(am, lab)"),
        *(
            (f"mc_confusion_{how}",
             f"TC.MulticlassConfusionMatrix(num_classes=C, ignore_index=255, normalize='{how}')"
             f"(am, lab)")
            for how in ("true", "pred", "all")
        ),
    ]
    for ignore in ("", "_ignore255")
}

CALIBRATION = [
    (f"mc_calibration_{norm}",
     f"TC.MulticlassCalibrationError(num_classes=C, n_bins=Q['bins'], norm='{norm}', "
     f"ignore_index=255)(x.softmax(1).permute(0, 2, 3, 1).reshape(-1, C), lab.reshape(-1))")
    for norm in ("l1", "l2", "max")
]
