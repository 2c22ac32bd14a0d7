#!/bin/sh
# MedPy: label maps and probabilities are masks of what is not 0, so exchanged classes and a p of 0.01 score 1.0
#
# `dc` and `jc` take any array and compare where it is not zero. Two label maps in which classes 1
# and 2 are exchanged have a Dice of 1.0, and a plane of probability 0.01 against a full mask too.
#
# A table of Dice values by case made in this way says that segmentation is perfect where only the
# foreground is.
#
# Seen with medpy 0.5.2, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" medpy==0.5.2 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
from medpy.metric.binary import dc, jc
print(", ".join(f"{name} {version(name)}" for name in ["medpy", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


truth = np.repeat(np.array([0, 1, 2], np.uint8), 8).reshape(3, 8)
exchanged = np.array([0, 2, 1], np.uint8)[truth]
expect("Dice with classes 1 and 2 exchanged", float(dc(exchanged, truth)), 1.0)
expect("Dice of p = 0.01 everywhere and a full mask", float(dc(np.full((3, 8), 0.01), np.ones((3, 8)))), 1.0)
END
