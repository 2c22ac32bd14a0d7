"""Asks the frameworks for their losses against a soft truth.

    python Oracle/soft_truth.py Tests/UnmaskTests/SoftTruth/oracle.json

The file holds the versions, small planes as whole numbers (images, rows, columns, classes) and what each
call prints, by the id of the preset. Truths are multiples of 1/4, probabilities of 1/256 and logits of 1/16,
so that all of them are exact in single precision. The shares of `exclusive` sum to 1 at each pixel; a pixel
has a vote of every annotator, who saw one class each. Needs Keras on PyTorch, MONAI and smp.
"""

import importlib.util
import json
import os
import sys
import types

os.environ.setdefault("KERAS_BACKEND", "torch")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import keras
import monai
import numpy as np
import torch
from keras import losses as kl
from monai import losses as ml
from torch import nn

SHAPE = (5, 6, 7, 3)
BATCH = 2
# Of the classes, and of their own pixels.
WEIGHTS = [1.0, 2.0, 0.5]


def smp_losses():
    """smp's losses without the models, which need torchvision and timm."""
    found = importlib.util.find_spec("segmentation_models_pytorch")
    root = os.path.dirname(found.origin)
    package = types.ModuleType("segmentation_models_pytorch")
    package.__path__ = [root]
    sys.modules["segmentation_models_pytorch"] = package
    from importlib.metadata import version

    return importlib.import_module("segmentation_models_pytorch.losses"), version(
        "segmentation_models_pytorch")


def planes():
    rng = np.random.default_rng(7)
    independent = rng.integers(0, 5, SHAPE)
    independent[..., 2] *= rng.integers(0, 8, SHAPE[:3]) == 0
    # A class of which no more than one annotator is ever sure, and that nobody saw in one image.
    independent[..., 2] = np.minimum(independent[..., 2], 1)
    independent[1, ..., 2] = 0
    exclusive = np.zeros(SHAPE, int)
    for _ in range(4):
        vote = rng.integers(0, 3, SHAPE[:3])
        exclusive += np.eye(3, dtype=int)[vote]
    probabilities = rng.integers(1, 256, SHAPE)
    logits = rng.integers(-64, 65, SHAPE)
    return independent, exclusive, probabilities, logits


def first(x):
    """Channels first, as a tensor."""
    return torch.tensor(np.moveaxis(x, -1, 1).copy())


def batches(call, t, *others):
    """The mean over a loop's batches, each alike, and that weighted by their images, as Keras prints it."""
    values, sizes = [], []
    for start in range(0, len(t), BATCH):
        part = slice(start, start + BATCH)
        values.append(float(call(t[part], *(x[part] for x in others))))
        sizes.append(len(t[part]))
    return float(np.mean(values)), float(np.average(values, weights=sizes))


def main(path):
    sl, smp_version = smp_losses()
    independent, exclusive, levels, sixteenths = planes()
    t, y = (x.astype("f4") / 4 for x in (independent, exclusive))
    p, z = levels.astype("f4") / 256, sixteenths.astype("f4") / 16
    tt, yy, pp, zz = first(t), first(y), first(p), first(z)
    w = torch.tensor(WEIGHTS)
    column = w[:, None, None]

    def each(call):  # keras: (truth, prediction)
        return lambda truth, found: batches(lambda a, b: call(a, b), truth, found)[1]

    def loop(call):  # torch: (prediction, truth)
        return lambda truth, found: batches(lambda a, b: call(b, a), truth, found)[0]

    def whole(call):
        return lambda truth, found: float(call(found, truth))

    results = []

    def ask(set_name, rows, truth, found):
        for name, call in rows.items():
            results.append({"set": set_name, "id": name, "value": call(truth, found)})

    ask("probabilities", {
        "keras.binary_crossentropy": each(kl.BinaryCrossentropy()),
        "keras.binary_crossentropy.label_smoothing": each(kl.BinaryCrossentropy(label_smoothing=0.1)),
        "keras.dice": each(kl.Dice()),
        "keras.dice.axis-1-2": each(lambda a, b: np.mean(
            keras.ops.convert_to_numpy(kl.Dice(axis=(1, 2), reduction=None)(a, b)))),
        "keras.tversky": each(kl.Tversky(alpha=0.5, beta=0.5)),
        "keras.tversky.axis-1-2": each(lambda a, b: np.mean(keras.ops.convert_to_numpy(
            kl.Tversky(alpha=0.7, beta=0.3, axis=(1, 2), reduction=None)(a, b)))),
    }, t, p)
    ask("probabilities", {
        "torch.BCELoss": loop(nn.BCELoss()),
        "torch.BCELoss.dataset": whole(nn.BCELoss()),
        "torch.BCELoss.sum": whole(nn.BCELoss(reduction="sum")),
        "torch.BCELoss.weight": whole(nn.BCELoss(weight=column)),
        "monai.DiceLoss": whole(ml.DiceLoss()),
        "monai.DiceLoss.sum": whole(ml.DiceLoss(reduction="sum")),
        "monai.DiceLoss.batch": whole(ml.DiceLoss(batch=True)),
        "monai.DiceLoss.squared": whole(ml.DiceLoss(squared_pred=True)),
        "monai.DiceLoss.jaccard": whole(ml.DiceLoss(jaccard=True)),
        "monai.DiceLoss.weight": whole(ml.DiceLoss(weight=w)),
        "monai.TverskyLoss": whole(ml.TverskyLoss()),
        "monai.TverskyLoss.alpha-0.7": whole(ml.TverskyLoss(alpha=0.7, beta=0.3)),
        "monai.GeneralizedDiceLoss": whole(ml.GeneralizedDiceLoss()),
        "monai.GeneralizedDiceLoss.simple": whole(ml.GeneralizedDiceLoss(w_type="simple")),
        "smp.DiceLoss": whole(sl.DiceLoss("multilabel", from_logits=False)),
        "smp.DiceLoss.smooth": whole(sl.DiceLoss("multilabel", from_logits=False, smooth=1)),
        "smp.DiceLoss.log": whole(sl.DiceLoss("multilabel", from_logits=False, log_loss=True)),
        "smp.JaccardLoss": whole(sl.JaccardLoss("multilabel", from_logits=False)),
        "smp.TverskyLoss": whole(sl.TverskyLoss("multilabel", from_logits=False)),
        "smp.TverskyLoss.alpha-0.7": whole(
            sl.TverskyLoss("multilabel", from_logits=False, alpha=0.7, beta=0.3)),
        # By a measure and a chain, not by a preset: what MONAI has for soft labels.
        "soft-dice(min)": whole(ml.DiceLoss(soft_label=True)),
    }, tt, pp)
    ask("logits", {
        "keras.binary_crossentropy.from_logits": each(kl.BinaryCrossentropy(from_logits=True)),
    }, t, z)
    ask("logits", {
        "torch.BCEWithLogitsLoss": loop(nn.BCEWithLogitsLoss()),
        "torch.BCEWithLogitsLoss.pos_weight": loop(nn.BCEWithLogitsLoss(pos_weight=column)),
        "torch.BCEWithLogitsLoss.sum": whole(nn.BCEWithLogitsLoss(reduction="sum")),
        "smp.SoftBCEWithLogitsLoss": whole(sl.SoftBCEWithLogitsLoss()),
        "smp.SoftBCEWithLogitsLoss.pos_weight": whole(sl.SoftBCEWithLogitsLoss(pos_weight=column)),
        "smp.SoftBCEWithLogitsLoss.sum": whole(sl.SoftBCEWithLogitsLoss(reduction="sum")),
        "smp.SoftBCEWithLogitsLoss.smooth": whole(sl.SoftBCEWithLogitsLoss(smooth_factor=0.1)),
    }, tt, zz)
    ask("exclusive", {
        "keras.categorical_crossentropy": each(kl.CategoricalCrossentropy()),
        "keras.categorical_crossentropy.label_smoothing": each(
            kl.CategoricalCrossentropy(label_smoothing=0.1)),
        "keras.categorical_focal_crossentropy": each(
            kl.CategoricalFocalCrossentropy(alpha=0.25, gamma=2)),
    }, y, p)
    ask("exclusive-logits", {
        "keras.categorical_crossentropy.from_logits": each(
            kl.CategoricalCrossentropy(from_logits=True)),
    }, y, z)
    ask("exclusive-logits", {
        "torch.CrossEntropyLoss.probabilities": loop(nn.CrossEntropyLoss(weight=w)),
    }, yy, zz)

    oracle = {
        "versions": {
            "keras": keras.__version__, "torch": torch.__version__, "monai": monai.__version__,
            "segmentation_models_pytorch": smp_version, "numpy": np.__version__,
        },
        "shape": SHAPE, "batch": BATCH, "weights": WEIGHTS,
        "independent_quarters": independent.ravel().tolist(),
        "exclusive_quarters": exclusive.ravel().tolist(),
        "probability_256ths": levels.ravel().tolist(),
        "logit_16ths": sixteenths.ravel().tolist(),
    }
    with open(path, "w") as file:
        text = json.dumps(oracle)[:-1]
        rows = ",\n".join(json.dumps(row) for row in results)
        file.write(f'{text},\n"results": [\n{rows}\n]}}\n')


if __name__ == "__main__":
    main(sys.argv[1])
