"""scikit-learn, of probabilities in the precision of the file; ignored pixels are taken out first."""

import numpy as np
import sklearn
import sklearn.metrics as SK

VERSIONS = [f"scikit-learn {sklearn.__version__}"]


def symbols(edge, names):
    classes = names["C"]
    levels = edge.kind == "probabilities" and edge.predictions.dtype.kind == "u"
    pixels = {"SK": SK, "TF": names["T"].reshape(-1, classes).astype(int)}
    if names["P"] is not None:
        pixels["PF"] = names["P"].reshape(-1, classes)
        # NumPy divides levels in double precision, and log_loss clips by the type.
        pixels["PL"] = doubles(edge.predictions).reshape(-1, classes) if levels else pixels["PF"]
    if edge.is_exclusive:
        labels = names["Y"].reshape(-1)
        here = labels != 255
        pixels |= {"yt": labels[here], "ya": names["am"].numpy().reshape(-1)[here]}
        if "PF" in pixels:
            pixels["yp"] = pixels["PL"][here]
    return names | pixels


def doubles(levels):
    return levels / float(np.iinfo(levels.dtype).max)


def rows(edge):
    if edge.is_exclusive:
        yield "sklearn.balanced_accuracy_score", "SK.balanced_accuracy_score(yt, ya)"
        yield "sklearn.cohen_kappa_score", "SK.cohen_kappa_score(yt, ya)"
        yield "sklearn.log_loss.multiclass", "SK.log_loss(yt, yp, labels=range(C))"
        return
    for score in ("jaccard_score", "f1_score", "precision_score", "recall_score"):
        for how in ("micro", "macro", "weighted"):
            yield (
                f"sklearn.{score}.{how}",
                f"SK.{score}(TF, PF > thr, average='{how}', zero_division=0)")
    over = "for c in range(C)"
    yield (
        "sklearn.matthews_corrcoef",
        f"np.mean([SK.matthews_corrcoef(TF[:, c], PF[:, c] > thr) {over}])")
    yield (
        "sklearn.log_loss",
        f"np.mean([SK.log_loss(TF[:, c], PL[:, c], labels=[0, 1]) {over}])")
    yield (
        "sklearn.brier_score_loss",
        f"np.mean([SK.brier_score_loss(TF[:, c], PF[:, c]) {over}])")
