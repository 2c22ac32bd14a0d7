"""torchvision's references: what MetricLogger prints of the training's loss, "median (global average)".

They are in no package: SmoothedValue of `references/segmentation/utils.py` is looked for, as torchvision_utils.py, in the
folder TRAINER_SOURCES.
"""

import os
import sys

from torch.utils.data import DataLoader

from trainercalls.identity import dataset, loss_function
from trainercalls.sets import BATCH

PACKAGES = ["torch"]
SOURCES = {"references/segmentation/utils.py": "commit 058f331cc6520baf76473e6e21e919fe1b9c1123"}


def ask(sets):
    sys.path.insert(0, os.environ["TRAINER_SOURCES"])
    from torchvision_utils import SmoothedValue

    for name, each in sets.items():
        for size in (BATCH, 10, 1) if name == "plain" else (BATCH,):
            meter, entropy = SmoothedValue(), loss_function()
            for x, y in DataLoader(dataset(each), size):
                meter.update(entropy(x, y).item())
            yield name, "loss", f"SmoothedValue(window_size=20), batches of {size}: the median", meter.median
            yield name, "loss", f"the same, batches of {size}: the global average, in brackets", meter.global_avg
