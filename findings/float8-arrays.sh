#!/bin/sh
# NumPy: bfloat16 and most 8-bit floats are saved as arrays without a type, and a float8_e5m2 that was saved cannot be loaded at all
#
# `np.save` and `np.savez` take the arrays of ml_dtypes, which JAX gives out, without a word.
# bfloat16 is loaded as V2 and float8_e4m3fn as V1: bytes that can neither be compared nor
# converted, only viewed again by somebody who knows the type. Nothing in the file tells bfloat16
# from another type of two bytes. float8_e5m2 is written as <f1, which NumPy itself refuses to load.
# `jax.numpy.load` gives bfloat16 back, and fails with float8_e5m2 as well. 4-bit whole numbers take
# a byte each.
#
# Save float32, or a file that names its types, as safetensors does.
#
# Seen with ml-dtypes 0.6.0, jax 0.10.2, numpy 2.4.6.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m pip install -q --no-compile --target "$place/packages" ml-dtypes==0.6.0 jax==0.10.2 numpy==2.4.6
cd "$place"
PYTHONPATH=packages python3 -W ignore - <<'END'
import sys
from importlib.metadata import version
import ml_dtypes
import jax.numpy
import numpy as np
print(", ".join(f"{name} {version(name)}" for name in ["ml-dtypes", "jax", "numpy"]))


def expect(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


p = np.array([0, 0.5, 1, 0.25], np.float32)


def saved(kind):
    np.save("p.npy", p.astype(kind))
    with open("p.npy", "rb") as file:
        written = file.read(64).split(b"'descr': '")[1].split(b"'")[0].decode()
    try:
        return written, np.load("p.npy").dtype.str
    except ValueError as error:
        return written, str(error)


expect("bfloat16: written as, loaded as", saved(ml_dtypes.bfloat16), ("<V2", "|V2"))
expect("float8_e4m3fn", saved(ml_dtypes.float8_e4m3fn), ("<V1", "|V1"))
expect("uint4", saved(ml_dtypes.uint4), ("<V1", "|V1"))
expect("float8_e5m2", saved(ml_dtypes.float8_e5m2), ("<f1", "descr is not a valid dtype descriptor: '<f1'"))
try:
    jax.numpy.load("p.npy")
    answer = "loaded"
except ValueError as error:
    answer = str(error)
expect("float8_e5m2 by JAX", answer, "descr is not a valid dtype descriptor: '<f1'")
jax.numpy.save("p.npy", jax.numpy.array(p, jax.numpy.bfloat16))
by_jax = jax.numpy.load("p.npy").dtype.name
expect("bfloat16 that JAX has saved: by JAX, by NumPy", (by_jax, np.load("p.npy").dtype.str), ("bfloat16", "|V2"))
try:
    np.load("p.npy") > 0.5
    answer = "compared"
except TypeError:
    answer = "TypeError"
expect("p > 0.5 of what NumPy loads", answer, "TypeError")
END
