"""Ends a run with a state at any moment, and at each call that it makes on its state and its set.

Whatever stands there then is the set before it or its own, and the next run makes its own with a sound state.
"""

import random
import shutil
import signal
import time

import nightly_place
import proof
from nightly_place import STATE

KINDS = ["files", "arrays", "masks"]


def prepare(place, start):
    """What the run finds: the state of the day before, none, or one that is damaged."""
    place.turn()
    path = place.root / STATE
    if start == "no state":
        shutil.rmtree(path, ignore_errors=True)
    if start == "a damaged state" and not place.program.is_plain:
        for name in ("state.sqlite-wal", "state.sqlite-shm"):
            (path / name).unlink(missing_ok=True)
        (path / "state.sqlite").write_bytes(b"no state" * 999)


def tidy(place):
    for path in (place.root / STATE).glob("state.sqlite.damaged*"):
        path.unlink()


def faults(place, before, ending, number):
    """What is wrong after a signal, in the end and after the next run."""
    found = []
    if ending.code is None:
        found.append("goes on for too long")
    elif ending.code not in (-number, 0):
        found.append(f"ends with {ending.code}: {ending.error.strip()[:200]}")
    if not place.is_old_or_new(before):
        found.append("leaves a set that is neither old nor new: "
                     f"{nightly_place.difference(place.set(), place.sets[place.day])}")
    if ending.code == 0 and place.set() != place.sets[place.day]:
        found.append("says 0 and leaves another set")
    found += place.wrong_after()
    tidy(place)
    return found


def moments(asked, kind, start, count, number):
    """Kills at so many moments that chance takes."""
    def work():
        wrong, chance = [], random.Random(f"{asked.seed} {kind} {start} {number}")
        with nightly_place.place(asked, kind) as place:
            longest = duration(place, start)
            end = time.monotonic() + (asked.seconds or 10**9) / 4
            for done in range(count):
                if time.monotonic() > end:
                    return figure(number, "moment"), done, wrong
                prepare(place, start)
                before, delay = place.set(), chance.uniform(0, 1.1 * longest)
                process = place.start()
                time.sleep(delay)
                process.send_signal(number)
                found = faults(place, before, place.program.end(process), number)
                how = f"{kind}, {start}: signal {int(number)} after {delay:.4f} s of {longest:.3f}"
                wrong += [(what, how) for what in found]
        return figure(number, "moment"), count, wrong
    return work


def figure(number, where):
    return f"nightly run {'killed' if number == signal.SIGKILL else 'asked to end'} at a {where}"


def duration(place, start):
    begun, spent = time.monotonic(), 0.0
    for _ in range(3):
        prepare(place, start)
        begun = time.monotonic()
        place.run()
        spent += time.monotonic() - begun
        tidy(place)
    return spent / 3


def calls(asked, kind, start, some=None, only=None):
    """Kills before each call on what the run writes, or before some that chance takes."""
    def work():
        wrong, done, chance = [], 0, random.Random(f"{asked.seed} {kind} {start}")
        with nightly_place.place(asked, kind) as place:
            end = time.monotonic() + (asked.seconds or 10**9) / 4
            for at in [only] if only else chosen(place, start, some, chance):
                if time.monotonic() > end:
                    break
                prepare(place, start)
                before = place.set()
                ending = place.run(call="any", at=at, signal=int(signal.SIGKILL))
                hit = place.hits()
                if not hit:
                    break
                done += 1
                found = faults(place, before, ending, signal.SIGKILL)
                where = hit[0][1].split(f"/{nightly_place.MADE}/")[-1]
                how = f"before {hit[0][0]} of {where}: kills --only '{kind},{start},{at}'"
                wrong += [(what, how) for what in found]
        return figure(signal.SIGKILL, "call on state or set"), done, wrong
    return work


def chosen(place, start, some, chance):
    if some is None:
        return range(1, 10**6)
    prepare(place, start)
    place.run(call="any", at=1, times=10**9, signal=int(signal.SIGCONT))
    tidy(place)
    count = len(place.hits())
    return sorted(chance.sample(range(1, count + 1), min(some, count)))


def kills(asked):
    if asked.only:
        kind, start, at = asked.only.split(",")
        figures = [calls(asked, kind, start, only=int(at))()]
        return proof.tell({name: (done, wrong) for name, done, wrong in figures}, "as it should be")
    works, starts = [], ["the state before", "no state", "a damaged state"]
    count = 4 if asked.short else -(-(asked.count or 300) // len(KINDS) // len(starts))
    for kind in KINDS[:1] if asked.short else KINDS:
        for start in starts[:1] if asked.short else starts:
            works.append(moments(asked, kind, start, count, signal.SIGKILL))
            works.append(calls(asked, kind, start, some=6 if asked.short else None))
    works.append(moments(asked, "files", starts[0], 2 if asked.short else 50, signal.SIGTERM))
    return proof.tell(nightly_place.together(works), "old or new set, and the next run right")
