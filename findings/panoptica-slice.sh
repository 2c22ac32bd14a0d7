#!/bin/sh
# panoptica: one slice has other instances as (H, W) than as (1, H, W), and so another panoptic quality
#
# To find the instances of a label map panoptica takes SciPy for two axes, where pixels that touch
# at a corner belong to two parts, and cc3d for three, where they belong to one. Unless
# `cca_backend` is given, the number of axes is all that decides.
#
# A 2-D model and a 3-D model of the same slices are judged by two rules; so is one model whose
# files are saved as slices or as a volume.
#
# Seen with panoptica 2.1.7, numpy 2.2.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" panoptica==2.1.7 numpy==2.2.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import contextlib
import io

import numpy as np
with contextlib.redirect_stdout(io.StringIO()):
    from panoptica import ConnectedComponentsInstanceApproximator, InputType, NaiveThresholdMatching, Panoptica_Evaluator
    from panoptica.utils.constants import CCABackend
print(", ".join(f"{name} {version(name)}" for name in ["panoptica", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


truth = np.zeros((20, 20), np.uint8)
truth[2:5, 2:5] = truth[5:8, 5:8] = truth[12:16, 12:16] = 1
prediction = truth.copy()
prediction[5:8, 5:8] = 0


def judged(prediction, truth, **options):
    judge = Panoptica_Evaluator(
        expected_input=InputType.SEMANTIC, instance_approximator=ConnectedComponentsInstanceApproximator(**options), instance_matcher=NaiveThresholdMatching())
    with contextlib.redirect_stdout(io.StringIO()):
        seen = judge.evaluate(prediction, truth, verbose=False)["ungrouped"]
        return seen.n_ref_instances, seen.n_pred_instances, seen.tp, round(float(seen.rq), 3), round(float(seen.sq), 3), round(float(seen.pq), 3)


expect("(H, W): true, predicted, matched, RQ, SQ, PQ", judged(prediction, truth), (3, 2, 2, 0.8, 1.0, 0.8))
expect("(1, H, W)", judged(prediction[None], truth[None]), (2, 2, 2, 1.0, 0.75, 0.75))
expect("(H, W) with cc3d", judged(prediction, truth, cca_backend=CCABackend.cc3d), (2, 2, 2, 1.0, 0.75, 0.75))
expect("(1, H, W) with SciPy", judged(prediction[None], truth[None], cca_backend=CCABackend.scipy), (3, 2, 2, 0.8, 1.0, 0.8))
END
