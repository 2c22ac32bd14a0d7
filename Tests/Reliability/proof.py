"""What the proofs have in common: their arguments, their work on several processors, and what they print."""

import argparse
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import inputs
import trial


def asked(text, arguments):
    parser = argparse.ArgumentParser(description=text, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("unmask", help="the program")
    parser.add_argument("--short", action="store_true", help="some of it, in seconds")
    parser.add_argument("--seed", default="1", help="which part a short proof takes")
    parser.add_argument("--only", help="one thing again, as a failed proof names it")
    if not sys.platform.startswith("linux"):
        raise SystemExit("this proof needs Linux: elsewhere a library is preloaded in another way")
    return parser.parse_args(arguments)


@contextmanager
def first_place(binary, images=inputs.IMAGES):
    """A place that others are copies of."""
    with tempfile.TemporaryDirectory() as folder:
        place = trial.Place(trial.absolute(binary), trial.library(folder), images)
        try:
            yield place
        finally:
            place.remove()


def together(first, cases, works):
    """Does the works, several at a time, each with a place of its own.

    A work is of a figure, with the name of a case, and does something with it: it says how often, and what was wrong.
    """
    def do(work):
        figure, name, body = work
        place = first.copy()
        try:
            return figure, body(cases[name](place, name))
        finally:
            place.remove()

    figures = {}
    with ThreadPoolExecutor(trial.WORKERS) as pool:
        for figure, (done, wrong) in pool.map(do, works):
            before = figures.get(figure, (0, []))
            figures[figure] = before[0] + done, before[1] + wrong
    return figures


def tell(figures, right):
    """A line a figure, then one for each thing that is wrong; returns the exit code."""
    for figure, (done, wrong) in figures.items():
        print(f"{figure} {done:,} times: {right} {done - len({how for _, how in wrong}):,}")
    for figure, (_, wrong) in figures.items():
        repeats = {}
        for what, how in wrong:
            repeats.setdefault(trial.nameless(what), []).append(how)
        for what, hows in repeats.items():
            more = f", and {len(hows) - 1} more" if len(hows) > 1 else ""
            print(f"  {figure}: {what}\n    {hows[0]}{more}")
    return 1 if any(wrong for _, wrong in figures.values()) else 0
