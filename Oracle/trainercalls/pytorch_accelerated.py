"""pytorch-accelerated: train_loss_epoch and eval_loss_epoch."""

from pytorch_accelerated import Trainer

from trainercalls.identity import Identity, dataset, loss_function, still
from trainercalls.sets import BATCH

PACKAGES = ["pytorch-accelerated", "accelerate", "torch"]


def ask(sets):
    for name, each in sets.items():
        model = Identity()
        trainer = Trainer(model, loss_function(), still(model), callbacks=())
        trainer.train(dataset(each), 1, dataset(each), per_device_batch_size=BATCH,
                      train_dataloader_kwargs={"shuffle": False, "num_workers": 0},
                      eval_dataloader_kwargs={"num_workers": 0})
        for key in ("train_loss_epoch", "eval_loss_epoch"):
            yield name, key, "Trainer.train(…), run_history", float(trainer.run_history.get_latest_metric(key))
