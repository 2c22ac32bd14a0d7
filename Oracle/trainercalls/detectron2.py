"""Detectron2: the loss in the lines of CommonMetricPrinter and in metrics.json.

No package of it is on PyPI: `detectron2/utils/events.py` is looked for in the folder TRAINER_SOURCES; fvcore is a package.
"""

import importlib.util
import json
import logging
import os
import re
import sys
import tempfile
import types
from pathlib import Path

from torch.utils.data import DataLoader

from trainercalls.identity import dataset, loss_function
from trainercalls.sets import BATCH

PACKAGES = ["fvcore", "torch"]
SOURCES = {"detectron2/utils/events.py": "commit 02b5c4e295e990042a714712c21dc79b731e8833"}


def events():
    path = types.ModuleType("detectron2.utils.file_io")
    path.PathManager = types.SimpleNamespace(open=open)
    sys.modules.update({"detectron2": types.ModuleType("detectron2"), "detectron2.utils": types.ModuleType("detectron2.utils"),
                        "detectron2.utils.file_io": path})
    spec = importlib.util.spec_from_file_location("events", Path(os.environ["TRAINER_SOURCES"]) / "events.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Lines(logging.Handler):
    def __init__(self):
        super().__init__()
        self.text = []

    def emit(self, record):
        self.text.append(record.getMessage())


def ask(sets):
    module = events()
    for name, each in sets.items():
        yield name, "total_loss", "CommonMetricPrinter after three iterations, four digits", shown(module, each, BATCH)[0]
    for size, what in ((10, "an even count, four iterations"), (1, "40 iterations")):
        printed, saved = shown(module, sets["plain"], size)
        yield "plain", "total_loss", f"CommonMetricPrinter, batches of {size}: {what}, four digits", printed
        yield "plain", "total_loss", f"JSONWriter, batches of {size}", saved


def shown(module, each, size):
    logger, lines = logging.getLogger("detectron2.utils.events"), Lines()
    logger.handlers, logger.propagate = [lines], False
    logger.setLevel(logging.INFO)
    entropy = loss_function()
    path = Path(tempfile.mkdtemp()) / "metrics.json"
    with module.EventStorage(0) as storage:
        for x, y in DataLoader(dataset(each), size):
            storage.put_scalar("total_loss", entropy(x, y).item())
            storage.step()
        storage.iter -= 1
        module.CommonMetricPrinter(100).write()
        module.JSONWriter(path).write()
    last = json.loads(path.read_text().splitlines()[-1])
    return float(re.search(r"total_loss: (\S+)", lines.text[-1])[1]), last["total_loss"]
