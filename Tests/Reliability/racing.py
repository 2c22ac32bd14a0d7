"""Eight processes write into one directory, again and again, while others read there.

    python3 -B racing.py UNMASK          a minute
    python3 -B racing.py UNMASK --short  in seconds

Each set that a reader sees is one run's. A reader opens the directory, reads every file in it, and looks whether the
directory is still the one of that name: if it is not, the set was replaced meanwhile and some of its files may be gone,
but those that were found are one run's as well. A run that cannot get the directory within half a minute ends with 75.
"""

import collections
import fcntl
import os
import sys
import threading
import time

import inputs
import proof
import trial

PROCESSES, ROUNDS = 8, 50
PLACE = "race"


class Race:
    def __init__(self, place, processes):
        self.place, self.over = place, threading.Event()
        self.wrong, self.counts = [], collections.Counter()
        self.lock = threading.Lock()
        self.runners = [self.runner(k) for k in range(processes)]

    def runner(self, k):
        """A run of its own: its command and its set."""
        name = f"r{k}"
        inputs.write_predictions(self.place.root, name, wrong=k + 1)
        command = f"run {name}.yml --jobs 1 --out"
        self.place.expect(f"{command} {PLACE}")
        return f"{command} {PLACE}", self.place.set(PLACE)

    def count(self, what):
        with self.lock:
            self.counts[what] += 1

    def fail(self, what):
        with self.lock:
            self.wrong.append(what)

    def write(self, k, rounds):
        place = self.place.beside(f"said-{k}")
        for _ in range(rounds):
            ending = place.end(place.start(self.runners[k][0]), patience=120)
            self.count("runs")
            self.count(f"ended with {ending.code}")
            if ending.code == 75 and "another run is writing there" in ending.error:
                continue
            if ending.code != 0 or ending.error:
                self.fail(f"a run ends with {ending.code}: {ending.error.strip()}")

    def whole(self, found, complete):
        """Whether files are those of one run: all of them, or some."""
        return any(found == files if complete else all(files.get(name) == content for name, content in found.items())
                   for _, files in self.runners)

    def read(self):
        path = self.place.root / PLACE
        while not self.over.is_set():
            directory = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
            try:
                found, gone = {}, False
                for name in filter(lambda name: not trial.hides(name), os.listdir(directory)):
                    try:
                        with open(os.open(name, os.O_RDONLY, dir_fd=directory), "rb") as file:
                            found[name] = file.read()
                    except FileNotFoundError:
                        gone = True
                own, named = os.fstat(directory), os.stat(path)
                stayed = (own.st_ino, own.st_dev) == (named.st_ino, named.st_dev)
            finally:
                os.close(directory)
            self.count("sets read" if stayed else "sets replaced while they were read")
            if stayed and gone:
                self.fail("a reader sees a set from which files go")
            elif not self.whole(found, complete=stayed):
                self.fail(f"a reader sees files of several runs: {', '.join(sorted(found))}")

    def read_one(self):
        """One file, by its path, is always there and whole."""
        path = self.place.root / PLACE / "report.json"
        known = [files["report.json"] for _, files in self.runners]
        while not self.over.is_set():
            self.count("single files read")
            try:
                if path.read_bytes() not in known:
                    self.fail("a reader sees part of report.json")
            except FileNotFoundError:
                self.fail("a reader sees no report.json")
            time.sleep(0.001)

    def run(self, rounds):
        writers = [threading.Thread(target=self.write, args=(k, rounds)) for k in range(len(self.runners))]
        readers = [threading.Thread(target=read) for read in (self.read, self.read_one)]
        for thread in writers + readers:
            thread.start()
        for thread in writers:
            thread.join()
        self.over.set()
        for thread in readers:
            thread.join()
        if not self.whole(self.place.set(PLACE), complete=True):
            self.fail("what stays in the end is no run's set")
        for name in os.listdir(self.place.root):
            if name.startswith("."):
                self.fail(f"a hidden directory stays: {trial.nameless(name)}")


def wait_in_vain(place):
    """What is wrong with a run into a directory that somebody keeps."""
    place.expect(f"run old.yml --jobs 1 --out {PLACE}")
    before = place.set(PLACE)
    directory = os.open(place.root / PLACE, os.O_RDONLY)
    fcntl.flock(directory, fcntl.LOCK_EX)
    start = time.monotonic()
    ending = place.end(place.start(f"run new.yml --jobs 1 --out {PLACE}"), patience=90)
    waited = time.monotonic() - start
    os.close(directory)
    wrong = []
    if ending.code != 75 or not ending.error.startswith(f"{PLACE}: another run is writing there\n"):
        wrong.append(f"a run that cannot get the directory ends with {ending.code}: {ending.error.strip()}")
    if waited < 29:
        wrong.append(f"it waits {waited:.1f} s, not half a minute")
    if place.set(PLACE) != before or any(name.startswith(".") for name in os.listdir(place.root)):
        wrong.append("a run that cannot get the directory changes something")
    return wrong


def main(arguments):
    asked = proof.asked(__doc__, arguments)
    with proof.first_place(asked.unmask) as first:
        waiting = []
        kept = None if asked.short else first.copy()
        waiter = threading.Thread(target=lambda: waiting.extend(wait_in_vain(kept)))
        race = Race(first, PROCESSES)
        if kept:
            waiter.start()
        race.run(2 if asked.short else ROUNDS)
        if kept:
            waiter.join()
            kept.remove()
    counts = race.counts
    print(f"{PROCESSES} processes, {counts['runs']:,} runs into one directory: ended with 0 {counts['ended with 0']:,}, "
          f"with 75 {counts['ended with 75']:,}; sets read {counts['sets read']:,}, replaced while they were read "
          f"{counts['sets replaced while they were read']:,}, single files read {counts['single files read']:,}: "
          f"of several runs {len(race.wrong):,}")
    if kept:
        print(f"a directory that somebody keeps: ended with 75 {0 if waiting else 1} of 1")
    for what in collections.Counter(race.wrong + waiting):
        print(f"  {what}\n    racing.py again; which run comes first is chance")
    if not counts["sets read"]:
        print("  no set was read")
    return 1 if race.wrong or waiting or not counts["sets read"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
