"""Fills the disk on which the state lies, or all that a run writes, at every 64 kB.

The set before stays whole, the exit code is 74 (or 0, where the run does without), and the next run with room is right.
Where the set is published when the state cannot be written, it is the new one, and the message names the state.
"""

import random
import shutil
import subprocess

import filling
import nightly_place
import proof
from nightly_place import MADE, STATE
from nightly_run import COMPLETE, difference

STEP = 1 << 16
#: So many images that a state has many such steps.
IMAGES, CHANGED = 150, 100


def faults(place, before, ending):
    """What is wrong with how a run ended that could not write everything, and with the one after it."""
    if ending.code == COMPLETE:
        fault = difference(place.set(), place.sets[place.day])
        found = [f"says 0 and leaves another set: {fault}"] if fault else []
    else:
        found = filling.refused(ending, filling.FULL)
        if place.set() != before and not is_published(place, ending):
            found.append(f"the set before does not stay: {difference(place.set(), before)}")
    return found


def is_published(place, ending):
    """Whether only the state could not be written any more."""
    return place.set() == place.sets[place.day] and ending.error.startswith(f"{STATE}/")


def limited(asked, figure, below, start, step=STEP, some=None):
    """With more and more room, until all is written; the library says when the disk is full."""
    def work():
        wrong, done, chance = [], 0, random.Random(f"{asked.seed} {below}")
        many = {} if asked.short else {"images": IMAGES, "changed": CHANGED}
        with nightly_place.place(asked, **many) as place:
            rooms = range(0, 10**9, step) if some is None else sorted(chance.sample(range(0, 1 << 17, step), some))
            for room in rooms:
                ready(place, start)
                before = place.set()
                ending = place.run(room=room, below=below)
                if not place.hits():
                    break
                done += 1
                found = faults(place, before, ending) + place.wrong_after()
                wrong += [(what, f"{start}, room for {room:,} bytes below {below}") for what in found]
        return figure, done, wrong
    return work


def ready(place, start):
    place.back()
    if start == "no state":
        shutil.rmtree(place.root / STATE, ignore_errors=True)
    place.turn()


def mounted(asked, start, step=STEP):
    """The same on a small disk in memory, for which one must be root; with none the system has the word."""
    def work():
        wrong, done = [], 0
        many = {} if asked.short else {"images": IMAGES, "changed": CHANGED}
        with nightly_place.place(asked, **many) as place:
            state = place.root / STATE
            for more in range(0, 10**9, step * (8 if asked.short else 1)):
                ready(place, start)
                kept = place.root / "state-before"
                shutil.rmtree(kept, ignore_errors=True)
                if state.exists():
                    state.rename(kept)
                state.mkdir()
                size = sum(-(-file.stat().st_size // 4096) * 4096 for file in kept.rglob("*")) if kept.exists() else 0
                size += max(more, 8192)
                if mount(state, size):
                    return "skipped: a small disk of its own, which only root can make", 0, []
                try:
                    if kept.exists():
                        shutil.copytree(kept, state, dirs_exist_ok=True)
                    before = place.set()
                    ending = place.run()
                    is_full = ending.code != COMPLETE
                    found = faults(place, before, ending)
                    subprocess.run(["mount", "-o", "remount,size=64m", state], check=True)
                    found += place.wrong_after()
                finally:
                    subprocess.run(["umount", "-l", state], check=True)
                done += 1
                wrong += [(what, f"{start}, a disk with {more:,} bytes of room") for what in found]
                if not is_full and more > 1 << 20 or more > 1 << 24:
                    break
        return "disk of the state too small", done, wrong
    return work


def mount(place, size):
    return subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place],
                          stderr=subprocess.DEVNULL).returncode


def disk(asked):
    starts = ["the state before"] if asked.short else ["the state before", "no state"]
    works = []
    for start in starts:
        some = 3 if asked.short else None
        step = 4096 if asked.short else STEP
        works.append(limited(asked, "disk of the state full", STATE, start, step, some))
        works.append(limited(asked, "disk of state and set full", MADE, start, step, some))
        if not asked.short:
            works.append(mounted(asked, start))
    figures = nightly_place.together(works)
    for name in [name for name in figures if name.startswith("skipped")]:
        print(name)
        del figures[name]
    return proof.tell(figures, "the set before whole, and the next run right")
