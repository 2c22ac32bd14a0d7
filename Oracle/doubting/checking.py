"""Compares what the program wrote with what was expected; each disagreement is one line."""

import csv
import json
import math
from pathlib import Path

import numpy as np

from . import bounds, expected, headline, reading
from .losses import APART, JOINT
from .scene import kept


def rows(path: Path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def number(text):
    if text is None or text == "":
        return math.nan
    return float(text)


def same(ours, theirs, relative, absolute=1e-15):
    if math.isnan(ours) or math.isnan(theirs):
        return math.isnan(ours) and math.isnan(theirs)
    return abs(ours - theirs) <= max(absolute, relative * max(abs(ours), abs(theirs)))


def check(scene, settings, measures, chains, out: Path):
    wrong = []

    def ask(what, ours, theirs, relative=1e-9, absolute=1e-15):
        if not same(float(ours), float(theirs), relative, absolute):
            wrong.append(f"{what}: expected {float(ours)!r}, printed {float(theirs)!r}")

    report = json.loads((out / "report.json").read_text())
    images = [image for _, _, image in kept(scene, settings)]
    if not images:
        return wrong
    check_classes(scene, images, rows(out / "classes.csv"), ask)
    check_images(scene, settings, rows(out / "images.csv"), ask)
    check_reductions(scene, settings, measures, chains, report, rows(out / "reductions.csv"), ask)
    check_headline(scene, settings, measures, chains, report, ask)
    for name, measure, ours, printed in reading.preset_values(scene, settings, report):
        if isinstance(printed, (int, float)):
            ask(f"preset {name}, {measure}", ours, printed, 1e-4 if scene.kind == "logits" else 1e-6, 1e-7)
    return wrong


def check_headline(scene, settings, measures, chains, report, ask):
    """Only what is printed and what is defined exactly."""
    ours = headline.counterfactuals(scene, settings, measures, chains)
    if not ours:
        return
    theirs = report["headline"]
    if theirs["measure"].split("(")[0] != ours["measure"] or theirs["reduction"] != ours["reduction"]:
        ask(f"headline is {theirs['measure']} by {theirs['reduction']}, not {ours['measure']} by {ours['reduction']}", 1, 0)
        return
    value = theirs["value"]
    near = 1e-6 * max(1.0, abs(value)) if isinstance(value, (int, float)) else math.inf
    for c, entry in enumerate(ours["classes"]):
        printed = report["classes"][c]
        for key, mine in entry.items():
            if printed.get(key) is not None and not math.isnan(mine):
                ask(f"headline {ours['measure']} by {ours['reduction']}, {key} of class {c}", mine, printed[key], 1e-5, near)
    scale = theirs.get("scale")
    if scale is not None:
        gate = min(0.01, 0.5 / scene.classes)
        ask("headline tolerance", max(0.00005, gate * scale), theirs["tolerance"], 1e-9)
        if not math.isnan(ours.get("scale", math.nan)):
            ask(f"headline {ours['measure']} by {ours['reduction']}, scale", ours["scale"], scale, 1e-5, near)


def check_classes(scene, images, table, ask):
    total = expected.counts(scene, images)
    counted = sum(int(image.counts.sum()) for image in images)
    for c, row in enumerate(table):
        s = total[c]
        ask(f"classes.csv {c} truth_px", s[0] + s[2], number(row["truth_px"]))
        ask(f"classes.csv {c} predicted_px", s[0] + s[1], number(row["predicted_px"]))
        ask(f"classes.csv {c} images", sum(bool(image.truth[c].any()) for image in images), number(row["images"]))
        ask(f"classes.csv {c} pixel_share", (s[0] + s[2]) / counted if counted else math.nan, number(row["pixel_share"]))
        for name, value in expected.class_scores(scene, s).items():
            ask(f"classes.csv {c} {name}", value, number(row[name]))


def check_images(scene, settings, table, ask):
    by = {(row["image"], row["class_name"]): row for row in table}
    places = kept(scene, settings)
    names = list(dict.fromkeys(row["image"] for row in table))
    if len(names) != len(places):
        ask("images.csv, number of images", len(places), len(names))
        return
    for (batch, _, image), name in zip(places, names):
        total = expected.counts(scene, [image])
        for c, class_name in enumerate(scene.names):
            row, s = by[name, class_name], total[c]
            ask(f"images.csv {name} {c} batch", batch, number(row["batch"]))
            ask(f"images.csv {name} {c} truth_px", s[0] + s[2], number(row["truth_px"]))
            ask(f"images.csv {name} {c} predicted_px", s[0] + s[1], number(row["predicted_px"]))
            ask(f"images.csv {name} {c} tp_px", s[0], number(row["tp_px"]))
            for score in ("iou", "dice"):
                ask(f"images.csv {name} {c} {score}", expected.class_scores(scene, s)[score], number(row[score]))


def tolerances(scene, measure):
    """Relative and absolute."""
    soft = measure in APART or measure in JOINT or measure.startswith("soft") or measure == "tversky"
    relative, absolute = (1e-6, 1e-12) if soft else (1e-9, 1e-15)
    if measure == "focal":
        absolute = 1e-9  # 1 − p_t in single precision
    if scene.kind == "logits" and soft:
        absolute = 1e-7  # probabilities in single precision, of which 1 − a ratio may be a small rest
    if scene.kind == "logits" and scene.exclusive and measure in APART + JOINT:
        relative, absolute = 1e-4, 1e-7  # a softmax in single precision is known to its last bit only
    return relative, absolute


def check_reductions(scene, settings, measures, chains, report, table, ask):
    ours = expected.reductions(scene, settings, measures, chains)
    theirs = {}
    for row in table:
        theirs.setdefault((row["measure"].split(" ")[0].split("(")[0], row["reduction"], int(row["step"])), []).append(row)
    refused = {
        (entry["measure"].split(" ")[0].split("(")[0], entry["reduction"])
        for entry in report["reductions"] if entry["value"] is None and entry.get("undefined_reason")
    }
    for (measure, key), steps in ours.items():
        relative, absolute = tolerances(scene, measure)
        numbers = [n for m, r, n in theirs if m == measure and r == key]
        if not numbers:
            ask(f"reductions.csv {measure} by {key}: no row", 1, 0)
            continue
        if len(numbers) != len(steps):
            ask(f"reductions.csv {measure} by {key}: steps", len(steps), len(numbers))
            continue
        # A chain is refused where the step that takes the pixels leaves nothing: what `else` or a sum would
        # make of nothing is then no number.
        first = next((values for places, values in steps if "pixel" not in places), None)
        if (measure, key) in refused and first is not None and np.isnan(first).all():
            for at in range(1, len(steps) + 1):
                for row in theirs[measure, key, at]:
                    for column in ("value", "lowest", "highest"):
                        ask(f"{measure} by {key}, refused, step {at}", math.nan, number(row[column]))
            continue
        for at, (places, values) in enumerate(steps, 1):
            if "pixel" in places:
                continue
            found = theirs[measure, key, at]
            what = f"{measure} by {key}, step {at}, {found[0]['operation']}"
            left = set(places)
            if left == {"class"}:
                for c, row in enumerate(r for r in found if r["class_name"]):
                    ask(f"{what}, class {c}", values[c], number(row["value"]), relative, absolute)
            elif not left:
                ask(what, values[0], number(found[0]["value"]), relative, absolute)
            else:
                if found[0]["operation"].startswith("pool"):
                    continue
                defined = values[~np.isnan(values)]
                low, high = (defined.min(), defined.max()) if len(defined) else (math.nan, math.nan)
                printed = (number(found[0]["lowest"]), number(found[0]["highest"]))
                if math.isnan(printed[0]) and found[0]["value"]:
                    printed = (number(found[0]["value"]),) * 2
                ask(f"{what}, lowest", low, printed[0], relative, absolute)
                ask(f"{what}, highest", high, printed[1], relative, absolute)
    for (measure, key), (least, most) in bounds.bounds(scene, settings, measures, chains).items():
        last = max((n for m, r, n in theirs if m == measure and r == key), default=0)
        found = theirs.get((measure, key, last), [])
        if set(least[0]) <= {"class"} and len(found) == len(least[1]):
            for c, row in enumerate(found):
                for column, values in (("value_lo", least[1]), ("value_hi", most[1])):
                    if row[column]:
                        ask(f"{measure} by {key}, {column} {c}", values[c], number(row[column]), 1e-5, 1e-9)
    for entry in report["reductions"]:
        measure = entry["measure"].split(" ")[0].split("(")[0]
        steps = ours.get((measure, entry["reduction"]))
        if steps and isinstance(entry["value"], (int, float)) and len(steps[-1][1]) == 1:
            what = f"report.json {entry['measure']} by {entry['reduction']}"
            ask(what, steps[-1][1][0], entry["value"], *tolerances(scene, measure))
