#!/bin/sh
# scikit-image: resize() of a label map gives fractions of 255, and with anti_aliasing=True blurs even at order=0
#
# Labels are taken for brightness: label 4 of type uint8 becomes 4/255, and of type int64 4/2⁶³, so
# that a comparison with 4 finds nothing and a rounding gives 0 everywhere. `order=0` keeps labels,
# but with `anti_aliasing=True` they are blurred before the nearest pixel is taken: between 0 and 4
# appears 2, which is a real class.
#
# A thin class is gone after it, or surrounded by others that were never there.
#
# Seen with scikit-image 0.26.0, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" scikit-image==0.26.0 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
from skimage.transform import resize
print(", ".join(f"{name} {version(name)}" for name in ["scikit-image", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


labels = np.zeros((32, 32), np.uint8)
labels[:, 9:] = 4
expect("uint8, largest × 255", round(float(resize(labels, (16, 16)).max() * 255), 2), 4.0)
expect("int64, largest above 1e-15", bool(resize(labels.astype(np.int64), (16, 16)).max() > 1e-15), False)
expect("order=0", np.unique(resize(labels, (12, 12), order=0)).tolist(), [0, 4])
blurred = resize(labels, (12, 12), order=0, preserve_range=True, anti_aliasing=True)
expect("order=0, anti_aliasing=True", np.unique(blurred).tolist(), [0, 2, 4])
END
