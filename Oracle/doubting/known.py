"""Disagreements that are known and not yet decided: told apart, and counted on their own.

Each line here hides what else may be wrong in its place, so it goes as soon as its cause is decided.
"""


def known(scene, chains, line):
    """The name of a known disagreement of which this line may be one, or None."""
    if line.startswith(("exit code", "refused", "--jobs", "report --from")):
        return None
    if scene.number == "float16" and not scene.exclusive and set(scene.thresholds) != {0.5}:
        return "ties of float16 with a threshold"
    if ("log-loss" in line or "brier" in line) and scene.number.startswith("levels"):
        return "log-loss and brier of levels in single precision"
    if "headline bce" in line and scene.number == "float64":
        return "bce with double: 1 and label_smoothing, perfect"
    for key, chain in chains.items():
        selects = any("pixel" in step.axes and step.operation not in ("sum", "mean", "pool") for step in chain)
        if (f"by {key}" in line or "headline" in line) and selects and any("tile" in step.axes for step in chain):
            return "pixels selected within tiles"
    if scene.wild and scene.exclusive:
        return "a softmax of large logits that tie"
    if "pixel_share" in line and "expected nan, printed 0.0" in line:
        return "share of no pixels"
    if "else nan" in line and "by: " in line or any(
        step.otherwise == "nan" and step.by for key, chain in chains.items() if f"by {key}" in line for step in chain
    ):
        return "an undefined term of weight 0 behind else nan"
    return None
