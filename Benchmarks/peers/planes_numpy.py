"""W2 with Pillow and the formula of keras.losses.binary_crossentropy in NumPy."""

import os
import sys

import numpy as np
from PIL import Image

import overlaps
import results
import started

CLASSES = ["sky", "building", "road", "vegetation", "pole"]
EPSILON = np.float32(1e-7)


def plane(path):
    return np.asarray(Image.open(path))


def main(data, out):
    names = sorted(os.listdir(f"{data}/truth"))
    loss, both, predicted, true = np.zeros((4, len(names), len(CLASSES)))
    for i, name in enumerate(names):
        for c, class_name in enumerate(CLASSES):
            p = plane(f"{data}/predictions/{name}/{class_name}.png").astype(np.float32) / 255
            y = plane(f"{data}/truth/{name}/{class_name}.png") > 0
            clipped = np.clip(p, EPSILON, 1 - EPSILON)
            t = y.astype(np.float32)
            bce = -(t * np.log(clipped) + (1 - t) * np.log(1 - clipped))
            loss[i, c] = bce.mean(dtype=np.float64)
            found = p > 0.5
            both[i, c] = np.count_nonzero(found & y)
            predicted[i, c] = np.count_nonzero(found)
            true[i, c] = np.count_nonzero(y)
    results.write(
        out, names, CLASSES,
        {"loss": loss, "true": true, "predicted": predicted, "both": both},
        {"bce keras": loss.mean()} | overlaps.scores(both, predicted, true),
    )


started.imported()
main(*sys.argv[1:])
