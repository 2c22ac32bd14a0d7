"""Plants small faults in a copy of the sources, one at a time, and counts how many of them the tests find.

    python3 Tests/Reliability/mutation.py              all faults of mutants.txt
    python3 Tests/Reliability/mutation.py 17 Layout    those with these numbers, or with a word in file or text

A build for each fault would take hours, so all are compiled at once: each place becomes a choice between
what stands there and the fault, made by the environment variable UNMASK_MUTANT. The copy lies in
.build-mutation and is built again only where it changed. A fault counts as found where a test fails, the
tests end in a crash, or they take more than 300 seconds and three times what they take without a fault.

Standard output has one line with the figures and one for each fault that was not found; exit code 1 says
that fewer than 85 % were found, 2 that nothing could be measured.
"""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent.parent
SCRATCH = PACKAGE / ".build-mutation"
COPY = SCRATCH / "copy"  # one folder deeper, so that ../shared has a place beside it
SWIFT = os.environ.get("SWIFT", "swift")
ENOUGH = 85
SECONDS = 300
MODULE = "CMutant"
HEADER = """\
extern int unmask_mutant;
/// Whether this is the fault that was asked for.
static inline _Bool mutant(int number) { return unmask_mutant == number; }
"""
SOURCE = """\
#include <stdlib.h>
#include "CMutant.h"
int unmask_mutant;
__attribute__((constructor)) static void read_mutant(void) {
  const char *number = getenv("UNMASK_MUTANT");
  unmask_mutant = number ? atoi(number) : 0;
}
"""
# What the copy's Package.swift has instead: every module may ask, and no warning about a fault stops the
# build.
PACKAGE_CHANGES = [
    ("  .treatAllWarnings(as: .error),\n", ""),
    (".target(name: name, dependencies: dependencies, swiftSettings: strict)",
     f'.target(name: name, dependencies: dependencies + ["{MODULE}"], swiftSettings: strict)'),
    ("name: module + width, dependencies: dependencies,",
     f'name: module + width, dependencies: dependencies + ["{MODULE}"],'),
    ('    .target(name: "CLanes"', f'    .target(name: "{MODULE}"),\n    .target(name: "CLanes"'),
]


class Unusable(Exception):
    """Why nothing can be measured."""


@dataclass
class Mutant:
    number: int
    file: str
    breaks: str
    original: str
    fault: str
    is_statement: bool

    @property
    def place(self) -> re.Pattern:
        """The text, however it is broken into lines."""
        return re.compile(r"\s+".join(map(re.escape, self.original.split())))

    @property
    def tests(self) -> str:
        """The tests of the module that the file belongs to."""
        return f"^{self.file.split('/')[0]}Tests\\."

    def __str__(self) -> str:
        return f"{self.number:>3}  {self.file}: {self.breaks}"


def read_mutants(text: str) -> list[Mutant]:
    mutants = []
    for paragraph in re.sub(r"(?m)^#.*\n", "", text).strip().split("\n\n"):
        lines = paragraph.strip().splitlines()
        file, breaks = lines[0].split(": ", 1)
        marks = {line.split(" ")[0] for line in lines[1:]}
        if marks not in ({"-", "+"}, {"--", "++"}):
            raise Unusable(f"mutants.txt: '{lines[0]}' needs lines with - and +, or with -- and ++")
        original, fault = (
            "\n".join(line.partition(" ")[2] for line in lines[1:] if line.startswith(mark))
            for mark in "-+")
        mutants.append(Mutant(len(mutants) + 1, file, breaks, original, fault, "--" in marks))
    return mutants


def choice(original: str, mutants: list[Mutant]) -> str:
    """What stands at a place: the fault that was asked for, or what stood there."""
    text = original if mutants[0].is_statement else f"({original})"
    for mutant in reversed(mutants):
        form = "if {} {{ {} }} else {{ {} }}" if mutant.is_statement else "({} ? ({}) : {})"
        text = form.format(f"mutant({mutant.number})", mutant.fault, text)
    return text


def planted(text: str, mutants: list[Mutant]) -> str:
    """A file's text with all its faults."""
    places: dict[tuple[int, int], list[Mutant]] = {}
    for mutant in mutants:
        found = list(mutant.place.finditer(text))
        if len(found) != 1:
            raise Unusable(f"{mutant}\n  '{mutant.original}' stands there {len(found)} times")
        places.setdefault(found[0].span(), []).append(mutant)
    for (start, stop), here in sorted(places.items(), reverse=True):
        text = text[:start] + choice(text[start:stop], here) + text[stop:]
    return f"internal import {MODULE}\n{text}"


def changed(package: str) -> str:
    for old, new in PACKAGE_CHANGES:
        if package.count(old) != 1:
            raise Unusable(f"Package.swift has not once '{old.strip()}'")
        package = package.replace(old, new)
    return package


def write(path: Path, content: bytes) -> None:
    """Only where it differs, so that little is compiled again."""
    if not path.exists() or path.read_bytes() != content:
        path.write_bytes(content)


def make_copy(mutants: list[Mutant]) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=PACKAGE,
        check=True, capture_output=True, text=True).stdout
    names = {name for name in listed.split("\0") if name and os.path.lexists(PACKAGE / name)}
    by_file: dict[str, list[Mutant]] = {}
    for mutant in mutants:
        by_file.setdefault(f"Sources/{mutant.file}", []).append(mutant)
    for name in by_file.keys() - names:
        raise Unusable(f"there is no {name}")
    for name in names:
        source, target = PACKAGE / name, COPY / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_symlink():
            if not target.is_symlink():
                target.symlink_to(os.readlink(source))
            continue
        content = source.read_bytes()
        if name in by_file:
            content = planted(content.decode(), by_file[name]).encode()
        if name == "Package.swift":
            content = changed(content.decode()).encode()
        write(target, content)
        shutil.copymode(source, target)
    ours = {f"Sources/{MODULE}/include/{MODULE}.h": HEADER, f"Sources/{MODULE}/mutant.c": SOURCE}
    (COPY / "Sources" / MODULE / "include").mkdir(parents=True, exist_ok=True)
    for name, text in ours.items():
        write(COPY / name, text.encode())
    kept = names | ours.keys()  # what is gone from the sources would still be compiled
    for path in [*(COPY / "Sources").rglob("*"), *(COPY / "Tests").rglob("*")]:
        if path.is_file() and str(path.relative_to(COPY)) not in kept:
            path.unlink()
    shared = SCRATCH / "shared"
    if (PACKAGE.parent / "shared").exists() and not shared.is_symlink():
        shared.symlink_to("../../shared")


def failure(number: int, only: str | None = None, seconds: float = 3600) -> str | None:
    """How the tests say that something is wrong; None where they pass."""
    tests = COPY / ".build/release/UnmaskPackageTests.xctest"
    # What `swift test` runs on Linux, without its 4 seconds each time.
    command = ([tests, "--testing-library", "swift-testing"] if tests.is_file()
               else [SWIFT, "test", "-c", "release", "--skip-build"])
    if only:
        command += ["--filter", only]
    with tempfile.TemporaryDirectory(prefix="unmask-mutation-", ignore_cleanup_errors=True) as folder:
        process = subprocess.Popen(
            command, cwd=COPY, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True,
            env=os.environ | {
                "UNMASK_MUTANT": str(number), "SWIFT_BACKTRACE": "enable=no", "TMPDIR": folder})
        hung = threading.Event()

        def end() -> None:
            # All that it started is in its group.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)

        timer = threading.Timer(seconds, lambda: (hung.set(), end()))
        timer.start()
        try:
            last = ""
            for line in process.stdout:
                last = line.strip() or last
                if " recorded an issue" in line:
                    return last
            if hung.is_set():
                return f"takes more than {seconds:.0f} seconds"
            return None if process.wait() == 0 else f"ends with {process.returncode}: {last}"
        finally:
            timer.cancel()
            if process.poll() is None:
                end()
                process.wait()


def main(words: list[str]) -> int:
    mutants = read_mutants((HERE / "mutants.txt").read_text())
    make_copy(mutants)
    build = [SWIFT, "build", "-c", "release", "--build-tests"]
    if subprocess.run(build, cwd=COPY, stdout=sys.stderr).returncode != 0:
        raise Unusable("the copy with the faults is not built")
    start = time.monotonic()
    if said := failure(0):
        raise Unusable(f"without a fault the tests do not pass: {said}")
    limit = max(SECONDS, 3 * (time.monotonic() - start))
    chosen = [
        mutant for mutant in mutants if not words or str(mutant.number) in words
        or any(word in f"{mutant.file}: {mutant.breaks}" for word in words if not word.isdigit())]
    left = []
    for mutant in chosen:
        start = time.monotonic()
        said = failure(mutant.number, mutant.tests, limit) or failure(mutant.number, None, limit)
        print(f"{mutant} ({time.monotonic() - start:.0f} s)\n     {said or 'NOT FOUND'}",
              file=sys.stderr, flush=True)
        if not said:
            left.append(mutant)
    found = len(chosen) - len(left)
    percent = 100 * found // max(1, len(chosen))
    print(f"mutation: {len(chosen)} faults planted, {found} found ({percent} %)")
    for mutant in left:
        print(f"not found: {mutant.file}: {mutant.breaks}: '{mutant.original}' → '{mutant.fault}'")
    return 0 if percent >= ENOUGH else 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Unusable as error:
        print(f"mutation: {error}", file=sys.stderr)
        sys.exit(2)
