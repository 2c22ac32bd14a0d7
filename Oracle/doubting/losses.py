"""The loss at every pixel and class, as the table of measures says; NaN where there is no term.

Logarithms are in double precision; 1 − p is formed in that of the probabilities: docs/configuration.md, *measure*.
"""

import numpy as np

APART = ("bce", "tf-keras-bce", "torch-bce", "log-loss", "brier", "focal", "mse", "mae", "one")
JOINT = ("ce", "sparse-ce", "categorical-focal", "categorical-log-loss")


def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


def probabilities(scene, values):
    """In single precision, and as the file has them."""
    if scene.number == "levels8":
        return values.astype(np.float32) / np.float32(255), values / 255.0
    if scene.number == "levels16":
        return values.astype(np.float32) / np.float32(65535), values / 65535.0
    if scene.kind == "logits":
        z = values.astype(float)
        p = sigmoid(z) if not scene.exclusive else np.exp(z - z.max(0)) / np.exp(z - z.max(0)).sum(0)
        return p.astype(np.float32), p if scene.number == "float64" else p.astype(np.float32).astype(float)
    return values.astype(np.float32), values.astype(float)


def clipped(p, epsilon):
    e = p.dtype.type(epsilon)
    return np.clip(p, e, p.dtype.type(1) - e)


def log(p):
    with np.errstate(divide="ignore"):
        return np.log(p.astype(float))


def loss(scene, measure, options, image, values=None):
    """Values of shape (class, y, x)."""
    values = image.values if values is None else values
    t = image.truth
    if measure == "one":
        return np.ones(t.shape)
    p, exact = probabilities(scene, values)
    logits = scene.kind == "logits" and not options.get("clip_logits")
    if measure in APART and scene.exclusive:
        logits = False  # of a softmax the framework has probabilities
    single = measure in ("bce", "tf-keras-bce", "focal") and not options.get("double")
    if scene.number == "float64" and scene.kind == "probabilities" and not single:
        p = exact  # the precision of the file
    if measure in JOINT:
        return joint(scene, measure, options, t, p, exact, values, logits)
    return apart(measure, options, t, p, exact, values.astype(float), logits, scene)


def softened(t, options):
    s = options.get("label_smoothing", 0)
    return t * (1 - s) + s / 2


def apart(measure, options, t, p, exact, z, logits, scene):
    epsilon, one = options.get("epsilon", 1e-7), p.dtype.type(1)
    if measure == "mse":
        return (t.astype(p.dtype) - p).astype(float) ** 2
    if measure == "mae":
        return np.abs(t.astype(p.dtype) - p).astype(float)
    if measure == "brier":
        return (exact - t) ** 2
    if measure == "log-loss":
        smallest = options.get("epsilon", 2.0**-52 if scene.number in ("float64", "levels8", "levels16") else 2.0**-23)
        q = np.clip(exact, smallest, 1 - smallest)
        return -np.where(t, np.log(q), np.log(1 - q))
    if measure == "torch-bce":
        q = p if "epsilon" not in options else clipped(p, options["epsilon"])
        with np.errstate(divide="ignore"):
            other = np.log1p(-q.astype(float))  # as PyTorch has it
        return -np.where(t, np.maximum(log(q), -100), np.maximum(other, -100))
    q = clipped(p, epsilon)
    if measure in ("bce", "tf-keras-bce") and logits:
        soft = softened(t, options)
        return np.maximum(z, 0) - z * soft + np.log1p(np.exp(-np.abs(z)))
    if measure == "tf-keras-bce":
        e = p.dtype.type(epsilon)
        return -np.where(t, log(q + e), log((one + e) - q))
    if measure == "bce":
        soft = softened(t, options)
        return -(soft * log(q) + (1 - soft) * log(one - q))
    if measure == "focal":
        gamma, alpha = options.get("gamma", 2), options.get("alpha")
        if logits:
            signed = np.where(t, z, -z)
            value = sigmoid(-signed) ** gamma * (np.maximum(-signed, 0) + np.log1p(np.exp(-np.abs(signed))))
        else:
            missed = one - np.where(t, p, one - p)  # only the logarithm is clipped
            value = missed.astype(float) ** gamma * -np.where(t, log(q), log(one - q))
        return value if alpha is None else value * np.where(t, alpha, 1 - alpha)
    raise ValueError(measure)


def joint(scene, measure, options, t, p, exact, z, logits):
    """A term at a pixel's true class only."""
    epsilon, one = options.get("epsilon", 1e-7), p.dtype.type(1)
    if measure == "categorical-log-loss":
        smallest = options.get("epsilon", 2.0**-52 if scene.number in ("float64", "levels8", "levels16") else 2.0**-23)
        value = -np.log(np.clip(exact, smallest, 1 - smallest))
    elif logits:
        z = z.astype(float)
        top = z.max(0)
        value = (top - z) + np.log(np.exp(z - top).sum(0))
        if measure == "categorical-focal":
            value = options.get("alpha", 1) * (-np.expm1(-value)) ** options.get("gamma", 2) * value
    elif measure == "sparse-ce":
        q = clipped(p, epsilon).astype(float)
        value = -np.log(q / q.sum(0))
    else:
        with np.errstate(invalid="ignore", divide="ignore"):
            q = clipped((p.astype(float) / p.astype(float).sum(0)).astype(p.dtype), epsilon)
        value = -log(q)
        if measure == "categorical-focal":
            value = options.get("alpha", 1) * (one - q).astype(float) ** options.get("gamma", 2) * value
    return np.where(t, value, np.nan)
