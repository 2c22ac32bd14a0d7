"""The predictions and truths that every trainer is given.

40 images of 8 × 8 pixels and three classes, in batches of 16, 16 and 8. All numbers come from an integer
formula and are multiples of 1/16, which single precision holds exactly. Later images are harder, so that
the losses of the batches differ and every way to combine them prints another number.
"""

from dataclasses import dataclass

import numpy as np

IMAGES, SIDE, CLASSES = 40, 8, 3
BATCH = 16
BATCHES = [slice(0, 16), slice(16, 32), slice(32, 40)]
IGNORED = 255


@dataclass
class Set:
    name: str
    what: str
    logits: np.ndarray  # (N,H,W,C) float32
    labels: np.ndarray  # (N,H,W) int64

    @property
    def planes(self) -> np.ndarray:
        """The logits with the classes first, as PyTorch has them."""
        return np.ascontiguousarray(np.moveaxis(self.logits, -1, 1))


def scattered(numbers: np.ndarray) -> np.ndarray:
    """Whole numbers from 0 to 4095 without an order, the same on every machine."""
    return ((numbers.astype(np.uint64) * 2654435761) % 2**32) >> 20


def logits_and_labels():
    pixel = np.arange(IMAGES * SIDE * SIDE).reshape(IMAGES, SIDE, SIDE)
    tenth = scattered(pixel + 1) % 10
    labels = np.where(tenth < 6, 0, np.where(tenth < 9, 1, 2)).astype(np.int64)
    noise = (scattered(3 * pixel[..., None] + np.arange(CLASSES) + 7001) % 65).astype(np.int64) - 32
    image = np.arange(IMAGES)[:, None, None, None]
    known = (np.arange(CLASSES) == labels[..., None]) * 2 * (32 - image)
    return ((noise + known) / 16).astype(np.float32), labels


def all_sets() -> dict[str, Set]:
    logits, labels = logits_and_labels()
    void = labels.copy()
    void[BATCHES[1]] = IGNORED
    # 0, 3 and 8 of ten pixels, by batch: a mean over the counted pixels is another number.
    tenth = scattered(np.arange(labels.size).reshape(labels.shape) + 90001) % 10
    share = np.repeat([0, 3, 8], [16, 16, 8])[:, None, None]
    partly = np.where(tenth < share, IGNORED, labels)
    found = [
        Set("plain", "no pixel is ignored", logits, labels),
        Set("partly-ignored", "of the batches 0, 3 and 8 of ten pixels are ignored (255)", logits, partly),
        Set("ignored-batch", "all pixels of the second batch are ignored (255)", logits, void),
    ]
    return {each.name: each for each in found}
