"""W1 as most evaluation scripts do it: Pillow, and a confusion matrix from numpy.bincount."""

import os
import sys

import numpy as np
from PIL import Image

import overlaps
import results
import started

IDS = [7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33]


def main(data, out):
    classes = len(IDS)
    places = np.full(256, 255, np.uint8)
    places[IDS] = np.arange(classes)
    suffix = "_gtFine_labelIds.png"
    names = sorted(name[: -len(suffix)] for name in os.listdir(f"{data}/truth"))
    matrices = np.zeros((len(names), classes, classes), np.int64)
    for i, name in enumerate(names):
        truth = places[np.asarray(Image.open(f"{data}/truth/{name}{suffix}"))]
        prediction = places[np.asarray(Image.open(f"{data}/predictions/{name}_labelIds.png"))]
        counted = truth < classes
        pairs = classes * truth[counted].astype(np.int64) + prediction[counted]
        matrices[i] = np.bincount(pairs, minlength=classes**2).reshape(classes, classes)
    both = matrices.diagonal(axis1=1, axis2=2)
    true, predicted = matrices.sum(axis=2), matrices.sum(axis=1)
    results.write(
        out, names, IDS, {"true": true, "predicted": predicted, "both": both},
        overlaps.scores(both, predicted, true),
    )


started.imported()
main(*sys.argv[1:])
