"""What the headline would be if a class were perfect, and how much it weighs: docs/diagnosis.md, *Definition*."""

import math

import numpy as np

from .expected import table
from .losses import APART, JOINT, loss, probabilities
from .reducing import reduced
from .scene import kept
from .scores import HARD, SOFT, statistics

ADDING = ("sum", "mean", "pool", "score")


def perfect_values(scene, image):
    """Predicted as the truth has it."""
    if scene.kind == "logits":
        return np.where(image.truth, 1e4, -1e4).astype(scene.number)
    top = {"levels8": 255, "levels16": 65535}.get(scene.number, 1)
    return (image.truth * top).astype(image.values.dtype)


def headline(scene, settings, measures, chains):
    """The first measure by the first chain of its kind that leaves nothing, or None."""
    name, options = measures[0]
    is_loss = name in APART or name in JOINT
    for key, chain in chains.items():
        axes = {axis for step in chain for axis in step.axes}
        ratio = any(step.operation == "score" for step in chain)
        if ratio != is_loss and {"batch", "image", "pixel", "class"} <= axes:
            return name, options, key, chain
    return None


def counterfactuals(scene, settings, measures, chains):
    """For each class its headroom and, of a loss, its voices and (of bce) its reach; and the scale, or None where the
    documentation does not define them exactly."""
    found = headline(scene, settings, measures, chains)
    if not found:
        return None
    name, options, key, chain = found
    adding = all(step.operation in ADDING for step in chain)
    tiles = any("tile" in step.axes for step in chain)
    answer = {"measure": name, "reduction": key, "classes": []}
    if not adding or name in JOINT and name != "ce":
        return answer
    if name == "ce":
        return of_oracle(scene, settings, options, chain, tiles, answer)
    if name in APART:
        return of_loss(scene, settings, name, options, chain, tiles, answer)
    if name in HARD or name in SOFT:
        return of_score(scene, settings, name, options, chain, tiles, answer)
    return answer


def of_loss(scene, settings, name, options, chain, tiles, answer):
    base = table(scene, settings, lambda image: loss(scene, name, options, image).ravel())
    best = table(scene, settings, lambda image: loss(scene, name, options, image, perfect_values(scene, image)).ravel()).values
    values, classes = base.values, base.places["class"]

    def made(changed):
        base.values = changed
        return float(reduced(base, chain, settings, tiles)[-1][1][0])

    now, nothing = made(values), made(values * 0)
    total = 0.0
    for c in range(scene.classes):
        mine = classes == c
        entry = {"headroom": now - made(np.where(mine, best, values))}
        entry["voice"] = made(np.where(mine, 1.0, 0.0)) - nothing
        entry["voice_own_pixels"] = made(np.where(mine & base.own, 1.0, 0.0)) - nothing
        if name == "bce" and not options.get("label_smoothing"):
            weight, own = entry["voice"], entry["voice_own_pixels"]
            floor = made(np.where(mine, best, 0.0)) - nothing
            share = own / weight if weight else math.nan
            entropy = -sum(x * math.log(x) for x in (share, 1 - share) if 0 < x <= 1) if weight else 0.0
            entry["reach"] = weight * entropy - floor if 1e-6 < share < 1 - 1e-6 else math.nan
            total += weight * entropy - floor if 1e-6 < share < 1 - 1e-6 else math.nan
        answer["classes"].append(entry)
    if name == "bce" and not options.get("label_smoothing"):
        answer["scale"] = total
    return answer


def of_oracle(scene, settings, options, chain, tiles, answer):
    """Softmax cross-entropy: an oracle tells at every pixel whether it is the class."""
    planes = [probabilities(scene, image.values)[1] for _, _, image in kept(scene, settings)]
    if options or any(p.min(initial=1) < 1e-4 for p in planes):
        return answer  # the clip would have a part in it

    def repaired(c, image):
        p = probabilities(scene, image.values)[1]
        p = p / p.sum(0)
        value = -np.log(p / (1 - p[c])) if scene.classes > 1 else 0 * p
        value[c] = 0
        return np.where(image.truth, value, np.nan).ravel()

    def made(values):
        return float(reduced(table(scene, settings, values), chain, settings, tiles)[-1][1][0])

    now = made(lambda image: loss(scene, "ce", options, image).ravel())
    for c in range(scene.classes):
        answer["classes"].append({"headroom": now - made(lambda image: repaired(c, image))})
    return answer


def of_score(scene, settings, name, options, chain, tiles, answer):
    base = table(scene, settings, lambda image: np.full(image.truth.size, np.nan))
    images = [image for _, _, image in kept(scene, settings)]
    rows = np.concatenate([statistics(scene, image, options.get("ties")).reshape(-1, 9) for image in images])
    classes, cost = base.places["class"], -1 if name in HARD else 1
    # The true class of the pixel that a row is of, of classes that exclude each other.
    true = np.concatenate([np.broadcast_to(np.argmax(i.truth, 0), i.truth.shape).ravel() for i in images])

    def made(changed):
        return float(reduced(base, chain, settings, tiles, name in SOFT, changed, (scene, name, options))[-1][1][0])

    now = made(rows)
    for c in range(scene.classes):
        changed = rows.copy()
        mine = classes == c
        t = rows[:, 7]
        for column, value in enumerate((t, 0 * t, 0 * t, 1 - t, t, t, t, t)):
            changed[mine, column] = value[mine]
        if scene.exclusive and name in HARD:
            taken = (true == c) & ~mine & (rows[:, 1] > 0)
            changed[taken, 1], changed[taken, 3] = 0, 1
        answer["classes"].append({"headroom": cost * (now - made(changed))})
    # 1 where the chain averages; a sum and `times:` make it as large as they make a score of 1.
    averaging = all(step.operation != "sum" and not step.times and not step.otherwise for step in chain)
    answer["scale"] = 1.0 if name in HARD and averaging else math.nan
    return answer
