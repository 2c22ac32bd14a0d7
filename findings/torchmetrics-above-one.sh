#!/bin/sh
# torchmetrics: one probability of 1.0000005 makes it take the sigmoid of all the others, and all that are not 0 are predicted
#
# Binary and multilabel metrics take numbers outside 0…1 for logits, and ask it of the whole tensor
# of each update. The sigmoid of a probability is 0.5 or more, and above the threshold unless it was
# 0. Ten times 0.1 are above 1 in float32, and so is PyTorch's own bicubic interpolation of a plane
# of ones: the batch in which this happens has another score, the ones before and after do not.
#
# An IoU of 1 becomes 0.375 without a word, and depends on the batch size.
#
# Seen with torchmetrics 1.9.0, torch 2.13.0, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" torchmetrics==1.9.0 torch==2.13.0 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import torch
from torch.nn.functional import interpolate
from torchmetrics.classification import BinaryAccuracy, BinaryJaccardIndex, MultilabelJaccardIndex
print(", ".join(f"{name} {version(name)}" for name in ["torchmetrics", "torch", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


p = torch.tensor([[0.9, 0.1], [0.2, 0.3], [0.8, 0.4], [0.1, 1.0]])
truth = torch.tensor([[1, 0], [0, 0], [1, 0], [0, 1]])
above = p.clone()
above[3, 1] = 1.0000005


def seen(numbers, size=4):
    kinds = MultilabelJaccardIndex(2), BinaryJaccardIndex(), BinaryAccuracy()
    for kind in kinds:
        for start in range(0, 4, size):
            kind.update(numbers[start:start + size], truth[start:start + size])
    return [round(float(kind.compute()), 3) for kind in kinds]


expect("multilabel IoU, binary IoU, binary accuracy", seen(p), [1.0, 1.0, 1.0])
expect("with 1.0000005 for 1", seen(above), [0.375, 0.375, 0.375])
expect("with 1.0000005 for 1, two pixels an update", seen(above, 2), [0.583, 0.6, 0.75])
expect("sum of ten times 0.1 is above 1", float(sum([torch.tensor(0.1)] * 10)) > 1, True)
expect("a plane of ones, resized by bicubic, is above 1", float(interpolate(torch.ones(1, 1, 7, 7), size=(10, 13), mode="bicubic").max()) > 1, True)
END
