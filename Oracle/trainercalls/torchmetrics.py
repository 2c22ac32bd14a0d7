"""torchmetrics: the means that people give their losses to."""

import torch
from torchmetrics import MeanMetric, RunningMean

from trainercalls.identity import loss_function
from trainercalls.sets import BATCHES

PACKAGES = ["torchmetrics", "torch"]


def ask(sets):
    for name, each in sets.items():
        losses = batch_losses(each)
        calls = {
            "MeanMetric().update(loss)": (MeanMetric(), False),
            "MeanMetric().update(loss, weight=images)": (MeanMetric(), True),
            'MeanMetric(nan_strategy="disable").update(loss)': (MeanMetric(nan_strategy="disable"), False),
            "RunningMean(window=2).update(loss)": (RunningMean(window=2), False),
        }
        for call, (metric, weighed) in calls.items():
            for loss, part in zip(losses, BATCHES):
                metric.update(loss, part.stop - part.start) if weighed else metric.update(loss)
            yield name, "compute()", call, metric.compute().item()


def batch_losses(each):
    x, y = torch.from_numpy(each.planes), torch.from_numpy(each.labels)
    return [loss_function()(x[part], y[part]) for part in BATCHES]
