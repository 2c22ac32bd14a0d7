#!/bin/sh
# HuggingFace: a batch without a counted pixel lowers the training loss in the log, and is 0 on a line of its own
#
# Its loss is NaN, and the Trainer's filter, which is on, puts "the average of recent valid losses" in its
# place, says the documentation. What it adds is the sum since the last log divided by the steps since
# then and one more: with a loss of 0.6931 in every batch that counts a pixel, ten steps show 0.6238 if the first
# batch is void, 0.6585 if it is the second and 0.6862 if it is the last. Logged after every step, a void batch
# has a loss of 0. eval_loss leaves void batches out and is 0.6931.
#
# A set with void crops has a training loss that reads lower than it is, the more so the more often is
# logged, and below a validation loss of the same images.
#
# Seen with transformers 5.24.0, accelerate 1.15.0, torch 2.13.0, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" transformers==5.24.0 accelerate==1.15.0 torch==2.13.0 numpy==2.4.6
cd "$place"
export OMP_NUM_THREADS=1 CUDA_VISIBLE_DEVICES=
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import torch
from torch.nn.functional import cross_entropy
from transformers import Trainer, TrainingArguments
from transformers.trainer_callback import PrinterCallback
print(", ".join(f"{name} {version(name)}" for name in ["transformers", "accelerate", "torch", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


class Even(torch.nn.Module):
    """Both classes are as likely everywhere, so that each counted pixel costs log 2."""

    def __init__(self):
        super().__init__()
        self.zero = torch.nn.Parameter(torch.zeros(()))

    def forward(self, pixel_values, labels=None):
        logits = pixel_values * self.zero
        return {"loss": cross_entropy(logits, labels, ignore_index=255), "logits": logits}


class InOrder(Trainer):
    def _get_train_sampler(self, *_):
        return torch.utils.data.SequentialSampler(self.train_dataset)


def run(void, every=10, **options):
    labels = torch.zeros(10, 4, 4, dtype=torch.long)
    labels[void] = 255
    images = [{"pixel_values": torch.ones(2, 4, 4), "labels": y} for y in labels]
    arguments = TrainingArguments(
        "out", per_device_train_batch_size=1, per_device_eval_batch_size=1, num_train_epochs=1, logging_steps=every,
        eval_strategy="epoch", save_strategy="no", report_to=[], use_cpu=True, disable_tqdm=True, learning_rate=0.0, **options)
    model = Even()
    trainer = InOrder(model, arguments, train_dataset=images, eval_dataset=images,
                      optimizers=(torch.optim.SGD(model.parameters(), 0.0), None))
    trainer.remove_callback(PrinterCallback)
    trainer.train()
    return [[round(line[key], 4) for line in trainer.state.log_history if key in line] for key in ("loss", "eval_loss")]


expect("no batch void", run([]), [[0.6931], [0.6931]])
expect("the first, the second, the last", [run(one)[0][0] for one in (0, 1, 9)], [0.6238, 0.6585, 0.6862])
expect("the second, logging_steps=2 and 1: the first two lines", [run(1, every)[0][:2] for every in (2, 1)], [[0.5199, 0.6931], [0.6931, 0.0]])
expect("eval_loss, the first void", run(0)[1], [0.6931])
expect("logging_nan_inf_filter=False", str(run(0, logging_nan_inf_filter=False)), "[[nan], [nan]]")
END
