"""What may be after a fault: a whole set, the right exit code, a clear message."""

import errno
import sqlite3
import tempfile
from pathlib import Path

COMPLETE, CONFIGURATION, INCOMPLETE, NO_VERDICT, CANNOT_WRITE = 0, 2, 3, 4, 74

# As the system says it, and as the program does where it knows more.
CAUSES = {
    errno.EIO: ["Input/output error"],
    errno.ENOSPC: ["No space left on device"],
    errno.EINTR: ["Interrupted system call"],
    errno.EACCES: ["Permission denied", "permission denied", "may not be read"],
    errno.EMFILE: ["Too many open files", "too many files are open"],
}
# SQLite says no more than that, whatever the system told it.
SQLITE = ["disk I/O error", "unable to open database file", "database or disk is full", "disk image is malformed",
          "attempt to write a readonly database", "database is locked", "cannot start a transaction"]
# A program that is asked again must get on: these are no errors.
RETRIED = {("read", errno.EINTR), ("write", errno.EINTR), ("read", 0), ("write", 0)}


def faults(case, ending, code):
    """What is wrong with how a command ended whose call failed with `code`; nothing where all is as it should be."""
    kind = ending.hits[0][0]
    paths = sorted({path.removeprefix(str(case.place.root)).strip("/") for _, path in ending.hits})
    if ending.code is None:
        return ["goes on for too long"]
    if ending.code < 0:
        return [f"ends by signal {-ending.code}"]
    state = case.state()
    if ending.code == COMPLETE:
        found = wrong_success(case, ending, state)
        return found + (["says 0 although the disk did not take it"] if kind == "sync" else [])
    found = []
    if (kind, code) in RETRIED:
        found.append("is no error, and was taken for one")
    expected = sorted(set.union(*(codes(case, path) for path in paths)))
    if ending.code not in expected:
        found.append(f"ends with {ending.code}, not {' or '.join(map(str, expected))}")
    if ending.code in (INCOMPLETE, NO_VERDICT) and case.target and state == "mixed":
        found += wrong_part(case, ending, paths)
    elif state == "mixed" or state == "new" and case.new != case.old and ending.code != CANNOT_WRITE:
        found.append(f"leaves a set that is {state}: {difference(case)}")
    return found + unclear(ending, code, paths)


def codes(case, path):
    """Which exit codes there are for a file that cannot be used."""
    top = path.split("/")[0]
    if top.endswith((".yml", ".json")) and top != case.target:
        return {CONFIGURATION}
    if top in ("new", "old", "truth"):
        return {INCOMPLETE} if "/" in path else {NO_VERDICT}
    reads = not case.command.startswith(("run", "map"))
    if top.endswith("-run") or top == "out" and "--from out" in case.command:
        return {CONFIGURATION, INCOMPLETE, CANNOT_WRITE}
    return {CANNOT_WRITE, INCOMPLETE} if reads and not path else {CANNOT_WRITE}


def wrong_success(case, ending, state):
    if ending.out != case.said:
        return ["says 0 and prints something else"]
    if ending.error:
        return [f"says 0 and complains: {ending.error.strip()}"]
    return [] if state == "new" or names_pictures(case) else [f"says 0 and leaves another set: {difference(case)}"]


def names_pictures(case):
    """Whether only pictures are left out, and the report says which."""
    found = case.place.set(case.target)
    pages = [content for name, content in found.items() if name.endswith("report.md")]
    tables = [name for name in case.new if name.endswith((".csv", ".xlsx", ".sqlite", ".xml", ".sarif"))]
    is_said = any(b"could not be drawn" in page for page in pages)
    return is_said and all(found.get(name) == case.new[name] for name in tables)


def wrong_part(case, ending, paths):
    """What is wrong with the set of a run that could not use an image: it is that of a run in which the image is
    damaged, but for what is said of it."""
    if not any(path and path in ending.error for path in paths):
        return ["leaves out an image and names another"]
    if len(paths) > 1:
        return []
    found, expected, other = case.place.set(case.target), *case.without(paths[0])
    words = [said(ending.error), said(other.error)]
    differing = sorted(name for name in found.keys() | expected.keys() if plain(name, found.get(name), words[0])
                       != plain(name, expected.get(name), words[1]))
    return [f"other numbers without the image: {', '.join(differing)}"] if differing else []


def said(error):
    """What is wrong and what to do, of a message about a file."""
    lines = error.strip().splitlines() + ["", ""]
    return [lines[0].split(": ", 1)[-1], lines[1].strip()]


def plain(name, content, words):
    """A file without some words."""
    if content is None:
        return None
    if name.endswith(".sqlite"):
        content = "\n".join(dump(content)).encode()
    for word in filter(None, words):
        content = content.replace(word.encode(), b"...")
    return content


def dump(content):
    with tempfile.NamedTemporaryFile(suffix=".sqlite") as file:
        Path(file.name).write_bytes(content)
        with sqlite3.connect(file.name) as database:
            return list(database.iterdump())


def unclear(ending, code, paths):
    """What a message lacks."""
    lines = ending.error.splitlines()
    if not lines or not lines[0].strip():
        return ["says nothing"]
    found = [] if len(lines) <= 2 and len(lines[0]) < 250 else ["says too much"]
    if "Domain=" in ending.error:
        found.append("prints an error as the library keeps it")
    # What failed, or the place where all goes, as the user called it.
    parts = {part for path in paths for part in path.split("/") if part and not part.startswith(".")}
    names = [*parts, "out", "map.npy", "base.json"] + ([] if all(paths) else ["evidence.sqlite"])
    if paths == ["said"]:
        names = ["standard output"]
    if ".unmask-stage-" in lines[0] or not any(name in lines[0] for name in names):
        found.append("names another file")
    causes = CAUSES.get(code, []) + (SQLITE if "sqlite" in lines[0] else [])
    if not any(cause in ending.error for cause in causes):
        found.append(f"names another cause: {lines[0].strip()}")
    return found


def difference(case):
    found = case.place.set(case.target)
    lost = sorted(case.new.keys() - found.keys())
    added = sorted(found.keys() - case.new.keys())
    changed = sorted(name for name in found.keys() & case.new.keys() if found[name] != case.new[name])
    named = [("without", lost), ("with", added), ("other bytes in", changed)]
    return "; ".join(f"{word} {', '.join(names[:4])}{' …' * (len(names) > 4)}" for word, names in named if names)
