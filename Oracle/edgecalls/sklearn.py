"""scikit-learn, of probabilities in the precision of the file; ignored pixels are taken out first."""

import numpy as np
import sklearn
import sklearn.metrics as SK

VERSIONS = [f"scikit-learn {sklearn.__version__}"]


def symbols(edge, names):
    classes = names["C"]
    pixels = {"SK": SK, "TF": names["T"].reshape(-1, classes).astype(int)}
    if names["P"] is not None:
        pixels["PF"] = names["P"].reshape(-1, classes)
    if edge.is_exclusive:
        labels = names["Y"].reshape(-1)
        here = labels != 255
        pixels |= {"yt": labels[here], "ya": names["am"].numpy().reshape(-1)[here]}
        if "PF" in pixels:
            pixels["yp"] = pixels["PF"][here]
    return names | pixels


def rows(edge):
    if edge.is_exclusive:
        yield "sklearn.balanced_accuracy_score", "SK.balanced_accuracy_score(yt, ya)"
        yield "sklearn.log_loss.multiclass", "SK.log_loss(yt, yp)"
        yield "sklearn.log_loss.multiclass (labels=)", "SK.log_loss(yt, yp, labels=range(C))"
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
    for score in ("log_loss", "brier_score_loss"):
        yield f"sklearn.{score}", f"np.mean([SK.{score}(TF[:, c], PF[:, c]) {over}])"
    yield (
        "sklearn.log_loss (labels=)",
        f"np.mean([SK.log_loss(TF[:, c], PF[:, c], labels=[0, 1]) {over}])")
