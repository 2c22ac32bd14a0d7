#!/bin/sh
# SimpleITK: LabelVoting gives ties a label that nobody voted for, the largest of the image plus one, which may be another class
#
# Where two of the label maps of an ensemble disagree with equal votes, the result is one more than
# the largest label in these files. In an image that shows classes 0 to 2 a tie is 3, in one that
# also shows class 18 it is 19, and in one that shows class 0 and 1 alone it is 2. Averages of
# probabilities have no such pixels. MultiLabelSTAPLE does the same.
#
# Ties lie along the borders, so a class that is the number of the tie gets a frame around all
# others, in some images and not in others.
#
# Seen with simpleitk 2.5.7, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" simpleitk==2.5.7 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
import SimpleITK
print(", ".join(f"{name} {version(name)}" for name in ["simpleitk", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


def voted(how, *rows):
    files = [SimpleITK.GetImageFromArray(np.tile(np.array(row, np.uint8), (4, 1))) for row in rows]
    return SimpleITK.GetArrayFromImage(how(files))[0].tolist()


vote, staple = SimpleITK.LabelVoting, SimpleITK.MultiLabelSTAPLE
expect("0 0 1 2 and 0 1 1 2", voted(vote, [0, 0, 1, 2], [0, 1, 1, 2]), [0, 3, 1, 2])
expect("0 0 1 1 and 0 1 1 1", voted(vote, [0, 0, 1, 1], [0, 1, 1, 1]), [0, 2, 1, 1])
expect("0 0 1 18 and 0 1 1 18", voted(vote, [0, 0, 1, 18], [0, 1, 1, 18]), [0, 19, 1, 18])
expect("three that all differ", voted(vote, [0, 0, 1, 2], [0, 1, 1, 2], [0, 2, 1, 2]), [0, 3, 1, 2])
expect("0 0 1 2 and 0 1 1 2 by MultiLabelSTAPLE", voted(staple, [0, 0, 1, 2], [0, 1, 1, 2]), [0, 3, 1, 2])
END
