"""Asks the frameworks what they print at the edges: ties, absent classes, ignored batches, saturation.

    python edges.py data FOLDER        writes each set, FOLDER/NAME/{pred,truth}.npy and pipeline.yml
    python edges.py ask [--out edges]  writes what the frameworks print, OUT/FRAMEWORK.json

Values are printed by the frameworks themselves; "nan" and errors are values too. Frameworks that are
not there are left out. --sets and --frameworks ask only some, and leave the other answers as they are.
"""

import argparse
import importlib
import math
import os
import re
import sys
import warnings
from pathlib import Path

# One thread, so that sums in single precision do not depend on how many cores there are.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from edgecalls.answers import Answers
from edgecalls.sets import VOID, Edge, all_sets

HERE = Path(__file__).parent
# Names that a call has for probabilities and logits.
PROBABILITIES = re.compile(r"\b(p|x|P|X|PF|yp)\b")
FRAMEWORKS = ["torch", "monai", "smp", "torchmetrics", "sklearn", "mmseg", "benchmarks", "keras",
              "keras_before", "keras_31", "keras_torch", "keras_jax", "ignored_class", "little",
              "segmentation_models"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["data", "ask"])
    parser.add_argument("folder", type=Path, nargs="?", default=Path("edge-data"))
    parser.add_argument("--out", type=Path, default=HERE / "edges")
    parser.add_argument("--frameworks", default=",".join(FRAMEWORKS))
    parser.add_argument("--sets", default="")
    options = parser.parse_args()
    wanted = options.sets.split(",") if options.sets else None
    sets = [edge for edge in all_sets() if wanted is None or edge.name in wanted]
    if options.what == "data":
        for edge in sets:
            write(edge, options.folder / edge.name)
    else:
        ask(sets, options.frameworks.split(","), options.out)


def write(edge: Edge, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "pred.npy", edge.predictions)
    np.save(folder / "truth.npy", edge.truth)
    if edge.image_weights:
        np.save(folder / "weights.npy", np.array(edge.image_weights, "f4"))
    (folder / "pipeline.yml").write_text(pipeline(edge))


def pipeline(edge: Edge) -> str:
    truth = "NHW" if edge.is_exclusive else "NHWC"
    axes = f"{{predictions: NHWC, truth: {truth}}}"
    if edge.kind == "labels":
        axes = "NHW"
    classes = edge.classes
    if edge.ignore is not None:
        classes = [f"{{name: {c}, value: {k}}}" for k, c in enumerate(classes) if k != edge.ignore]
    lines = [
        f"# {edge.why}", "version: 1", "decode:", "  predictions: pred.npy", "  truth: truth.npy",
        f"  kind: {edge.kind}",
        f"  classes: [{', '.join(classes)}]", f"  axes: {axes}",
    ]
    if edge.kind != "labels":
        lines.append(f"  activation: {edge.activation}")
    if edge.ignores:
        lines.append(f"  ignore: {VOID}")
    if edge.ignore is not None:
        lines.append(f"  ignore: {edge.ignore}")
    if edge.threshold != 0.5:
        lines.append(f"  threshold: {edge.threshold}")
    lines.append(f"batch: {{size: {edge.batch}, order: array}}")
    if edge.weights:
        lines.append(f"weights: {edge.weights}")
    if edge.positive_weights:
        lines.append(f"positive_weights: {edge.positive_weights}")
    if edge.image_weights:
        lines.append("sample_weight: {images: weights.npy}")
    if edge.first_class:
        lines.append(f"sample_weight: {{first_class: {edge.first_class}}}")
    lines += [
        "measure: [iou]", f"presets: {'[' + ', '.join(edge.presets) + ']' if edge.presets else 'all'}",
        'reduce: {mean: "pool(batch, image, pixel) > score > mean(class)"}',
        "report: {to: out, formats: [json]}", "",
    ]
    return "\n".join(lines)


def ask(sets: list[Edge], frameworks: list[str], out: Path) -> None:
    from edgecalls.view import symbols

    warnings.simplefilter("ignore")
    for name in frameworks:
        try:
            framework = importlib.import_module(f"edgecalls.{name}")
        except Exception as error:  # a framework that is half installed can fail in any way
            print(f"{name}: left out: {type(error).__name__}: {error}", file=sys.stderr)
            continue
        answers = Answers.read(out / f"{name}.json")
        answers.versions |= dict(each.split(" ", 1) for each in framework.VERSIONS)
        for edge in sets:
            if (edge.ignore is not None) != (name == "ignored_class"):
                continue
            there = framework.symbols(edge, symbols(edge))
            answers.forget(edge.name)
            for preset, call in framework.rows(edge):
                if edge.kind != "labels" or not PROBABILITIES.search(call):
                    answers.add(edge.name, preset, call, value(call, there))
        answers.write()
        print(f"{', '.join(framework.VERSIONS)}: {len(sets)} sets")


def value(call: str, there: dict):
    """What a call gives: a number, "nan", an infinity as text, or why the framework refuses it."""
    try:
        given = eval(call, dict(there))
    except Exception as error:  # that a call fails is an answer too
        first = str(error).strip().splitlines() or [""]
        return {"error": f"{type(error).__name__}: {first[0]}"[:100]}
    number = np.asarray(given, dtype="f8").reshape(-1)
    if number.size != 1:
        return {"error": f"{number.size} numbers"}
    number = float(number[0])
    return float(f"{number:.9g}") if math.isfinite(number) else str(number)


if __name__ == "__main__":
    main()
