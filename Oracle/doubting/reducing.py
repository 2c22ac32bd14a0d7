"""Applies a chain step by step, with a row for each term, to a table of terms.

A row has its place (batch, image, tile, pixel, class), its value (NaN: undefined) and what it may weigh.
"""

import numpy as np

from .chains import combined, joined
from .scores import score as scored

ORDER = ("batch", "image", "tile", "pixel", "class")


class Terms:
    def __init__(self, places, values, own, counts, samples):
        self.places, self.values, self.own, self.counts, self.samples = places, values, own, counts, samples


def keys(places, axes):
    """One number for each combination of places along these axes, in their order."""
    count = len(next(iter(places.values())))
    key = np.zeros(count, np.int64)
    for axis in ORDER:
        if axis in axes:
            key = key * (int(places[axis].max(initial=0)) + 1) + places[axis]
    return key


def groups(places, axes):
    values, first, inverse = np.unique(keys(places, axes), return_index=True, return_inverse=True)
    return {axis: places[axis][first] for axis in axes}, inverse.reshape(-1), len(values)


def carried(base, axes, places, inverse_of_base, size):
    """What each group of rows holds: its images, counted pixels, own pixels."""
    one_class = np.ones(len(base.values), bool) if "class" in axes else base.places["class"] == 0
    counted = one_class & base.counts
    pixels = np.bincount(inverse_of_base, counted, size)
    own = np.bincount(inverse_of_base, base.own & base.counts, size)
    pairs = np.unique(np.stack([inverse_of_base, base.places["image"]]), axis=1)
    return {"pixels": pixels, "truth": own, "images": np.bincount(pairs[0], minlength=size).astype(float)}


def weighing(name, rows, base, places, extra, settings, level, inverse, size):
    """The weight of each row: its class's, its pixels', or what it holds."""
    if name is None:
        return np.ones(rows)
    if name in ("class-weights", "class-shares", "inverse-prevalence"):
        return settings[name][places["class"]]
    if level == "pixel":
        if name == "sample-weights":
            return base.samples
        if name == "truth":
            return base.own.astype(float)
        if name == "positive-weights":
            return np.where(base.own, settings[name][places["class"]], 1.0)
        if name == "balanced":
            used = base.counts & ~np.isnan(base.values)
            mine = np.bincount(inverse, base.own & used, size)[inverse]
            others = np.bincount(inverse, ~base.own & used, size)[inverse]
            with np.errstate(divide="ignore"):
                return np.where(base.own, 0.5 / mine, 0.5 / others)
    return extra[name]


def reduced(base, chain, settings, tiles, upward=True, statistics=None, measure=None):
    """The values after every step, each with the places that are left."""
    base_places = base.places
    axes = [axis for axis in ORDER if axis in base_places and (axis != "tile" or tiles)]
    places = {axis: base_places[axis] for axis in axes}
    values, counts, level = base.values, base.counts, "pixel"
    extra, results = {}, []
    for step in joined(chain, tiles):
        if step.operation == "score":
            values = np.array([scored(*measure, row) for row in statistics])
            if step.if_truth:
                values = np.where(statistics[:, 7] > 0, values, np.nan)
            results.append((places, values))
            continue
        if step.operation == "nothing yet":
            results.append((places, values))
            continue
        axes = [axis for axis in axes if axis not in step.axes]
        where, inverse, size = groups(places, axes)
        if step.operation == "pool":
            pooled = np.zeros((size, statistics.shape[1]))
            np.add.at(pooled, inverse, statistics * counts[:, None] if level == "pixel" else statistics)
            statistics, values = pooled, np.full(size, np.nan)
            counts = np.ones(size, bool)
        else:
            weights = weighing(step.by, len(values), base, places, extra, settings, level, inverse, size)
            factors = weighing(step.times, len(values), base, places, extra, settings, level, inverse, size)
            terms = values
            defined = ~np.isnan(values) & (counts if level == "pixel" else True)
            if step.ignored:
                terms = np.where(counts, values, 0.0)
                defined = ~np.isnan(terms)
            bad = np.zeros(size, bool)
            if step.otherwise:
                undefined = ~defined & (counts if level == "pixel" else True)
                if step.otherwise == "nan":
                    bad[inverse[undefined & (weights > 0)]] = True
                else:
                    terms = np.where(undefined, float(step.otherwise), terms)
                    defined = defined | undefined
            if level == "pixel" and step.operation in ("sum", "mean"):
                w = np.where(defined, weights, 0)
                top = np.bincount(inverse, np.where(defined, terms * factors, 0) * w, size)
                below = np.bincount(inverse, w, size)
                with np.errstate(invalid="ignore", divide="ignore"):
                    out = top / below if step.operation == "mean" else top
                values = out
                if step.by == "balanced":  # a half that is not there leaves nothing to balance
                    mine = np.bincount(inverse, defined & base.own, size)
                    others = np.bincount(inverse, defined & ~base.own, size)
                    values = np.where((mine > 0) & (others > 0), values, np.nan)
            else:
                out = np.full(size, 0.0 if step.operation == "sum" else np.nan)  # the sum of nothing is 0
                for g in range(size):
                    mine = (inverse == g) & defined
                    if mine.any():
                        out[g] = combined(step.operation, terms[mine] * factors[mine], weights[mine], upward)
                values = out
            values = np.where(bad, np.nan, values)
            if level == "pixel" and "pixel" in axes:
                # The classes are gone and the pixels are not: later weights are of the pixels.
                first = np.unique(inverse, return_index=True)[1]
                base = Terms({a: where[a] for a in axes} | {"class": np.zeros(size, int)}, values, base.own[first] & False,
                             base.counts[first], base.samples[first])
                counts = base.counts
                base_places = base.places
        places = where
        if "pixel" not in axes:
            level = "terms"
            _, mapping, count = groups(base_places, axes)
            extra = carried(base, axes, places, mapping, count)
        results.append((places, values))
    return results
