#!/bin/sh
# SciPy: a logical mask of a .mat file is read as bytes, so ~mask is 254 and 255 and indexing with it takes rows 0 and 1
#
# Truths of several data sets come as .mat files. `savemat` writes a mask of True and False as
# MATLAB's logical, `whosmat` says so, and `loadmat` gives uint8 with 0 and 1. `~mask` is then
# nowhere 0, and `prediction[mask]` is not the pixels of the object but rows 0 and 1 over and over.
# With `mat_dtype=True` the mask is bool, but labels of uint8 stay as they are.
#
# False alarms counted by `np.logical_and(prediction, ~mask)` are all predicted pixels, so precision
# is one half at best.
#
# Seen with scipy 1.17.1, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" scipy==1.17.1 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
from scipy.io import loadmat, savemat, whosmat
print(", ".join(f"{name} {version(name)}" for name in ["scipy", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


mask = np.zeros((4, 6), bool)
mask[1:3, 2:5] = True
prediction = mask.copy()
savemat("mask.mat", {"mask": mask})
expect("whosmat", whosmat("mask.mat"), [("mask", (4, 6), "logical")])
read = loadmat("mask.mat")["mask"]
expect("loadmat", (read.dtype.name, np.unique(read).tolist()), ("uint8", [0, 1]))
expect("~mask", np.unique(~read).tolist(), [254, 255])


def counted(truth):
    return int((prediction & (truth > 0)).sum()), int(np.logical_and(prediction, ~truth).sum())


expect("hits, false alarms with the mask that was saved", counted(mask), (6, 0))
expect("with the mask that was read", counted(read), (6, 6))
expect("prediction[mask]: shape, mean with the mask that was saved", (prediction[mask].shape, float(prediction[mask].mean())), ((6,), 1.0))
expect("with the mask that was read", (prediction[read].shape, float(prediction[read].mean())), ((4, 6, 6), 0.125))
expect("with mat_dtype=True", loadmat("mask.mat", mat_dtype=True)["mask"].dtype.name, "bool")
END
