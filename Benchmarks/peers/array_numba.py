"""W3 with compiled loops: binary cross-entropy and the counts of the overlaps, an image at a time."""

import sys

import numba
import numpy as np

import overlaps
import results
import started


@numba.njit(fastmath=True)
def add(p, t, epsilon, loss, both, predicted, true):
    top = np.float32(1) - epsilon
    p, t = p.reshape(-1, p.shape[-1]), t.reshape(-1, t.shape[-1])
    for pixel in range(p.shape[0]):
        for c in range(p.shape[1]):
            is_true = t[pixel, c] > 0
            q = min(max(p[pixel, c], epsilon), top)
            loss[c] -= np.log(q if is_true else np.float32(1) - q)
            is_found = p[pixel, c] > np.float32(0.5)
            both[c] += is_true & is_found
            predicted[c] += is_found
            true[c] += is_true


def main(data, out):
    predictions = np.load(f"{data}/predictions.npy", mmap_mode="r")
    truths = np.load(f"{data}/truth.npy", mmap_mode="r")
    images, classes = len(predictions), predictions.shape[-1]
    epsilon = np.float32(1e-7)
    loss = np.zeros((images, classes))
    both, predicted, true = np.zeros((3, images, classes), np.int64)

    def image(i):
        sides = np.asarray(predictions[i]), np.asarray(truths[i])
        add(*sides, epsilon, loss[i], both[i], predicted[i], true[i])

    image(0)
    for table in (loss, both, predicted, true):
        table[:] = 0
    started.imported()
    for i in range(images):
        image(i)
    loss /= predictions[0, ..., 0].size
    results.write(
        out, range(images), range(classes),
        {"loss": loss, "true": true, "predicted": predicted, "both": both},
        {"bce keras": loss.mean()} | overlaps.scores(both, predicted, true),
    )


main(*sys.argv[1:])
