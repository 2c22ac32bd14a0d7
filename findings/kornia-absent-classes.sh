#!/bin/sh
# kornia: from 0.9 the Dice and Tversky losses leave out classes that an image lacks, so false alarms of them are free
#
# An image of one class, predicted with 0.6, and 0.4 for a class that is not there: dice_loss with
# average="macro" is 0.25, whether two classes are in the list or ten, because only classes that are true
# in the image are averaged. Up to 0.8 the other classes had a loss of 1 for any trace: 0.625 and 0.925. The
# tversky_loss of 0.8 was one ratio of all classes, in which a false positive of one class is a miss of
# another, so alpha=0.7, beta=0.3 was the number of alpha=0.3, beta=0.7; in 0.9 they differ.
#
# The same training prints another loss after an upgrade, of the macro Dice loss only where classes are
# absent. Expected was a loss of 1 for an absent class in 0.9 too, as in MONAI.
#
# Seen with kornia 0.8.2 and 0.9.0, torch 2.13.0, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" torch==2.13.0 numpy==2.4.6 kornia_rs==0.2.0 packaging==25.0
cd "$place"
for version in 0.8.2 0.9.0; do
  python3 -m pip install -q --no-compile --no-deps --target "$place/kornia-$version" kornia==$version
  PYTHONPATH=kornia-$version:packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import torch
from kornia.losses import dice_loss, tversky_loss
print(", ".join(f"{name} {version(name)}" for name in ["kornia", "torch", "numpy"]))
new = version("kornia") == "0.9.0"


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


def logits(p):
    return p.clamp_min(1e-30).log().T.reshape(1, p.shape[1], 2, -1)


for classes, wanted in ((2, 0.25 if new else 0.625), (10, 0.25 if new else 0.925)):
    p = torch.zeros(4, classes)
    p[:, 0], p[:, 1] = 0.6, 0.4
    loss = dice_loss(logits(p), torch.zeros(1, 2, 2, dtype=torch.int64), average="macro")
    expect(f"one class true, of {classes}: Dice loss", round(float(loss), 4), wanted)
p = torch.tensor([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.3, 0.3, 0.4], [0.2, 0.2, 0.6]])
truth = torch.tensor([[[0, 1], [1, 2]]])
seen = [round(float(tversky_loss(logits(p), truth, alpha, 1 - alpha)), 4) for alpha in (0.7, 0.3)]
expect("Tversky loss with alpha 0.7 and 0.3", seen, [0.4095, 0.3991] if new else [0.4, 0.4])
END
done
