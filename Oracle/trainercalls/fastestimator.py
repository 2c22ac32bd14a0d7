"""FastEstimator: the loss in the line of an evaluation.

It wants old versions of all it depends on, and TF_USE_LEGACY_KERAS=1. The training prints the loss of single batches.
"""

import contextlib
import io
import re

import fastestimator as fe
import torch
from fastestimator.op.tensorop import LambdaOp
from fastestimator.op.tensorop.model import ModelOp, UpdateOp

from trainercalls.identity import Identity, loss_function
from trainercalls.sets import BATCH

PACKAGES = ["fastestimator", "torch"]


def ask(sets):
    for name, each in sets.items():
        images = fe.dataset.NumpyDataset({"x": each.planes, "y": each.labels})
        model = fe.build(Identity, lambda parameters: torch.optim.SGD(parameters, lr=0.0))
        network = fe.Network([ModelOp(model, inputs="x", outputs="logits"),
                              LambdaOp(loss_function(), inputs=("logits", "y"), outputs="entropy"), UpdateOp(model, "entropy")])
        estimator = fe.Estimator(fe.Pipeline(train_data=images, eval_data=images, batch_size=BATCH), network, epochs=1, log_steps=1)
        text = io.StringIO()
        with contextlib.redirect_stdout(text):
            estimator.fit(warmup=False)
        found = re.search(r"FastEstimator-Eval:.*?entropy: ([^;\s]+)", text.getvalue())
        yield name, "entropy", "Estimator.fit(), the line FastEstimator-Eval", float(found[1])
