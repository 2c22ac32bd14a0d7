"""W3 with NumPy: an image at a time, so that what is computed stays in the cache."""

import sys

import numpy as np

import overlaps
import results
import started

EPSILON = np.float32(1e-7)


def main(data, out):
    predictions = np.load(f"{data}/predictions.npy", mmap_mode="r")
    truths = np.load(f"{data}/truth.npy", mmap_mode="r")
    images, classes = len(predictions), predictions.shape[-1]
    loss, both, predicted, true = np.zeros((4, images, classes))
    for i in range(images):
        p, y = np.asarray(predictions[i]), truths[i] > 0
        clipped = np.clip(p, EPSILON, 1 - EPSILON)
        bce = -np.log(np.where(y, clipped, 1 - clipped))
        loss[i] = bce.mean(axis=(0, 1), dtype=np.float64)
        found = p > 0.5
        both[i] = np.count_nonzero(found & y, axis=(0, 1))
        predicted[i] = np.count_nonzero(found, axis=(0, 1))
        true[i] = np.count_nonzero(y, axis=(0, 1))
    results.write(
        out, range(images), range(classes),
        {"loss": loss, "true": true, "predicted": predicted, "both": both},
        {"bce keras": loss.mean()} | overlaps.scores(both, predicted, true),
    )


started.imported()
main(*sys.argv[1:])
