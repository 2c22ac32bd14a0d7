"""Ultralytics: what its validator makes of the batches' losses in a training, val/NAME in results.csv."""

import os
import tempfile
from pathlib import Path
from types import SimpleNamespace

os.environ.setdefault("YOLO_CONFIG_DIR", tempfile.gettempdir())
os.environ.setdefault("YOLO_OFFLINE", "true")

import torch
from torch import nn
from torch.utils.data import DataLoader
from ultralytics.engine.trainer import BaseTrainer
from ultralytics.engine.validator import BaseValidator

from trainercalls.identity import Identity, dataset, loss_function
from trainercalls.sets import BATCH

PACKAGES = ["ultralytics", "torch"]


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.model, self.entropy = Identity(), loss_function()

    def forward(self, x, augment=False):
        return self.model(x)

    def loss(self, batch, predictions):
        loss = self.entropy(predictions, batch["truth"])
        return loss, {"ce_loss": loss.detach()}


class Validator(BaseValidator):
    """No scores, only losses."""

    def get_model(self, model, trainer, **_):
        return trainer.model

    def preprocess(self, batch):
        return batch

    def get_stats(self):
        return {}


def named(items):
    return {"img": torch.stack([x for x, _ in items]), "truth": torch.stack([y for _, y in items])}


def ask(sets):
    for name, each in sets.items():
        folder = Path(tempfile.mkdtemp())
        validator = Validator(DataLoader(dataset(each), BATCH, collate_fn=named), folder, {"plots": False})
        trainer = SimpleNamespace(
            device=torch.device("cpu"), data={}, amp=False, model=Model(), loss_items={"ce_loss": torch.zeros(())},
            stopper=SimpleNamespace(possible_stop=False), epoch=0, epochs=1, world_size=1)
        trainer.label_loss_items = lambda losses, prefix: BaseTrainer.label_loss_items(trainer, losses, prefix)
        yield name, "val/ce_loss", "the validator in a training, five digits", validator(trainer)["val/ce_loss"]
