"""argus: train_loss and val_loss of Model.fit."""

import argus
from torch import nn

from trainercalls.identity import Identity, loader
from trainercalls.sets import IGNORED

PACKAGES = ["pytorch-argus", "torch"]


class Model(argus.Model):
    nn_module = Identity
    optimizer = "SGD"
    loss = nn.CrossEntropyLoss


def ask(sets):
    for name, each in sets.items():
        model = Model({"nn_module": {}, "optimizer": {"lr": 0.0}, "loss": {"ignore_index": IGNORED}, "device": "cpu"})
        seen = {}

        @argus.callbacks.on_epoch_complete
        def keep(state):
            seen.update(state.metrics)

        model.fit(loader(each), val_loader=loader(each), num_epochs=1, callbacks=[keep])
        for key in ("train_loss", "val_loss"):
            yield name, key, "Model.fit(…), state.metrics", seen[key]
