"""Metrics whose ignore_index is one of their classes, as where a background of label 0 is ignored."""

from edgecalls import benchmarks, mmseg, smp, torchmetrics

MODULES = (benchmarks, mmseg, smp, torchmetrics)
VERSIONS = [each for module in MODULES for each in module.VERSIONS]


def symbols(edge, names):
    def iou(metrics):
        counted = mmseg.IoUMetric(iou_metrics=metrics, ignore_index=0)
        counted.dataset_meta = {"classes": edge.classes}
        for am, y in zip(names["am"], names["y"]):
            counted.process({}, [{"pred_sem_seg": {"data": am}, "gt_sem_seg": {"data": y}}])
        return counted.compute_metrics(counted.results)

    for module in MODULES:
        names = module.symbols(edge, names)

    def stats():
        return smp.SM.get_stats(
            names["am"], names["y"], mode="multiclass", num_classes=names["C"], ignore_index=0)

    return names | {"iou": iou, "stats": stats}


def rows(edge):
    for name in ("mean_iou", "mean_accuracy", "overall_accuracy"):
        yield f"huggingface.{name}", f"mean_iou(am.numpy(), Y, C, 0)['{name}']"
    yield from mmseg.rows(edge)
    for score in torchmetrics.SCORES:
        for how in ("micro", "macro", "weighted"):
            call = f"TC.Multiclass{score}(num_classes=C, average='{how}', ignore_index=0)"
            yield f"torchmetrics.Multiclass{score}.{how}", f"computed({call}, am, y)"
    for preset, call in smp.rows(edge):
        if "stats()" in call and "class_weights" not in call:
            yield preset, call
