"""The same on JAX, with KERAS_BACKEND=jax."""

import os

os.environ.setdefault("KERAS_BACKEND", "jax")

from edgecalls.keras_torch import BACKEND, VERSIONS, rows, symbols

if BACKEND != "jax":
    raise ImportError(f"keras is on {BACKEND} in this run")
