"""Doubts every number: random runs of the program against an evaluator written from the documentation alone.

    python doubt.py UNMASK --seconds 60 --seed 1 [--keep DIR]
    python doubt.py UNMASK --only 1000017 --keep DIR      one run again

A run that disagrees is printed with its seed and command, and its files stay below DIR.
"""

import argparse
import collections
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

import numpy as np
import yaml

from doubting import checking, saving, scene as scenes, settings as set_up, wishes
from doubting.chains import written
from doubting.known import known
from doubting.losses import APART, JOINT

ACCEPT = """wrong-kind wrong-activation inverted turned instance-ids shuffled-labels numbers-by-file short-list
unlisted-predictions mostly-ignored absent-from-truth predicted-where-ignored merged-classes unused-levels stretched
never-predicted""".split()


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("unmask", type=Path)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="one run, by its own seed")
    parser.add_argument("--keep", type=Path, default=Path("doubt-out"), help="where the files of a disagreement stay")
    parser.add_argument("--until", type=int, default=10**9, help="stop after so many disagreements")
    return parser.parse_args()


def call(unmask, *words, **more):
    return subprocess.run([unmask, *map(str, words)], capture_output=True, text=True, timeout=120, **more)


def one_run(unmask, seed, root: Path):
    """Makes the inputs of a seed, runs the program on them and returns what disagrees, what is known, and the exit code."""
    rng = np.random.default_rng(seed)
    scene = scenes.scene(rng)
    root.mkdir(parents=True)
    state = int(rng.integers(2**32))
    decode = saving.save(scene, root, np.random.default_rng(state))
    settings, keys = set_up.settings(rng, scene, root)
    measures = wishes.measures(rng, scene)
    losses = any(name in APART + JOINT for name, _ in measures)
    ratios = any(name not in APART + JOINT for name, _ in measures)
    settings["select pixels"] = scene.number == "levels8" and not any(name in JOINT for name, _ in measures)
    chains = wishes.chains(rng, scene, settings, losses, ratios, int(rng.integers(1, 5)))
    pipeline = {"decode": decode, **keys, "measure": [{n: o} if o else n for n, o in measures],
                "reduce": {key: written(chain) for key, chain in chains.items()}, "accept": ACCEPT,
                "diagnose": {"bootstrap": {"replicates": 100}}, "report": {"to": "out", "formats": ["csv", "json"]}}
    if rng.random() < 0.12:
        pipeline["presets"] = "all"
    file = root / "pipeline.yml"
    file.write_text(yaml.safe_dump(pipeline, sort_keys=False))
    jobs, decoder = (1, 7)[seed % 2], ("fast", "libpng")[seed // 2 % 2]
    done = call(unmask, "run", file, "--jobs", jobs, "--decoder", decoder)
    code = done.returncode
    wrong = []
    if code in (0, 3, 4) and (root / "out/report.json").exists():
        if code == 0 or code == 4 and not scene.wild:
            with np.errstate(all="ignore"):
                wrong += checking.check(scene, settings, measures, chains, root / "out")
    if code not in (0, 2, 3, 4) or code == 3 and not scene.wild:
        wrong.append(f"exit code {code}: {done.stderr.strip()[:500]}")
    # Of NaN, or of no counted pixel, nothing can be said.
    isNaN = "the headline is NaN" in done.stdout or "the headline says nothing" in done.stdout
    if not scene.wild and not isNaN and code in (0, 4) and (code == 4) == bool(scenes.kept(scene, settings)):
        wrong.append(f"exit code {code} with {len(scenes.kept(scene, settings))} images")
    if code == 2 and "selects among the pixels of tiles" in done.stderr:
        return [], set(), code
    if code == 2 and not settings["extreme"]:
        wrong.append(f"refused: {done.stderr.strip()[:500]}")
    if seed % 4 == 0 and code in (0, 3, 4):
        wrong += again(unmask, scene, root, state, 8 - jobs, code)
    if seed % 8 == 5 and code in (0, 3, 4):
        wrong += damaged(unmask, root, rng)
    names = [known(scene, chains, line) for line in wrong]
    return [line for line, name in zip(wrong, names) if not name], {name for name in names if name}, code


def again(unmask, scene, root, state, jobs, code):
    """Other jobs, files made in reverse and reports from evidence give the same bytes."""
    wrong = []
    first = (root / "out/report.json").read_bytes()
    if (root / "pred").exists():
        shutil.rmtree(root / "pred")
    if (root / "truth").exists():
        shutil.rmtree(root / "truth")
    saving.save(scene, root, np.random.default_rng(state), backwards=True)
    other = call(unmask, "run", root / "pipeline.yml", "--jobs", jobs, "--out", root / "other")
    if other.returncode != code or (root / "other/report.json").read_bytes() != first:
        wrong.append(f"--jobs {jobs} and files in reverse order: another report, exit code {other.returncode}")
    words = call(unmask, "report", "--from", root / "out", "--out", root / "from")
    for name in ("report.json", "classes.csv", "images.csv", "reductions.csv"):
        if not (root / "from" / name).exists() or (root / "from" / name).read_bytes() != (root / "out" / name).read_bytes():
            wrong.append(f"report --from: another {name}, exit code {words.returncode}: {words.stderr.strip()[:200]}")
    return wrong


def damaged(unmask, root, rng):
    """A file that is cut short is named, and the exit code says that it could not be used."""
    files = sorted(path for path in root.rglob("*") if path.suffix in (".png", ".npy", ".npz") and "out" not in path.parts)
    file = files[int(rng.integers(len(files)))]
    whole = file.read_bytes()
    file.write_bytes(whole[: int(rng.integers(max(1, len(whole) - 16)))])
    done = call(unmask, "run", root / "pipeline.yml", "--out", root / "damaged")
    file.write_bytes(whole)
    if done.returncode not in (2, 3, 4) or file.stem not in done.stderr + done.stdout:
        return [f"exit code {done.returncode} with {file.name} cut short: {done.stderr.strip()[:300]}"]
    return []


def main():
    options = arguments()
    unmask = options.unmask.resolve()
    started, runs, found, codes, settled = time.monotonic(), 0, 0, collections.Counter(), collections.Counter()
    options.keep.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as place:
        while time.monotonic() - started < options.seconds and found < options.until:
            seed = options.only if options.only is not None else options.seed * 1_000_000 + runs
            root = Path(place) / str(seed)
            try:
                wrong, names, code = one_run(unmask, seed, root)
                settled.update(names)
                codes[code] += 1
            except Exception:
                wrong = ["the evaluator failed: " + traceback.format_exc()]
            runs += 1
            if wrong or options.only is not None:
                kept = options.keep / str(seed)
                shutil.rmtree(kept, ignore_errors=True)
                shutil.copytree(root, kept)
            if wrong:
                found += 1
                print(f"seed {seed}: {len(wrong)} disagreements; files in {kept}")
                print(f"  {options.unmask} run {kept}/pipeline.yml")
                for line in wrong[:6]:
                    print(f"  {line}")
                sys.stdout.flush()
            shutil.rmtree(root, ignore_errors=True)
            if options.only is not None:
                break
    seconds = time.monotonic() - started
    exits = ", ".join(f"{count} × exit {code}" for code, count in sorted(codes.items()))
    print(f"doubt: {runs} runs in {seconds:.0f} s ({exits}), {found} disagree")
    for name, count in settled.most_common():
        print(f"       known in {count} runs: {name}")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
