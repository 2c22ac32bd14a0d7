#!/bin/sh
# seg-metrics: the Hausdorff and surface distances of a class that one side lacks are 0, as if it were perfect
#
# Where the truth or the prediction has no pixel of a class, `write_metrics` gives 0 for `hd`,
# `hd95`, `msd`, `mdsd` and `stdsd`, and Dice beside them is 0 too. For Dice 0 is the worst, for a
# distance the best. Other libraries say infinity or NaN, or raise.
#
# The mean distance over classes or cases falls with each class that is never found, so the model
# that predicts nothing has the best one.
#
# Seen with seg-metrics 1.2.8, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" seg-metrics==1.2.8 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import logging

import numpy as np
from seg_metrics import seg_metrics
print(", ".join(f"{name} {version(name)}" for name in ["seg-metrics", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


logging.disable(logging.CRITICAL)
names = ["dice", "hd", "hd95", "msd"]
truth = np.zeros((30, 30), np.uint8)
truth[5:15, 5:15] = 1
truth[16:26, 16:26] = 2


def judged(prediction):
    seen = seg_metrics.write_metrics(
        labels=[1, 2], gdth_img=truth, pred_img=prediction.astype(np.uint8), csv_file=None, spacing=[1, 1], metrics=names, verbose=False)
    seen = seen[0] if isinstance(seen, list) else seen
    return {name: [round(float(x), 2) for x in seen[name]] for name in names}


expect("all right", judged(truth), {"dice": [1.0, 1.0], "hd": [0.0, 0.0], "hd95": [0.0, 0.0], "msd": [0.0, 0.0]})
moved = np.roll(truth, 3, 1)
expect("moved by three columns", judged(moved), {"dice": [0.7, 0.7], "hd": [3.0, 3.0], "hd95": [3.0, 3.0], "msd": [1.5, 1.5]})
expect("class 2 moved, class 1 missing", judged(np.where(moved == 1, 0, moved)), {"dice": [0.0, 0.7], "hd": [0.0, 3.0], "hd95": [0.0, 3.0], "msd": [0.0, 1.5]})
expect("nothing predicted", judged(0 * truth), {"dice": [0.0, 0.0], "hd": [0.0, 0.0], "hd95": [0.0, 0.0], "msd": [0.0, 0.0]})
END
