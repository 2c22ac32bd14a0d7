"""FastEstimator: the loss of the lines of the training, and of an evaluation."""

import contextlib
import io
import re

import fastestimator as fe
import torch
from fastestimator.op.tensorop import LambdaOp
from fastestimator.op.tensorop.model import ModelOp, UpdateOp
from torch.utils.data import DataLoader

from trainercalls.identity import Identity, dataset, loss_function, still
from trainercalls.sets import BATCH

PACKAGES = ["fastestimator", "torch"]


def named(items):
    return {"x": torch.stack([x for x, _ in items]), "y": torch.stack([y for _, y in items])}


def ask(sets):
    for name, each in sets.items():
        batches = DataLoader(dataset(each), BATCH, collate_fn=named)
        model = fe.build(Identity, lambda parameters: torch.optim.SGD(parameters, lr=0.0))
        network = fe.Network([ModelOp(model, inputs="x", outputs="logits"),
                              LambdaOp(loss_function(), inputs=("logits", "y"), outputs="entropy"), UpdateOp(model, "entropy")])
        estimator = fe.Estimator(fe.Pipeline(train_data=batches, eval_data=batches), network, epochs=1, log_steps=1)
        text = io.StringIO()
        with contextlib.redirect_stdout(text):
            estimator.fit(warmup=False)
        for kind, what in (("Train", "the lines of the training, log_steps=1"), ("Eval", "the line of the evaluation")):
            yield name, "entropy", what, [float(value) for value in re.findall(rf"FastEstimator-{kind}:.*?entropy: (\S+?);", text.getvalue())]
