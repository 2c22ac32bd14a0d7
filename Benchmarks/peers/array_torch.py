"""W3 with PyTorch on one thread: its own BCE, and sums for IoU and Dice."""

import sys

import numpy as np
import torch

import overlaps
import results
import started


def main(data, out):
    torch.set_num_threads(1)
    # Private copies of what is written to, which is nothing: PyTorch takes no read-only memory.
    predictions = torch.from_numpy(np.load(f"{data}/predictions.npy", mmap_mode="c"))
    truths = torch.from_numpy(np.load(f"{data}/truth.npy", mmap_mode="c"))
    images, classes = len(predictions), predictions.shape[-1]
    loss, both, predicted, true = np.zeros((4, images, classes))
    for i in range(images):
        p, t = predictions[i], truths[i].float()
        bce = torch.nn.functional.binary_cross_entropy(p, t, reduction="none")
        loss[i] = bce.mean(dim=(0, 1), dtype=torch.float64)
        found = (p > 0.5).float()
        both[i] = (found * t).sum(dim=(0, 1))
        predicted[i] = found.sum(dim=(0, 1))
        true[i] = t.sum(dim=(0, 1))
    results.write(
        out, range(images), range(classes),
        {"loss": loss, "true": true, "predicted": predicted, "both": both},
        {"bce keras": loss.mean()} | overlaps.scores(both, predicted, true),
    )


started.imported()
main(*sys.argv[1:])
