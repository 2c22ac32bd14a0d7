"""Fills the disk, or reaches the limit on the size of a file, at every place of what is written.

    python3 -B filling.py UNMASK                     all of it, a minute
    python3 -B filling.py UNMASK --short [--seed 7]  some of it, in seconds

The old set stays, the exit code is 74, the message names a file and the cause, and nothing else is left.
"""

import random
import resource
import signal
import sys

import judging
import proof
from cases import CASES

COMMANDS = ["run", "first", "beside", "report", "again", "compare", "render", "map", "baseline"]
BLOCK = 4096
# With so many images the evidence is written in several parts, and has many blocks of 64 kB.
MANY = [f"image{k}" for k in range(600)]
FULL = ["No space left on device", "database or disk is full"]
TOO_LARGE = ["File too large", "disk I/O error", "database or disk is full"]


def faults(case, ending, causes):
    """What is wrong with how a command ended that could not write everything; nothing where it could."""
    state = case.state()
    if ending.code == 0:
        found = [] if state == "new" and ending.out == case.said else ["says 0 and leaves another set"]
    else:
        found = refused(ending, causes)
        if state == "mixed":
            found.append(f"leaves a set that is neither old nor new: {judging.difference(case)}")
    found += [f"leaves {path}" for path in case.litter()[:1]]
    if state == "mixed" or case.litter():
        after = case.place.run(case.command)
        if after.code != 0 or case.state() != "new" or case.litter():
            found.append(f"the next run ends with {after.code} and does not put it in order")
    case.reset()
    return found


def refused(ending, causes):
    if ending.code is None:
        return ["goes on for too long"]
    if ending.code != judging.CANNOT_WRITE:
        return [f"ends with {ending.code}, not {judging.CANNOT_WRITE}: {ending.error.strip()[:200]}"]
    lines = ending.error.splitlines() or [""]
    found = [] if len(lines) <= 2 and "Domain=" not in lines[0] else ["no clear message"]
    if not any(cause in lines[0] for cause in causes):
        found.append(f"names another cause: {lines[0]}")
    return found


def fill(case, step, chance=None):
    """With more and more room, until all is written."""
    wrong, done = [], 0
    rooms = iter(range(0, 10**9, step)) if chance is None else iter(sorted(chance.sample(range(0, 2 << 16, step), 4)))
    for room in rooms:
        ending = case.place.run(case.command, room=room)
        if not ending.hits:
            case.reset()
            break
        done += 1
        how = f"{case.name}: unmask {case.command}, with room for {room} bytes"
        wrong += [(what, how) for what in faults(case, ending, FULL)]
    return done, wrong


def limit(case, step, ignored, chance=None):
    """With a higher and higher limit on the size of each file."""
    def prepare(size):
        def set_limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            # As whoever starts the program has it.
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN if ignored else signal.SIG_DFL)
        return set_limit

    wrong, done = [], 0
    largest = max(map(len, case.new.values()))
    sizes = range(0, largest, step)
    for size in sizes if chance is None else sorted(chance.sample(sizes, min(2, len(sizes)))):
        process = case.place.start(case.command, prepare=prepare(size))
        ending = case.place.end(process)
        done += 1
        how = f"{case.name}: unmask {case.command}, files of at most {size} bytes"
        how += ", SIGXFSZ ignored" * ignored
        wrong += [(what, how) for what in faults(case, ending, TOO_LARGE)]
    return done, wrong


def works(short, seed):
    for name in COMMANDS[:1] + COMMANDS[5:6] if short else COMMANDS:
        chance = random.Random(seed + name) if short else None
        yield "disk full at a block", name, lambda case, chance=chance: fill(case, BLOCK, chance)
        for ignored in (True, False):
            yield "size of files limited", name, lambda case, chance=chance, ignored=ignored: limit(
                case, BLOCK, ignored, chance)


def large(short):
    return [] if short else [("disk full at a block", "run", lambda case: fill(case, 1 << 16)),
                             ("size of files limited", "run", lambda case: limit(case, 1 << 16, True))]


def main(arguments):
    asked = proof.asked(__doc__, arguments)
    with proof.first_place(asked.unmask) as first:
        figures = proof.together(first, CASES, works(asked.short, asked.seed))
    if not asked.short:
        with proof.first_place(asked.unmask, MANY) as first:
            for figure, (done, wrong) in proof.together(first, CASES, large(asked.short)).items():
                before = figures[figure]
                figures[figure] = before[0] + done, before[1] + wrong
    return proof.tell(figures, "the old set stays, and the message is right")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
