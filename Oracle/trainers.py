"""Asks trainers what they print as an epoch's loss.

    python trainers.py data                    writes trainers/data, what all of them are given
    python trainers.py ask [--only a,b | --keras | --others] [--out FOLDER]
                                               runs them, each in a process of its own: FOLDER/NAME.json,
                                               and says what differs from trainers/
    python trainers.py ask --only a --as a-1.0 keeps what an older version prints
    python trainers.py show                    a table of what is in trainers/

The models return what they are given, and where a number is that of the training the learning rate is 0,
so what differs is how a trainer makes one number of three batches. A trainer that is not installed is named
and left out, and its answers stay as they are.
"""

import argparse
import importlib
import json
import math
import os
import platform
import subprocess
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

# One thread, so that sums in single precision do not depend on how many cores there are.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import numpy as np

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from trainercalls.sets import BATCHES, CLASSES, IGNORED, all_sets

OUT = HERE / "trainers"
# The file of trainercalls/ and what the environment has to say before it is imported.
TRAINERS = {
    "keras": {"KERAS_BACKEND": "tensorflow"},
    "keras_torch": {"KERAS_BACKEND": "torch"},
    "keras_jax": {"KERAS_BACKEND": "jax"},
    "tf_keras": {},
    "lightning": {},
    "transformers": {},
    "fastai": {},
    "ignite": {},
    "skorch": {},
    "timm": {},
    "smp": {},
    "torchmetrics": {},
    "monai": {},
    "mmengine": {},
    "nnunet": {},
    "ultralytics": {},
    "poutyne": {},
    "pytorch_accelerated": {},
    "catalyst": {},
    "torchbearer": {},
    "argus": {},
    "composer": {},
    "torchgeo": {},
    "fastestimator": {},
    "paddleseg": {},
    "detectron2": {},
    "torchvision": {},
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["data", "ask", "show", "one"])
    parser.add_argument("name", nargs="?")
    parser.add_argument("--only", default=",".join(TRAINERS))
    parser.add_argument("--keras", action="store_true", help="only Keras, which does not go with the others")
    parser.add_argument("--others", action="store_true")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--as", dest="kept_as", help="the name of the answers, where a version is not the newest")
    arguments = parser.parse_args()
    if arguments.what == "data":
        write_data()
    elif arguments.what == "show":
        show()
    elif arguments.what == "one":
        one(arguments.name, arguments.kept_as or arguments.name, arguments.out)
    else:
        for name in arguments.only.split(","):
            if "keras" in name and arguments.others or "keras" not in name and arguments.keras:
                continue
            ask(name, arguments.kept_as or name, arguments.out)


def ask(name: str, kept_as: str, out: Path) -> None:
    kept = answers(OUT / f"{name}.json")
    command = [sys.executable, "-B", "-W", "ignore", __file__, "one", name, "--as", kept_as, "--out", str(out)]
    done = subprocess.run(command, env=os.environ | TRAINERS[name], capture_output=True, text=True)
    if done.returncode:
        print(f"left out: {name}: {last_line(done.stderr)}", flush=True)
        return
    print(f"{name}: asked", flush=True)
    for row, value in answers(out / f"{kept_as}.json").items():
        if row in kept and not near(kept[row], value):
            print(f"  differs: {', '.join(row)}: {kept[row]}, now {value}", flush=True)


def answers(path: Path) -> dict:
    if not path.exists():
        return {}
    rows = json.loads(path.read_text())["numbers"]
    return {(row["set"], row["key"], row["call"]): np.atleast_1d(np.array(row["value17"], float)) for row in rows}


def near(one: np.ndarray, other: np.ndarray) -> bool:
    """To the last digits of single precision."""
    return one.shape == other.shape and np.allclose(one, other, rtol=3e-6, atol=1e-7, equal_nan=True)


def last_line(text: str) -> str:
    return (text.strip().splitlines() or ["it ended without a word"])[-1]


def one(name: str, kept_as: str, out: Path) -> None:
    warnings.simplefilter("ignore")
    module = importlib.import_module(f"trainercalls.{name}")
    numbers = []
    for row in module.ask(all_sets()):
        row = dict(zip(("set", "key", "call", "value"), row))
        value = row["value"]
        row["value"] = plain(value)
        row["value17"] = digits(value)
        numbers.append(row)
    answer = {
        "name": kept_as,
        "packages": {each: version(each) for each in module.PACKAGES} | getattr(module, "SOURCES", {}),
        "python": platform.python_version(),
        "dtype": "float32",
        "numbers": numbers,
    }
    write(out / f"{kept_as}.json", answer)


def plain(value):
    """A number, or a list of them; null is not a number."""
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    value = float(value)
    return value if math.isfinite(value) else None


def digits(value):
    return [digits(each) for each in value] if isinstance(value, (list, tuple)) else f"{float(value):.17g}"


def write(path: Path, answer) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(answer, indent=1, ensure_ascii=False) + "\n")


def write_data() -> None:
    """The arrays, and the losses of their batches and images by PyTorch's cross-entropy."""
    import torch
    from torch.nn.functional import cross_entropy

    folder = OUT / "data"
    folder.mkdir(parents=True, exist_ok=True)
    sets = all_sets()
    np.save(folder / "logits.npy", sets["plain"].logits)
    about = {"batches": [each.stop - each.start for each in BATCHES], "classes": CLASSES, "ignored": IGNORED,
             "logits": "logits.npy", "packages": {"torch": torch.__version__, "numpy": np.__version__}, "sets": []}
    for each in sets.values():
        np.save(folder / f"{each.name}.npy", each.labels)
        x, y = torch.from_numpy(each.planes), torch.from_numpy(each.labels)

        def loss(part):
            return digits(cross_entropy(x[part], y[part], ignore_index=IGNORED).item())

        about["sets"].append({
            "set": each.name, "what": each.what, "labels": f"{each.name}.npy",
            "call": "torch.nn.CrossEntropyLoss(ignore_index=255)(logits, labels)",
            "whole17": loss(slice(None)),
            "counted": [int((each.labels[part] != IGNORED).sum()) for part in BATCHES],
            "batches17": [loss(part) for part in BATCHES],
            "images17": [loss(slice(at, at + 1)) for at in range(len(x))],
        })
    write(folder / "data.json", about)


def show() -> None:
    about = json.loads((OUT / "data" / "data.json").read_text())
    known = {each["set"]: rules(each, about["batches"]) for each in about["sets"]}
    for path in sorted(OUT.glob("*.json")):
        answer = json.loads(path.read_text())
        print(f"{answer['name']}  {answer['packages']}")
        for row in answer["numbers"]:
            value = np.atleast_1d(np.array(row["value17"], float))
            # Printed with four digits, some of them.
            names = [name for name, number in known[row["set"]].items()
                     if np.shape(number) == value.shape[len(value) == 1:] and np.allclose(number, value, rtol=7e-5, equal_nan=True)]
            text = ", ".join(f"{each:.9g}" for each in value)
            rule = "NaN" if np.isnan(value).all() else " = ".join(names)
            print(f"  {row['set']:15} {row['key']:26} {text:12} [{rule}] {row['call']}")


def rules(each: dict, images: list[int]) -> dict:
    """What the rules of docs/trainers.md give for the three batches of a set, by name."""
    loss, n = np.array(each["batches17"], float), np.array(images)
    there, zero = ~np.isnan(loss), np.nan_to_num(loss)
    debiased = running = 0.0
    for at, one in enumerate(loss):
        debiased = 0.98 * debiased + 0.02 * one
        running = 0.98 * running + 0.02 * one if at else one
    return {
        "by images": (n * loss).sum() / n.sum(),
        "by batches": loss.mean(),
        "by images, NaN left out": (n * zero).sum() / n[there].sum(),
        "by batches, NaN left out": zero.sum() / there.sum(),
        "by images, void is 0": (n * zero).sum() / n.sum(),
        "pooled": float(each["whole17"]),
        "last batch": loss[-1],
        "each batch": loss,
        "sum": loss.sum(),
        "median": np.median(loss),
        "exponential, debiased": debiased / (1 - 0.98 ** len(loss)),
        "exponential, from the first": running,
        "first two by images": (n * loss)[:2].sum() / n[:2].sum(),
        "filtered": filtered(loss),
    }


def filtered(losses: np.ndarray) -> float:
    """HuggingFace's: what is not finite counts as the sum over one more than the finished steps."""
    total = 0.0
    for steps, loss in enumerate(losses):
        total += loss if np.isfinite(loss) else total / (1 + steps)
    return total / len(losses)


if __name__ == "__main__":
    main()
