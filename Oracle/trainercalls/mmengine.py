"""MMEngine: the loss in the lines of LoggerHook, and val_loss of ValLoop."""

import logging
import tempfile

import torch
from mmengine.evaluator import Evaluator
from mmengine.hooks import Hook
from mmengine.model import BaseModel
from mmengine.runner import Runner
from mmengine.structures import BaseDataElement
from torch.utils.data import DataLoader, TensorDataset

from trainercalls.identity import Identity, loader, loss_function

PACKAGES = ["mmengine", "torch"]


class Model(BaseModel):
    def __init__(self):
        super().__init__()
        self.model, self.loss = Identity(), loss_function()

    def forward(self, x, y, mode="loss"):
        loss = self.loss(self.model(x), y)
        return {"loss": loss} if mode == "loss" else [BaseDataElement(loss={"loss": loss})]


class Shown(Hook):
    """The log that LoggerHook would print after an iteration, by the runner's own LogProcessor."""

    priority = "VERY_LOW"

    def __init__(self):
        self.losses = []

    def after_train_iter(self, runner, batch_idx, data_batch=None, outputs=None):
        tag, _ = runner.log_processor.get_log_after_iter(runner, batch_idx, "train")
        self.losses.append(tag["loss"])


def shown(batches, epochs, processor=None):
    with tempfile.TemporaryDirectory() as folder:
        hook = Shown()
        runner = Runner(Model(), folder, batches, optim_wrapper={"optimizer": {"type": "SGD", "lr": 0.0}},
                        train_cfg={"by_epoch": True, "max_epochs": epochs}, default_hooks={"checkpoint": None},
                        custom_hooks=[hook], log_level="ERROR", log_processor=processor, experiment_name=f"n{id(hook)}")
        logging.disable(logging.CRITICAL)
        runner.train()
        return hook.losses


def ask(sets):
    for name, each in sets.items():
        yield name, "loss", "LogProcessor (window_size=10) after each iteration of four epochs of three", shown(loader(each), 4)
    each = sets["plain"]
    epoch = {"window_size": 10, "by_epoch": True, "custom_cfg": [{"data_src": "loss", "log_name": "loss", "method_name": "mean",
                                                                  "window_size": "epoch"}]}
    yield "plain", "loss", 'custom_cfg with window_size="epoch", after each iteration of two epochs', shown(loader(each), 2, epoch)
    small = DataLoader(TensorDataset(torch.from_numpy(each.planes), torch.from_numpy(each.labels)), batch_size=2)
    yield "plain", "loss", "batches of 2: the last line of an epoch, over the last ten of 20 iterations", shown(small, 1)[-1]
    for name, each in sets.items():
        yield name, "val_loss", "ValLoop, a model that returns the loss as the last element", validated(loader(each))


class Silent(Evaluator):
    """No metric but the loss."""

    def __init__(self):
        super().__init__([])

    def process(self, data_samples, data_batch=None):
        pass

    def evaluate(self, size):
        return {}


def validated(batches):
    with tempfile.TemporaryDirectory() as folder:
        runner = Runner(Model(), folder, val_dataloader=batches, val_cfg={"type": "ValLoop"}, val_evaluator=Silent(), log_level="ERROR",
                        default_hooks={"checkpoint": None}, experiment_name=f"v{id(batches)}")
        logging.disable(logging.CRITICAL)
        return runner.val()["val_loss"]
