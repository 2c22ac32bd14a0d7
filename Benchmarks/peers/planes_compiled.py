"""W2 and W4 with the decoder that is named, and compiled loops: how often each level occurs with and without
the class, from which the loss and the overlaps follow exactly; of 16 bits sums over a table of the losses."""

import os
import sys

import numba
import numpy as np

import decoders
import overlaps
import results
import started

CLASSES = ["sky", "building", "road", "vegetation", "pole"]


@numba.njit(nogil=True)
def count(p, y, counts):
    """Eight pixels are one load, and each has a table of its own, so that equal neighbours do not wait for each other.
    Unsigned throughout, because a signed place may count from the end."""
    u = np.uint64
    levels, masks = p.ravel().view(np.uint64), y.ravel().view(np.uint64)
    for i in range(len(levels)):
        x, m = levels[i], masks[i]
        for k in range(8):
            bits = u(8 * k)
            counts[u(k), ((m >> bits) & u(1)) << u(8) | ((x >> bits) & u(255))] += u(1)


@numba.njit(nogil=True, fastmath=True)
def add(p, y, losses):
    p, y = p.ravel(), y.ravel()
    loss, both, predicted, true = 0.0, 0, 0, 0
    for i in range(len(p)):
        t = np.uint32(y[i] > 0)
        found = np.uint32(p[i] > 32767)
        loss += losses[t << np.uint32(16) | np.uint32(p[i])]
        both += t & found
        predicted += found
        true += t
    return loss, both, predicted, true


def losses_of_levels(count):
    epsilon = np.float32(1e-7)
    p = np.clip(np.arange(count, dtype=np.float32) / np.float32(count - 1), epsilon, 1 - epsilon)
    return np.stack([-np.log(1 - p), -np.log(p)]).astype(np.float64)


def main(data, out, decoder, bits):
    decode, decode_mask = decoders.named(decoder, int(bits)), decoders.named(decoder, 8)
    losses = losses_of_levels(1 << int(bits))
    names = sorted(os.listdir(f"{data}/truth"))

    def sides(name, class_name):
        p = decode(decoders.read(f"{data}/predictions/{name}/{class_name}.png"))
        return p, decode_mask(decoders.read(f"{data}/truth/{name}/{class_name}.png"))

    def sums(p, y):
        if bits == "16":
            return add(p, y, losses.ravel())
        counts = np.zeros((8, 512), np.uint64)
        count(p, y, counts)
        levels = counts.sum(axis=0).reshape(2, 256)
        found = levels[:, 128:].sum(axis=1)
        return (levels * losses).sum(), found[1], found.sum(), levels[1].sum()

    sums(*sides(names[0], CLASSES[0]))
    started.imported()
    loss, both, predicted, true = np.zeros((4, len(names), len(CLASSES)))
    for i, name in enumerate(names):
        for c, class_name in enumerate(CLASSES):
            p, y = sides(name, class_name)
            loss[i, c], both[i, c], predicted[i, c], true[i, c] = sums(p, y)
            loss[i, c] /= p.size
    results.write(
        out, names, CLASSES,
        {"loss": loss, "true": true, "predicted": predicted, "both": both},
        {"bce keras": loss.mean()} | overlaps.scores(both, predicted, true),
    )


main(*sys.argv[1:])
started.ended()
