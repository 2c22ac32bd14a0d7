"""Runs the program with a state and without one, and compares what they leave."""

import json
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

import trial
from trial import Ending

START, DAY, PATIENCE = 1_700_000_000, 86_400, 120
#: What only a run with a state writes: when and where it was, also for monitoring.
OWN = ("run.json", "unmask-run.prom")
STATE, OUT, INCOMPLETE = "state", "out", "out.incomplete"
COMPLETE, FAILED, WRONG, PARTLY, NO_VERDICT, CANNOT_WRITE, BUSY = 0, 1, 2, 3, 4, 74, 75


class Program:
    """The program in a directory. `is_plain` takes no state, so that the proof itself can be tried without one."""

    def __init__(self, binary, root, is_plain=False):
        self.binary, self.root, self.is_plain = str(binary), Path(root), is_plain

    def start(self, command, out=OUT, state=None, words=(), night=0, environment=None, before=()):
        line = [*before, self.binary, *command, "--out", out]
        if state and not self.is_plain:
            line += ["--state", state, *words]
        date = {"LC_ALL": "C", "SOURCE_DATE_EPOCH": str(START + DAY * night)}
        return subprocess.Popen(line, cwd=self.root, env={**os.environ, **date, **(environment or {})},
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def end(self, process, patience=PATIENCE):
        try:
            out, error = process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            process.kill()
            out, error = process.communicate()
            return Ending(None, out.decode(errors="replace"), error.decode(errors="replace"))
        return Ending(process.returncode, out.decode(errors="replace"), error.decode(errors="replace"))

    def run(self, command, **more):
        return self.end(self.start(command, **more))

    def set(self, out=OUT):
        """The files of a set by their names, without what is of the run that made it; empty where there is none."""
        path = self.root / out
        files = [found for found in path.rglob("*") if found.is_file()] if path.is_dir() else []
        found = {str(file.relative_to(path)): file.read_bytes() for file in files}
        for name in OWN:
            found.pop(name, None)
        if ".unmask-set" in found:
            found[".unmask-set"] = b"\n".join(
                line for line in found[".unmask-set"].split(b"\n")[1:] if line.decode() not in OWN)
        return found

    def whole(self, command, night=0, out="whole"):
        """What a run without a state makes into a new directory, and how it ends."""
        ending = self.run(command, out=out, night=night)
        made = self.set(out)
        shutil.rmtree(self.root / out, ignore_errors=True)
        return ending, made

    def counts(self, out=OUT):
        """How many images were reused and counted, as far as the run says so."""
        try:
            said = json.loads((self.root / out / OWN[0]).read_text())
        except (OSError, ValueError):
            return {}
        return {name: number for name in ("reused", "counted")
                for number in [found(said, name)] if isinstance(number, int)}

    def litter(self):
        """What a run leaves behind that is of no set."""
        return sorted(name for place in (self.root, self.root / OUT) if place.is_dir()
                      for name in os.listdir(place) if trial.hides(name))

    def unsound(self):
        """What SQLite finds wrong with the state; nothing where it is sound, or not there."""
        path = self.root / STATE / "state.sqlite"
        if not path.exists():
            return None
        try:
            with sqlite3.connect(path) as database:
                said = database.execute("PRAGMA integrity_check").fetchone()[0]
            database.close()
        except sqlite3.Error as error:
            said = str(error)
        return None if said == "ok" else f"the state is not sound: {said}"


def found(said, name):
    """The first value of a name, however deep."""
    if isinstance(said, dict):
        if name in said:
            return said[name]
        said = list(said.values())
    for part in said if isinstance(said, list) else []:
        value = found(part, name)
        if value is not None:
            return value
    return None


def difference(made, expected):
    """In which files two sets differ, in words; nothing where they do not."""
    parts = [("without", sorted(expected.keys() - made.keys())), ("with", sorted(made.keys() - expected.keys())),
             ("other bytes in", sorted(name for name in made.keys() & expected.keys() if made[name] != expected[name]))]
    return "; ".join(f"{word} {', '.join(names[:5])}{' …' * (len(names) > 5)}" for word, names in parts if names)


def verdicts(files):
    """What a set says of the run, of its classes and of its checks; None where it says nothing."""
    if "report.json" not in files:
        return None
    said = json.loads(files["report.json"])
    failing = {check["id"] for check in said.get("checks", []) if check["state"] == "fail"}
    verdict = said.get("status", {}).get("verdict")
    return verdict, [(part.get("name"), part.get("verdict")) for part in said.get("classes", [])], failing
