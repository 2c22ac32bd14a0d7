#!/bin/sh
# MONAI: DiceMetric takes a pixel for predicted where it is 1 if there is one channel, and where it is not 0 if there are more
#
# Both rules want a mask of 0 and 1 and neither asks for one. Of probabilities in one channel only
# an exact 1 counts, so a perfect prediction of 0.9 has a Dice of 0; in two channels every p above 0
# counts, a 0.001 too. A mask of 0 and 255 in one channel is empty. MeanIoU, which has the same
# arguments, multiplies: the same planes have a soft IoU, and label maps one of −13.
#
# Where nothing is to be found in any image, the mean over no values is 0, though each value is NaN;
# and an image without the class is left out, whatever is predicted there.
#
# One forgotten threshold gives numbers that depend on how many channels there are, and Dice and IoU
# that contradict each other.
#
# Seen with monai 1.6.1, torch 2.13.0, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" monai==1.6.1 torch==2.13.0 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import torch
from monai.metrics import DiceMetric, MeanIoU
print(", ".join(f"{name} {version(name)}" for name in ["monai", "torch", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


def score(kind, prediction, truth):
    return [round(float(one), 4) for one in kind()(prediction, truth).flatten()]


p = torch.tensor([[[[0.9, 0.8, 0.3, 0.1], [0.001, 0.001, 0.001, 0.001]]]])
truth = torch.tensor([[[[1, 1, 0, 0], [0, 0, 0, 0]]]])
two_p, two_truth = torch.cat([p, 1 - p], 1), torch.cat([truth, 1 - truth], 1)
expect("Dice of p >= 0.5", score(DiceMetric, (p >= 0.5).int(), truth), [1.0])
expect("Dice of p, one channel", score(DiceMetric, p, truth), [0.0])
expect("Dice of p and 1 - p, two channels", score(DiceMetric, two_p, two_truth), [0.4, 0.8571])
expect("IoU of p and 1 - p, two channels", score(MeanIoU, two_p, two_truth), [0.7072, 0.8883])
expect("Dice of masks of 0 and 255 that are equal, one channel", str(score(DiceMetric, truth * 255, truth * 255)), "[nan]")
labels, swapped = torch.tensor([[[[1, 1, 2, 2], [0, 0, 3, 3]]]]), torch.tensor([[[[2, 2, 1, 1], [0, 0, 3, 3]]]])
expect("IoU of label maps", score(MeanIoU, swapped, labels), [-13.0])


def mean(prediction, truth):
    metric = DiceMetric()
    values = metric(prediction, truth)
    return values.flatten().tolist(), metric.aggregate().tolist()


empty = torch.zeros(2, 1, 4, 4)
expect("Dice of two pairs of empty masks, and their mean", str(mean(empty, empty)), "([nan, nan], [0.0])")
half = empty.clone()
half[0] = 1
expect("second image without the class, all of it predicted", str(mean(torch.ones(2, 1, 4, 4), half)), "([1.0, nan], [1.0])")
END
