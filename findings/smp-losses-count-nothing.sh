#!/bin/sh
# segmentation_models_pytorch: pixels that are ignored and classes that are absent cost nothing and are counted in the mean
#
# `SoftCrossEntropyLoss(ignore_index=255)` divides by all pixels, PyTorch's CrossEntropyLoss by
# those that are not ignored: with a quarter of void it is a quarter smaller. `DiceLoss`,
# `JaccardLoss` and `TverskyLoss` make the loss of a class without a true pixel in the batch 0,
# whatever is predicted, and take the mean over all classes: an empty mask that is predicted to be
# full has a loss of 0.
#
# MONAI's DiceLoss is almost 1 there. So losses of two runs can be compared only with the same share
# of void and the same absent classes in a batch, and false alarms in a batch of empty images teach
# nothing.
#
# Seen with segmentation-models-pytorch 0.6.0 (its losses alone, without the encoders), monai 1.6.1,
# torch 2.13.0, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" monai==1.6.1 torch==2.13.0 numpy==2.4.6
python3 -m pip install -q --no-compile --no-deps --target "$place/packages" segmentation-models-pytorch==0.6.0
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import torch
from monai.losses import DiceLoss as MonaiDiceLoss
from torch.nn import CrossEntropyLoss
sys.path.insert(0, "packages/segmentation_models_pytorch")
from losses import DiceLoss, JaccardLoss, SoftCrossEntropyLoss, TverskyLoss
print(", ".join(f"{name} {version(name)}" for name in ["monai", "torch", "numpy", "segmentation-models-pytorch"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


p = torch.tensor([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.3, 0.3, 0.4], [0.2, 0.2, 0.6]])
logits, truth = p.log().T.reshape(1, 3, 2, 2), torch.tensor([[[0, 1], [2, 255]]])
expect("torch.nn.CrossEntropyLoss of truth 0 1 2 255", round(float(CrossEntropyLoss(ignore_index=255)(logits, truth)), 4), 0.4987)
expect("SoftCrossEntropyLoss", round(float(SoftCrossEntropyLoss(ignore_index=255, smooth_factor=0.0)(logits, truth)), 4), 0.374)
full, empty = torch.full((1, 1, 8, 8), 9.0), torch.zeros(1, 1, 8, 8)
expect("an empty mask, predicted to be full: Dice, Jaccard, Tversky loss", [float(kind("binary")(full, empty)) for kind in (DiceLoss, JaccardLoss, TverskyLoss)], [0.0, 0.0, 0.0])
expect("MONAI's Dice loss", round(float(MonaiDiceLoss(sigmoid=True)(full, empty)), 4), 1.0)
third, truth = torch.tensor([0.0, 0.0, 1.0]).repeat(4, 1).T[None], torch.tensor([[0, 0, 1, 1]])
expect("all predicted as a third class that is not there: Dice loss", round(float(DiceLoss("multiclass", from_logits=False)(third, truth)), 4), 0.6667)
for classes, wanted in ((2, (0.3, 0.3)), (10, (0.06, 0.06))):
    p = torch.zeros(1, classes, 4)
    p[0, 0], p[0, 1] = torch.tensor([0.7, 0.7, 0.3, 0.3]), torch.tensor([0.3, 0.3, 0.7, 0.7])
    seen = [float(kind("multiclass", from_logits=False)(p, truth)) for kind in (DiceLoss, TverskyLoss)]
    expect(f"the same two classes of {classes}: Dice and Tversky loss", tuple(round(one, 4) for one in seen), wanted)
END
