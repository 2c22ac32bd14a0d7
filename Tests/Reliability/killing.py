"""Ends the program at every call that it makes on its files, and at any moment.

    python3 -B killing.py UNMASK                     all of it, some minutes
    python3 -B killing.py UNMASK --short [--seed 7]  some of it, in seconds
    python3 -B killing.py UNMASK --only 'run 9 120'  at one call: the command, the signal, the number of the call

Whatever stands there is the old set or the new one, and the next run makes the new one and leaves nothing else. A run
that is asked to end (SIGTERM) clears up by itself.

Left out is a directory with files of others in it, into which files are renamed one by one: a kill can come in between.
"""

import random
import signal
import sys
import time

import judging
import proof
from cases import CASES

COMMANDS = ["run", "first", "report", "again", "compare", "render", "map", "baseline"]
# These listen to signals.
CLEARING = ["run", "first", "map"]
KILLS, TERMS = 300, 100


def faults(case, ending, number):
    """What is wrong after a signal, in the end and after the next run."""
    found, state = [], case.state()
    if ending.code is None:
        found.append("goes on for too long")
    elif ending.code not in (-number, 0):
        found.append(f"ends with {ending.code}: {ending.error.strip()}")
    elif ending.code == 0 and (state != "new" or ending.out != case.said):
        found.append(f"says 0 and leaves another set: {judging.difference(case)}")
    if state == "mixed":
        found.append(f"leaves a set that is neither old nor new: {judging.difference(case)}")
    litter = case.litter()
    if litter and number == signal.SIGTERM:
        found.append(f"clears up not all: {litter[0]}")
    if litter or state == "mixed":
        after = case.place.run(case.command)
        if after.code != 0 or case.state() != "new":
            found.append(f"the next run ends with {after.code} and leaves another set: {judging.difference(case)}")
        found += [f"litter after the next run: {path}" for path in case.litter()[:1]]
    case.reset()
    return found


def at_call(case, number, at):
    """What is wrong when the signal comes before a call; nothing where there is no such call."""
    ending = case.place.run(case.command, call="any", at=at, signal=int(number))
    if not ending.hits:
        case.reset()
        return None
    return faults(case, ending, number)


def at_moment(case, number, delay):
    process = case.place.start(case.command)
    time.sleep(delay)
    process.send_signal(number)
    return faults(case, case.place.end(process), number)


def duration(case):
    start = time.monotonic()
    for _ in range(3):
        case.place.run(case.command)
    case.reset()
    return (time.monotonic() - start) / 3


def every_call(case, number, chosen):
    """Of all calls, or of some that chance takes."""
    wrong, done, at = [], 0, 0
    if chosen:
        turns = iter(sorted(chosen.sample(range(1, case.calls() + 1), min(chosen.count, case.calls()))))
    else:
        turns = iter(range(1, 10**9))
    for at in turns:
        found = at_call(case, number, at)
        if found is None:
            break
        done += 1
        wrong += [(what, f"--only '{case.name} {int(number)} {at}'") for what in found]
    return done, wrong


def any_moment(case, number, count, chance):
    wrong, longest = [], 1.1 * duration(case)
    for _ in range(count):
        delay = chance.uniform(0, longest)
        found = at_moment(case, number, delay)
        how = f"{case.name}: unmask {case.command}, signal {int(number)} after {delay:.4f} s"
        wrong += [(what, how) for what in found]
    return count, wrong


class Chance(random.Random):
    """Takes so many of what there is."""

    def __init__(self, seed, count):
        super().__init__(seed)
        self.count = count


def works(short, seed):
    """What is to be done: of a figure, with a case."""
    some = Chance(seed, 4) if short else None
    commands = COMMANDS[:1] + COMMANDS[4:5] if short else COMMANDS
    for name in commands:
        yield "killed at a call", name, lambda case: every_call(case, signal.SIGKILL, some)
    for name in commands:
        share = 4 if short else -(-KILLS // len(COMMANDS))
        chance = random.Random(seed + name)
        yield "killed at a moment", name, lambda case, share=share, chance=chance: any_moment(
            case, signal.SIGKILL, share, chance)
    for name in CLEARING[:1] if short else CLEARING:
        share = 4 if short else -(-TERMS // len(CLEARING))
        chance = random.Random(seed + name)
        yield "asked to end at a call", name, lambda case: every_call(case, signal.SIGTERM, some)
        yield "asked to end at a moment", name, lambda case, share=share, chance=chance: any_moment(
            case, signal.SIGTERM, share, chance)


def main(arguments):
    asked = proof.asked(__doc__, arguments)
    with proof.first_place(asked.unmask) as first:
        if asked.only:
            name, number, at = asked.only.split()
            found = at_call(CASES[name](first, name), signal.Signals(int(number)), int(at))
            print("\n".join(["as it should be"] if found == [] else found or ["there is no such call"]))
            return 1 if found else 0
        figures = proof.together(first, CASES, works(asked.short, asked.seed))
    return proof.tell(figures, "old or new set, and the next run right")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
