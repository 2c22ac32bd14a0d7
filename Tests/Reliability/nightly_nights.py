"""Sequences of nights: after each, a run with a state has left the bytes of a run without one."""

import collections
import random
import shutil
import signal
import tempfile
import time

import nightly_changes
import trial
from nightly_run import (COMPLETE, FAILED, INCOMPLETE, NO_VERDICT, OUT, PARTLY, STATE, Program, difference, verdicts)
from nightly_scene import Scene

FEWEST, MOST = 3, 8


class Sequence:
    """Some nights in a directory of their own, all decided by a seed."""

    def __init__(self, binary, seed, root, is_plain=False):
        chance = random.Random(f"sequence {seed}")
        self.seed, self.counts, self.story = seed, collections.Counter(), []
        self.nights = range(chance.randint(FEWEST, MOST))
        self.scene, self.program = Scene(root, seed), Program(binary, root, is_plain)
        self.command = chance.choice(["run", "run", "check"])
        self.is_cron = chance.random() < 0.4 and not is_plain
        self.kept = chance.choice([[], [], ["--keep-runs", "1"], ["--keep-runs", "2"]])
        # How the last run ended, what stands in its place, and how that run ended.
        self.before, self.standing, self.standing_code = None, {}, None
        self.is_forgotten = False

    def play(self, nights=None):
        """What is wrong in one of the nights, which is then the last."""
        for night in self.nights if nights is None else nights:
            wrong = self.night(night)
            self.counts["nights"] += 1
            if wrong:
                return night, wrong
        unsound = self.program.unsound()
        return (self.nights[-1], [unsound]) if unsound else None

    def words(self, chance):
        return [self.command, self.scene.file, "--jobs", chance.choice("1238"), "--decoder",
                chance.choice(["fast", "libpng"])]

    def night(self, night):
        chance = random.Random(f"run {self.seed} {night}")
        said = nightly_changes.change(self.scene, night) if night else ["first night"]
        self.scene.bring()
        self.is_forgotten = False
        said += self.accident(night, chance)
        is_same = said == []
        self.story.append(f"night {night}: {'; '.join(said) or 'nothing'}")
        there = self.directory()
        ending = self.program.run(self.words(chance), state=STATE, night=night,
                                  words=self.kept + ["--cron"] * self.is_cron)
        expected, whole = self.program.whole(self.words(chance), night)
        self.scene.keep()
        self.counts[f"ended with {expected.code}"] += 1
        if is_same and there is not None and there == self.directory():
            self.counts["left alone"] += 1
        else:
            self.counts.update(self.program.counts(OUT if ending.code != PARTLY or not self.is_cron else INCOMPLETE))
        return self.wrong(ending, expected, whole, is_same)

    def directory(self):
        place = self.program.root / OUT
        return place.stat().st_ino if place.is_dir() else None

    def accident(self, night, chance):
        """What happens to the state, to the set or to a run."""
        what = chance.choices(["", "state", "out", "file", "killed"], [86, 3, 3, 3, 5])[0]
        if not night or not what:
            return []
        root = self.program.root
        if what == "state":
            self.is_forgotten = True
            shutil.rmtree(root / STATE, ignore_errors=True)
        elif what == "out":
            shutil.rmtree(root / OUT, ignore_errors=True)
            self.standing, self.standing_code = {}, None
        elif what == "file":
            (root / OUT / "classes.csv").unlink(missing_ok=True)
            self.standing.pop("classes.csv", None)
        else:
            process = self.program.start(self.words(chance), state=STATE, night=night, words=["--cron"] * self.is_cron)
            time.sleep(chance.uniform(0, 0.12))
            process.send_signal(signal.SIGKILL)
            self.program.end(process)
            # Whatever it got done stands there now, and the next run has to make it right.
            self.standing, self.standing_code = self.program.set(), None
        return [{"state": "the state removed", "out": "the set removed", "file": "classes.csv removed from the set",
                 "killed": "a run killed"}[what]]

    def wrong(self, ending, expected, whole, is_same):
        """What is wrong with how the night ended."""
        found, made, before = [], self.program.set(), self.standing
        if ending.code != expected.code:
            found.append(f"ends with {ending.code}, and without a state with {expected.code}: "
                         f"{(ending.error or ending.out).strip()[:300]}")
        elif self.is_cron and expected.code in (PARTLY, NO_VERDICT) and whole:
            found += self.wrong_place(expected.code, made, whole)
        else:
            fault = difference(made, whole or before)
            found += [f"another set: {fault}"] if fault else []
        found += [f"leaves {name}" for name in self.program.litter()[:1]]
        if self.is_cron and expected.code == COMPLETE == self.before:
            # An acceptance may have ended in a night in which nothing happened.
            same = verdicts(before) == verdicts(whole) or not before and is_same
            # A truth that changed, or other classes, is news even where the verdicts are as they were.
            is_record = not is_same and (ending.out + ending.error).startswith("a new record begins: ")
            if same and ending.out + ending.error and not is_record:
                found.append(f"says something although no verdict changed: {(ending.out + ending.error).strip()[:300]}")
            if not same and before and not self.is_forgotten and not ending.out + ending.error:
                found.append("says nothing although a verdict changed")
        if made != before or self.standing_code is None:
            self.standing_code = expected.code
        self.before, self.standing = expected.code, made
        return found

    def wrong_place(self, code, made, whole):
        """What is not complete stands beside a set that is, and else in its place or beside it."""
        beside = self.program.set(INCOMPLETE)
        is_kept = made == self.standing and beside == whole
        if self.standing_code in (COMPLETE, FAILED) and code == PARTLY:
            return [] if is_kept else [
                f"an incomplete run and the complete set before it: there {difference(made, self.standing) or 'as before'}; "
                f"beside it {difference(beside, whole) or 'as without a state'}"]
        return [] if made == whole or is_kept else [f"another set: {difference(made, whole)}"]


def play(binary, seed, nights=None, is_plain=False, keep=None):
    """A sequence of its seed: what was counted, its story, and what is wrong."""
    root = keep or tempfile.mkdtemp(prefix="unmask-nights-", dir=trial.DISK)
    try:
        sequence = Sequence(binary, seed, root, is_plain)
        sequence.counts[type(sequence.scene.kind).__name__] += 1
        return sequence, sequence.play(nights)
    finally:
        if not keep:
            shutil.rmtree(root, ignore_errors=True)


def shrunk(binary, seed, fault, is_plain):
    """The fewest of the nights that still go wrong, with their story."""
    nights = list(range(fault[0] + 1))
    sequence = None
    for night in nights[1:-1]:
        fewer = [other for other in nights if other != night]
        again, still = play(binary, seed, fewer, is_plain)
        if still:
            nights, sequence, fault = fewer, again, still
    return sequence or play(binary, seed, nights, is_plain)[0], nights, fault
