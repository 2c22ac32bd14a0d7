"""MONAI: what StatsHandler prints of the training, and MeanDice of the validation."""

import logging
import re

import torch
from monai.engines import SupervisedEvaluator, SupervisedTrainer
from monai.handlers import MeanDice, StatsHandler, from_engine
from torch.utils.data import DataLoader, Dataset

from trainercalls.identity import Identity, loss_function, still
from trainercalls.sets import BATCH

PACKAGES = ["monai", "pytorch-ignite", "torch"]


class Images(Dataset):
    def __init__(self, each):
        self.x, self.y = torch.from_numpy(each.planes), torch.from_numpy(each.labels)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, at):
        return {"image": self.x[at], "label": self.y[at]}


class Lines(logging.Handler):
    def __init__(self):
        super().__init__()
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage())


def logger(name):
    lines, found = Lines(), logging.getLogger(name)
    found.handlers, found.propagate = [lines], False
    found.setLevel(logging.INFO)
    return lines


def ask(sets):
    for name, each in sets.items():
        lines = logger("trained")
        model = Identity()
        trainer = SupervisedTrainer(
            device=torch.device("cpu"), max_epochs=1, train_data_loader=DataLoader(Images(each), BATCH), network=model,
            optimizer=still(model), loss_function=loss_function(),
            train_handlers=[StatsHandler(name="trained", tag_name="train_loss", output_transform=from_engine(["loss"], first=True))])
        trainer.run()
        printed = [float(found[1]) for line in lines.lines if (found := re.search(r"train_loss: (\S+)", line))]
        yield name, "train_loss", "StatsHandler(output_transform=from_engine(['loss'], first=True)), a line an iteration, four digits", printed
    yield from dice(sets["plain"])


def dice(each):
    def hard(data):
        planes = torch.nn.functional.one_hot(torch.as_tensor(data["label"]).long(), 3).movedim(-1, 0)
        best = torch.nn.functional.one_hot(torch.as_tensor(data["pred"]).argmax(0), 3).movedim(-1, 0)
        return data | {"label": planes, "pred": best}

    for background in (True, False):
        evaluator = SupervisedEvaluator(
            device=torch.device("cpu"), val_data_loader=DataLoader(Images(each), BATCH), network=Identity(),
            postprocessing=hard, key_val_metric={"val_mean_dice": MeanDice(
                include_background=background, output_transform=from_engine(["pred", "label"]))})
        evaluator.run()
        yield "plain", "val_mean_dice", f"MeanDice(include_background={background}) of the arg max", evaluator.state.metrics["val_mean_dice"]
