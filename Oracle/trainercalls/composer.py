"""Composer: loss/train/total, and the metrics CrossEntropy and LossMetric of an evaluation."""

from composer import ComposerModel, Trainer
from composer.loggers import InMemoryLogger
from composer.metrics import CrossEntropy, LossMetric, MIoU

from trainercalls.identity import Identity, loader, loss_function, still
from trainercalls.sets import CLASSES, IGNORED

PACKAGES = ["mosaicml", "torchmetrics", "torch"]


class Model(ComposerModel):
    def __init__(self):
        super().__init__()
        self.model, self.entropy = Identity(), loss_function()
        self.metrics = {"CrossEntropy": CrossEntropy(ignore_index=IGNORED), "LossMetric": LossMetric(loss_function()),
                        "MIoU": MIoU(CLASSES, ignore_index=IGNORED)}

    def forward(self, batch):
        return self.model(batch[0])

    def loss(self, outputs, batch):
        return self.entropy(outputs, batch[1])

    def get_metrics(self, is_train=False):
        return {} if is_train else self.metrics

    def update_metric(self, batch, outputs, metric):
        metric.update(outputs, batch[1])


def ask(sets):
    for name, each in sets.items():
        model, log = Model(), InMemoryLogger()
        trainer = Trainer(model=model, train_dataloader=loader(each), eval_dataloader=loader(each), max_duration="1ep",
                          optimizers=still(model), device="cpu", loggers=[log], progress_bar=False, seed=1)
        trainer.fit()
        yield name, "loss/train/total", "Trainer.fit(), each batch", [float(value) for _, value in log.data["loss/train/total"]]
        for key in ("CrossEntropy", "LossMetric"):
            yield name, f"metrics/eval/{key}", "Trainer.fit() with eval_dataloader", float(log.data[f"metrics/eval/{key}"][-1][1])
        yield name, "metrics/eval/MIoU", "Trainer.fit() with eval_dataloader", float(log.data["metrics/eval/MIoU"][-1][1])
