"""A place with two days, between which some images change: what each day's set is, is known beforehand."""

import os
import random
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import trial
from nightly_kinds import Levels, Masks, WholeArrays
from nightly_run import COMPLETE, Program, difference
from nightly_scene import Scene

KINDS = {"files": Levels, "masks": Masks, "arrays": WholeArrays}
COMMAND = ["run", "pipeline.yml", "--jobs", "2"]
#: All that a run writes lies below one directory, so that calls on it can be told from those on its inputs.
MADE = "made"
STATE, OUT = f"{MADE}/state", f"{MADE}/out"


class Place:
    """Two days; `day` is the one whose files lie there."""

    def __init__(self, binary, root, kind="files", images=10, changed=4, seed=7, is_plain=False):
        self.kind, self.program, self.failing = kind, Program(binary, root, is_plain), None
        self.scene = Scene(root, seed, KINDS[kind])
        chance = random.Random(f"place {seed}")
        first = {f"image{k:03}": self.scene.picture(chance).other(width=16, height=12) for k in range(images)}
        second = dict(first)
        for name in sorted(first)[:changed]:
            second[name] = first[name].other(seen=chance.randrange(10**6), truth=chance.randrange(10**6))
        second["late"] = self.scene.picture(chance).other(width=16, height=12)
        self.days, self.sets, self.day = [first, second], [], 0
        self.scene.settings.values.update(
            beside={}, listed=False, weights_from="none", checks=[], pictures=True, measures=["bce", "iou"], headline=0,
            dropped=[], batch=None, unaveraged=None, class_weights=None, presets=2, merged=False, threshold=None,
            border=None, formats=["json", "csv", "markdown", "html", "junit"])
        for day in (1, 0):
            self.go(day)
            ending, made = self.program.whole(COMMAND)
            if ending.code != COMPLETE:
                raise SystemExit(f"a run without a state ends with {ending.code}: {ending.error or ending.out}")
            self.sets.insert(0, made)

    @property
    def root(self):
        return self.program.root

    def go(self, day):
        self.day, self.scene.pictures = day, dict(self.days[day])
        self.scene.bring()

    def turn(self):
        self.go(1 - self.day)

    def start(self, words=(), faults=None):
        """A run with the state; `faults` are settings of the library that makes calls fail, without their first word."""
        environment = {}
        if faults:
            self.note.unlink(missing_ok=True)
            below = (self.root / faults.pop("below", MADE)).resolve()
            environment = {"LD_PRELOAD": str(self.failing), "FAIL_BELOW": str(below), "FAIL_NOTE": str(self.note)}
            environment.update({f"FAIL_{name.upper()}": str(value) for name, value in faults.items()})
        (self.root / MADE).mkdir(exist_ok=True)
        return self.program.start(COMMAND, out=OUT, state=STATE, words=words, environment=environment)

    def run(self, words=(), **faults):
        return self.program.end(self.start(words, faults))

    @property
    def note(self):
        return self.root / "note"

    def hits(self):
        """Of each call that was hit, its kind and its path."""
        lines = self.note.read_text().splitlines() if self.note.exists() else []
        return [tuple(line.split(" ", 1)) for line in lines]

    def set(self):
        return self.program.set(OUT)

    def wrong_after(self, is_sound=True):
        """What is wrong once a run was not disturbed."""
        ending = self.run()
        if ending.code != COMPLETE:
            return [f"the next run ends with {ending.code}: {ending.error.strip()[:300]}"]
        fault = difference(self.set(), self.sets[self.day])
        found = [f"the next run leaves another set: {fault}"] if fault else []
        return found + (self.unsound() if is_sound else []) + [f"the next run leaves {name}" for name in self.litter()[:1]]

    def unsound(self):
        program = Program(self.program.binary, self.root / MADE)
        said = program.unsound()
        return [said] if said else []

    def litter(self):
        """What is of no set; the state and what was set aside of it are none of it."""
        found = []
        for place in (self.root / MADE, self.root / OUT, self.root / STATE):
            names = os.listdir(place) if place.is_dir() else []
            found += [trial.nameless(name) for name in names if trial.hides(name) or name.startswith("state.sqlite-")
                      and name not in ("state.sqlite-wal", "state.sqlite-shm")]
        return sorted(found)

    def is_old_or_new(self, before):
        """Whether the set is that which stood there, or this day's; what is hidden is of no set."""
        made = {name: content for name, content in self.set().items() if not trial.hides(name)}
        return made == before or made == self.sets[self.day]

    def begin(self):
        """A finished run of the first day, with its state."""
        shutil.rmtree(self.root / MADE, ignore_errors=True)
        self.go(0)
        ending = self.run()
        if ending.code != COMPLETE or difference(self.set(), self.sets[0]):
            raise SystemExit(f"a run with a state ends with {ending.code} although nothing is wrong, and leaves "
                             f"{difference(self.set(), self.sets[0]) or 'the right set'}: {ending.error or ending.out}")
        shutil.rmtree(self.root / "kept", ignore_errors=True)
        shutil.copytree(self.root / MADE, self.root / "kept")

    def back(self):
        """As `begin` left it."""
        shutil.rmtree(self.root / MADE, ignore_errors=True)
        shutil.copytree(self.root / "kept", self.root / MADE)
        self.go(0)


@contextmanager
def place(asked, kind="files", folder=None, **more):
    """A place of its own, with the library that makes calls fail."""
    with tempfile.TemporaryDirectory(prefix="unmask-nightly-", dir=folder or trial.PLACES) as outside:
        root = Path(outside).resolve() / "place"
        root.mkdir()
        made = Place(asked.unmask, root, kind, is_plain=asked.plain, **more)
        made.failing = trial.library(outside)
        made.begin()
        yield made


def together(works, width=trial.WORKERS):
    """Does the works several at a time; each gives its figure, how often it did something, and what was wrong with which."""
    figures = {}
    with ThreadPoolExecutor(width) as pool:
        for figure, done, wrong in pool.map(lambda work: work(), works):
            before = figures.get(figure, (0, []))
            figures[figure] = before[0] + done, before[1] + wrong
    return figures
