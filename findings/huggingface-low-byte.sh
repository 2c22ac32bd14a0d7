#!/bin/sh
# HuggingFace datasets: one 16-bit plane is kept, but of three together only the low byte is, and whole numbers beyond int32 wrap
#
# An array that is given to an `Image()` column becomes a PNG or a TIFF. (H, W) of uint16 or int64
# keeps its numbers. (H, W, 3) is made 8 bits by wrapping, with a warning about a data type: 300
# becomes 44, and of probabilities in 16 bits what remains is noise. Object numbers beyond int32
# lose their upper half.
#
# The arg max of the planes that are read is another class.
#
# Seen with datasets 5.2.0, pillow 13.0.0, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" datasets==5.2.0 pillow==13.0.0 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import numpy as np
from datasets import Image
print(", ".join(f"{name} {version(name)}" for name in ["datasets", "pillow", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


def saved(array):
    column = Image()
    return np.array(column.decode_example(column.encode_example(array)))


p = np.array([[[0.5, 0.3, 0.2], [0.2, 0.7, 0.1]]])
levels = np.rint(p * 65535).astype(np.uint16)
expect("one plane of uint16", saved(levels[..., 0]).tolist(), [[32768, 13107]])
expect("one plane of int64", saved(np.array([[0, 1, 300, 70000]])).tolist(), [[0, 1, 300, 70000]])
expect("three planes of uint16", levels.tolist(), [[[32768, 19660, 13107], [13107, 45874, 6554]]])
read = saved(levels)
expect("read", read.tolist(), [[[0, 204, 51], [51, 50, 154]]])
expect("arg max before, after", (levels.argmax(-1).tolist(), read.argmax(-1).tolist()), ([[0, 1]], [[1, 2]]))
expect("three planes of int64 with 300", saved(np.array([[[0, 1, 300]]])).tolist(), [[[0, 1, 44]]])
expect("object numbers 7 and 2**32 + 7", saved(np.array([[7, 2 ** 32 + 7]])).tolist(), [[7, 7]])
END
