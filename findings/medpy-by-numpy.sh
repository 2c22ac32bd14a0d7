#!/bin/sh
# MedPy: the Dice of two empty masks is 1 with NumPy 2.2 and NaN with NumPy 2.4
#
# The same release of MedPy, the same call. It expects a ZeroDivisionError and then says 1. Since
# counts of NumPy are NumPy's own numbers, a division by zero is NaN and no error. Its Jaccard
# divides Python numbers and stays 1.
#
# A mean of Dice over images becomes NaN after an update of NumPy, or changes if `nanmean` was used.
#
# Seen with medpy 0.5.2, numpy 2.4.6 and numpy 2.2.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" medpy==0.5.2 numpy==2.4.6 scipy==1.17.1
python3 -m pip install -q --no-compile --no-deps --target "$place/older" numpy==2.2.6
cd "$place"
cat > empty.py <<'END'
import sys

import numpy as np
from medpy.metric.binary import dc, jc

empty = np.zeros((8, 8), np.uint8)
seen = str(float(dc(empty, empty))), str(float(jc(empty, empty)))
print(f"numpy {np.__version__}: Dice and Jaccard of two empty masks: {seen}")
if seen != (sys.argv[1], sys.argv[2]):
    sys.exit(f"changed: it was {sys.argv[1]} and {sys.argv[2]}")
END
PYTHONPATH=packages python3 -W ignore empty.py nan 1.0
PYTHONPATH=older:packages python3 -W ignore empty.py 1.0 1.0
