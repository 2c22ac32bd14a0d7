"""W1 with the decoder that is named, and a compiled loop that counts pairs of labels."""

import os
import sys

import numba
import numpy as np

import decoders
import overlaps
import results
import started

IDS = [7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33]


@numba.njit(nogil=True)
def count(truth, prediction, pairs):
    """Eight pixels that are alike are one addition; others have four tables, so that they do not wait for each other.
    Labels are below 64, so that the tables are near."""
    u = np.uint64
    ones = u(0x0101010101010101)
    truth, prediction = truth.ravel().view(np.uint64), prediction.ravel().view(np.uint64)
    for i in range(len(truth)):
        x, y = truth[i], prediction[i]
        if x == (x & u(255)) * ones and y == (y & u(255)) * ones:
            pairs[u(0), (x & u(255)) << u(6) | (y & u(255))] += u(8)
        else:
            for k in range(8):
                bits = u(8 * k)
                pairs[u(k & 3), ((x >> bits) & u(255)) << u(6) | ((y >> bits) & u(255))] += u(1)


def main(data, out, decoder):
    decode = decoders.named(decoder, bits=8)
    classes = len(IDS)
    suffix = "_gtFine_labelIds.png"
    names = sorted(name[: -len(suffix)] for name in os.listdir(f"{data}/truth"))

    def sides(name):
        truth = decode(decoders.read(f"{data}/truth/{name}{suffix}"))
        return truth, decode(decoders.read(f"{data}/predictions/{name}_labelIds.png"))

    truth, prediction = sides(names[0])
    count(truth, prediction, np.zeros((4, 4096), np.uint64))
    started.imported()
    matrices = np.zeros((len(names), classes, classes), np.int64)
    true, predicted = np.zeros((2, len(names), classes), np.int64)
    for i, name in enumerate(names):
        pairs = np.zeros((4, 4096), np.uint64)
        count(*sides(name), pairs)
        matrices[i] = pairs.sum(axis=0).reshape(64, 64)[np.ix_(IDS, IDS)]
    both = matrices.diagonal(axis1=1, axis2=2)
    true, predicted = matrices.sum(axis=2), matrices.sum(axis=1)
    results.write(
        out, names, IDS, {"true": true, "predicted": predicted, "both": both},
        overlaps.scores(both, predicted, true),
    )


main(*sys.argv[1:])
started.ended()
