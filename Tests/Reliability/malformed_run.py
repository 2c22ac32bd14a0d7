"""Runs the program on a case and judges what it did."""

import json
import os
import re
import shutil
import subprocess
import sys

SECONDS = 2.0
MEGABYTES = 64
LINE = 600        # bytes of the line that names the cause
ALL = 10000       # of all that is said

# Of what was read: complete, incomplete by other images, or without a verdict.
CODES = (0, 3, 4)

# Names that a user of the program never needs to know.
INSIDE = re.compile(rb"\.swift|Fatal error|Optional\(|Swift\.|_setjmp|png_[a-z]|yaml_[a-z]|libdeflate_|sqlite3_|GRDB"
                    rb"|Yams|DecodingError|NSCocoa|JSONDecoder|CodingKey|0x[0-9a-f]{8}")


class Outcome:
    def __init__(self, code, seconds, megabytes, said):
        self.code = code
        self.seconds = seconds
        self.megabytes = megabytes
        self.said = said


class Runner:
    """One program after the other, as children of a small process (malformed_child.py)."""

    def __init__(self, program):
        self.program = program
        child = os.path.join(os.path.dirname(os.path.abspath(__file__)), "malformed_child.py")
        self.parent = subprocess.Popen([sys.executable, "-B", "-S", child], stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE)

    def run(self, words, folder, out=os.devnull):
        """`out` is where what is printed goes."""
        # Killed later than the limit, so that what is only slow can be told from what hangs.
        order = {"words": [self.program] + words, "folder": folder, "seconds": 4 * SECONDS, "out": out}
        self.parent.stdin.write(json.dumps(order).encode() + b"\n")
        self.parent.stdin.flush()
        answer = json.loads(self.parent.stdout.readline())
        with open(os.path.join(folder, "said"), "rb") as file:
            return Outcome(said=file.read(1 << 20), **answer)

    def close(self):
        self.parent.stdin.close()
        self.parent.wait()


def try_case(runner, case, folder, keeps=False):
    """The outcome, and all that is wrong with it."""
    os.makedirs(folder)
    for path, data in case.files.items():
        place = os.path.join(folder, path)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "wb") as file:
            file.write(data() if callable(data) else data)
    outcome = runner.run(case.command, folder)
    faults = list(found(case, outcome, folder))
    if not keeps:
        shutil.rmtree(folder, ignore_errors=True)
    return outcome, faults


def found(case, outcome, folder):
    first = outcome.said.split(b"\n")[0]
    if outcome.code < 0:
        yield "ended by signal %d after %.1f s" % (-outcome.code, outcome.seconds)
        return
    if outcome.seconds > SECONDS:
        yield "took %.1f s" % outcome.seconds
    if outcome.megabytes > MEGABYTES:
        yield "took %.0f MB" % outcome.megabytes
    is_read = os.path.exists(os.path.join(folder, case.result)) if case.result else outcome.code == 0
    if is_read:
        if case.verdict == "n":
            yield "was read"
        elif outcome.code not in CODES:
            yield "ended with %d: %s" % (outcome.code, text(first))
        elif case.verdict == "y" and case.check:
            wrong = case.check(folder)
            if wrong:
                yield wrong
    else:
        if case.verdict == "y":
            yield "was refused: " + text(first)
        elif outcome.code not in case.codes:
            yield "ended with %d and not with %s: %s" % (
                outcome.code, " or ".join(map(str, case.codes)), text(first))
        yield from poorly_said(case, outcome.said, first)


def poorly_said(case, said, first):
    if not first.startswith(case.place.encode()):
        yield "does not name the file %s: %s" % (case.place, text(first))
    if case.verdict == "n" and case.says.encode() not in first:
        yield "does not say '%s': %s" % (case.says, text(first))
    if len(first) > LINE:
        yield "its line has %d bytes: %s" % (len(first), text(first))
    if len(said) > ALL:
        yield "says %d bytes: %s" % (len(said), text(first))
    inside = INSIDE.search(said)
    if inside:
        yield "speaks of its inside, '%s': %s" % (text(inside.group()), text(first))
    if any(byte < 0x20 and byte != 0x0a or byte == 0x7f for byte in said):
        yield "has control characters: " + text(first)


def text(line):
    return line[:240].decode("utf-8", "backslashreplace")
