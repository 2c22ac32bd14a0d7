"""Tiny sets of predictions, each with one edge on which frameworks have a rule of their own."""

from dataclasses import dataclass, field

import numpy as np

VOID = 255


@dataclass
class Edge:
    """Predictions and truth of a few images, and what a pipeline.yml says of them."""

    name: str
    why: str
    predictions: np.ndarray
    truth: np.ndarray
    kind: str = "probabilities"
    activation: str = "sigmoid"
    batch: int = 2
    threshold: float = 0.5
    weights: list = field(default_factory=list)
    positive_weights: list = field(default_factory=list)
    image_weights: list = field(default_factory=list)
    first_class: list = field(default_factory=list)
    # Another label than VOID; the classes are then those from 1.
    ignore: int | None = None
    # Those that are asked of a set of which one makes the others impossible.
    presets: list = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        if self.kind == "labels":
            return ["a", "b", "c"]
        return list("abcde"[: self.predictions.shape[-1]])

    @property
    def is_exclusive(self) -> bool:
        return self.activation == "softmax"

    @property
    def ignores(self) -> bool:
        return self.is_exclusive and bool((self.truth == VOID).any())


def generator(seed: int) -> np.random.Generator:
    return np.random.default_rng([20261129, seed])


def masks(rng, n=4, c=3, size=6):
    """Truth and probabilities of independent classes, neither of them trivial."""
    truth = (rng.random((n, size, size, c)) < np.linspace(0.5, 0.2, c)).astype("u1")
    logits = rng.normal(0, 1.3, truth.shape) + 1.6 * (2.0 * truth - 1)
    return truth, sigmoid(logits), logits.astype("f4")


def labels(rng, n=4, c=3, size=6):
    """The same of exclusive classes."""
    shares = np.array([0.5, 0.3, 0.2, 0.1][:c])
    truth = rng.choice(c, (n, size, size), p=shares / shares.sum()).astype("u1")
    logits = rng.normal(0, 1.1, (*truth.shape, c)) + 1.5 * np.eye(c)[truth]
    return truth, softmax(logits), logits.astype("f4")


def sigmoid(x):
    return (1 / (1 + np.exp(-x))).astype("f4")


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return (e / e.sum(-1, keepdims=True)).astype("f4")


def all_sets() -> list[Edge]:
    return [
        *plain(), *ties(), *absent(), *ignored(), *batches(), *precisions(), *quantised(),
        *saturated(), *rows(), *overlapping(), *nothing(), *weighted(), *extreme(), *label_maps(),
        *many(), *disjoint(),
    ]


def plain():
    """Nothing special: what differs here differs everywhere."""
    t, p, x = masks(generator(0))
    yield Edge("plain-masks", "no edge, independent probabilities", p, t)
    yield Edge("plain-mask-logits", "no edge, independent logits", x, t, kind="logits")
    t, p, x = labels(generator(1))
    yield Edge("plain-labels", "no edge, exclusive probabilities", p, t, activation="softmax")
    yield Edge("plain-label-logits", "no edge, exclusive logits", x, t, "logits", "softmax")


def ties():
    rng = generator(2)
    t, _, _ = masks(rng)
    p = rng.choice([0.125, 0.25, 0.5, 0.5, 0.75, 0.875], t.shape).astype("f4")
    yield Edge("tie-probabilities", "a third of the probabilities is exactly the threshold", p, t)
    x = rng.choice([-2.0, 0.0, 2.0], t.shape).astype("f4")
    yield Edge("tie-logits", "a third of the logits is 0", x, t, kind="logits")
    levels = rng.choice([20, 51, 51, 128, 230], t.shape).astype("u1")
    yield Edge("tie-levels", "levels of 51 / 255 at a threshold of 0.2", levels, t, threshold=0.2)
    t, _, _ = labels(rng)
    p = rng.choice([0.25, 0.5], (*t.shape, 3)).astype("f4")
    p /= p.sum(-1, keepdims=True)
    yield Edge("tie-labels", "several classes are the most probable", p, t, activation="softmax")


def absent():
    """Class b is never true, never predicted, or neither."""
    for seed, name in enumerate(("never-true", "never-predicted", "neither")):
        t, p, x = masks(generator(10 + seed))
        if name != "never-predicted":
            t[..., 1] = 0
        if name != "never-true":
            p[..., 1] = np.minimum(p[..., 1], 0.3)
        yield Edge(f"{name}-masks", f"a class is {name.replace('-', ' ')}", p, t)
        t, p, x = labels(generator(20 + seed))
        if name != "never-predicted":
            t[t == 1] = 0
        if name != "never-true":
            x[..., 1] = x.min(-1) - 1
        yield Edge(f"{name}-labels", f"a class is {name.replace('-', ' ')}", x, t, "logits", "softmax")


def ignored():
    t, p, x = labels(generator(30), n=6)
    t[generator(31).random(t.shape) < 0.25] = VOID
    yield Edge("ignored-pixels", "a quarter of the pixels is ignored", x, t, "logits", "softmax")
    yield Edge(
        "ignored-pixels-probabilities", "the same of probabilities", p, t, activation="softmax")
    t = t.copy()
    t[3] = VOID
    yield Edge("ignored-image", "an image is ignored as a whole", x, t, "logits", "softmax")
    t = t.copy()
    t[2:4] = VOID
    yield Edge("ignored-batch", "a batch is ignored as a whole", x, t, "logits", "softmax")
    yield Edge(
        "ignored-batch-probabilities", "the same of probabilities", p, t, activation="softmax")


def batches():
    t, p, x = masks(generator(40), n=5)
    yield Edge("short-batch-masks", "the last batch has one image of two", p, t)
    yield Edge("short-batch-mask-logits", "the same of logits", x, t, kind="logits")
    t, p, x = labels(generator(41), n=5)
    yield Edge("short-batch-labels", "the same of exclusive classes", x, t, "logits", "softmax")
    t, p, x = masks(generator(42), n=1)
    yield Edge("one-image-masks", "one image", p, t)
    t, p, x = labels(generator(43), n=1)
    yield Edge("one-image-labels", "one image", x, t, "logits", "softmax")
    t, p, x = labels(generator(44), c=2)
    yield Edge("two-classes", "two exclusive classes", x, t, "logits", "softmax")
    t, p, x = masks(generator(45), c=1)
    yield Edge("one-class", "one class, yes or no", p, t)
    yield Edge("one-class-logits", "the same of logits", x, t, kind="logits")


def many():
    """Thirty images of nine pixels, most of which lack a class."""
    t, p, x = masks(generator(46), n=30, size=3)
    t[..., 2] *= generator(47).random((30, 1, 1)) < 0.3
    yield Edge("many-masks", "thirty small images, of which most lack a class", p, t, batch=4)
    t, p, x = labels(generator(48), n=30, size=3)
    yield Edge("many-labels", "the same of exclusive classes", x, t, "logits", "softmax", batch=4)


def disjoint():
    """Masks of which every pixel has just one, as a loss of several classes takes them."""
    t, _, x = labels(generator(49), n=5)
    yield Edge(
        "disjoint-mask-logits", "one class a pixel, and a sigmoid a class",
        x, np.eye(3, dtype="u1")[t], kind="logits",
        presets=["smp.FocalLoss", "smp.FocalLoss.multiclass", "smp-0.5.FocalLoss.multiclass"])
    t, _, x = labels(generator(120), n=3, c=4)
    yield Edge(
        "disjoint-mask-logits-4", "the same of four classes", x, np.eye(4, dtype="u1")[t],
        kind="logits",
        presets=["smp.FocalLoss", "smp.FocalLoss.multiclass", "smp-0.5.FocalLoss.multiclass"])


def precisions():
    for seed, kind in enumerate(("f2", "f8")):
        name = f"float{8 * int(kind[1])}"
        t, p, x = masks(generator(50 + seed))
        p = p.astype(kind)
        p[0, 0, 0], p[1, 2, 3, 0], p[1, 2, 4, 1] = (1e-4, 0.9995, 1), 1, 0
        yield Edge(f"{name}-masks", f"a file of {name}, some of it saturated", p, t)
        yield Edge(f"{name}-mask-logits", f"a file of {name}", x.astype(kind), t, kind="logits")
        t, p, x = labels(generator(55 + seed))
        p = p.astype(kind)
        p[0, 0, 0], p[1, 2, 3] = (0, 0.0005, 0.9995), (0, 0, 1)
        t[0, 0, 0], t[1, 2, 3] = 0, 0
        yield Edge(
            f"{name}-labels", f"a file of {name}, some of it saturated", p, t, activation="softmax")
        yield Edge(f"{name}-label-logits", f"a file of {name}", x.astype(kind), t, "logits", "softmax")


def quantised():
    """Levels as PNG files have them, 0 and the highest among them."""
    for seed, kind in enumerate(("u1", "u2")):
        top, name = np.iinfo(kind).max, f"{8 * int(kind[1])}-bit"
        t, p, _ = masks(generator(58 + seed))
        p[0, 0, 0], p[1, 2, 3, 0] = (1e-4, 0.9995, 1), 0
        yield Edge(f"levels-{name}-masks", f"{name} levels", (p * top).round().astype(kind), t)
        t, p, _ = labels(generator(62 + seed))
        p[0, 0, 0] = 0, 0.001, 0.999
        yield Edge(
            f"levels-{name}-labels", f"{name} levels of a softmax", (p * top).round().astype(kind),
            t, activation="softmax")


def saturated():
    rng = generator(60)
    t, p, _ = masks(rng)
    yield Edge("saturated-masks", "probabilities of 0 and 1 alone", (p > 0.5).astype("f4"), t)
    t, p, _ = labels(rng)
    one_hot = np.eye(3, dtype="f4")[p.argmax(-1)]
    yield Edge("saturated-labels", "the same", one_hot, t, activation="softmax")


def rows():
    rng = generator(70)
    t, p, _ = labels(rng)
    scale = rng.choice([0.5, 0.8, 1.0], (*t.shape, 1)).astype("f4")
    yield Edge(
        "rows-not-one", "probabilities that do not sum to 1", p * scale, t, activation="softmax")
    p = p.copy()
    p[rng.random(t.shape) < 0.1] = 0
    yield Edge("rows-of-zeros", "pixels without any probability", p, t, activation="softmax")


def overlapping():
    t, p, x = masks(generator(80), n=5)
    t[1], p[1] = 0, np.minimum(p[1], 0.4)
    t[2], p[3] = 0, np.minimum(p[3], 0.4)
    t[3, ..., 0] = 1
    yield Edge(
        "empty-masks", "an empty image, one with false alarms alone, one with misses alone", p, t)


def nothing():
    """Nothing true anywhere, nothing predicted, neither; nothing but one label; nothing that counts."""
    t, p, x = masks(generator(81))
    low = (p * 0.4).astype("f4")
    yield Edge("nothing-true-masks", "no class is true anywhere", p, np.zeros_like(t))
    yield Edge("nothing-predicted-masks", "no class is predicted anywhere", low, t)
    yield Edge("nothing-masks", "no class is true or predicted", low, np.zeros_like(t))
    t, p, x = labels(generator(82))
    t[:], x[..., 0] = 0, x.max(-1) + 1
    yield Edge(
        "one-label-everywhere", "one class is everywhere and predicted everywhere", x, t, "logits",
        "softmax")
    yield Edge(
        "all-ignored", "every pixel is ignored", x, np.full_like(t, VOID), "logits", "softmax")


def weighted():
    w = [0.0, 1.0, 5.0]
    t, p, x = masks(generator(90), n=6)
    yield Edge(
        "weights-masks", "weights, and a batch whose images weigh 0", p, t, weights=w,
        image_weights=[1, 2, 0, 0, 0.5, 3])
    yield Edge(
        "weights-mask-logits", "weights of logits", x, t, kind="logits", weights=w,
        positive_weights=[1, 2, 10], image_weights=[1, 2, 0, 0, 0.5, 3])
    yield Edge(
        "weights-first-class", "weights looked up at the first class", p, t,
        weights=w, first_class=[1, 3, 10])
    yield Edge("weights-foreground", "the first class weighs 0", p, t, weights=[0, 1, 1])
    t, p, x = labels(generator(91), n=6)
    yield Edge("weights-labels", "class weights", x, t, "logits", "softmax", weights=[0.5, 1, 5])
    yield Edge(
        "weights-foreground-labels", "the first class weighs 0", x, t, "logits", "softmax",
        weights=[0, 1, 1])
    t = t.copy()
    t[2:4] = 0
    yield Edge(
        "weights-zero-batch", "a batch whose class weighs 0", x, t, "logits", "softmax", weights=w)
    complete, t = t, t.copy()
    t[generator(92).random(t.shape) < 0.25] = VOID
    yield Edge(
        "weights-ignored", "class weights and ignored pixels", x, t, "logits", "softmax",
        weights=[0.5, 1, 5])
    yield Edge(
        "weights-ignored-images", "weights of images and ignored pixels", p, t,
        activation="softmax", image_weights=[1, 2, 0, 0, 0.5, 3])
    yield Edge(
        "weights-labels-images", "weights of images, a batch of 0", p, complete, activation="softmax",
        image_weights=[1, 2, 0, 0, 0.5, 3])


# Label smoothing is infinite where a logit is, and `presets: all` asks for it.
FINITE = [
    "torch.CrossEntropyLoss", "torch.CrossEntropyLoss.dataset",
    "torch.CrossEntropyLoss.probabilities", "keras.categorical_crossentropy",
    "keras.categorical_crossentropy.from_logits", "keras.sparse_categorical_crossentropy",
    "keras.sparse_categorical_crossentropy.ignore_class", "keras-3.0.categorical_crossentropy",
    "tf.keras.categorical_crossentropy", "monai.DiceCELoss", "monai.FocalLoss.softmax",
    "smp.SoftCrossEntropyLoss", "mmseg.CrossEntropyLoss", "ultralytics.ce_loss", "nnunet.loss",
    "sklearn.log_loss.multiclass", "smp.iou_score.macro",
]


def extreme():
    rng = generator(100)
    t, _, x = masks(rng)
    yield Edge("extreme-mask-logits", "logits up to 200", scaled(rng, x), t, kind="logits")
    t, _, x = labels(rng)
    yield Edge("extreme-label-logits", "logits up to 200", scaled(rng, x), t, "logits", "softmax")
    t, _, x = labels(generator(101))
    x[(rng.random(x.shape) < 0.2) & (np.eye(3)[t] == 0)] = -np.inf
    yield Edge(
        "minus-infinity-labels", "logits of minus infinity, none of a true class", x, t, "logits",
        "softmax", presets=FINITE)
    t, p, _ = masks(generator(102))
    p[0, 0, 0, 0], t[0, 0, 0, 0] = np.float32(1 + 5e-7), 1
    yield Edge("outside-masks", "one probability is 5e-7 above 1", p, t)


def label_maps():
    t, _, x = labels(generator(110), n=5)
    y = x.argmax(-1).astype("u1")
    yield Edge("label-maps", "predicted label maps", y, t, "labels", "softmax")
    yield Edge(
        "ignored-class", "the ignored label is one of the framework's classes", y, t, "labels",
        "softmax", ignore=0)
    t = t.copy()
    t[generator(111).random(t.shape) < 0.2] = VOID
    yield Edge("label-maps-ignored", "the same, pixels ignored", y, t, "labels", "softmax")
    y = y.copy()
    y[generator(112).random(t.shape) < 0.15] = 3
    yield Edge(
        "label-maps-unlisted", "labels are predicted that no class has", y, t, "labels", "softmax")


def scaled(rng, x):
    return (x * rng.choice([1, 10, 60], x.shape)).clip(-200, 200).astype("f4")
