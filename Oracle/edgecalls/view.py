"""A set as its frameworks see it: arrays channels last, tensors channels first, batches."""

import numpy as np
import torch

from edgecalls.sets import VOID, Edge


def symbols(edge: Edge) -> dict:
    """P, X: probabilities (in the precision of the file) and logits, (N,H,W,C); T: truth as 0 and 1, where
    an ignored pixel has no class; Y: labels, 255 where ignored; p, x, t, y: the same as tensors,
    (N,C,H,W); am: the arg max of the prediction; hard: the decisions, above the threshold; B: the
    batches as slices; loop(f): the mean of f over them; w, pw: class and positive weights, 1 each
    where the set has none; sw: sample weights that spread over (N,H,W)."""
    raw = edge.predictions
    classes = len(edge.classes)
    X = raw if edge.kind == "logits" else None
    x = None if X is None else channels_first(X)
    if edge.kind == "labels":
        p = None
    elif X is not None:
        p = x.softmax(1) if edge.is_exclusive else x.sigmoid()
    else:
        p = channels_first(levels(raw))
    y = torch.from_numpy(edge.truth.astype("i8")) if edge.is_exclusive else None
    t = one_hot(y, classes) if edge.is_exclusive else channels_first(edge.truth)
    if p is None:
        am = torch.from_numpy(raw.astype("i8"))
    else:
        am = (p if x is None else x).argmax(1)
    hard = one_hot(am, classes).long() if edge.is_exclusive else (p > edge.threshold).long()
    batches = [slice(k, k + edge.batch) for k in range(0, len(raw), edge.batch)]

    def loop(f):
        return torch.stack([torch.as_tensor(f(b)) for b in batches]).mean()

    if p is None:
        P = None
    else:
        P = channels_last(p) if edge.kind == "logits" else levels(raw)
    real = torch.float32 if p is None else p.dtype
    return {
        "np": np, "torch": torch, "nn": torch.nn, "edge": edge, "N": len(raw), "C": classes,
        "thr": edge.threshold, "size": edge.batch, "B": batches, "loop": loop,
        "P": P, "X": X, "T": channels_last(t.float()), "Y": edge.truth.astype("i8"),
        "p": p, "x": x, "t": t.to(real), "y": y, "am": am, "hard": hard,
        "w": torch.tensor(edge.weights or [1.0] * classes, dtype=real),
        "pw": torch.tensor(edge.positive_weights or [1.0] * classes, dtype=real),
        "sw": sample_weights(edge),
    }


def levels(array):
    """What levels stand for, in single precision."""
    if array.dtype.kind != "u":
        return array
    return array.astype("f4") / np.float32(np.iinfo(array.dtype).max)


def channels_first(array):
    """Half precision is widened, as everyone does who computes on a CPU."""
    if array.dtype == np.float16:
        array = array.astype("f4")
    return torch.from_numpy(np.ascontiguousarray(array.transpose(0, 3, 1, 2)))


def channels_last(tensor):
    return np.ascontiguousarray(tensor.permute(0, 2, 3, 1).numpy())


def one_hot(labels, classes):
    """Rows of zeros where a label is ignored."""
    full = torch.nn.functional.one_hot(labels.clamp(max=classes), classes + 1)
    return full[..., :classes].permute(0, 3, 1, 2)


def sample_weights(edge: Edge):
    if edge.image_weights:
        return np.array(edge.image_weights, "f4")[:, None, None]
    if edge.first_class:
        return np.array(edge.first_class, "f4")[edge.truth.argmax(-1)]
    return None
