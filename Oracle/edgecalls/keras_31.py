"""Keras 3.0 and 3.1, where a path before all others has such a version: PYTHONPATH=FOLDER, after
`pip install --no-deps --target FOLDER keras==3.1.1`."""

from edgecalls import keras as later

if not later.keras.__version__.startswith(("3.0", "3.1.")):
    raise ImportError(f"keras is {later.keras.__version__}")

VERSIONS = [f"keras-3.0 {later.keras.__version__}"]
LOSSES = {
    "binary_crossentropy", "binary_crossentropy.sample_weight", "categorical_crossentropy",
    "sparse_categorical_crossentropy"}

symbols = later.symbols


def rows(edge):
    for preset, call in later.rows(edge):
        name = preset.removeprefix("keras.")
        if preset.startswith("keras.") and name in LOSSES:
            yield f"keras-3.0.{name}", call
