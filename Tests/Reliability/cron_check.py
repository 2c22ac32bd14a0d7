"""What `unmask init cron` prints, under a real cron: two runs a minute apart, on the sample.

    python3 -B cron_check.py UNMASK          two to three minutes

The lines are put into a crontab as they are printed, but for the time. cron gets a mount namespace of its own, in which the
system's crontabs, its /run and its sendmail are others: nothing of the system's is run, written or mailed, and a cron that runs
already goes on. It needs root, Linux and Debian's cron, which is installed where it is missing.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
PATIENCE = 240
# What a shell, cron and Swift each could take for something else.
NAME = "50% of \"it's\" $HOME"

# Tells of each run, and is found where cron looks for the program.
WRAPPER = """#!{python}
import json, os, subprocess, sys, time
begin = time.time()
code = subprocess.call(["unmask", *sys.argv[1:]], executable={unmask!r})
line = json.dumps({{"begin": begin, "code": code, "words": sys.argv[1:], "program": sys.argv[0], "variables": dict(os.environ)}})
if sys.argv[1:2] == ["check"]:
    with open({log!r}, "a") as log:
        log.write(line + "\\n")
sys.exit(code)
"""

SENDMAIL = """#!/bin/sh
letter=$(mktemp {mails}/.XXXXXX) && cat >"$letter" && mv "$letter" "{mails}/$$"
"""

# $1 is the directory of what is put in the place of the system's, $2 the crontab.
DAEMON = """set -e
mount --bind "$1/empty" /etc/cron.d
mount --bind "$1/crontab" /etc/crontab
mount --bind "$1/pam" /etc/pam.d/cron
mount --bind "$1/spool" /var/spool/cron/crontabs
mount --bind "$1/run" /run
mount --bind "$1/sbin" /usr/sbin
crontab "$2"
exec /usr/sbin/cron -f
"""


def skip(why):
    print(f"skipped: {why}", file=sys.stderr)
    raise SystemExit(0)


def expect_cron():
    if not sys.platform.startswith("linux"):
        skip("cron is tried on Linux")
    if os.geteuid() != 0:
        skip("a cron of one's own needs root")
    if not shutil.which("unshare") or subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode != 0:
        skip("a mount namespace of one's own is not to be had here, as in a container without rights")
    if not Path("/usr/sbin/cron").exists():
        if not shutil.which("apt-get"):
            skip("cron is not installed")
        print("installing: cron", file=sys.stderr)
        quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "cron"]
        if subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL).returncode != 0:
            skip("cron cannot be installed")
    if not Path("/etc/pam.d/cron").exists():
        skip("this is another cron than Debian's")


class Place:
    """The sample, a program that tells of its runs, and a cron."""

    def __init__(self, unmask, folder):
        self.folder = Path(folder)
        self.root = self.folder / NAME
        self.log, self.mails = self.folder / "log", self.folder / "mails"
        self.mails.mkdir()
        self.system = self.folder / "system"
        self.write_sample()
        self.write_program(unmask)
        self.write_system()

    def write_sample(self):
        street = Path("samples/street")
        for side in ("run-a", "truth"):
            shutil.copytree(REPOSITORY / street / side, self.root / street / side)
        # Nobody is still writing these.
        hour_ago = time.time() - 3600
        for path in self.root.rglob("*"):
            os.utime(path, (hour_ago, hour_ago))
        text = (REPOSITORY / "pipeline.yml").read_text()
        (self.root / "pipeline.yml").write_text(text)
        (self.root / "failing.yml").write_text(text + "check: [{id: floor, measure: iou, min: 0.99}]\n")

    def write_program(self, unmask):
        self.program = self.root / "bin/unmask"
        self.program.parent.mkdir()
        self.program.write_text(WRAPPER.format(python=sys.executable, unmask=str(unmask), log=str(self.log)))
        self.program.chmod(0o755)

    def write_system(self):
        for name in ("empty", "spool", "run", "sbin"):
            (self.system / name).mkdir(parents=True)
        (self.system / "crontab").write_text("")
        shutil.copy("/usr/sbin/cron", self.system / "sbin")
        # Not to be had in most containers, and nothing to do with crontabs.
        pam = Path("/etc/pam.d/cron").read_text().splitlines()
        (self.system / "pam").write_text("".join(f"{line}\n" for line in pam if "pam_loginuid" not in line))
        sendmail = self.system / "sbin/sendmail"
        sendmail.write_text(SENDMAIL.format(mails=self.mails))
        sendmail.chmod(0o755)

    def recipe(self, *options):
        """The lines, each minute."""
        path = f"{self.program.parent}:{os.environ['PATH']}"
        made = subprocess.run(
            [str(self.program), "init", "cron", "--at", "01:02", *options], cwd=self.root, env=dict(os.environ, PATH=path),
            stdout=subprocess.PIPE, text=True, check=True)
        assert "\n2 1 * * * " in made.stdout, made.stdout
        return made.stdout.replace("\n2 1 * * * ", "\n* * * * * ")

    def start(self, crontab):
        path = self.folder / "lines"
        path.write_text(crontab)
        # It becomes cron, so that its process is the one to end.
        return subprocess.Popen(["unshare", "--mount", "--propagation", "private", "sh", "-c", DAEMON, "sh", self.system, path])

    def runs(self, name):
        if not self.log.exists():
            return []
        runs = map(json.loads, self.log.read_text().splitlines())
        return [run for run in runs if Path(run["words"][1]).name == name]

    def letters(self, address):
        """When each came, and what it says."""
        found = [(path.stat().st_mtime, path.read_text()) for path in self.mails.iterdir() if not path.name.startswith(".")]
        return sorted(letter for letter in found if f"To: {address}\n" in letter[1])


def wait(daemon, condition):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and not condition():
        if daemon.poll() is not None:
            raise SystemExit(f"cron ended with {daemon.returncode}")
        time.sleep(0.5)
    return condition()


def check(place, daemon):
    """What is wrong."""
    if not wait(daemon, lambda: len(place.runs("pipeline.yml")) > 1 and place.runs("failing.yml")):
        return [f"cron did not run it twice within {PATIENCE} s; what it mailed: {place.letters('well@example.org')}"]
    # Letters are sent after a run's end.
    time.sleep(3)
    wrong = []

    def expect(what, is_so, found):
        if not is_so:
            wrong.append(f"{what}: {found}")

    runs = place.runs("pipeline.yml")
    root = str(place.root)
    for run in runs[:2]:
        expect("a run ends with 0", run["code"] == 0, run["code"])
        words = ["check", f"{root}/pipeline.yml", "--cron", "--state", f"{root}/.unmask", "--out", f"{root}/out"]
        expect("paths come through cron as they are", run["words"] == words, run["words"])
        expect("a crash would be short", run["variables"].get("SWIFT_BACKTRACE") == "enable=no", run["variables"])
        expect("nothing of this shell's environment is needed", root not in run["variables"].get("PATH", ""), run["variables"])
    late = [text for when, text in place.letters("well@example.org") if when >= runs[1]["begin"]]
    expect("the second run is silent", not late, late)
    for name in ("report.json", "report.md", "classes.csv"):
        expect("there are reports", (place.root / "out" / name).is_file(), f"no out/{name}")
    state = place.root / ".unmask"
    expect("there is a state", state.is_dir() and any(state.iterdir()), state)
    failed = place.runs("failing.yml")[0]
    expect("a failed check ends with 1", failed["code"] == 1, failed["code"])
    letters = place.letters("failed@example.org")
    expect("and is mailed, by class", bool(letters) and "pole" in letters[0][1], letters)
    return wrong


def main(arguments):
    if len(arguments) != 1:
        raise SystemExit(__doc__)
    expect_cron()
    unmask = Path(arguments[0]).resolve()
    with tempfile.TemporaryDirectory(prefix="unmask-cron-") as folder:
        place = Place(unmask, folder)
        well = place.recipe("--mail", "well@example.org")
        failing = place.recipe(
            "--mail", "failed@example.org", "--configuration", "failing.yml", "--state", "failing-state", "--out", "failing-out")
        daemon = place.start(well + failing)
        try:
            wrong = check(place, daemon)
        finally:
            daemon.terminate()
            daemon.wait()
    for what in wrong:
        print(f"  cron: {what}")
    print(f"two runs of unmask init cron's lines under cron: {'wrong' if wrong else 'right'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
