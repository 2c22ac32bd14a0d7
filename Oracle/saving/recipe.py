"""The recipes of docs/saving.md: its code, run as it stands, and the program on what that wrote."""
import csv
import os
import pathlib
import re
import subprocess
import tempfile

import numpy as np

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs/saving.md"
PROGRAM = os.environ.get("UNMASK", "unmask")
REST = """
version: 1
measure: [iou]
reduce: {all: "pool(batch, image, pixel) > score > mean(class)"}
report: {to: out, formats: [csv]}
"""


class Recipe:
    """A heading of the page, in a directory of its own, which is the working directory."""

    def __init__(self, heading):
        section = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", PAGE.read_text(), re.M | re.S)[1]
        blocks = re.findall(r"^```(\w+)\n(.*?)^```", section, re.M | re.S)
        self.code = [text for kind, text in blocks if kind == "python"]
        self.shell = [text for kind, text in blocks if kind == "sh"]
        self.stages = [text for kind, text in blocks if kind == "yaml"]
        os.chdir(tempfile.mkdtemp())

    def check(self, stage, predicted, truth, classes, ignore=()):
        """Runs the program with a `decode` of the page, and compares the IoU of the classes' labels."""
        p, t = (np.concatenate([np.ravel(a) for a in side]) for side in (predicted, truth))
        counts = ~np.isin(t, ignore)
        p, t = p[counts], t[counts]
        shares = {}
        for label, name in classes.items():
            both, either = np.sum((p == label) & (t == label)), np.sum((p == label) | (t == label))
            assert 0 < both < either, (name, both, either)
            shares[name] = both / either
        pathlib.Path("pipeline.yml").write_text(self.stages[stage] + REST)
        run = subprocess.run([PROGRAM, "run", "pipeline.yml"], capture_output=True, text=True)
        assert run.returncode == 0, f"{run.returncode} in {os.getcwd()}\n{run.stdout}{run.stderr}"
        rows = {row["class_name"]: row for row in csv.DictReader(open("out/classes.csv"))}
        for name, share in shares.items():
            assert abs(float(rows[name]["iou"]) - share) <= 1e-9, (name, rows[name], share)


def scene(seed, shape, classes=3):
    """Labels in stripes, of which one in ten is another."""
    random = np.random.default_rng(seed)
    labels = (np.indices(shape).sum(0) // 7) % classes
    return np.where(random.random(shape) < 0.1, random.integers(0, classes, shape), labels).astype(np.uint8)


def blurred(labels, seed, classes=3):
    """Logits, (C, …), whose arg max differs from the labels in places."""
    random = np.random.default_rng(seed)
    planes = np.stack([labels == c for c in range(classes)])
    return (3 * planes + random.normal(0, 1.2, planes.shape)).astype(np.float32)
