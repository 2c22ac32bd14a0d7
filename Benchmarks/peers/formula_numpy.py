"""W3's binary cross-entropy as the formula says it, an image at a time."""

import sys

import numpy as np

import results
import started


def main(data, out):
    predictions = np.load(f"{data}/predictions.npy", mmap_mode="r")
    truths = np.load(f"{data}/truth.npy", mmap_mode="r")
    epsilon = np.float32(1e-7)
    sums = np.zeros(predictions.shape[-1])
    for i in range(len(predictions)):
        t = (np.asarray(truths[i]) > 0).astype(np.float32)
        p = np.clip(np.asarray(predictions[i]), epsilon, 1 - epsilon)
        sums += -(t * np.log(p) + (1 - t) * np.log(1 - p)).sum(axis=(0, 1), dtype=np.float64)
    results.write_agreed(out, {"own keras": sums.sum() / predictions.size})


started.imported()
main(*sys.argv[1:])
