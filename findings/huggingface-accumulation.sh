#!/bin/sh
# HuggingFace: with gradient_accumulation_steps=N the loss and the gradients of a SegFormer are N times too large, eval_loss is right
#
# The Trainer divides a loss by the number of accumulated batches, unless the model does so, and takes
# a model whose forward() has **kwargs for one that does. The heads of semantic segmentation have
# **kwargs and do not use the number of pixels that comes in them, so nobody divides: batches of 16, twice 8
# and four times 4 images, which have one loss, show 1.10, 2.20 and 4.39. The same network behind a
# forward() without **kwargs shows 1.10 each time, and so does SegFormer itself in version 4.57.
#
# Who accumulates to save memory sees a training loss far above eval_loss and looks for the fault in the
# data; and trains with steps that are N times longer, unless gradients are clipped.
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
from transformers import SegformerConfig, SegformerForSemanticSegmentation, Trainer, TrainingArguments, set_seed
from transformers.trainer_callback import PrinterCallback
print(", ".join(f"{name} {version(name)}" for name in ["transformers", "accelerate", "torch", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


number = torch.arange(32 * 64 * 64)
labels = (number * 7919 % 1009 % 3).reshape(32, 64, 64)
pixels = torch.stack([(number * k % 1013 % 17 / 8.0).reshape(32, 64, 64) for k in (31, 37, 41)], 1)
images = [{"pixel_values": x, "labels": y} for x, y in zip(pixels, labels)]


class InOrder(Trainer):
    def _get_train_sampler(self, *_):
        return torch.utils.data.SequentialSampler(self.train_dataset)


class WithoutKeywords(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, pixel_values, labels=None):
        return self.model(pixel_values, labels)


def segformer():
    set_seed(1)
    return SegformerForSemanticSegmentation(SegformerConfig(
        num_encoder_blocks=1, depths=[1], sr_ratios=[4], hidden_sizes=[8], patch_sizes=[7], strides=[4], num_attention_heads=[1],
        mlp_ratios=[2], decoder_hidden_size=8, hidden_dropout_prob=0.0, classifier_dropout_prob=0.0, drop_path_rate=0.0,
        num_labels=3))


def run(model, batch, accumulation):
    arguments = TrainingArguments(
        "out", per_device_train_batch_size=batch, per_device_eval_batch_size=batch, gradient_accumulation_steps=accumulation,
        num_train_epochs=1, logging_steps=2, eval_strategy="epoch", save_strategy="no", report_to=[], use_cpu=True,
        disable_tqdm=True, learning_rate=0.0)
    trainer = InOrder(model, arguments, train_dataset=images, eval_dataset=images,
                      optimizers=(torch.optim.SGD(model.parameters(), 0.0), None))
    trainer.remove_callback(PrinterCallback)
    trainer.train()
    # What was logged last, of each name.
    seen = {key: value for line in trainer.state.log_history for key, value in line.items()}
    return [round(seen["loss"], 2), round(seen["eval_loss"], 2), float(f"{seen['grad_norm']:.2g}")]


sizes = [(16, 1), (8, 2), (4, 4)]
expect("SegFormer, batches of 16, 2 x 8, 4 x 4: loss, eval_loss and norm of the gradient", [run(segformer(), *size) for size in sizes],
       [[1.1, 1.1, 0.0077], [2.2, 1.1, 0.015], [4.39, 1.1, 0.031]])
expect("the same without **kwargs", [run(WithoutKeywords(segformer()), *size) for size in sizes], [[1.1, 1.1, 0.0077]] * 3)
END
