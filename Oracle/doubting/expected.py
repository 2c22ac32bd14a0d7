"""Everything that a run must say, computed in the plainest way."""

import numpy as np

from .losses import APART, JOINT, loss
from .reducing import Terms, reduced
from .scene import kept
from .scores import score, statistics


def table(scene, settings, values):
    """All terms of the run; `values` gives those of an image, classes first."""
    columns = {axis: [] for axis in ("batch", "image", "tile", "pixel", "class")}
    value, own, counts, samples = [], [], [], []
    for batch, place, image in kept(scene, settings):
        height, width = image.counts.shape
        y, x = np.mgrid[:height, :width]
        tile = (y // settings["tile"]) * 1000 + x // settings["tile"]
        shape = image.truth.shape
        columns["batch"].append(np.full(image.truth.size, batch))
        columns["image"].append(np.full(image.truth.size, place))
        columns["tile"].append(np.broadcast_to(tile, shape).ravel())
        columns["pixel"].append(np.broadcast_to(y * width + x, shape).ravel())
        columns["class"].append(np.repeat(np.arange(shape[0]), height * width))
        value.append(values(image))
        own.append(image.truth.ravel())
        counts.append(np.broadcast_to(image.counts, shape).ravel())
        samples.append(np.broadcast_to(settings["sample maps"][place], shape).ravel())
    join = np.concatenate
    return Terms({a: join(c) for a, c in columns.items()}, join(value), join(own), join(counts), join(samples).astype(float))


def reductions(scene, settings, measures, chains):
    """The steps of every measure by every chain of its kind."""
    out = {}
    for name, options in measures:
        is_loss = name in APART or name in JOINT
        if is_loss:
            base = table(scene, settings, lambda image: loss(scene, name, options, image).ravel())
        else:
            base = table(scene, settings, lambda image: np.full(image.truth.size, np.nan))
            images = [image for _, _, image in kept(scene, settings)]
            rows = np.concatenate([statistics(scene, image, options.get("ties")).reshape(-1, 9) for image in images])
        for key, chain in chains.items():
            ratio = any(step.operation == "score" for step in chain)
            if ratio == is_loss:
                continue
            tiles = any("tile" in step.axes for step in chain)
            if is_loss:
                out[name, key] = reduced(base, chain, settings, tiles)
            else:
                upward = name.startswith("soft") or name == "tversky"
                out[name, key] = reduced(base, chain, settings, tiles, upward, rows, (scene, name, options))
    return out


def counts(scene, images):
    """Per class: true, predicted and both, over these images."""
    total = np.zeros((scene.classes, 9))
    for image in images:
        total += (statistics(scene, image) * image.counts.reshape(1, -1, 1)).sum(1)
    return total


def class_scores(scene, s):
    return {name: score(scene, name, {}, s) for name in ("iou", "dice", "precision", "recall")}
