#!/bin/sh
# safetensors 0.8: a transposed NumPy array is saved with its numbers in another order and no error, 0.7 saved it right
#
# `safetensors.numpy` of 0.8.0 takes the memory of an array as it lies and the shape as it is seen.
# For an array that is a view with other strides, such as the planes of (H, W, C) moved to (C, H,
# W), a transposed volume or one in Fortran order, the file has the right shape and the pixels of
# each plane are those of all planes in turn. The documentation asks for contiguous arrays; nothing
# checks it, while `safetensors.torch` refuses such a tensor. 0.7.0 copied the array first, and the
# same line was right.
#
# Probabilities of a model with channels last, moved to channels first and saved, are stripes of all
# classes with plausible numbers. `np.ascontiguousarray` before saving is right in both.
#
# Seen with safetensors 0.8.0, numpy 2.4.6, ml-dtypes 0.6.0.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" safetensors==0.8.0 numpy==2.4.6 ml-dtypes==0.6.0
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import subprocess
import numpy as np
from safetensors.numpy import load_file, save_file
print(", ".join(f"{name} {version(name)}" for name in ["safetensors", "numpy", "ml-dtypes"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


last = np.arange(12, dtype=np.float32).reshape(2, 2, 3)
first = np.moveaxis(last, -1, 0)


def saved(array):
    save_file({"p": array}, "p.safetensors")
    return load_file("p.safetensors")["p"].tolist()


expect("three planes of 2 x 2, moved to the front", first.tolist(), [[[0, 3], [6, 9]], [[1, 4], [7, 10]], [[2, 5], [8, 11]]])
expect("saved and loaded", saved(first), [[[0, 1], [2, 3]], [[4, 5], [6, 7]], [[8, 9], [10, 11]]])
expect("in Fortran order", saved(np.asfortranarray(last[0])), [[0, 3, 1], [4, 2, 5]])
expect("as a contiguous copy", saved(np.ascontiguousarray(first)), first.tolist())
install = [sys.executable, "-m", "pip", "install", "-q", "--no-compile", "--no-deps", "--target", "old", "safetensors==0.7.0"]
subprocess.run(install, check=True)
code = """import numpy, safetensors.numpy as s
a = numpy.moveaxis(numpy.arange(12, dtype=numpy.float32).reshape(2, 2, 3), -1, 0)
s.save_file({"p": a}, "old.safetensors")
print(s.load_file("old.safetensors")["p"].tolist() == a.tolist())"""
run = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": "old:packages"}, capture_output=True, text=True)
expect("safetensors 0.7.0 keeps the order", run.stdout.strip(), "True")
END
