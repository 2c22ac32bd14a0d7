"""ignite: Loss, RunningAverage and Average of the same batches."""

from ignite.engine import create_supervised_evaluator, create_supervised_trainer
from ignite.metrics import Average, Loss, RunningAverage

from trainercalls.identity import Identity, loader, loss_function, still

PACKAGES = ["pytorch-ignite", "torch"]


def ask(sets):
    for name, each in sets.items():
        evaluator = create_supervised_evaluator(Identity(), {"loss": Loss(loss_function())})
        evaluator.run(loader(each))
        yield name, "loss", "metrics={'loss': Loss(CrossEntropyLoss())}, evaluator.state.metrics", evaluator.state.metrics["loss"]
        for epochs in (1, 2):
            shown = trained(each, epochs)
            yield name, "loss", f"RunningAverage(output_transform=…) of the trainer after {epochs} epochs", shown["running"]
            if epochs == 1:
                yield name, "loss", "Average() of the losses of the trainer", shown["average"]
                yield name, "output", "trainer.state.output when the epoch ends", shown["output"]


def trained(each, epochs):
    model = Identity()
    trainer = create_supervised_trainer(model, still(model), loss_function())
    RunningAverage(output_transform=lambda x: x).attach(trainer, "running")
    Average().attach(trainer, "average")
    trainer.run(loader(each), max_epochs=epochs)
    return trainer.state.metrics | {"output": trainer.state.output}
