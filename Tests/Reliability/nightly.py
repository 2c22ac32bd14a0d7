"""Nightly runs with a state: whatever happens to images, configuration, state and processes, the next run is right.

    python3 -B nightly.py UNMASK                          all of it, some minutes
    python3 -B nightly.py UNMASK sequences --seconds 60   one part, for so long
    python3 -B nightly.py UNMASK --short [--seed 7]       some of each, in seconds
    python3 -B nightly.py UNMASK sequences --only '17 0,3' --keep DIR    nights 0 and 3 of the sequence of seed 17

What is right is what a run without a state makes of the same files, byte for byte (but for run.json, which says when
and where a run was).
"""

import argparse
import collections
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import nightly_damage
import nightly_disk
import nightly_kills
import nightly_nights
import nightly_races
import nightly_skips
import nightly_year
import trial


def arguments(line):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("unmask", help="the program")
    parser.add_argument("parts", nargs="*", help=", ".join(PARTS))
    parser.add_argument("--short", action="store_true", help="some of each, in seconds")
    parser.add_argument("--seconds", type=float, help="how long each part goes on")
    parser.add_argument("--count", type=int, help="how often each part does what it does")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="one thing again, as a failed proof names it")
    parser.add_argument("--keep", help="where the files of --only stay")
    parser.add_argument("--plain", action="store_true", help="without a state, to try the proof itself")
    asked = parser.parse_args(line)
    if not sys.platform.startswith("linux"):
        raise SystemExit("this proof needs Linux: elsewhere a library is preloaded in another way")
    unknown = set(asked.parts) - PARTS.keys()
    if unknown:
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    asked.unmask = str(trial.absolute(asked.unmask))
    return asked


class Turns:
    """Seeds, until there were enough of them or the time is over."""

    def __init__(self, asked, usual, short):
        self.first = asked.seed * 1_000_000
        self.count = asked.count or (10**9 if asked.seconds else short if asked.short else usual)
        self.end = time.monotonic() + (asked.seconds or 10**9)

    def __iter__(self):
        for turn in range(self.count):
            if time.monotonic() > self.end:
                return
            yield self.first + turn


def sequences(asked):
    """500 sequences of nights, or those of `--only`."""
    if asked.only:
        seed, nights = (asked.only.split() + [None])[:2]
        nights = [int(night) for night in nights.split(",")] if nights else None
        sequence, fault = nightly_nights.play(asked.unmask, int(seed), nights, asked.plain, asked.keep)
        print(*sequence.story, *(fault[1] if fault else ["as it should be"]), sep="\n")
        return 1 if fault else 0
    total, faults = collections.Counter(), []
    turns, do = iter(Turns(asked, 500, 4)), lambda seed: (
        seed, *nightly_nights.play(asked.unmask, seed, None, asked.plain))
    with ThreadPoolExecutor(trial.WORKERS) as pool:
        for seed, sequence, fault in lazily(pool, do, turns):
            total.update(sequence.counts, sequences=1)
            faults += [(seed, fault)] if fault else []
    codes = ", ".join(f"{key.split()[-1]} {total[key]:,}" for key in sorted(total) if key.startswith("ended"))
    kinds = sum(name[0].isupper() for name in total)
    print(f"{total['sequences']:,} sequences of {total['nights']:,} nights, {kinds} kinds of files: as without a state "
          f"{total['nights'] - len(faults):,}; ended with {codes}; images reused {total['reused']:,}, counted "
          f"{total['counted']:,}, nights left alone {total['left alone']:,}")
    tell_sequences(asked, faults)
    return 1 if faults or not total["nights"] else 0


def tell_sequences(asked, faults):
    """One fault of each kind, with the fewest nights that show it."""
    alike = {}
    for seed, fault in faults:
        alike.setdefault(fault[1][0].split(":")[0], []).append((seed, fault))
    for seen in list(alike.values())[:8]:
        sequence, nights, fault = nightly_nights.shrunk(asked.unmask, *seen[0], asked.plain)
        scene = sequence.scene
        print(f"  {fault[1][0]}\n    sequences --only '{seen[0][0]} {','.join(map(str, nights))}'"
              f"{f', and {len(seen) - 1} more like it' if len(seen) > 1 else ''}\n    {type(scene.kind).__name__}, "
              f"{sequence.command}{' --cron' * sequence.is_cron} {' '.join(sequence.kept)}")
        print(*(f"    {line}" for line in sequence.story), sep="\n")


def lazily(pool, do, turns):
    """As `pool.map`, but a turn is taken only when somebody is there for it."""
    waiting = collections.deque()
    for turn in turns:
        waiting.append(pool.submit(do, turn))
        if len(waiting) > trial.WORKERS:
            yield waiting.popleft().result()
    for future in waiting:
        yield future.result()


def skips(asked):
    """40 scenes with nights that are skipped, or that of `--only`."""
    return nightly_skips.skips(asked, Turns(asked, 40, 4))


PARTS = {"sequences": sequences, "skips": skips, "kills": nightly_kills.kills, "races": nightly_races.races,
         "disk": nightly_disk.disk, "damage": nightly_damage.damage, "year": nightly_year.year}


def takes_state(binary):
    said = subprocess.run([binary, "run", "--help"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return b"--state" in said.stdout


def main(line):
    asked = arguments(line)
    if not asked.plain and not takes_state(asked.unmask):
        print("skipped: this program keeps no state", file=sys.stderr)
        return 0
    codes = [PARTS[part](asked) for part in asked.parts or PARTS]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
