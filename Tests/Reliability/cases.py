"""The commands that are tried, each with what stands in its place before."""

from trial import Case

MAP = "--measure bce --image one --out map.npy --overwrite"
RENDER = "--format junit,html --out out"
# Other programs' files stay where they are.
OTHERS = ["notes.txt", "deep/er.txt"]


def run(place, name, others=()):
    return Case(place, name, "run new.yml --jobs 1 --out out", "out", "run old.yml --jobs 1 --out out", others)


def first(place, name):
    return Case(place, name, "run new.yml --jobs 1 --out deep/out", "deep")


def beside(place, name):
    return run(place, name, OTHERS)


def report(place, name):
    return Case(place, name, "report --from new-run --out out", "out", "report --from old-run --out out")


def again(place, name):
    """Of the evidence that lies there, which stays."""
    return Case(place, name, "report other.yml --from out --out out", "out", "run new.yml --jobs 1 --out out")


def compare(place, name):
    return Case(place, name, "compare old-run new-run --out out", "out", "compare new-run old-run --out out")


def render(place, name):
    return Case(place, name, f"render new-run/report.json {RENDER}", "out", f"render old-run/report.json {RENDER}")


def map_(place, name):
    return Case(place, name, f"map new.yml {MAP}", "map.npy", f"map old.yml {MAP}")


def baseline(place, name):
    return Case(
        place, name, "baseline accept new-run --to base.json", "base.json", "baseline accept old-run --to base.json")


def total(place, name):
    return Case(place, name, "total x=old-run:0.5 y=new-run")


CASES = {make.__name__.strip("_"): make for make in (
    run, report, compare, map_, first, beside, again, render, baseline, total)}
