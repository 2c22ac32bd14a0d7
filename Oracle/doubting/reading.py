"""Reads a measure and a chain as the reports write them: each preset must be its measure by its chain."""

import re

from .chains import Step
from .expected import reductions
from .losses import APART, JOINT
from .scores import HARD, SOFT


STEP = re.compile(
    r"([a-z]+(?:\([\d.]+%?\))?)\(([a-z, ]+?)((?:, (?:by|times): [a-z-]+)*)(, ignored: 0)?(?: else (\S+))?\)"
)


def measure(text):
    """`bce(epsilon: 1e-07)` as (name, options), or None."""
    found = re.fullmatch(r"([\w-]+)(?:\((.*)\))?", text)
    if not found or found[1] not in APART + JOINT + HARD + SOFT:
        return None
    pairs = [pair.split(": ") for pair in found[2].split(", ")] if found[2] else []
    return found[1], {key: float(value) for key, value in pairs}


def chain(text):
    steps = []
    for word in text.split(" > "):
        if word in ("score", "score(if: truth)"):
            steps.append(Step("score", if_truth="if" in word))
            continue
        found = STEP.fullmatch(word)
        if not found:
            return None
        weights = dict(pair.split(": ") for pair in found[3].split(", ")[1:])
        axes = tuple(found[2].split(", "))
        steps.append(Step(found[1], axes, weights.get("by"), weights.get("times"), bool(found[4]), found[5]))
    return steps


# Those whose measure has no parameter but the usual ones: a preset's measure is printed without them.
PLAIN = """keras.binary_crossentropy keras.categorical_crossentropy keras.sparse_categorical_crossentropy
keras.mean_squared_error keras.mean_absolute_error keras.dice keras.dice.axis-1-2-3 keras.dice.axis-1-2 keras.dice.axis-0-1-2
keras.Dice keras.Dice.axis-0-1-2 keras.BinaryCrossentropy.sum keras-3.0.binary_crossentropy keras-3.0.categorical_crossentropy
tf.keras.binary_crossentropy torch.BCELoss torch.BCELoss.dataset torch.BCELoss.sum torch.BCELoss.weight torch.MSELoss torch.L1Loss
""".split()


def preset_values(scene, settings, report):
    """(name, ours, printed) of each preset that can be read."""
    done = {}
    for entry in report.get("presets", []):
        if entry["id"] not in PLAIN or "chain" not in entry:
            continue
        m, c = measure(entry["measure"]), chain(entry["chain"])
        if not m or not c:
            continue
        key = (entry["measure"], entry["chain"])
        if key not in done:
            steps = reductions(scene, settings, [m], {"p": c}).get((m[0], "p"))
            done[key] = steps[-1][1] if steps else None
        if done[key] is not None and len(done[key]) == 1:
            yield entry["id"], m[0], float(done[key][0]), entry.get("value")
