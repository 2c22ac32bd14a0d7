"""Runs the program with a fault in it, and sees what it left.

A case is a command, with the set that stands before it and the set that it makes.
"""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Optional

import inputs

PATIENCE = 10
WORKERS = max(2, os.cpu_count() or 2)
# Where there is memory that looks like a disk, waiting for the disk costs nothing.
#: On a disk: in memory no file is known by its times, and no night is skipped.
DISK = "/var/tmp"
PLACES = "/dev/shm" if os.access("/dev/shm", os.W_OK | os.X_OK) else None
HERE = Path(__file__).resolve().parent


def library(folder):
    """Compiles the library that makes calls fail."""
    path = Path(folder) / "failing.so"
    compiler = next(name for name in ("cc", "clang", "gcc") if shutil.which(name))
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", path, HERE / "failing.c", "-ldl"], check=True)
    return path


def absolute(binary):
    path = Path(binary).resolve()
    if not os.access(path, os.X_OK):
        raise SystemExit(f"{binary} is no program")
    return path


@dataclass
class Ending:
    """How a command ended; `code` is the negative signal where one ended it, and None where it went on for too long."""

    code: Optional[int]
    out: str
    error: str
    #: Of each call that was hit, its kind and its path.
    hits: list = field(default_factory=list)


class Place:
    """A directory with inputs of its own, in which one command runs at a time."""

    def __init__(self, binary, failing, images=inputs.IMAGES, like=None):
        """A place with two finished runs; `like` is one that has them."""
        self.binary, self.failing = str(binary), str(failing)
        self.outside = Path(tempfile.mkdtemp(prefix="unmask-reliability-", dir=PLACES)).resolve()
        self.root = self.outside / "place"
        self.note, self.said = self.outside / "note", self.root / "said"
        if like:
            shutil.copytree(like.root, self.root)
            return
        inputs.write(self.root, images)
        for name in ("old", "new"):
            self.expect(f"run {name}.yml --jobs 1 --out {name}-run")
            self.expect(f"baseline accept {name}-run --to {name}.json")
            self.expect(f"run {name}.yml --jobs 1 --out {name}-run")

    def copy(self):
        return Place(self.binary, self.failing, like=self)

    def beside(self, said):
        """The same place for another process, whose output has a file of its own."""
        other = object.__new__(Place)
        other.__dict__.update(self.__dict__, said=self.root / said)
        return other

    def start(self, command, prepare=None, **faults):
        """The process of a command; `faults` are the library's settings, without their first word."""
        environment = dict(os.environ, LC_ALL="C", SOURCE_DATE_EPOCH="1700000000")
        if faults:
            self.note.unlink(missing_ok=True)
            environment.update(LD_PRELOAD=self.failing, FAIL_BELOW=str(self.root), FAIL_NOTE=str(self.note))
            environment.update({f"FAIL_{name.upper()}": str(value) for name, value in faults.items()})
        # What is said is a file like others, so that its writes fail too.
        with open(self.said, "wb") as said:
            return subprocess.Popen(
                [self.binary, *command.split()], cwd=self.root, env=environment, stdin=subprocess.DEVNULL,
                stdout=said, stderr=subprocess.PIPE, preexec_fn=prepare)

    def end(self, process, patience=PATIENCE):
        try:
            error = process.communicate(timeout=patience)[1]
        except subprocess.TimeoutExpired:
            process.kill()
            error = process.communicate()[1]
            process.returncode = None
        hits = self.note.read_text().splitlines() if self.note.exists() else []
        out = self.said.read_bytes().decode(errors="replace")
        self.said.unlink()
        return Ending(process.returncode, out, error.decode(errors="replace"),
                      [tuple(line.split(" ", 1)) for line in hits])

    def run(self, command, **faults):
        return self.end(self.start(command, **faults))

    def expect(self, command):
        ending = self.run(command)
        if ending.code != 0:
            raise SystemExit(f"'{command}' ends with {ending.code} although nothing is wrong: {ending.error}")
        return ending

    def names(self):
        """All that lies here, but for what the program is to make."""
        return {str(path.relative_to(self.root)) for path in self.root.rglob("*")}

    def set(self, target):
        """The files of a set by their names; hidden ones are of no set. A single file has no name."""
        path = self.root / target
        if path.is_file():
            return {"": path.read_bytes()}
        files = [found for found in path.rglob("*") if found.is_file()] if path.is_dir() else []
        named = {str(found.relative_to(path)): found for found in files}
        return {name: found.read_bytes() for name, found in named.items() if not hides(name)}

    def put(self, target, files):
        """Makes a target what it was, and nothing else."""
        path = self.root / target
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        for name, content in files.items():
            file = path / name if name else path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)

    def clear(self, names):
        """Removes all that is not of these names."""
        for name in sorted(self.names() - names, reverse=True):
            path = self.root / name
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()

    def remove(self):
        shutil.rmtree(self.outside, ignore_errors=True)


def nameless(text):
    """Without what is by chance in the names of hidden directories."""
    return re.sub(r"stage-\w{6}", "stage-*", text)


def hides(name):
    """Whether a file is of no set; the list of a set's names is one of its files."""
    return any(part.startswith(".") and part != ".unmask-set" for part in name.split("/"))


class Case:
    """A command and the sets before and after it."""

    def __init__(self, place, name, command, target="", before=None, others=()):
        self.place, self.name, self.command, self.target = place, name, command, target
        if before:
            place.expect(before)
        for other in others:
            (place.root / target / other).parent.mkdir(parents=True, exist_ok=True)
            (place.root / target / other).write_text("of somebody else")
        self.old = place.set(target) if target else {}
        self.parts = {}
        self.names = place.names()
        self.said = place.expect(command).out
        self.new = place.set(target) if target else {}
        self.reset()

    def reset(self):
        if self.target:
            self.place.put(self.target, self.old)
        self.place.clear(self.names)

    def calls(self):
        """How many calls the command makes on files, of any kind."""
        ending = self.place.run(self.command, call="any", at=1, times=10**9, signal=int(signal.SIGCONT))
        self.reset()
        return len(ending.hits)

    def without(self, file):
        """The set that the command makes where an input is damaged, and how it ends then."""
        if file not in self.parts:
            path, before = self.place.root / file, self.place.set(self.target)
            content = path.read_bytes()
            path.write_bytes(b"damaged")
            ending = self.place.run(self.command)
            path.write_bytes(content)
            self.parts[file] = self.place.set(self.target), ending
            self.place.put(self.target, before)
        return self.parts[file]

    def state(self):
        found = self.place.set(self.target) if self.target else {}
        return "new" if found == self.new else "old" if found == self.old else "mixed"

    def litter(self):
        """What lies around that is of no set."""
        allowed = self.names | {f"{self.target}/{name}" if name else self.target for name in self.new}
        found = self.place.names() - allowed
        return sorted(name for name in found if hides(name) or not (self.place.root / name).is_dir())
