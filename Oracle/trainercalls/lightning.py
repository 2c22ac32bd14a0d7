"""Lightning: `self.log` takes the size of a batch from the first tensor in it, unless it is told."""

import logging
import warnings

import torch
from lightning import pytorch as pl
from torch.utils.data import DataLoader
from torchmetrics import MeanMetric
from torchmetrics.classification import MulticlassJaccardIndex

from trainercalls.identity import Identity, dataset, loader, loss_function, still
from trainercalls.sets import BATCH, CLASSES

PACKAGES = ["lightning", "torchmetrics", "torch"]


class Module(pl.LightningModule):
    def __init__(self, unpack=lambda batch: batch, metric=None, train_options=None, **options):
        super().__init__()
        self.model, self.loss, self.unpack = Identity(), loss_function(), unpack
        self.options, self.train_options = options, train_options or {}
        self.metric = metric

    def value(self, batch):
        x, y = self.unpack(batch)
        return self.loss(self.model(x), y), x, y

    def training_step(self, batch, index):
        loss = self.value(batch)[0]
        self.log("train_loss", loss, **self.train_options)
        return loss

    def validation_step(self, batch, index):
        loss, x, y = self.value(batch)
        self.log("val_loss", loss, **self.options)
        if isinstance(self.metric, MeanMetric):
            self.metric.update(loss)
            self.log("val_metric", self.metric, on_epoch=True)
        elif self.metric is not None:
            self.metric(x.argmax(1), y)
            self.log("val_metric", self.metric, on_epoch=True)

    def configure_optimizers(self):
        return still(self)


def metrics(batches, **options):
    logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
    warnings.simplefilter("ignore")
    trainer = pl.Trainer(max_epochs=1, accelerator="cpu", logger=False, enable_checkpointing=False,
                         enable_progress_bar=False, enable_model_summary=False, num_sanity_val_steps=0)
    trainer.fit(Module(**options), batches, batches)
    return {key: float(value) for key, value in trainer.callback_metrics.items()}


def ask(sets):
    for name, each in sets.items():
        seen = metrics(loader(each), train_options={"on_epoch": True})
        yield name, "val_loss", 'self.log("val_loss", loss) in validation_step', seen["val_loss"]
        yield name, "train_loss", 'self.log("train_loss", loss, on_epoch=True) in training_step', seen["train_loss"]
        yield name, "train_loss_epoch", "the same", seen["train_loss_epoch"]
        yield name, "train_loss_step", "the same", seen["train_loss_step"]
        seen = metrics(loader(each), metric=MeanMetric())
        yield name, "val_metric", "a torchmetrics MeanMetric of the batches' losses, logged as an object", seen["val_metric"]
    each = sets["plain"]
    yield "plain", "train_loss", 'self.log("train_loss", loss) in training_step', metrics(loader(each))["train_loss"]
    seen = metrics(loader(each), batch_size=1)
    yield "plain", "val_loss", "self.log(…, batch_size=1)", seen["val_loss"]
    for reduce in ("sum", "max"):
        seen = metrics(loader(each), reduce_fx=reduce)
        yield "plain", "val_loss", f'self.log(…, reduce_fx="{reduce}")', seen["val_loss"]

    def lists(items):
        return [x for x, _ in items], [y for _, y in items]

    def batches(collate):
        return DataLoader(dataset(each), batch_size=BATCH, collate_fn=collate)

    def stacked(batch):
        return torch.stack(list(batch[0])), torch.stack(list(batch[1]))

    seen = metrics(batches(lists), unpack=stacked)
    yield "plain", "val_loss", "a batch is a list of images (3,8,8) and one of labels", seen["val_loss"]

    def named(items):
        x, y = lists(items)
        return {"scale": torch.tensor(1.0), "image": torch.stack(x), "mask": torch.stack(y)}

    seen = metrics(batches(named), unpack=lambda batch: (batch["image"], batch["mask"]))
    yield "plain", "val_loss", "a batch is a dictionary whose first entry is a tensor without dimensions", seen["val_loss"]

    def planes_first(items):
        x, y = lists(items)
        return {"weights": torch.ones(3), "image": torch.stack(x), "mask": torch.stack(y)}

    seen = metrics(batches(planes_first), unpack=lambda batch: (batch["image"], batch["mask"]))
    yield "plain", "val_loss", "a batch is a dictionary whose first entry is a tensor of three class weights", seen["val_loss"]
    score = MulticlassJaccardIndex(CLASSES, average="macro")
    yield "plain", "val_metric", "a torchmetrics MulticlassJaccardIndex, logged as an object", metrics(loader(each), metric=score)["val_metric"]
