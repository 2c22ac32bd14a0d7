#!/bin/sh
# A probability equal to the threshold is predicted in segmentation_models_pytorch, MONAI and Keras' BinaryIoU, and is not in torchmetrics and Keras' BinaryAccuracy
#
# Exact ties look like an accident of floats, and are common: two of four members of an ensemble
# that agree are 0.5, and so is a logit of 0; of saved levels 51/255 is 0.2. Keras has both rules.
#
# The vote of four members below has an IoU of 0.571 with the ones and of 0.5 with the others.
#
# Seen with segmentation-models-pytorch 0.6.0 (its metrics alone, without the encoders), monai
# 1.6.1, keras 3.15.1, torchmetrics 1.9.0, torch 2.13.0, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" monai==1.6.1 keras==3.15.1 torchmetrics==1.9.0 torch==2.13.0 numpy==2.4.6
python3 -m pip install -q --no-compile --no-deps --target "$place/packages" segmentation-models-pytorch==0.6.0
cd "$place"
export KERAS_BACKEND=torch TORCHINDUCTOR_CACHE_DIR=cache
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import keras
import numpy as np
import torch
from monai.metrics import MeanIoU
from monai.transforms import AsDiscrete
from torchmetrics.classification import BinaryJaccardIndex
sys.path.insert(0, "packages/segmentation_models_pytorch")
from metrics import get_stats, iou_score
print(", ".join(f"{name} {version(name)}" for name in ["monai", "keras", "torchmetrics", "torch", "numpy", "segmentation-models-pytorch"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


votes = np.repeat([4, 2, 0, 2, 0], [20, 12, 8, 16, 44])
truth = np.repeat([1, 0], [40, 60])
p, t = torch.from_numpy(votes).float() / 4, torch.from_numpy(truth)


def of_keras(metric):
    metric.update_state(truth, p.numpy())
    return float(metric.result())


seen = iou_score(*get_stats(p[None, None], t[None, None], "binary", threshold=0.5), reduction="micro")
expect("IoU, segmentation_models_pytorch", round(float(seen), 3), 0.571)
expect("MONAI", round(float(MeanIoU()(AsDiscrete(threshold=0.5)(p)[None, None], t[None, None])), 3), 0.571)
expect("Keras, BinaryIoU", round(of_keras(keras.metrics.BinaryIoU([1], threshold=0.5)), 3), 0.571)
expect("torchmetrics", round(float(BinaryJaccardIndex(threshold=0.5)(p, t)), 3), 0.5)
expect("Keras, pixels found by TruePositives", of_keras(keras.metrics.TruePositives(thresholds=0.5)), 20.0)
accuracy = keras.metrics.BinaryAccuracy(threshold=0.5)
expect("Keras, BinaryAccuracy", round(of_keras(accuracy), 3), 0.8)
expect("accuracy of p > 0.5, of p >= 0.5", [round(float((one.int() == t).float().mean()), 3) for one in (p > 0.5, p >= 0.5)], [0.8, 0.76])
END
