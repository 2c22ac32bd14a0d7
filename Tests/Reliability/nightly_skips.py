"""Nights in which nothing has changed, which --cron skips, and nights that must not be skipped.

A night that is skipped leaves the set alone and ends as the night before it. Whatever is changed in images,
configuration, options or the set itself, the next night leaves what a run without a state makes.
"""

import collections
import os
import random
import shutil
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

import nightly_changes
import trial
from nightly_run import COMPLETE, FAILED, INCOMPLETE, OUT, OWN, PARTLY, STATE, Program, difference
from nightly_scene import Scene

#: What changed less than two seconds ago may change again unseen; a clock has whole seconds.
SETTLED, TURNS, AT_ONCE = 3.2, 4, 12
#: What a night that is skipped may touch.
RENEWED = ("junit.xml", "unmask-run.prom")
OPTIONS = [["--set", "diagnose.bootstrap.seed=77"], ["--set", "diagnose.poor=iou < 0.3"], ["--csv-dialect", "excel"],
           ["--set", "report.formats=[json, csv]"], ["--set", "diagnose.tolerance=2%"], ["--predictions", "copied"]]


class Skips:
    """Some nights of one scene, with time between them."""

    def __init__(self, binary, seed, root):
        self.chance = random.Random(f"skips {seed}")
        self.scene, self.program = Scene(root, seed), Program(binary, root)
        self.command = self.chance.choice(["run", "check"])
        self.options, self.counts, self.wrong = [], collections.Counter(), []

    def play(self, turns=TURNS):
        self.scene.bring()
        self.night("the first night")
        for turn in range(turns):
            time.sleep(SETTLED)
            self.night("files that stand")
            self.unchanged("files that stand")
            what, is_settled = self.chance.choice([self.set_altered, self.other_options, self.changed])(turn)
            if what:
                self.night(what, is_made=what.startswith("the set"))
                if is_settled:
                    self.unchanged(what)
        return self.wrong

    def line(self):
        return [self.command, self.scene.file, "--jobs", "1", *self.options]

    def stamps(self):
        place = self.program.root / OUT
        return {str(path.relative_to(place)): (path.stat().st_ino, path.read_bytes())
                for path in sorted(place.rglob("*")) if path.is_file() and path.name not in RENEWED}

    def run(self):
        return self.program.run(self.line(), state=STATE, words=["--cron"])

    def night(self, what, is_made=False):
        before, stamps = self.program.set(), self.stamps()
        ending = self.run()
        expected, whole = self.program.whole(self.line())
        made = self.program.set()
        self.code = expected.code
        self.counts["nights"] += 1
        if ending.code != expected.code:
            self.wrong.append((what, f"ends with {ending.code}, and without a state with {expected.code}: "
                                     f"{(ending.error or ending.out).strip()[:200]}"))
        elif expected.code in (COMPLETE, FAILED):
            fault = difference(made, whole)
            self.wrong += [(what, f"another set: {fault}")] if fault else []
            if is_made and stamps == self.stamps():
                self.wrong.append((what, "is not made again"))
        elif expected.code == PARTLY and made == before:
            fault = difference(self.program.set(INCOMPLETE), whole)
            self.wrong += [(what, f"another set beside: {fault}")] if fault else []
        elif made not in (before, whole):
            self.wrong.append((what, f"another set: {difference(made, before)}"))

    def unchanged(self, what):
        """Another night at once."""
        if self.code not in (COMPLETE, FAILED):
            return
        before, code = self.stamps(), self.code
        self.night(f"nothing after {what}")
        # A photograph that cannot be used may be there the next time.
        is_whole = not any(path.startswith("photos/") for path in self.scene.damaged)
        if before != self.stamps() and is_whole:
            self.wrong.append((f"nothing after {what}", "is not skipped, or changes the set"))
        elif before == self.stamps() and code == self.code:
            self.counts["skipped"] += 1

    def set_altered(self, turn):
        """A file of the set goes, or has another byte and its old time."""
        names = sorted(self.stamps()) + [name for name in RENEWED if (self.program.root / OUT / name).exists()]
        name = self.chance.choice([name for name in names if name not in (OWN[1], ".unmask-set")])
        path = self.program.root / OUT / name
        if self.chance.random() < 0.5:
            path.unlink()
            return f"the set without {name}", True
        content, status = path.read_bytes(), path.stat()
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        return f"the set with another byte in {name}", True

    def other_options(self, turn):
        self.options = [] if self.options else self.chance.choice(OPTIONS)
        if self.options[:1] == ["--predictions"]:
            source = self.program.root / self.scene.folder
            if not source.is_dir():
                self.options = []
                return None, False
            shutil.rmtree(self.program.root / "copied", ignore_errors=True)
            shutil.copytree(source, self.program.root / "copied")
            return "a copy of the predictions", False
        return f"options {' '.join(self.options) or 'as before'}", True

    def changed(self, turn):
        said = nightly_changes.change(self.scene, turn + 1)
        self.scene.bring()
        self.scene.keep()
        return "; ".join(said), False


def play(binary, seed):
    with tempfile.TemporaryDirectory(prefix="unmask-skips-", dir=trial.DISK) as root:
        skips = Skips(binary, seed, root)
        return skips, skips.play()


def skips(asked, turns):
    if asked.plain:
        print("skipped: without a state no night is left out")
        return 0
    if asked.only:
        turns = [int(asked.only)]
    total, wrong = collections.Counter(), []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for seed, (played, found) in pool.map(lambda seed: (seed, play(asked.unmask, seed)), turns):
            total.update(played.counts)
            wrong += [(seed, *fault) for fault in found]
    print(f"{total['nights']:,} nights with time between them: skipped {total['skipped']:,}; as without a state "
          f"{total['nights'] - len(wrong):,}")
    alike = collections.defaultdict(list)
    for seed, what, fault in wrong:
        alike[fault.split(":")[0], what.split(" ")[0]].append(f"{fault}\n    {what}: skips --only {seed}")
    for told in list(alike.values())[:10]:
        print(f"  {told[0]}{f', and {len(told) - 1} more like it' if told[1:] else ''}")
    return 1 if wrong or not total["skipped"] else 0
