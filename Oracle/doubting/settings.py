"""Batches, weights and tiles: what pipeline.yml says besides files, measures and chains."""

import numpy as np

from .scene import any_of, kept


def weights(rng, scene, extreme):
    choices = (0, 1, 1, 2.5, 10, 0.125) + ((1e30, 1e-30) if extreme else ())
    made = [float(any_of(rng, *choices)) for _ in range(scene.classes)]
    return made if any(made) else [1.0] * scene.classes


def image_name(scene, place):
    """As the path captures it; the images of an array have numbers."""
    image = scene.images[place]
    if scene.form == "arrays":
        return f"{place:04d}"
    return f"{image.group}/{image.name}" if scene.grouped else image.name


def settings(rng, scene, root):
    """What the evaluator needs, and the same as keys of pipeline.yml."""
    keys, made = {}, {"samples": False, "drop": False}
    if rng.random() < 0.6:
        size = int(rng.integers(1, len(scene.images) + 2))
        keys["batch"] = {"size": size}
        if rng.random() < 0.4:
            made["drop"] = bool(rng.integers(2))
            keys["batch"]["drop_last"] = made["drop"]
        made["batch"] = size
    else:
        made["batch"] = len(scene.images)
    extreme = rng.random() < 0.05
    cw, pw = np.ones(scene.classes), np.ones(scene.classes)
    if rng.random() < 0.5:
        cw = np.array(weights(rng, scene, extreme))
        keys["weights"] = cw.tolist()
    if rng.random() < 0.4:
        pw = np.array(weights(rng, scene, extreme))
        keys["positive_weights"] = pw.tolist()
    made["class-weights"], made["positive-weights"] = cw, pw
    made["class-shares"] = cw / cw.sum() if cw.sum() else cw * np.nan
    own = sum(image.truth.reshape(scene.classes, -1).sum(1) for _, _, image in kept(scene, made)) if kept(scene, made) else 0
    with np.errstate(divide="ignore", invalid="ignore"):
        counted = sum(int(image.counts.sum()) for _, _, image in kept(scene, made))
        made["inverse-prevalence"] = np.where(own > 0, counted / np.asarray(own, float), 0) * np.ones(scene.classes)
    made["extreme"], made["positive given"] = extreme, "positive_weights" in keys
    made["tile"] = int(rng.integers(1, 9))
    keys["tile"] = made["tile"]
    samples = [np.ones(image.counts.shape) for image in scene.images]
    if rng.random() < 0.35:
        made["samples"] = True
        keys["sample_weight"] = {}
        if rng.random() < 0.5:
            each = [float(any_of(rng, 0, 1, 2, 0.5, 7)) for _ in scene.images]
            keys["sample_weight"]["images"] = "weights.csv"
            names = [image_name(scene, place) for place in range(len(each))]
            lines = [f"{name},{weight!r}\n" for name, weight in zip(names, each)]
            (root / "weights.csv").write_text("image,weight\n" + "".join(lines))
            samples = [s * w for s, w in zip(samples, each)]
        else:
            first = np.array(weights(rng, scene, False))
            keys["sample_weight"]["first_class"] = first.tolist()
            none = first[0]
            if rng.random() < 0.5:
                none = float(any_of(rng, 0, 1, 3))
                keys["sample_weight"]["no_class"] = none
            samples = [np.where(i.truth.any(0), first[np.argmax(i.truth, 0)], none) for i in scene.images]
    made["sample maps"] = samples
    return made, keys
