"""A chain: how it is written, and what it makes of the terms."""

import re
from dataclasses import dataclass

import numpy as np

NESTED = ("batch", "image", "tile", "pixel")


@dataclass
class Step:
    operation: str  # pool, sum, mean, max, min, quantile(q), worst(k), worst(q%), score
    axes: tuple = ()
    by: str | None = None
    times: str | None = None
    ignored: bool = False
    otherwise: str | None = None
    if_truth: bool = False

    def __str__(self):
        if self.operation == "score":
            return "score(if: truth)" if self.if_truth else "score"
        inside = ", ".join(self.axes)
        inside += f", by: {self.by}" if self.by else ""
        inside += f", times: {self.times}" if self.times else ""
        inside += ", ignored: 0" if self.ignored else ""
        inside += f" else {self.otherwise}" if self.otherwise else ""
        return f"{self.operation}({inside})"


def written(chain):
    return " > ".join(str(step) for step in chain)


def joined(chain, tiles):
    """An outer axis that goes before an inner one goes with the last inner one."""
    there = [axis for axis in NESTED if axis != "tile" or tiles]
    left = set(there)
    waiting, result = set(), []
    for step in chain:
        if step.operation == "score":
            result.append(step)
            continue
        now = set(step.axes) - set(NESTED)
        for axis in step.axes:
            if axis in NESTED:
                waiting.add(axis)
        for axis in reversed(there):
            if axis in left and axis in waiting:
                left.discard(axis)
                waiting.discard(axis)
                now.add(axis)
            elif axis in left:
                break
        if not now:
            result.append(Step("nothing yet"))
        else:
            result.append(Step(step.operation, tuple(sorted(now)), step.by, step.times, step.ignored, step.otherwise))
    return result


def combined(operation, values, weights, upward):
    """One group of defined terms; `upward` says that the worst ones are the largest."""
    if operation == "sum":
        return float(np.sum(values * weights))
    if operation == "mean":
        below = np.sum(weights)
        return float(np.sum(values * weights) / below) if below else np.nan
    if operation == "max":
        return float(np.max(values))
    if operation == "min":
        return float(np.min(values))
    inside = re.fullmatch(r"(\w+)\((.*)\)", operation)
    if inside[1] == "quantile":
        return float(np.quantile(values, float(inside[2])))
    ordered = np.sort(values)[::-1] if upward else np.sort(values)
    share = inside[2]
    k = max(1, int(float(share[:-1]) * len(ordered) // 100)) if share.endswith("%") else int(share)
    return float(np.mean(ordered[:k]))
