"""What rounding to levels leaves open: every pixel's loss at the better and at the worse end of what its level stands for."""

from dataclasses import replace

import numpy as np

from .expected import table
from .losses import APART, loss
from .reducing import reduced


def ends(scene, values):
    """The least and the most probability of each level."""
    top = 255 if scene.number == "levels8" else 65535
    level = values.astype(float)
    below, above = (0, 1) if scene.cut else (0.5, 0.5)
    low, high = np.clip((level - below) / top, 0, 1), np.clip((level + above) / top, 0, 1)
    if scene.cut:
        low = np.where(level == top, 1.0, low)
    return low, high


def bounds(scene, settings, measures, chains):
    """The least and the most of the last values of each loss by each of its chains."""
    if not scene.number.startswith("levels"):
        return {}
    out = {}
    for name, options in measures:
        if name not in APART or name == "one":
            continue
        # What was saved may have been of either type, by which log-loss clips.
        clips = [{"epsilon": e, **options} for e in (2.0**-23, 2.0**-52)] if name == "log-loss" else [options]
        smoothing = options.get("label_smoothing", 0)
        plain = replace(scene, number="float64" if name in ("log-loss", "brier") else "float32")

        def at(which, image):
            low, high = ends(scene, image.values)
            # A smoothed truth costs least at its own value, which may lie between the ends.
            valley = np.clip(np.where(image.truth, 1 - smoothing / 2, smoothing / 2), low, high)
            ways = [(way, p.astype(plain.number)) for way in clips for p in (low, high, valley)]
            return which.reduce([loss(plain, name, way, image, p) for way, p in ways]).ravel()

        least = table(scene, settings, lambda image: at(np.minimum, image))
        most = table(scene, settings, lambda image: at(np.maximum, image))
        for key, chain in chains.items():
            if any(step.operation == "score" or "sample-weights" in (step.by, step.times) for step in chain):
                continue
            tiles = any("tile" in step.axes for step in chain)
            out[name, key] = [reduced(base, chain, settings, tiles)[-1] for base in (least, most)]
    return out
