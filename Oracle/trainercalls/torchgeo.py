"""TorchGeo: the losses and the IoU that SemanticSegmentationTask logs."""

import logging
import warnings

import torch
from lightning import pytorch as pl
from torch.utils.data import DataLoader
from torchgeo.trainers import SemanticSegmentationTask

from trainercalls.identity import Identity, dataset, still
from trainercalls.sets import BATCH, CLASSES, IGNORED

PACKAGES = ["torchgeo", "lightning", "torchmetrics", "torch"]


class Task(SemanticSegmentationTask):
    def configure_models(self):
        self.model = Identity()

    def configure_optimizers(self):
        return still(self)


def images(items):
    return {"image": torch.stack([x for x, _ in items]), "mask": torch.stack([y for _, y in items])}


def ask(sets):
    logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
    warnings.simplefilter("ignore")
    for name, each in sets.items():
        batches = DataLoader(dataset(each), BATCH, collate_fn=images)
        trainer = pl.Trainer(max_epochs=1, accelerator="cpu", logger=False, enable_checkpointing=False,
                             enable_progress_bar=False, enable_model_summary=False, num_sanity_val_steps=0)
        task = Task(task="multiclass", in_channels=3, num_classes=CLASSES, ignore_index=IGNORED)
        trainer.fit(task, batches, batches)
        for key in ("train_loss", "val_loss"):
            yield name, key, 'SemanticSegmentationTask(loss="ce", ignore_index=255)', float(trainer.callback_metrics[key])
        for key, value in trainer.callback_metrics.items():
            if key.startswith("val_") and key != "val_loss":
                yield name, key, "the same", float(value)
