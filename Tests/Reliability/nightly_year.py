"""A year of nights: how large the state becomes, how long a night takes, and what the history says.

40 images, of which one to three change on most nights and none on a third of them; twice a model comes that knows
nothing of one class, and goes again. With faketime each night has its own date.
"""

import random
import shutil
import statistics
import subprocess
import tempfile
import time

from nightly_files import Picture
from nightly_kinds import Levels
from nightly_run import DAY, OUT, STATE, Program, difference
from nightly_scene import Scene

NIGHTS, IMAGES = 365, 40
#: After the files were written, or no night could be left out.
FIRST = 2_000_000_000
BREAKS = [(120, 130), (260, 275)]
COMMAND = ["run", "pipeline.yml", "--jobs", "2"]


class Broken(Levels):
    """Planes in which the last class is nowhere seen, of pictures that say so."""

    def values(self, picture):
        numbers = super().values(picture)
        if picture.city == "broken":
            numbers[2::3] = [3] * (len(numbers) // 3)
        return numbers


def dated(night):
    """The words before a command to which it is that night; none where there is no faketime."""
    when = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(FIRST + DAY * night))
    return ["faketime", when] if shutil.which("faketime") else []


def tonight(scene, night, chance):
    """Whether anything changes."""
    is_broken = any(first <= night < end for first, end in BREAKS)
    if any(night in pair for pair in BREAKS):
        for name, picture in scene.pictures.items():
            scene.pictures[name] = picture.other(city="broken" if is_broken else "ulm", seen=chance.randrange(10**6))
    elif night and chance.random() < 1 / 3:
        return False
    else:
        for name in chance.sample(sorted(scene.pictures), chance.randint(1, 3)):
            scene.pictures[name] = scene.pictures[name].other(seen=chance.randrange(10**6))
    scene.bring()
    return True


def size(place):
    return sum(path.stat().st_size for path in place.rglob("*") if path.is_file())


def year(asked):
    chance, wrong = random.Random(f"year {asked.seed}"), []
    spent, said, codes = {True: [], False: []}, 0, set()
    nights = 6 if asked.short else asked.count or NIGHTS
    end = time.monotonic() + (asked.seconds or 10**9)
    with tempfile.TemporaryDirectory(prefix="unmask-year-") as root:
        scene, program = Scene(root, asked.seed, Broken), Program(asked.unmask, root, asked.plain)
        quiet(scene, chance)
        compared, growth = 0, []
        # What a file says of its times stays true.
        environment = {"TZ": "UTC", "NO_FAKE_STAT": "1", "DONT_FAKE_MONOTONIC": "1"}
        for night in range(nights):
            if time.monotonic() > end:
                nights = night
                break
            is_changed = tonight(scene, night, chance)
            begun = time.monotonic()
            ending = program.run(COMMAND, state=STATE, words=["--cron"], night=night, environment=environment,
                                 before=dated(night))
            spent[is_changed].append(time.monotonic() - begun)
            codes.add(ending.code)
            said += bool(ending.out + ending.error)
            growth.append(size(program.root / STATE))
            if night % 20 == 0 or any(night in pair for pair in BREAKS):
                compared += 1
                expected, whole = program.whole(COMMAND, night)
                fault = difference(program.set(OUT), whole)
                if fault or ending.code != expected.code:
                    wrong.append(f"night {night}: ends with {ending.code}, not {expected.code}; {fault or 'the right set'}")
        tell(program, asked, nights, spent, said, codes, growth, compared, wrong)
    return 1 if wrong else 0


def quiet(scene, chance):
    """Images of one size and a plain configuration."""
    scene.pictures = {f"image{k:02}": Picture(chance.randrange(10**6), chance.randrange(10**6), 24, 20, 0.05)
                      for k in range(IMAGES)}
    scene.settings.values.update(
        beside={}, listed=False, weights_from="none", checks=[], measures=["bce", "iou"], dropped=[], headline=0,
        threshold=None, unaveraged=None, class_weights=None, merged=False, poor="iou < 0.5", accept=True)


def tell(program, asked, nights, spent, said, codes, growth, compared, wrong):
    mean = {key: 1000 * statistics.mean(times) if times else 0 for key, times in spent.items()}
    print(f"{nights} nights of {IMAGES} images{'' if dated(0) else ', without dates of their own'}: a night "
          f"with changes {mean[True]:.0f} ms ({len(spent[True])}), without {mean[False]:.0f} ms ({len(spent[False])}), "
          f"nights that said something {said}, ended with {', '.join(map(str, sorted(codes, key=str)))}; state at the end "
          f"{growth[-1] / 1000:,.0f} kB (after a tenth {growth[len(growth) // 10] / 1000:,.0f}); as without a state "
          f"{compared - len(wrong)} of {compared}")
    for what in wrong[:8]:
        print(f"  {what}")
    if asked.plain:
        return
    history = subprocess.run([program.binary, "history", STATE, "--csv"], cwd=program.root, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, text=True)
    lines = history.stdout.splitlines()
    print(f"history: ends with {history.returncode}, {max(0, len(lines) - 1):,} rows")
    if not asked.short:
        print(*(f"  {line[:150]}" for line in lines[:6]), *(f"  {line}" for line in history.stderr.splitlines()[:3]), sep="\n")
