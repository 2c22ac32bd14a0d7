"""Eight processes with one state and one set, started at once, again and again.

Each ends with 0 or, where another works, with 75; no two ever have the lock; and what is left is right.
"""

import collections
import fcntl
import os
import threading
import time

import nightly_place
from nightly_place import MADE, STATE
from nightly_run import BUSY, COMPLETE, difference

PROCESSES, ROUNDS, WAIT = 8, 50, 100


class Watch(threading.Thread):
    """Looks again and again who has the lock, and how many sets are being made."""

    def __init__(self, place):
        super().__init__(daemon=True)
        self.place, self.running, self.over = place, [], threading.Event()
        self.looks = self.held = self.most = self.stages = 0
        self.files = set()

    def run(self):
        while not self.over.is_set():
            holders = self.holders()
            self.looks += 1
            self.held += bool(holders)
            self.most = max(self.most, len(holders))
            self.stages = max(self.stages, sum(".unmask-stage-" in name for name in self.names()))
            time.sleep(0.002)

    def names(self):
        try:
            return os.listdir(self.place.root / MADE)
        except FileNotFoundError:
            return []

    def holders(self):
        """Which of the processes have the lock on a file of that name, whatever stands under the name now."""
        locks = set()
        with open("/proc/locks") as file:
            for line in file:
                words = line.split()
                if "->" not in words and "WRITE" in words:
                    at = words.index("WRITE")
                    locks.add((words[at + 1], words[at + 2].split(":")[-1]))
        return {process for process in list(self.running) if locks & set(self.locks_of(process))}

    def locks_of(self, process):
        folder = f"/proc/{process}/fd"
        try:
            for number in os.listdir(folder):
                path = os.readlink(f"{folder}/{number}").replace(" (deleted)", "")
                if path.endswith(f"{STATE}/lock"):
                    file = str(os.stat(f"{folder}/{number}").st_ino)
                    self.files.add(file)
                    # A lock of an open file names no process.
                    yield from ((str(process), file), ("-1", file))
        except OSError:
            return


def race(place, rounds, processes, counts, watch):
    """What is wrong in so many rounds."""
    wrong = []
    for turn in range(rounds):
        place.turn()
        waits = [bool(k % 2) for k in range(processes)]
        started = [place.start(["--lock-wait", str(WAIT)] if wait else []) for wait in waits]
        watch.running = [process.pid for process in started]
        endings = []
        readers = [threading.Thread(target=lambda p=p, w=w: endings.append((w, place.program.end(p, 300))))
                   for p, w in zip(started, waits)]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
        for waited, ending in endings:
            counts[ending.code] += 1
            if ending.code not in (COMPLETE, BUSY) or waited and ending.code != COMPLETE:
                wrong.append(f"a run that {'waits' if waited else 'does not wait'} for the lock ends with {ending.code}: "
                             f"{ending.error.strip()[:200]}")
            if ending.code == BUSY and not ending.error.strip():
                wrong.append("ends with 75 and says nothing")
        if COMPLETE not in {ending.code for _, ending in endings}:
            wrong.append("no run of a round gets through")
        fault = difference(place.set(), place.sets[place.day])
        wrong += [f"a round leaves another set: {fault}"] if fault else []
        wrong += [f"a round leaves {name}" for name in place.litter()[:1]]
    return wrong


def kept(place):
    """What is wrong where somebody else keeps the lock."""
    wrong, path = [], place.root / STATE / "lock"
    place.turn()
    before = place.set()
    with open(path, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        fcntl.lockf(file, fcntl.LOCK_EX)
        for words, least, most in ([], 0, 5), (["--lock-wait", "2"], 1.9, 8):
            start = time.monotonic()
            ending = place.run(words)
            spent = time.monotonic() - start
            if ending.code != BUSY or not least <= spent <= most:
                wrong.append(f"a lock that somebody keeps: {' '.join(words) or 'without --lock-wait'} ends with "
                             f"{ending.code} after {spent:.1f} s")
        if place.set() != before:
            wrong.append("a run that does not get the lock changes the set")
        process = place.start(["--lock-wait", "60"])
        time.sleep(1)
    ending = place.program.end(process)
    if ending.code != COMPLETE:
        wrong.append(f"a lock that is given back: ends with {ending.code}")
    return wrong + place.wrong_after()


def races(asked):
    rounds, processes = (2, 4) if asked.short else (asked.count or ROUNDS, PROCESSES)
    counts, wrong = collections.Counter(), []
    with nightly_place.place(asked) as place:
        watch = Watch(place)
        watch.start()
        end = time.monotonic() + (asked.seconds or 10**9)
        done = 0
        while done < rounds and time.monotonic() < end:
            wrong += race(place, 1, processes, counts, watch)
            done += 1
        watch.over.set()
        watch.join()
        wrong += place.wrong_after()
        wrong += [] if place.program.is_plain else kept(place)
    if watch.most > 1:
        wrong.append(f"{watch.most} processes have the lock at once")
    if not watch.held and not asked.plain:
        wrong.append("no process was ever seen with the lock")
    codes = ", ".join(f"{code} {count:,}" for code, count in sorted(counts.items(), key=str))
    print(f"{processes} processes, {done} rounds with one state and one set: ended with {codes}; looked for the lock "
          f"{watch.looks:,} times, held {watch.held:,}, by at most {watch.most}; sets being made at once at most "
          f"{watch.stages}; as it should be {sum(counts.values()) - len(wrong):,}")
    for what, count in collections.Counter(wrong).items():
        print(f"  {what}\n    races again; who comes first is chance{f' ({count} times)' if count > 1 else ''}")
    return 1 if wrong else 0
