"""Small libraries that people print from. Each is left out where it is not there; those that keep a
confusion matrix see the batches one after the other, functions of masks see each image and class."""

import importlib
import sys
from importlib.metadata import PackageNotFoundError, version

import numpy as np
import torch

from edgecalls.bare import package

PACKAGES = {
    "kornia": "kornia", "ignite": "pytorch-ignite", "medpy": "medpy", "miseval": "miseval",
    "pytorch_toolbelt": "pytorch-toolbelt", "fastai": "fastai", "catalyst": "catalyst"}


def found(name: str):
    try:
        return version(PACKAGES[name])
    except PackageNotFoundError:
        return None


VERSIONS = [f"{PACKAGES[name]} {found(name)}" for name in PACKAGES if found(name)]
VERSIONS.append(f"numpy {np.__version__}")
if len(VERSIONS) < 2:
    raise ImportError("none of them is installed")


def module(name: str, *bare: str):
    """A module of a package of which single files are run; `None` where it, or what it imports, is not there."""
    if not found(name.split(".")[0]):
        return None
    for each in bare:
        package(each)
    try:
        return importlib.import_module(name)
    except ImportError as error:
        print(f"{name}: left out: {error}", file=sys.stderr)
        return None


ignite = module("ignite.metrics.confusion_matrix")
medpy = module("medpy.metric.binary", "medpy", "medpy.metric")
miseval_dice = module("miseval.dice", "miseval")
miseval_jaccard = module("miseval.jaccard", "miseval")
BARE = ("pytorch_toolbelt", "pytorch_toolbelt.losses", "pytorch_toolbelt.utils")
if support := module("pytorch_toolbelt.utils.support", *BARE):
    sys.modules[BARE[2]].pytorch_toolbelt_deprecated = support.pytorch_toolbelt_deprecated
if toolbelt := module("pytorch_toolbelt.losses.dice", *BARE):
    toolbelt_jaccard = module("pytorch_toolbelt.losses.jaccard")
    toolbelt_focal = module("pytorch_toolbelt.losses.focal")
# Its other modules want accelerate and hydra-slayer.
catalyst = module("catalyst.metrics._segmentation", "catalyst", "catalyst.metrics")
kornia_losses = module("kornia.losses", "kornia")
kornia_metrics = module("kornia.metrics", "kornia")
fastai = module("fastai.metrics")


def symbols(edge, names):
    def engine(metric, given, truth):
        metric = metric(ignite.ConfusionMatrix(num_classes=names["C"]))
        metric.reset()
        for b in names["B"]:
            metric.update((given[b], truth[b]))
        return metric.compute().mean()

    def each(f, mean=np.mean):
        """The mean of f over images and classes, of masks."""
        hard, truth = names["hard"].numpy().astype(bool), names["t"].numpy().astype(bool)
        pairs = zip(hard.reshape(-1, *hard.shape[2:]), truth.reshape(-1, *truth.shape[2:]))
        return mean([f(p, t) for p, t in pairs])

    def defined(f):
        return each(lambda p, t: f(p, t) if p.any() and t.any() else np.nan, np.nanmean)

    def learned(metric):
        metric.reset()
        for b in names["B"]:
            metric.accumulate(Learner(names["hard"][b].float(), names["y"][b]))
        return metric.value

    def catalysed(metric):
        """What a loader prints under "_macro" and "_micro"."""
        metric.reset()
        for b in names["B"]:
            metric.update(names["hard"][b].float(), names["t"][b].float())
        return metric.compute_key_value()

    more = {
        "catalyst": catalyst, "catalysed": catalysed, "ignite": ignite, "engine": engine, "medpy": medpy, "each": each, "defined": defined, "DSC": miseval_dice,
        "IoU": miseval_jaccard, "learned": learned,
    }
    if toolbelt:
        more |= {"TD": toolbelt, "TJ": toolbelt_jaccard, "TF": toolbelt_focal}
    if kornia_losses:
        more |= {"KL": kornia_losses, "KM": kornia_metrics}
    if fastai:
        more["fastai"] = fastai
    return names | more


class Learner:
    """What fastai's metrics read of a learner."""

    def __init__(self, pred, y):
        self.pred, self.y, self.yb = pred, y, (y,)


def rows(edge):
    if medpy and not edge.ignores:
        # 2.0 / float(0) raises for Python's numbers and is NaN for NumPy's, which 2.3 counts with.
        old = tuple(map(int, np.__version__.split(".")[:2])) < (2, 3)
        yield "medpy.dc.numpy-2.2" if old else "medpy.dc", "each(medpy.dc)"
        yield "medpy.jc", "each(medpy.jc)"
        # They raise where a mask is empty, and such pairs are left out.
        for name in ("hd", "hd95", "asd", "assd"):
            yield f"medpy.{name}", f"defined(medpy.{name})"
    # evaluate(metric="DSC") and evaluate(metric="IoU") call these of each image's masks.
    if miseval_dice and not edge.ignores:
        yield "miseval.DSC", "each(lambda p, t: DSC.calc_DSC_Enhanced(t, p))"
        yield "miseval.IoU", "each(lambda p, t: IoU.calc_IoU_Sets(t, p))"
    if catalyst and not edge.ignores:
        for metric, key in (("IOUMetric", "iou"), ("DiceMetric", "dice")):
            for suffix, how in (("", "macro"), (".micro", "micro")):
                yield (
                    f"catalyst.{metric}{suffix}",
                    f"catalysed(catalyst.{metric}())['{key}/_{how}']")
    if edge.is_exclusive:
        yield from exclusive(edge)
    elif toolbelt:
        yield from independent(edge)


def exclusive(edge):
    if ignite:
        for preset, metric in (
            ("mIoU", "mIoU"), ("DiceCoefficient", "DiceCoefficient"), ("cmAccuracy", "cmAccuracy"),
        ):
            yield f"ignite.{preset}", f"engine(ignite.{metric}, hard, y)"
    if fastai and not edge.ignores:
        yield "fastai.DiceMulti", "learned(fastai.DiceMulti())"
        yield "fastai.JaccardCoeffMulti", "learned(fastai.JaccardCoeffMulti())"
    if kornia_losses:
        if not edge.ignores:
            yield "kornia.mean_iou", "KM.mean_iou(am, y, C).mean()"
        if edge.kind == "logits":
            yield from kornia(", ignore_index=255" if edge.ignores else "")


def kornia(ignore):
    yield "kornia.dice_loss", f"KL.dice_loss(x, y{ignore})"
    yield "kornia.dice_loss.macro", f"KL.dice_loss(x, y, average='macro'{ignore})"
    yield "kornia.tversky_loss", f"KL.tversky_loss(x, y, 0.5, 0.5{ignore})"
    yield "kornia.tversky_loss.alpha-0.7", f"KL.tversky_loss(x, y, 0.7, 0.3{ignore})"
    yield "kornia.focal_loss", f"KL.focal_loss(x, y, None, reduction='mean'{ignore})"
    yield "kornia.focal_loss.alpha-0.5", f"KL.focal_loss(x, y, 0.5, reduction='mean'{ignore})"


def independent(edge):
    for module, loss in (("TD", "DiceLoss"), ("TJ", "JaccardLoss")):
        call = f"{module}.{loss}('multilabel', from_logits=False"
        yield f"toolbelt.{loss}", f"{call})(p, t)"
        yield f"toolbelt.{loss}.smooth", f"{call}, smooth=1)(p, t)"
    if edge.kind == "logits":
        yield "toolbelt.BinaryFocalLoss", "TF.BinaryFocalLoss()(x, t)"
        yield "toolbelt.BinaryFocalLoss.alpha", "TF.BinaryFocalLoss(alpha=0.25)(x, t)"
