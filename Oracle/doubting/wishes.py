"""Random measures with random parameters, and random chains that the grammar allows for them."""

from .chains import Step
from .losses import APART
from .scene import any_of
from .scores import HARD, SOFT


def measures(rng, scene):
    """Some measures that this kind of prediction has, as a list of (name, options)."""
    pool = list(HARD)
    if scene.kind != "labels":
        pool += list(SOFT) * 2 + ["one"]
        pool += list(APART) * 2 if scene.kind == "probabilities" else ["bce", "focal", "mse", "mae", "one"] * 3
        if scene.exclusive:
            pool += ["ce", "sparse-ce", "categorical-focal", "categorical-log-loss"] * 3
    made, seen = [], set()
    for _ in range(int(rng.integers(1, 4))):
        name = pool[int(rng.integers(len(pool)))]
        if name not in seen:
            seen.add(name)
            made.append((name, options(rng, scene, name)))
    if made[0][0] in ("sparse-ce", "categorical-focal", "categorical-log-loss", "one"):  # no headline
        made.insert(0, ("ce", {}) if scene.exclusive else ("bce", {}))
    return list(dict((name, (name, o)) for name, o in made).values())


def options(rng, scene, name):
    o = {}

    def maybe(key, *choices):
        if rng.random() < 0.3:
            o[key] = any_of(rng, *choices)

    if name in ("bce", "tf-keras-bce", "torch-bce", "ce", "focal") and scene.kind == "probabilities":
        maybe("epsilon", 1e-3, 1e-7, 0.1, 1e-6)
    if name == "bce" and scene.kind == "probabilities":
        maybe("label_smoothing", 0.1, 0.5)
        maybe("double", 1)
    if name in ("bce", "focal") and scene.kind == "logits":
        maybe("clip_logits", 1)
    if name == "focal":
        maybe("gamma", 0, 1, 3.5)
        maybe("alpha", 0.25, 0, 1)
    if name == "categorical-focal":
        maybe("gamma", 0, 1, 3.5)
        maybe("alpha", 0.25, 3)
    if name in SOFT:
        maybe("smooth_nr", 1, 1e-5)
        maybe("smooth_dr", 1, 1e-5)
    if name == "soft-dice":
        maybe("squared", 1)
    if name == "tversky":
        maybe("alpha", 0.3, 1, 0)
        maybe("beta", 0.7, 2)
    if name in HARD and scene.kind != "labels" and not scene.exclusive and set(scene.thresholds) == {0.5}:
        maybe("ties", 1)
    if name in ("precision", "recall"):
        maybe("zero_division", 0, 1)
    return o


def chains(rng, scene, settings, losses, ratios, count):
    """By name; the first of each kind that is needed leaves nothing."""
    made = {}
    for wanted, chain in ((losses, loss_chain), (ratios, ratio_chain)):
        if wanted:
            made[f"r{len(made)}"] = chain(rng, settings, True)
    for _ in range(count):
        chain = loss_chain if losses and (not ratios or rng.random() < 0.6) else ratio_chain
        made[f"r{len(made)}"] = chain(rng, settings, False)
    return made


def outward(rng, whole):
    """The nested axes from the inside, cut into runs that go together."""
    axes = ["pixel"] + (["tile"] if rng.random() < 0.15 else []) + ["image", "batch"]
    runs = [[axes[0]]]
    for axis in axes[1:]:
        if rng.random() < 0.45:
            runs[-1].append(axis)
        else:
            runs.append([axis])
    if not whole and rng.random() < 0.15 and len(runs) > 1:
        runs.pop()
    return runs


def insert_class(rng, runs, first, whole):
    if not whole and rng.random() < 0.1:
        return runs
    place = int(rng.integers(first, len(runs) + 1))
    if rng.random() < 0.3 and place < len(runs):
        runs[place] = runs[place] + ["class"]
    else:
        runs.insert(place, ["class"])
    return runs


def selection(rng):
    quantile, share = any_of(rng, 0, 0.25, 0.5, 0.9, 1), any_of(rng, 5, 30, 50)
    return any_of(rng, "max", "min", f"quantile({quantile})", f"worst({any_of(rng, 1, 2, 5)})", f"worst({share}%)")


def shuffled(rng, axes):
    return tuple(axes[int(i)] for i in rng.permutation(len(axes)))


def term_step(rng, axes, classes_left, truth_left):
    """A step on terms from which the pixels are gone."""
    if rng.random() < 0.3:
        step = Step(selection(rng), shuffled(rng, axes))
    else:
        step = Step(any_of(rng, "mean", "mean", "mean", "sum"), shuffled(rng, axes))
        choices = [None, None, "images", "pixels"]
        if "class" in axes:
            choices += ["class-weights", "class-shares", "inverse-prevalence"]
        if classes_left and truth_left:
            choices += ["truth"]
        weight = any_of(rng, *choices)
        if step.operation == "sum" or rng.random() < 0.25:
            step.times = weight
        else:
            step.by = weight
    if rng.random() < 0.15:
        step.otherwise = any_of(rng, "0", "1", "nan", "0.5") if step.operation in ("mean", "sum") else any_of(rng, "0", "1")
    return step


def outer_first(rng, step):
    """Takes an outer axis out of a step, to be written before it, which means the same."""
    axis = any_of(rng, *[axis for axis in step.axes if axis in ("tile", "image", "batch")])
    step.axes = tuple(a for a in step.axes if a != axis)
    return Step(step.operation, (axis,))


def loss_chain(rng, settings, whole):
    runs = insert_class(rng, outward(rng, whole), 0, whole)
    made, classes_left, pixels_left = [], True, True
    for axes in runs:
        if not pixels_left:
            made.append(term_step(rng, axes, classes_left, True))
        elif "pixel" in axes:
            pixels_left = False
            step = Step(any_of(rng, "mean", "mean", "sum"), shuffled(rng, axes))
            choices = [None, None, None]
            if settings["samples"]:
                choices += ["sample-weights"] * 2
            if classes_left:
                choices += ["truth"] + ["positive-weights"] * settings["positive given"]
                choices += ["class-weights"] if "class" in axes else ["balanced"]
            weight = any_of(rng, *choices)
            if settings["select pixels"] and classes_left and "class" not in axes and rng.random() < 0.3:
                step.operation, weight = selection(rng), None
            if step.operation == "sum" or weight == "positive-weights":
                step.times = weight if weight != "balanced" else None
            else:
                step.by = weight
            if step.operation == "mean" and not weight and rng.random() < 0.15:
                step.ignored = True
            plain = step.operation == "mean" and not weight and not step.ignored
            if plain and set(axes) & {"tile", "image", "batch"} and rng.random() < 0.1:
                made.append(outer_first(rng, step))
            made.append(step)
        else:
            step = Step(any_of(rng, "mean", "mean", "sum"), ("class",))
            weight = any_of(rng, None, None, "class-weights", "class-shares", "inverse-prevalence")
            if step.operation == "sum" or rng.random() < 0.5:
                step.times = weight
            else:
                step.by = weight
            made.append(step)
        classes_left = classes_left and "class" not in axes
    return made


def ratio_chain(rng, settings, whole):
    runs = insert_class(rng, outward(rng, whole), 1, whole)
    pooled = int(rng.integers(1, len(runs) + 1))
    first = [axis for run in runs[:pooled] for axis in run]
    made = [Step("pool", shuffled(rng, first)), Step("score", if_truth=rng.random() < 0.15 and "class" not in first)]
    classes_left = "class" not in first
    for axes in runs[pooled:]:
        made.append(term_step(rng, axes, classes_left, True))
        classes_left = classes_left and "class" not in axes
    return made
