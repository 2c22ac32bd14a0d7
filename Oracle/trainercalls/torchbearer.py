"""torchbearer: the metric "loss", which is a mean and a running mean."""

import torchbearer

from trainercalls.identity import Identity, loader, loss_function, still

PACKAGES = ["torchbearer", "torch"]


def ask(sets):
    for name, each in sets.items():
        model = Identity()
        trial = torchbearer.Trial(model, still(model), loss_function(), metrics=["loss"], verbose=0)
        trial.with_generators(train_generator=loader(each), val_generator=loader(each))
        log = trial.run(1)[0]
        for key in ("loss", "running_loss", "val_loss"):
            yield name, key, 'Trial(metrics=["loss"]).run(1)', log[key]
