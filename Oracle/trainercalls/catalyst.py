"""Catalyst: the loss of the loaders of a SupervisedRunner."""

from catalyst import dl

from trainercalls.identity import Identity, loader, loss_function, still

PACKAGES = ["catalyst", "accelerate", "torch"]


def ask(sets):
    for name, each in sets.items():
        model = Identity()
        runner = dl.SupervisedRunner(engine=dl.CPUEngine())
        runner.train(model=model, criterion=loss_function(), optimizer=still(model), num_epochs=1,
                     loaders={"train": loader(each), "valid": loader(each)}, verbose=False)
        for part in ("train", "valid"):
            yield name, f"{part}/loss", "SupervisedRunner().train(…), epoch_metrics", runner.epoch_metrics[part]["loss"]
