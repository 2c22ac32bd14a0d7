"""A value as it is written: every digit of it, or the statistics of a map."""

import numpy as np

# What is larger is a map, of which statistics and a few samples are written.
LARGEST_VALUE = 600
SAMPLES = 12


def result(id: str, call: str, dtype: str = "float32", *, symbols: dict) -> dict:
    """The value of `call`, or why the framework refuses it."""
    row = {"id": id, "call": call, "dtype": dtype}
    try:
        value = plain(eval(call, symbols))
    except Exception as error:  # that a call fails is an answer too
        return row | {"error": f"{type(error).__name__}: {error}"}
    if isinstance(value, dict):
        return row | {"value": nested(value, number)}
    shape = {"result_dtype": str(value.dtype), "result_shape": list(value.shape)}
    return row | shape | (map_digits(value) if value.size > LARGEST_VALUE else digits(value))


def plain(value):
    """An array of NumPy for whatever a framework returns; a dictionary stays one."""
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return np.stack([plain(part) for part in value])
    return np.asarray(value)


def digits(value: np.ndarray) -> dict:
    return {"value": nested(value, number), "value17": nested(value, text17)}


def map_digits(value: np.ndarray) -> dict:
    exact = value.astype(np.float64)
    at = np.random.default_rng(0).integers(0, value.shape, (SAMPLES, value.ndim))
    return {
        "map_stats": {
            name: text17(getattr(exact, name)()) for name in ("mean", "sum", "min", "max", "std")
        },
        "map_samples": [
            {"index": index.tolist(), "value17": text17(exact[tuple(index)])} for index in at
        ],
        "mean_per_axis0": [text17(part.mean()) for part in exact],
    }


def nested(value, form):
    """Lists of lists; null for what is not a number."""
    if isinstance(value, dict):
        return {key: nested(part, form) for key, part in value.items()}
    if value.ndim:
        return [nested(part, form) for part in value]
    return None if np.isnan(value) else form(value)


def number(value):
    # JSON has no infinity.
    return text17(value) if np.isinf(value) else value.item()


def text17(value) -> str:
    return f"{value:.17g}"
