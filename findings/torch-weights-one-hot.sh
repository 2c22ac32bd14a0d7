#!/bin/sh
# PyTorch: with class weights the cross-entropy of a label map and of the same map as one-hot planes are two numbers
#
# CrossEntropyLoss takes labels or probabilities of classes. Of labels the mean is divided by the
# sum of the weights of the pixels, of probabilities by the number of pixels, so weights that are
# rare and large make the loss of the same truth larger. Void pixels, left out by ignore_index among
# labels, are rows of zeros among planes: they cost nothing and are counted.
#
# Soft labels, mixed images and label maps in one training, or two scripts with the same weights, do
# not have losses to compare.
#
# Seen with torch 2.13.0, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" torch==2.13.0 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import torch
from torch.nn.functional import cross_entropy, one_hot
print(", ".join(f"{name} {version(name)}" for name in ["torch", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


p = torch.tensor([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.3, 0.3, 0.4], [0.2, 0.2, 0.6]])
truth, weights = torch.tensor([0, 1, 2, 2]), torch.tensor([1.0, 1.0, 10.0])
planes = one_hot(truth, 3).float()


def loss(truth, **options):
    return round(float(cross_entropy(p.log(), truth, **options)), 4)


expect("labels, one-hot planes", [loss(truth), loss(planes)], [0.5017, 0.5017])
expect("labels, one-hot planes with weights 1 1 10", [loss(truth, weight=weights), loss(planes, weight=weights)], [0.675, 3.7127])
truth[3], planes[3] = 255, 0
expect("last pixel void", [loss(truth, ignore_index=255), loss(planes)], [0.4987, 0.374])
END
