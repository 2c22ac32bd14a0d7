"""torchmetrics, updated batch by batch. Segmentation metrics take decisions and ignore nothing."""

import inspect

import torch
import torchmetrics
import torchmetrics.classification as TC

try:
    import torchmetrics.segmentation as TS
except ImportError:  # before 1.4
    TS = None

VERSIONS = [f"torchmetrics {torchmetrics.__version__}", f"torch {torch.__version__.split('+')[0]}"]


def symbols(edge, names):
    def computed(metric, given, truth):
        for b in names["B"]:
            metric.update(given[b], truth[b])
        return metric.compute()

    return names | {"TC": TC, "TS": TS, "computed": computed}


SCORES = ("JaccardIndex", "F1Score", "Accuracy", "Precision", "Recall")


def rows(edge):
    if TS and not edge.ignores:
        yield from segmentation()
    ignore = ", ignore_index=255" if edge.ignores else ""
    for score in SCORES:
        for how in ("micro", "macro", "weighted"):
            if edge.is_exclusive:
                call = f"TC.Multiclass{score}(num_classes=C, average='{how}'{ignore}), am, y"
                yield f"torchmetrics.Multiclass{score}.{how}", f"computed({call})"
            else:
                call = f"TC.Multilabel{score}(num_labels=C, average='{how}', threshold=thr)"
                yield f"torchmetrics.Multilabel{score}.{how}", f"computed({call}, p, t.long())"
    if edge.is_exclusive:
        yield (
            "torchmetrics.MulticlassCohenKappa",
            f"computed(TC.MulticlassCohenKappa(num_classes=C{ignore}), am, y)")
    else:
        yield (
            "torchmetrics.MultilabelHammingDistance",
            "computed(TC.MultilabelHammingDistance(num_labels=C, threshold=thr), p, t.long())")


def segmentation():
    # Before 1.5 they take one-hot tensors and no other.
    known = "input_format" in inspect.signature(TS.MeanIoU).parameters
    given = "num_classes=C, input_format='one-hot'" if known else "num_classes=C"

    def call(name, arguments=""):
        return f"computed(TS.{name}({', '.join(filter(None, [given, arguments]))}), hard, t.long())"

    yield "torchmetrics.MeanIoU", call("MeanIoU", "per_class=False")
    yield (
        "torchmetrics.MeanIoU.per_class",
        f"(lambda v: v[v >= 0].mean())({call('MeanIoU', 'per_class=True')})")
    if hasattr(TS, "DiceScore"):
        yield "torchmetrics.DiceScore", call("DiceScore")
        for how in ("macro", "micro", "weighted"):
            yield f"torchmetrics.DiceScore.{how}", call("DiceScore", f"average='{how}'")
    yield "torchmetrics.GeneralizedDiceScore", call("GeneralizedDiceScore")
    for how in ("simple", "linear"):
        yield (
            f"torchmetrics.GeneralizedDiceScore.{how}",
            call("GeneralizedDiceScore", f"weight_type='{how}'"))
