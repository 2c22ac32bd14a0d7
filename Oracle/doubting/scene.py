"""One random set of images: what is true, what is predicted, and how it is going to be saved."""

from dataclasses import dataclass, field

import numpy as np


@dataclass
class Image:
    """Truth and predictions of one image, classes first; `counts` is where the truth is not ignored."""

    name: str
    group: str
    truth: np.ndarray
    counts: np.ndarray
    values: np.ndarray | None = None  # probabilities or logits as the file holds them
    labels: np.ndarray | None = None  # a predicted label map, with numbers that may be no class
    decided: np.ndarray | None = None
    void: np.ndarray | None = None  # where the truth has the ignored label
    valid: np.ndarray | None = None  # the mask of the pixels that exist


@dataclass
class Scene:
    kind: str
    activation: str | None
    classes: int
    exclusive: bool
    number: str  # the type of the predicted numbers: levels8, levels16, float16, float32, float64, labels, masks
    form: str  # planes, array (one an image), arrays (one of all)
    axes: str
    truth_form: str  # map or masks
    ignore: int | None
    wild: bool
    grouped: bool
    masked: bool = False  # there are masks of the pixels that exist
    turned: str | None = None  # how the files of the predictions lie
    values: list[list[int]] | None = None  # the labels of each class in label maps
    cut: bool = False  # levels were cut and not rounded
    images: list[Image] = field(default_factory=list)
    thresholds: list[float] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


TURNS = {
    "transposed": lambda a: np.swapaxes(a, -1, -2),
    "upside-down": lambda a: a[..., ::-1, :],
    "mirrored": lambda a: a[..., ::-1],
    "rotated-left": lambda a: np.rot90(a, 1, (-2, -1)),
    "rotated-right": lambda a: np.rot90(a, -1, (-2, -1)),
    "rotated-half": lambda a: a[..., ::-1, ::-1],
    "antitransposed": lambda a: np.swapaxes(a[..., ::-1, ::-1], -1, -2),
}


def any_of(rng, *choices):
    return choices[int(rng.integers(len(choices)))]


def scene(rng) -> Scene:
    kind = any_of(rng, "labels", "probabilities", "probabilities", "logits")
    classes = int(rng.integers(1, 7))
    activation = None if kind == "labels" else any_of(rng, "sigmoid", "softmax")
    if classes == 1 and activation == "softmax":
        classes = 2
    form = any_of(rng, "planes", "array", "arrays")
    if kind == "labels":
        number = any_of(rng, "labels", "labels", "masks")
        exclusive = number == "labels"
        form = any_of(rng, "planes", "array", "arrays") if exclusive else "planes"
    else:
        exclusive = activation == "softmax"
        if kind == "logits" and form == "planes":
            form = "array"
        number = any_of(rng, "levels8", "levels16") if form == "planes" else any_of(rng, "float16", "float32", "float64")
    truth_form = "map" if number == "labels" else any_of(rng, "map", "masks")
    if classes == 1 and kind != "labels":
        truth_form = "masks"
    if number == "masks":
        truth_form = "masks"
    ignore = any_of(rng, None, 255, 200) if truth_form == "map" else None
    made = Scene(
        kind=kind, activation=activation, classes=classes, exclusive=exclusive, number=number, form=form,
        axes=any_of(rng, "HWC", "CHW"), truth_form=truth_form, ignore=ignore,
        wild=kind == "logits" and rng.random() < 0.15, grouped=bool(rng.random() < 0.15) and form != "arrays",
    )
    made.masked = form != "arrays" and rng.random() < 0.15
    if form != "arrays" and rng.random() < 0.2:
        made.turned = any_of(rng, *TURNS)
    if truth_form == "map" and rng.random() < 0.3:
        labels = [int(label) for label in rng.permutation(90)[: 2 * classes]]
        made.values = [labels[2 * c : 2 * c + any_of(rng, 1, 2)] for c in range(classes)]
    made.cut = number.startswith("levels") and rng.random() < 0.3
    made.names = [f"c{c}" for c in range(classes)]
    if rng.random() < 0.3:
        made.thresholds = [float(any_of(rng, 0.2, 0.4, 0.5, 0.6, 0.75, 1 / 3)) for _ in range(classes)]
        if rng.random() < 0.5:
            made.thresholds = made.thresholds[:1] * classes
    else:
        made.thresholds = [0.5] * classes
    count = int(rng.integers(1, 13))
    large = rng.random() < 0.15
    size = sides(rng, large)
    absent = rng.random(classes) < 0.2
    if absent.all():
        absent[0] = False
    for place in range(count):
        if form != "arrays":
            size = sides(rng, large)
        image = picture(rng, made, size, absent)
        image.name = f"i{place:02d}"
        image.group = "ab"[place * 2 // max(count, 1)] if made.grouped else ""
        made.images.append(image)
    return made


def sides(rng, large):
    if large:
        return int(rng.integers(1, 31)), int(rng.integers(1, 41))
    return int(rng.integers(1, 7)), int(rng.integers(1, 9))


def picture(rng, made, size, absent) -> Image:
    height, width = size
    there = np.flatnonzero(~absent)
    if made.truth_form == "map" or made.exclusive:
        labels = there[rng.integers(0, len(there), size)]
        if rng.random() < 0.3:
            labels[:] = there[rng.integers(len(there))]
        truth = np.stack([labels == c for c in range(made.classes)])
    else:
        truth = np.stack([(rng.random(size) < 0.4) & (not absent[c]) for c in range(made.classes)])
    counts = np.ones(size, bool)
    if made.ignore is not None:
        counts = rng.random(size) >= any_of(rng, 0, 0.2, 0.2, 0.5, 1)
    void, valid = ~counts, np.ones(size, bool)
    if made.masked:
        valid = rng.random(size) < any_of(rng, 0.8, 0.8, 0)
        counts = counts & valid
    truth = truth & counts
    image = Image("", "", truth, counts, void=void, valid=valid)
    right = truth if rng.random() < 0.7 else rng.random(truth.shape) < 0.3
    if made.number == "labels":
        image.labels = np.where(rng.random(size) < 0.6, np.argmax(right, 0), rng.integers(0, made.classes, size))
        if rng.random() < 0.2:
            image.labels[rng.random(size) < 0.2] = 99
        image.decided = np.stack([image.labels == c for c in range(made.classes)])
    elif made.number == "masks":
        image.decided = np.where(rng.random(truth.shape) < 0.7, right, rng.random(truth.shape) < 0.3)
    else:
        image.values = numbers(rng, made, right)
        image.decided = decisions(made, image.values)
    return image


def numbers(rng, made, right):
    """Numbers with ties, saturation and equal planes, rounded to what the file can hold."""
    shape = right.shape
    z = np.where(right, 1.5, -1.5) + rng.normal(0, 2, shape)
    if made.kind == "logits":
        z = np.where(rng.random(shape) < 0.1, 0.0, z)
        z = np.where(rng.random(shape) < 0.1, np.round(z), z)
        if rng.random() < 0.3:
            z = np.where(rng.random(shape) < 0.1, np.sign(z) * 40, z)
        if made.wild:
            big = 6e4 if made.number == "float16" else any_of(rng, 1e4, 1e15, 1e30, 1e38)
            z = np.where(rng.random(shape) < 0.1, np.where(rng.random(shape) < 0.5, big, -big), z)
        return z.astype(made.number)
    if made.exclusive:
        e = np.exp(z - z.max(0))
        p = e / e.sum(0)
        p[:, rng.random(shape[1:]) < 0.1] = 1 / shape[0]
        hard = rng.random(shape[1:]) < any_of(rng, 0, 0.1)
        p[:, hard] = np.eye(shape[0])[rng.integers(0, shape[0], hard.sum())].T
    else:
        p = 1 / (1 + np.exp(-z))
        for c in range(shape[0]):
            p[c] = np.where(rng.random(shape[1:]) < 0.1, made.thresholds[c], p[c])
        p = np.where(rng.random(shape) < 0.08, 0.0, p)
        p = np.where(rng.random(shape) < 0.08, 1.0, p)
    top = {"levels8": 255, "levels16": 65535}.get(made.number)
    if top:
        return np.rint(p * top).astype(np.uint8 if top == 255 else np.uint16)
    return p.astype(made.number)


def decisions(made, values, ties=False):
    """The most probable class, the first of equal ones; or what lies above the threshold, in the file's precision."""
    if ties and not made.exclusive:  # at a threshold of 0.5 only
        level = {"levels8": 127.5, "levels16": 32767.5}.get(made.number, 0.0 if made.kind == "logits" else 0.5)
        return values >= level
    if made.exclusive:
        return np.argmax(values, 0)[None] == np.arange(made.classes)[:, None, None]
    decided = np.zeros(values.shape, bool)
    for c, threshold in enumerate(made.thresholds):
        if made.kind == "logits":
            with np.errstate(over="ignore"):
                decided[c] = values[c].astype(float) > (0 if threshold == 0.5 else np.log(threshold / (1 - threshold)))
        elif made.number.startswith("levels"):
            decided[c] = values[c] / (255.0 if made.number == "levels8" else 65535.0) > threshold
        else:
            # In single precision, and in double where the file has it.
            real = np.float64 if made.number == "float64" else np.float32
            decided[c] = values[c].astype(real) > real(threshold)
    return decided


def kept(scene, settings):
    """The images in their batches; an incomplete last batch may be left out."""
    size, images = settings["batch"], list(enumerate(scene.images))
    if settings["drop"]:
        images = images[: len(images) // size * size]
    return [(place // size, place, image) for place, image in images]
