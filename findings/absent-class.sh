#!/bin/sh
# A class that neither side has is 1 in kornia's mean IoU, 0 in ignite's, and left out in torchmetrics'
#
# The number of classes is that of the data set, and hardly any image or small set has them all. The
# same prediction with two such classes of five is 0.833, 0.433 or 0.722. Kornia's number grows with
# every class that is only in the list; ignite's sinks. A Dice loss of kornia where every pixel is
# ignored is 1, the worst there is.
#
# Numbers of two papers or two scripts that both say "mean IoU" can differ by this alone.
#
# Seen with kornia 0.9.0, pytorch-ignite 0.5.5, torchmetrics 1.9.0, torch 2.15.0, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" kornia==0.9.0 pytorch-ignite==0.5.5 torchmetrics==1.9.0 torch==2.15.0 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import torch
from ignite.metrics import ConfusionMatrix, mIoU
from kornia.losses import dice_loss
from kornia.metrics import mean_iou
from torch.nn.functional import one_hot
from torchmetrics.segmentation import MeanIoU
print(", ".join(f"{name} {version(name)}" for name in ["kornia", "pytorch-ignite", "torchmetrics", "torch", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


prediction, truth = torch.tensor([[0, 0, 1, 1, 2, 2]]), torch.tensor([[0, 0, 1, 1, 1, 2]])


def ignite(classes):
    counts = ConfusionMatrix(classes)
    metric = mIoU(counts)
    counts.update((one_hot(prediction, classes).permute(0, 2, 1)[..., None].float(), truth[..., None]))
    return metric.compute()


for classes, wanted in ((3, (0.722, 0.722, 0.722)), (5, (0.833, 0.433, 0.722))):
    seen = mean_iou(prediction, truth, classes).mean(), ignite(classes), MeanIoU(classes, input_format="index")(prediction[:, None], truth[:, None])
    expect(f"kornia, ignite, torchmetrics with {classes} classes", tuple(round(float(one), 3) for one in seen), wanted)
logits = torch.zeros(1, 3, 2, 2)
ignored = torch.full((1, 2, 2), 255)
expect("kornia's Dice loss, all ignored", float(dice_loss(logits, ignored, ignore_index=255)), 1.0)
END
