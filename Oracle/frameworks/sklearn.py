"""PF, GF: prediction in double precision and truth as 0 and 1, (N·H·W,C); TB: PF above the
threshold; yt, yp: labels of truth and the arg max of the prediction, where the truth has a class;
pn: PF there, divided by its sum; SK: sklearn.metrics; C: how many classes; Q: meta.params."""

import numpy as np
import sklearn
import sklearn.metrics as SK

VERSIONS = f"sklearn {sklearn.__version__}"


def symbols(images, params) -> dict:
    classes = len(images.classes)
    PF = images.predictions.reshape(-1, classes).astype(np.float64)
    names = {
        "SK": SK, "np": np, "C": classes, "Q": params, "PF": PF,
        "GF": images.truth.reshape(-1, classes).astype(int),
        # The threshold meets the float32 that the other frameworks see.
        "TB": (images.predictions.reshape(-1, classes) > params["thr"]).astype(int),
    }
    if images.labels is not None:
        labels = images.labels.reshape(-1)
        here = labels < classes
        names |= {
            "yt": labels[here], "yp": PF[here].argmax(axis=-1),
            "pn": PF[here] / PF[here].sum(axis=-1, keepdims=True),
        }
    return names


def rows(images):
    # scikit-learn computes in double precision.
    for c in range(len(images.classes)):
        yield from ((*row, "float64") for row in binary(c))
    yield from ((*row, "float64") for row in MULTILABEL)
    if images.labels is not None:
        yield from ((*row, "float64") for row in LABELLED)
        yield "confusion_matrix", "SK.confusion_matrix(yt, yp, labels=range(C))", "int64"


def binary(c):
    """What one class is asked on its own."""
    return [
        (f"log_loss_class{c}", f"SK.log_loss(GF[:, {c}], PF[:, {c}], labels=[0, 1])"),
        (f"log_loss_sw_class{c}",
         f"SK.log_loss(GF[:, {c}], PF[:, {c}], labels=[0, 1], "
         f"sample_weight=np.where(GF[:, {c}] > 0, Q['class_weights'][{c}], 1.0))"),
        (f"brier_class{c}", f"SK.brier_score_loss(GF[:, {c}], PF[:, {c}])"),
        (f"average_precision_class{c}", f"SK.average_precision_score(GF[:, {c}], PF[:, {c}])"),
        (f"roc_auc_class{c}", f"SK.roc_auc_score(GF[:, {c}], PF[:, {c}])"),
        (f"mcc_class{c}", f"SK.matthews_corrcoef(GF[:, {c}], TB[:, {c}])"),
    ]


MULTILABEL = [
    *(
        (f"jaccard_multilabel_{how}", f"SK.jaccard_score(GF, TB, average='{how}', zero_division=0)")
        for how in ("micro", "macro", "weighted", "samples")
    ),
    ("jaccard_per_class", "SK.jaccard_score(GF, TB, average=None, zero_division=0)"),
    ("classification_report_multilabel",
     "SK.classification_report(GF, TB, output_dict=True, zero_division=0)"),
]

LABELLED = [
    ("cohen_kappa", "SK.cohen_kappa_score(yt, yp)"),
    ("balanced_accuracy", "SK.balanced_accuracy_score(yt, yp)"),
    ("log_loss_multiclass", "SK.log_loss(yt, pn, labels=range(C))"),
    ("classification_report",
     "SK.classification_report(yt, yp, output_dict=True, zero_division=0)"),
]
