#!/usr/bin/env python3
"""Files that are damaged, odd or heavy, made here by a seed, and what the program must make of each.

    python3 -B malformed.py UNMASK                all of them, under a minute on two processors
    python3 -B malformed.py UNMASK --short        a tenth
    python3 -B malformed.py UNMASK --only 'n_adler_*' --keep DIR    some, whose files stay in DIR

The first letter of a name is the verdict: y_ is read, n_ is refused with a line that says why, i_ either. Every run
takes at most 2 s and 64 MB. Where NumPy and Pillow can be imported, they are asked about the same files, and where
they differ malformed_peers.py has the reason.
"""

import argparse
import fnmatch
import os
import queue
import random
import sys
import tempfile
import threading
import time

import malformed_evidence
import malformed_npy
import malformed_npz
import malformed_npz_members
import malformed_peers
import malformed_png_chunks
import malformed_png_pixels
import malformed_store
import malformed_yaml
import malformed_yaml_values
from malformed_run import Runner, try_case

FORMATS = ("PNG", "NPY", "NPZ", "YAML", "evidence")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("unmask", help="the program")
    parser.add_argument("--short", action="store_true", help="a tenth of the files, drawn by the seed")
    parser.add_argument("--seed", type=int, default=1, help="of random bits and of --short")
    parser.add_argument("--format", choices=FORMATS, action="append", help="only this one")
    parser.add_argument("--only", default="*", help="only files of these names, such as 'n_adler_*'")
    parser.add_argument("--keep", help="where the files of each case stay")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def all_cases(name, rng, runner, folder):
    if name == "evidence":
        return malformed_evidence.cases(rng, malformed_store.bases(runner, os.path.join(folder, "bases")))
    pages = {"PNG": (malformed_png_pixels, malformed_png_chunks), "NPY": (malformed_npy,),
             "NPZ": (malformed_npz, malformed_npz_members), "YAML": (malformed_yaml, malformed_yaml_values)}
    return [case for page in pages[name] for case in page.cases(rng)]


def chosen(name, options, runner, folder):
    # A generator of its own for each format, so that one does not move the bits of another.
    rng = random.Random("%d %s" % (options.seed, name))
    cases = all_cases(name, rng, runner, folder)
    names = [case.name for case in cases]
    if len(set(names)) < len(names):
        raise SystemExit("two files have one name: %s" % sorted(n for n in set(names) if names.count(n) > 1))
    cases = [case for case in cases if fnmatch.fnmatch(case.name, options.only)]
    return rng.sample(cases, -(-len(cases) // 10)) if options.short else cases


def run_all(cases, runners, folder, keeps):
    """The outcome and the faults of each case, in their order; each runner has a thread."""
    waiting, results = queue.Queue(), [None] * len(cases)
    for number in range(len(cases)):
        waiting.put(number)

    def work(runner):
        while True:
            try:
                number = waiting.get_nowait()
            except queue.Empty:
                return
            place = os.path.join(folder, cases[number].name if keeps else "case%d" % number)
            try:
                results[number] = try_case(runner, cases[number], place, keeps)
            except Exception as error:  # A mistake here must not look like a pass.
                results[number] = (None, ["could not be tried: %r" % error])

    threads = [threading.Thread(target=work, args=(runner,)) for runner in runners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def told(name, cases, results):
    """Says a line for the format and one for each fault; how many files are not as expected."""
    wrong = 0
    for case, (_, faults) in zip(cases, results):
        wrong += bool(faults)
        for fault in faults:
            print("  %s: %s" % (case.name, fault))
    outcomes = [outcome for outcome, _ in results if outcome]
    print("malformed %s: %d files, %d as expected, slowest %.2f s, most memory %.0f MB" % (
        name, len(cases), len(cases) - wrong, max((o.seconds for o in outcomes), default=0),
        max((o.megabytes for o in outcomes), default=0)), flush=True)
    return wrong


def main():
    options = arguments()
    program = os.path.abspath(options.unmask)
    if not os.access(program, os.X_OK):
        raise SystemExit("%s: no program is there; build it first" % options.unmask)
    start, wrong, asked = time.monotonic(), 0, []
    runners = [Runner(program) for _ in range(max(1, options.threads))]
    with tempfile.TemporaryDirectory() as temporary:
        for name in options.format or FORMATS:
            folder = os.path.join(temporary, name)
            cases = chosen(name, options, runners[0], folder)
            results = run_all(cases, runners, os.path.abspath(options.keep) if options.keep else folder,
                              bool(options.keep))
            wrong += told(name, cases, results)
            asked += [(name, case) for case in cases if case.peer]
        for runner in runners:
            runner.close()
        # After everything else: what these libraries take of memory is theirs.
        wrong += malformed_peers.compare(asked, os.path.join(temporary, "peers"),
                                         is_whole=not options.short and options.only == "*")
    print("malformed: %d not as expected, %.0f s" % (wrong, time.monotonic() - start))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
