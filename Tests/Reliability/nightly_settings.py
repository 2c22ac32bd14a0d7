"""What a configuration asks of a night's images, and the ways in which it changes from one night to another."""

import json

from nightly_kinds import CLASSES

LOSSES = {
    "keras": "mean(class) > mean(pixel) > mean(image) > mean(batch, by: images)",
    "classes": "mean(pixel, image, batch) > mean(class)",
    "balanced": "mean(pixel, image, batch, by: balanced) > mean(class)",
    "own": "mean(pixel, by: truth) > mean(image, batch) > mean(class)",
    "tiles": "mean(pixel) > mean(class) > mean(tile, image, batch)",
    "weighed": "mean(pixel, image, batch, by: sample-weights) > mean(class)",
}
SCORES = {
    "global": "pool(batch, image, pixel) > score > mean(class)",
    "images": "pool(pixel) > score > mean(class) > mean(batch, image)",
    "there": "pool(pixel) > score(if: truth) > mean(class) > mean(image, batch)",
    "squares": "pool(pixel) > score > mean(class) > mean(tile, image, batch)",
}
# At each true class only.
EXCLUSIVE = {"truth": "mean(class) > mean(pixel, image, batch)"}
ACCEPT = ["wrong-kind", "wrong-activation", "mispaired", "inverted", "turned", "shuffled-labels", "numbers-by-file",
          "short-list", "unlisted-predictions", "mostly-ignored", "absent-from-truth", "predicted-where-ignored",
          "merged-classes", "unused-levels", "stretched", "never-predicted"]
PRESETS = {"labels": ["torchmetrics.MeanIoU", "cityscapes.mean_iou"],
           "sigmoid": ["keras.binary_crossentropy", "torch.BCELoss", "smp.iou_score.micro"],
           "softmax": ["cityscapes.mean_iou", "torchmetrics.MeanIoU"]}
FORMATS = ["markdown", "html", "csv", "xlsx", "junit", "sarif", "openmetrics", "code-quality", "json"]


class Settings:
    """A value for each of `changes`; the methods draw another."""

    def __init__(self, kind, chance):
        self.kind, self.values = kind, {}
        self.flavour = kind.activation or "labels"
        for name in CHANGES:
            self.draw(name, chance)
        # What most nights have.
        self.values.update(accept=True, comment="", classes=list(CLASSES), merged=False)

    def copy(self):
        other = object.__new__(Settings)
        other.kind, other.flavour, other.values = self.kind, self.flavour, dict(self.values)
        return other

    def draw(self, name, chance):
        self.values[name] = CHANGES[name](self, chance)

    def measures(self):
        losses = {"labels": [], "sigmoid": ["bce", "focal", "mse"], "softmax": ["ce"]}[self.flavour]
        if self.kind.holds == "logits":
            losses = ["ce"]
        return losses, ["iou", "dice", "recall"]

    def chains(self):
        """Those of the losses that can be asked for, and those of the scores."""
        losses = {"labels": {}, "sigmoid": LOSSES, "softmax": EXCLUSIVE}[self.flavour]
        if not self.is_weighed():
            losses = {name: chain for name, chain in losses.items() if name != "weighed"}
        return losses, SCORES

    def is_weighed(self):
        return self.values.get("weights_from", "none") != "none"

    def configuration(self, names_file, folder):
        """The text of pipeline.yml, in the part of YAML that is JSON."""
        v = self.values
        decode = dict(self.kind.decode(), classes=self.class_list())
        decode["predictions"] = decode["predictions"].replace("preds/", folder + "/")
        if self.flavour == "sigmoid" and v["threshold"] is not None:
            decode["threshold"] = v["threshold"]
        for key, path in (("valid", "valid/{image}.png"), ("images", "photos/{image}.png")):
            if v["beside"].get(key) and (key if key == "valid" else "photos") in self.kind.beside:
                decode[key] = path
        if v["listed"] and self.kind.is_by_image and "names" not in decode:
            decode["names"] = names_file
        if v["group"] and "{city}" in decode["truth"]:
            decode["group"] = "city"
        losses, scores = self.chains()
        measures = [name for name in v["measures"] if name in sum(self.measures(), [])] or ["iou"]
        if not losses:
            measures = [name for name in measures if name in self.measures()[1]] or ["iou"]
        has_losses = any(name in self.measures()[0] for name in measures)
        has_scores = any(name in self.measures()[1] for name in measures)
        chains = {name: chain for name, chain in {**(losses if has_losses else {}), **(scores if has_scores else {})}.items()
                  if name not in v["dropped"]}
        for group, is_asked in ((losses, has_losses), (scores, has_scores)):
            chains.update(list(group.items())[:1] if is_asked else [])
        made = {"version": 1, "decode": decode, "measure": measures, "reduce": chains}
        if v["batch"]:
            made["batch"] = v["batch"]
        if "tiles" in chains or "squares" in chains:
            made["tile"] = v["tile"] if not hasattr(self.kind, "slices") else "slice"
        if v["presets"]:
            made["presets"] = PRESETS[self.flavour][:v["presets"]]
        self.weigh(made, v)
        made["diagnose"] = self.diagnosis(v, measures, chains)
        if v["accept"]:
            made["accept"] = ACCEPT
        if v["checks"]:
            made["check"] = v["checks"]
        if v["accepted"] and v["checks"]:
            made["accepted"] = [{"check": v["checks"][0]["id"], "until": v["accepted"], "reason": "known"}]
        made["report"] = {"to": "out", "formats": v["formats"], "pictures": v["pictures"]}
        return json.dumps(made, indent=1) + f"\n{v['comment']}"

    def class_list(self):
        if self.values["merged"] and self.flavour == "labels":
            return [{"name": "ab", "value": [0, 1]}, {"name": "c", "value": 2}]
        return self.values["classes"]

    def weigh(self, made, v):
        kept = [item if isinstance(item, str) else item["name"] for item in made["decode"]["classes"]]
        if v["weights_from"] == "images":
            made["sample_weight"] = {"images": "weights.csv"}
        if v["weights_from"] == "pixels":
            made["sample_weight"] = {"pixels": "weights/{image}.npy"}
        if v["weights_from"] == "first":
            made["sample_weight"] = {"first_class": [1, 2, 7][:len(kept)]}
        if v["unaveraged"] in kept:
            made["not_averaged"] = v["unaveraged"]
        if v["class_weights"]:
            made["weights"] = v["class_weights"][:len(kept)]

    def diagnosis(self, v, measures, chains):
        scored = [(m, r) for m in measures for r in chains
                  if (m in self.measures()[0]) == (r in self.chains()[0])]
        headline = scored[v["headline"] % len(scored)]
        made = {"headline": {"measure": headline[0], "reduce": headline[1]}, "poor": v["poor"],
                "curves": v["curves"], "bootstrap": {"replicates": 100, "seed": v["seed"]}}
        if v["border"]:
            made["border"] = v["border"]
        if v["tolerance"]:
            made["tolerance"] = v["tolerance"]
        return made


def some(chance, values):
    return [value for value in values if chance.random() < 0.5]


def checks(settings, chance):
    made = [{"id": "enough", "measure": "iou", "min": chance.choice([0.2, 0.6, 0.9])}]
    if chance.random() < 0.5:
        made.append({"id": "kept", "measure": "iou", "baseline": {"worse": chance.choice([0, 0.05])}})
    return made if chance.random() < 0.6 else []


def weights(settings, chance):
    ways = ["none", "none", "images", "first"] + (["pixels"] if "weights" in settings.kind.beside else [])
    return chance.choice(ways) if settings.flavour == "sigmoid" else "none"


def merged(settings, chance):
    return settings.flavour == "labels" and "{class}" not in settings.kind.truth and chance.random() < 0.5


CHANGES = {
    "measures": lambda s, c: some(c, [name for name in sum(s.measures(), []) if name != "iou"]) + ["iou"],
    "dropped": lambda s, c: some(c, [*LOSSES, *SCORES]),
    "threshold": lambda s, c: c.choice([None, 0.3, 0.7, [0.2, 0.5, 0.8]]),
    "beside": lambda s, c: {"valid": c.random() < 0.3, "images": c.random() < 0.3},
    "listed": lambda s, c: c.random() < 0.3,
    "group": lambda s, c: c.random() < 0.5,
    "batch": lambda s, c: c.choice([None, {"size": 2}, {"size": 3, "drop_last": True}]),
    "tile": lambda s, c: c.choice([5, 8]),
    "presets": lambda s, c: c.choice([0, 0, 2, 3]),
    "weights_from": weights,
    "class_weights": lambda s, c: c.choice([None, None, [1, 1, 5]]),
    "unaveraged": lambda s, c: c.choice([None, None, "a"]),
    "headline": lambda s, c: c.randrange(9),
    "poor": lambda s, c: c.choice(["iou < 0.5", "iou < 0.8", "dice < 0.7"]),
    "curves": lambda s, c: c.random() < 0.3,
    "seed": lambda s, c: c.randrange(1, 4),
    "border": lambda s, c: c.choice([None, None, 2]),
    "tolerance": lambda s, c: c.choice([None, "1%", "10%"]),
    "checks": checks,
    "accepted": lambda s, c: c.choice([None, "2023-11-16", "2023-11-18"]),
    "accept": lambda s, c: c.random() < 0.7,
    "formats": lambda s, c: ["json", "csv"] + some(c, [name for name in FORMATS if name not in ("json", "csv")]),
    "pictures": lambda s, c: c.random() < 0.6,
    "classes": lambda s, c: c.sample(CLASSES, len(CLASSES)),
    "merged": merged,
    "comment": lambda s, c: f"# {c.randrange(100)}\n",
}
