"""nnU-Net: what its trainer makes of the batches of an epoch, and the mean of its own that it shows."""

import os
import tempfile

import torch

for each in ("nnUNet_raw", "nnUNet_preprocessed", "nnUNet_results"):
    os.environ.setdefault(each, tempfile.gettempdir())

from nnunetv2.training.logging.nnunet_logger import MetaLogger
from nnunetv2.training.loss.dice import get_tp_fp_fn_tn
from nnunetv2.training.nnUNetTrainer.nnUNetTrainer import nnUNetTrainer

from trainercalls.identity import loss_function
from trainercalls.sets import BATCHES, IGNORED

PACKAGES = ["nnunetv2", "torch"]


def outputs(each):
    """One a batch, as validation_step returns them. Background, the first class, is left out there too."""
    found = []
    for part in BATCHES:
        x, y = torch.from_numpy(each.planes[part]), torch.from_numpy(each.labels[part])
        counted = (y != IGNORED)[:, None].float()
        best = torch.zeros(x.shape).scatter_(1, x.argmax(1, keepdim=True), 1)
        truth = torch.where(y == IGNORED, 0, y)[:, None]
        tp, fp, fn, _ = get_tp_fp_fn_tn(best, truth, axes=[0, 2, 3], mask=counted)
        found.append({"loss": loss_function()(x, y).numpy(), "tp_hard": tp.numpy()[1:], "fp_hard": fp.numpy()[1:],
                      "fn_hard": fn.numpy()[1:]})
    return found


def ask(sets):
    for name, each in sets.items():
        trainer = epochs(each, 1)
        log = trainer.logger
        yield name, "train_loss", "on_train_epoch_end with one output a batch", log.get_value("train_losses", step=-1)
        yield name, "val_loss", "on_validation_epoch_end with one output a batch", log.get_value("val_losses", step=-1)
        yield name, "Pseudo dice", "of class 1 and class 2", list(map(float, log.get_value("dice_per_class_or_region", step=-1)))
        yield name, "mean_fg_dice", "their mean", log.get_value("mean_fg_dice", step=-1)
    yield "plain", "ema_fg_dice", "of epochs whose truth is the sets plain, partly-ignored, ignored-batch", changing(sets)


def epochs(each, count):
    trainer = nnUNetTrainer.__new__(nnUNetTrainer)
    trainer.is_ddp, trainer.current_epoch = False, 0
    trainer.logger = MetaLogger(tempfile.mkdtemp(), False)
    for trainer.current_epoch in range(count):
        found = outputs(each)
        trainer.on_train_epoch_end([{"loss": one["loss"]} for one in found])
        trainer.on_validation_epoch_end(found)
    return trainer


def changing(sets):
    trainer = None
    for epoch, each in enumerate(sets.values()):
        if trainer is None:
            trainer = epochs(each, 1)
        else:
            trainer.current_epoch = epoch
            trainer.on_validation_epoch_end(outputs(each))
    return [float(trainer.logger.get_value("ema_fg_dice", step=at)) for at in range(len(sets))]
