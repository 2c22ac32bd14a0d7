"""timm: AverageMeter as its train.py and validate.py call it."""

from timm.utils import AverageMeter

from trainercalls.sets import BATCHES
from trainercalls.torchmetrics import batch_losses

PACKAGES = ["timm", "torch"]


def ask(sets):
    for name, each in sets.items():
        meter = AverageMeter()
        for loss, part in zip(batch_losses(each), BATCHES):
            meter.update(loss.item(), part.stop - part.start)
        yield name, "loss", "AverageMeter().update(loss.item(), images), .avg", meter.avg
        yield name, "loss", "the same, .val", meter.val
