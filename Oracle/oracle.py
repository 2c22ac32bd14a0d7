"""Writes what the frameworks themselves compute from given predictions.

    python oracle.py PREDICTIONS TRUTH --classes sky,road,pole --out oracle-out

PREDICTIONS and TRUTH are folders of `{image}/{class}.png` or NPY arrays (N,H,W,C). Each framework
that is installed gives one file, OUT/GROUP/RUN__FRAMEWORK.json, which `make parity ORACLES=OUT`
reads.
"""

import argparse
import importlib
import json
import os
import platform
import sys
import time
from pathlib import Path

# One thread, so that sums in single precision do not depend on how many cores there are.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from images import Images
from results import result

FRAMEWORKS = [
    "keras", "torch", "monai", "segmentation_models_pytorch", "torchmetrics", "sklearn", "little",
    "little_exclusive"]


def main() -> None:
    options = parsed_options()
    classes = options.classes.split(",")
    images = Images.read(options.predictions, options.truth, options.logits, classes)
    folder = options.out / Path(options.set).parent
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    for name in options.frameworks.split(","):
        try:
            framework = importlib.import_module(f"frameworks.{name}")
        except Exception as error:  # a framework that is half installed can fail in any way
            print(f"{name}: left out: {error}", file=sys.stderr)
            continue
        path = folder / f"{Path(options.set).name}__{name}.json"
        path.write_text(json.dumps(oracle(framework, images, options), allow_nan=False, indent=1))
        print(f"{framework.VERSIONS}: {path}")
        written += 1
    if not written:
        sys.exit("no framework could be imported\n  install those of Oracle/requirements.txt")


def parsed_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("predictions", type=Path)
    parser.add_argument("truth", type=Path)
    parser.add_argument("--logits", type=Path, help="an NPY array of the same shape")
    parser.add_argument("--classes", required=True, help="in order, separated by commas")
    parser.add_argument("--out", type=Path, default=Path("oracle-out"))
    parser.add_argument("--set", help="GROUP/RUN; without it, the last two parts of PREDICTIONS")
    parser.add_argument("--frameworks", default=",".join(FRAMEWORKS))
    options = parser.parse_args()
    if options.set is None:
        predictions = options.predictions.resolve()
        # run-a.npy and run-a/ may stand side by side.
        options.set = f"{predictions.parent.name}/{predictions.name.replace('.npy', '-npy')}"
    return options


def oracle(framework, images: Images, options: argparse.Namespace) -> dict:
    """Every row of a framework, evaluated."""
    started = time.monotonic()
    params = parameters(len(images.classes))
    symbols = framework.symbols(images, params)
    weights = symbols.get("SWN")
    results = [
        {"framework": framework.VERSIONS, **result(*row, symbols=symbols)}
        for row in framework.rows(images)
    ]
    meta = {
        "framework": framework.VERSIONS,
        "set": options.set,
        "inputs": [
            str(path) for path in (options.predictions, options.truth, options.logits) if path
        ],
        "params": params,
        "classes": images.classes,
        "images": images.names,
        "sample_weight": None if weights is None else weights.tolist(),
        "symbols": " ".join(framework.__doc__.split()),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "seconds": round(time.monotonic() - started, 1),
    }
    return {"meta": meta, "results": results}


def parameters(classes: int) -> dict:
    """What the calls mean by `Q`: the founding question's weights, and one of everything else."""
    weights = [1] * (classes - 1) + [1000]
    return {
        "class_weights": weights,
        "dict_weights": dict(enumerate(weights)),
        "pos_weight": [1] * (classes - 1) + [50],
        "batch": [16, 8, 1],
        "gamma": 2.0,
        "alpha": 0.25,
        "tv": [0.7, 0.3],
        "thr": 0.5,
        "ls": 0.1,
        "bins": 15,
        "smooth": 1e-5,
        "sw_seed": 11,
    }


if __name__ == "__main__":
    main()
