"""W3 with compiled loops: binary cross-entropy and the counts of the overlaps, an image at a time."""

import sys

import numba
import numpy as np

import overlaps
import results
import started


@numba.njit(fastmath=True)
def add(p, t, epsilon, loss, both, predicted, true):
    """A logarithm for sixteen pixels, because that of a product is the sum of theirs."""
    top = np.float32(1) - epsilon
    classes = p.shape[-1]
    p, t = p.reshape(-1), t.reshape(-1)
    step = 16 * classes
    for first in range(0, len(p), step):
        for c in range(classes):
            product = 1.0
            a = b = d = 0
            for i in range(first + c, min(first + step, len(p)), classes):
                is_true, found = t[i] > 0, p[i] > np.float32(0.5)
                q = min(max(p[i], epsilon), top)
                product *= q if is_true else np.float32(1) - q
                a += is_true & found
                b += found
                d += is_true
            loss[c] -= np.log(product)
            both[c] += a
            predicted[c] += b
            true[c] += d


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
started.ended()
