"""Makes every call fail, one at a time, that the commands make on their files.

    python3 -B injection.py UNMASK                           all of it, some minutes
    python3 -B injection.py UNMASK --short [--seed 7]        some of it, in seconds
    python3 -B injection.py UNMASK --only 'run open EIO 10'  one fault, with what came of it

After each fault the old set or the new one stands there, or where an image could not be read the set that says so; the
exit code and the message are right; and the next run leaves nothing but its set.
"""

import collections
import errno
import random
import signal
import sys
from concurrent.futures import ThreadPoolExecutor

import judging
import proof
import trial
from cases import CASES

# Of each case in a short proof.
SHORT = 6
# With a plus, all later calls of the kind fail as well.
ERRORS = {
    "open": "EIO EACCES EMFILE+ EINTR", "read": "EIO EINTR short", "write": "EIO ENOSPC+ EINTR short",
    "sync": "EIO ENOSPC EINTR", "rename": "EIO ENOSPC EACCES", "close": "EIO EINTR", "map": "EIO EACCES",
    "unlink": "EIO EACCES", "mkdir": "EIO ENOSPC EACCES", "link": "EIO EACCES", "truncate": "EIO ENOSPC",
    "list": "EIO EMFILE+", "stat": "EIO EACCES+", "mode": "EACCES", "lock": "EIO EINTR",
}
FAULTS = [(kind, name) for kind, names in ERRORS.items() for name in names.split()]


class Tally:
    """What came of the faults of one case."""

    def __init__(self):
        self.injected = collections.Counter()
        self.counts = collections.Counter()
        self.wrong = collections.OrderedDict()

    def add(self, case, kind, name, at, path, found):
        self.injected[case.name] += 1
        self.counts.update({heading(what) for what in found})
        for what in found:
            # One line for all that is alike but for names.
            key = (case.name, kind, what.split(": ")[0])
            self.wrong.setdefault(key, []).append((path, trial.nameless(what), f"{case.name} {kind} {name} {at}"))

    def take(self, other):
        self.injected += other.injected
        self.counts += other.counts
        self.wrong.update(other.wrong)


def heading(what):
    """Under which figure a fault goes."""
    if what.startswith(("goes", "ends by")):
        return "stopped"
    if what.startswith(("ends with", "is no error", "says 0 although")):
        return "code"
    if what.startswith("litter"):
        return "litter"
    return "message" if what.startswith(("says nothing", "says too", "prints an", "names")) else "set"


def calls(case):
    """How many calls of each kind a command makes."""
    ending = case.place.run(case.command, call="any", at=1, times=10**9, signal=int(signal.SIGCONT))
    case.reset()
    return collections.Counter(kind for kind, _ in ending.hits)


def inject(case, kind, name, at):
    """How a command ended whose call was made to fail, and what is wrong with that; `None` where it has no such call."""
    code = 0 if name == "short" else getattr(errno, name.rstrip("+"))
    times = 10**9 if name.endswith("+") else 1
    ending = case.place.run(case.command, call=kind, at=at, times=times, **{"as": code})
    if not ending.hits:
        case.reset()
        return ending, None
    found = judging.faults(case, ending, code)
    state, litter = case.state(), case.litter()
    if litter or state == "mixed":
        # The next run puts all in order.
        after = case.place.run(case.command)
        if after.code != 0 or case.state() != "new":
            found.append(f"the next run ends with {after.code} and leaves another set: {judging.difference(case)}")
        found += [f"litter after the next run: {path}" for path in case.litter()[:1]]
    if state != "old" or litter:
        case.reset()
    return ending, found


def each(case):
    """All faults of a case."""
    for kind, name in FAULTS:
        at, found = 1, True
        while found is not None:
            ending, found = inject(case, kind, name, at)
            if found is not None:
                yield kind, name, at, ending, found
            at += 1


def some(case, seed):
    """The same of those that chance takes."""
    chance, counts = random.Random(seed + case.name), calls(case)
    for kind, name in chance.sample([fault for fault in FAULTS if counts[fault[0]]], SHORT):
        at = chance.randint(1, counts[kind])
        ending, found = inject(case, kind, name, at)
        if found is not None:
            yield kind, name, at, ending, found


def work(first, name, seed):
    place, tally = first.copy(), Tally()
    try:
        case = CASES[name](place, name)
        for kind, error, at, ending, found in each(case) if seed is None else some(case, seed):
            tally.add(case, kind, error, at, where(ending), found)
    finally:
        place.remove()
    return tally


def where(ending):
    """Where a fault was, without what is by chance."""
    return trial.nameless(ending.hits[0][1].split("/place", 1)[-1].lstrip("/")) or "."


def again(first, text):
    """One fault, with what came of it."""
    name, kind, error, at = text.split()
    case = CASES[name](first, name)
    ending, found = inject(case, kind, error, int(at))
    print(f"unmask {case.command}\n{kind} fails with {error}: {ending.hits[:1]}")
    print(f"ends with {ending.code}: {ending.error.strip()}")
    print("\n".join(["as it should be"] if found == [] else found or ["there is no such call"]))
    return 1 if found else 0


def main(arguments):
    asked = proof.asked(__doc__, arguments)
    with proof.first_place(asked.unmask) as first:
        if asked.only:
            return again(first, asked.only)
        total, seed = Tally(), asked.seed if asked.short else None
        with ThreadPoolExecutor(trial.WORKERS) as pool:
            for tally in pool.map(lambda name: work(first, name, seed), CASES):
                total.take(tally)
    return tell(total)


def tell(total):
    count = sum(total.injected.values())
    parts = ", ".join(f"{name} {part:,}" for name, part in total.injected.items())
    print(f"faults injected: {count:,} ({parts}): whole and right set {count - total.counts['set']:,}, "
          f"right exit code {count - total.counts['code'] - total.counts['stopped']:,}, "
          f"clear message {count - total.counts['message']:,}, litter {total.counts['litter']:,}")
    for (name, kind, _), repeats in total.wrong.items():
        path, what, repeat = repeats[0]
        more = f", and {len(repeats) - 1} more like it" if len(repeats) > 1 else ""
        print(f"  {name}, {kind} of {path}: {what}\n    --only '{repeat}'{more}")
    return 1 if total.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
