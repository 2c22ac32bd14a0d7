"""Lightning: a callback that saves each batch."""
import logging
import os

import numpy as np
import torch
from lightning.pytorch import LightningModule, Trainer
from lightning.pytorch.callbacks import BasePredictionWriter
from PIL import Image
from recipe import Recipe, blurred, scene

logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
recipe = Recipe("Lightning")
names = [f"street_{i}" for i in range(6)]
truth = [scene(i, (40, 48)) for i in range(6)]
os.mkdir("masks")
os.mkdir("preds")
for name, labels in zip(names, truth):
    Image.fromarray(labels).save(f"masks/{name}.png")
x = [torch.from_numpy(blurred(t, i)) for i, t in enumerate(truth)]
loader = torch.utils.data.DataLoader([{"name": n, "image": i} for n, i in zip(names, x)], batch_size=4)


class Module(LightningModule):
    def predict_step(self, batch, index):
        return 2 * batch["image"]


module = Module()
exec(recipe.code[0].replace("Trainer(", "Trainer(logger=False, enable_progress_bar=False, accelerator='cpu', "))
recipe.check(0, [i.argmax(0).numpy() for i in x], truth, {0: "road", 1: "car", 2: "sky"})
print("ok")
