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
    """A run of equal pairs is one addition."""
    for row in range(truth.shape[0]):
        start = 0
        last = np.uint32(truth[row, 0]) << 8 | np.uint32(prediction[row, 0])
        for column in range(1, truth.shape[1]):
            pair = np.uint32(truth[row, column]) << 8 | np.uint32(prediction[row, column])
            if pair != last:
                pairs[last] += column - start
                start, last = column, pair
        pairs[last] += truth.shape[1] - start


def main(data, out, decoder):
    decode = decoders.named(decoder, bits=8)
    classes = len(IDS)
    suffix = "_gtFine_labelIds.png"
    names = sorted(name[: -len(suffix)] for name in os.listdir(f"{data}/truth"))

    def sides(name):
        truth = decode(decoders.read(f"{data}/truth/{name}{suffix}"))
        return truth, decode(decoders.read(f"{data}/predictions/{name}_labelIds.png"))

    truth, prediction = sides(names[0])
    count(truth, prediction, np.zeros(65536, np.int64))
    started.imported()
    matrices = np.zeros((len(names), classes, classes), np.int64)
    true, predicted = np.zeros((2, len(names), classes), np.int64)
    for i, name in enumerate(names):
        pairs = np.zeros(65536, np.int64)
        count(*sides(name), pairs)
        pairs = pairs.reshape(256, 256)[IDS]
        matrices[i] = pairs[:, IDS]
    both = matrices.diagonal(axis1=1, axis2=2)
    true, predicted = matrices.sum(axis=2), matrices.sum(axis=1)
    results.write(
        out, names, IDS, {"true": true, "predicted": predicted, "both": both},
        overlaps.scores(both, predicted, true),
    )


main(*sys.argv[1:])
