"""HuggingFace's Trainer: eval_loss, the training's loss, and what gradient accumulation does to it."""

import tempfile

import torch
from torch import nn
from torch.utils.data import Dataset
from transformers import (SegformerConfig, SegformerForSemanticSegmentation, Trainer, TrainingArguments,
                          set_seed)
from transformers.trainer_callback import PrinterCallback, ProgressCallback

from trainercalls.identity import Identity, loss_function, still
from trainercalls.sets import BATCH

PACKAGES = ["transformers", "accelerate", "torch"]


class Images(Dataset):
    def __init__(self, each, factor=1):
        x, y = torch.from_numpy(each.planes), torch.from_numpy(each.labels)
        # Larger images for a real network, every pixel repeated.
        self.x = x.repeat_interleave(factor, 2).repeat_interleave(factor, 3)
        self.y = y.repeat_interleave(factor, 1).repeat_interleave(factor, 2)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, at):
        return {"pixel_values": self.x[at], "labels": self.y[at]}


class Plain(nn.Module):
    """A model whose forward takes no other arguments."""

    def __init__(self):
        super().__init__()
        self.model, self.loss = Identity(), loss_function()

    def forward(self, pixel_values, labels=None):
        logits = self.model(pixel_values)
        return {"loss": self.loss(logits, labels), "logits": logits}


class InOrder(Trainer):
    """The training images in the order of the files."""

    def _get_train_sampler(self, *_):
        return torch.utils.data.SequentialSampler(self.train_dataset)


def logged(model, images, batch=BATCH, accumulation=1, epochs=1, **options):
    """What the Trainer logged, in order."""
    with tempfile.TemporaryDirectory() as folder:
        chosen = {"logging_steps": 3, "eval_strategy": "epoch"} | options
        arguments = TrainingArguments(
            folder, per_device_train_batch_size=batch, per_device_eval_batch_size=batch, num_train_epochs=epochs,
            gradient_accumulation_steps=accumulation, save_strategy="no", report_to=[], use_cpu=True, disable_tqdm=True,
            learning_rate=0.0, **chosen)
        trainer = InOrder(model, arguments, train_dataset=images, eval_dataset=images, optimizers=(still(model), None))
        trainer.remove_callback(PrinterCallback)
        trainer.remove_callback(ProgressCallback)
        trainer.train()
        return trainer.state.log_history


def values(log, key):
    return [line[key] for line in log if key in line]


def ask(sets):
    for name, each in sets.items():
        log = logged(Plain(), Images(each))
        yield name, "eval_loss", "Trainer.evaluate, batches of 16", values(log, "eval_loss")[0]
        yield name, "loss", "logging_steps=3, which is the epoch", values(log, "loss")[0]
        yield name, "train_loss", "the last line of train()", values(log, "train_loss")[0]
        yield name, "loss", "logging_steps=1, a number a line", values(logged(Plain(), Images(each), logging_steps=1), "loss")
        log = logged(Plain(), Images(each), logging_nan_inf_filter=False)
        yield name, "eval_loss", "logging_nan_inf_filter=False", values(log, "eval_loss")[0]
        yield name, "loss", "logging_nan_inf_filter=False, logging_steps=3", values(log, "loss")[0]
    images = Images(sets["plain"])
    log = logged(Plain(), images, epochs=2, logging_steps=2)
    yield "plain", "loss", "two epochs, logging_steps=2, a number a line", values(log, "loss")
    log = logged(Plain(), images, batch=8, accumulation=2)
    yield "plain", "loss", "batches of 8, gradient_accumulation_steps=2: forward() takes no other arguments", values(log, "loss")[0]
    log = logged(Plain(), images, dataloader_drop_last=True, logging_steps=2)
    yield "plain", "eval_loss", "dataloader_drop_last=True", values(log, "eval_loss")[0]
    large = Images(sets["plain"], 8)
    for batch, accumulation in ((16, 1), (8, 2), (4, 4)):
        log = logged(segformer(), large, batch, accumulation)
        call = (f"SegformerForSemanticSegmentation, random weights, images 64 × 64, batches of {batch}, "
                f"gradient_accumulation_steps={accumulation}")
        yield "plain", "loss", call, values(log, "loss")[0]
        yield "plain", "eval_loss", call, values(log, "eval_loss")[0]


def segformer():
    set_seed(1)
    tiny = SegformerConfig(num_encoder_blocks=2, depths=[1, 1], sr_ratios=[4, 2], hidden_sizes=[8, 16], patch_sizes=[7, 3],
                           strides=[4, 2], num_attention_heads=[1, 2], mlp_ratios=[2, 2], decoder_hidden_size=16,
                           hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, classifier_dropout_prob=0.0,
                           drop_path_rate=0.0, num_labels=3)
    return SegformerForSemanticSegmentation(tiny)
