"""What may happen to the images between two nights: a function each, which says in words what it did, or nothing."""

import os
import random
import shutil

import nightly_scene
from nightly_scene import DIRECTORY, MISSING, NOWHERE
from nightly_settings import CHANGES

NANOS = 10**9


def any_name(scene, chance):
    return chance.choice(sorted(scene.pictures))


def new_seed(chance):
    return chance.randrange(10**6, 10**9)


def added(scene, chance):
    name = f"image{chance.randrange(99):02}"
    if name in scene.pictures or len(scene.pictures) > 14:
        return None
    scene.pictures[name] = scene.picture(chance)
    return f"{name} added"


def copied(scene, chance):
    """The same bytes under a second name, with the times of the first."""
    name, copy = any_name(scene, chance), f"copy{chance.randrange(99):02}"
    scene.pictures[copy] = scene.pictures[name]
    scene.bring()
    for old, new in zip(scene.of(name), scene.of(copy)):
        keep_time(scene, new, time_of(scene, old))
    return f"{name} copied to {copy}, with its times"


def removed(scene, chance):
    if len(scene.pictures) < 2:
        return None
    name = any_name(scene, chance)
    del scene.pictures[name]
    return f"{name} removed"


def prediction(scene, chance):
    name = any_name(scene, chance)
    scene.pictures[name] = scene.pictures[name].other(seen=new_seed(chance), wrong=chance.choice([0.02, 0.3, 0.6]))
    return f"prediction of {name} changed"


def all_predictions(scene, chance):
    """A new model."""
    for name, picture in scene.pictures.items():
        scene.pictures[name] = picture.other(seen=new_seed(chance))
    return "all predictions changed"


def truth(scene, chance):
    name = any_name(scene, chance)
    scene.pictures[name] = scene.pictures[name].other(truth=new_seed(chance))
    return f"truth of {name} changed"


def beside(scene, chance):
    if not scene.kind.beside:
        return None
    name = any_name(scene, chance)
    scene.pictures[name] = scene.pictures[name].other(beside=new_seed(chance))
    return f"weights, valid pixels and photograph of {name} changed"


def size(scene, chance):
    if not scene.kind.has_sizes:
        return None
    name = any_name(scene, chance)
    scene.pictures[name] = scene.pictures[name].other(width=chance.randrange(9, 24))
    return f"{name} has another size"


def city(scene, chance):
    """Moved to the directory of another city, where the kind of files has any."""
    name = any_name(scene, chance)
    picture = scene.pictures[name]
    return moved(scene, name, name, picture.other(city="bonn" if picture.city == "ulm" else "ulm"))


def renamed(scene, chance):
    name, new = any_name(scene, chance), f"name{chance.randrange(99):02}"
    return moved(scene, name, new, scene.pictures[name]) if new not in scene.pictures else None


def moved(scene, name, new, picture):
    """The files keep their inodes and times."""
    scene.bring()
    old_paths = scene.of(name)
    scene.pictures[new] = picture
    new_paths = scene.of(new)
    if new != name:
        del scene.pictures[name]
    for old, to in zip(old_paths, new_paths):
        source, target = scene.root / old, scene.root / to
        if old != to and os.path.lexists(source):
            target.parent.mkdir(parents=True, exist_ok=True)
            nightly_scene.remove(target)
            os.rename(source, target)
            scene.lying[to] = scene.lying.pop(old)
            scene.damaged.pop(old, None)
    return f"{name} renamed to {new}, of {picture.city}"


def exchanged(scene, chance):
    """Two images change names, by renaming: sizes and times stay with the bytes."""
    if len(scene.pictures) < 2:
        return None
    one, two = chance.sample(sorted(scene.pictures), 2)
    scene.bring()
    if len(scene.of(one)) == len(scene.of(two)):
        for a, b in zip(scene.of(one), scene.of(two)):
            first, second, middle = scene.root / a, scene.root / b, scene.root / "middle"
            if os.path.lexists(first) and os.path.lexists(second) and not {a, b} & scene.damaged.keys():
                os.rename(first, middle), os.rename(second, first), os.rename(middle, second)
                scene.lying[a], scene.lying[b] = scene.lying[b], scene.lying[a]
    scene.pictures[one], scene.pictures[two] = scene.pictures[two], scene.pictures[one]
    return f"{one} and {two} exchanged"


def touched(scene, chance):
    """Another time of change, and the same bytes."""
    paths = sorted(path for path, content in scene.lying.items() if isinstance(content, bytes))
    some = [path for path in paths if chance.random() < 0.3] or paths[:1]
    shift = chance.choice([0, -3600, 3600, -10**8, 10**8])
    for path in some:
        keep_time(scene, path, time_of(scene, path) + shift * NANOS)
    return f"{len(some)} files touched, by {shift} s"


def written_again(scene, chance):
    """The same bytes in new files."""
    paths = [path for path in scene.lying if chance.random() < 0.5]
    for path in paths:
        nightly_scene.put(scene.root / path, scene.lying[path], by_rename=chance.random() < 0.5)
    return f"{len(paths)} files written again"


def swapped(scene, chance):
    """Other bytes of the same size, with the old time."""
    name, side = any_name(scene, chance), chance.choice(["seen", "truth", "beside"])
    before = {path: time_of(scene, path) for path, content in scene.lying.items() if isinstance(content, bytes)}
    sizes = {path: len(content) for path, content in scene.lying.items()}
    scene.pictures[name] = scene.pictures[name].other(**{side: new_seed(chance)})
    paths = [path for path in scene.bring(chance) if path in before]
    for path in paths:
        keep_time(scene, path, before[path])
    same = sum(len(scene.lying[path]) == sizes[path] for path in paths)
    return f"{name}: {side} swapped with the old time, {same} of {len(paths)} files of the same size"


def restored(scene, chance):
    """One image, or all of them, as in an earlier night; its old times may come back as well."""
    if not scene.history:
        return None
    pictures, settings, times = chance.choice(scene.history)
    what, with_times = chance.choice(["one", "all", "everything"]), chance.random() < 0.5
    if what == "one":
        name = chance.choice(sorted(pictures))
        scene.pictures[name] = pictures[name]
    else:
        scene.pictures = dict(pictures)
    if what == "everything":
        scene.settings = settings.copy()
    for path in scene.bring(chance):
        if with_times and path in times and isinstance(scene.lying[path], bytes):
            keep_time(scene, path, times[path])
    return f"{what} restored{', with the old times' if with_times else ''}"


def folder(scene, chance):
    """Another directory of predictions: a copy with the same times, the same one renamed, or behind a link."""
    if not any(path.startswith(scene.folder + "/") for path in scene.lying):
        return None
    scene.bring()
    old, new, way = scene.folder, f"preds-{new_seed(chance)}", chance.choice(["copied", "renamed", "linked"])
    source, target = scene.root / old, scene.root / new
    if way == "copied":
        shutil.copytree(source, target, symlinks=True)
    elif way == "renamed":
        os.rename(source, target)
    else:
        kept = scene.root / f"kept-{new_seed(chance)}"
        os.rename(source, kept)
        target.symlink_to(kept.name)
    scene.folder = new
    scene.damaged = {path.replace(old + "/", new + "/", 1): content for path, content in scene.damaged.items()}
    scene.lying = {path.replace(old + "/", new + "/", 1): content for path, content in scene.lying.items()}
    if way == "copied":
        shutil.rmtree(source) if not source.is_symlink() else source.unlink()
    return f"directory of predictions {way} to {new}"


def damaged(scene, chance):
    paths = sorted(path for path, content in scene.files().items()
                   if isinstance(content, bytes) and content
                   and path.split("/")[0].split("-")[0] not in ("pipeline.yml", "other.yml"))
    if not paths:
        return None
    path = chance.choice(paths)
    content = scene.files()[path]
    middle = chance.randrange(len(content))
    way, instead = chance.choice([
        ("cut off", content[:middle]), ("emptied", b""), ("no such file", b"no such file, and no array"),
        ("a byte flipped", content[:middle] + bytes([content[middle] ^ 0x40]) + content[middle + 1:]),
        ("gone", MISSING), (DIRECTORY, DIRECTORY), (NOWHERE, NOWHERE)])
    scene.damaged[path] = instead
    return f"{path} damaged: {way}"


def mended(scene, chance):
    if not scene.damaged:
        return None
    path = chance.choice(sorted(scene.damaged))
    del scene.damaged[path]
    time = next((times[path] for _, _, times in reversed(scene.history) if path in times), None)
    with_time = time is not None and chance.random() < 0.5
    if path in scene.bring() and with_time:
        keep_time(scene, path, time)
    return f"{path} mended{', with an old time' if with_time else ''}"


def configuration(scene, chance):
    name = chance.choice(sorted(CHANGES))
    scene.settings.draw(name, chance)
    return f"configuration: {name} is {scene.settings.values[name]!r}"


def another_file(scene, chance):
    scene.file = "other.yml" if scene.file == "pipeline.yml" else "pipeline.yml"
    return f"the configuration is {scene.file}"


def list_of_names(scene, chance):
    scene.left_out = {name for name in scene.pictures if chance.random() < 0.3}
    scene.settings.values["listed"] = scene.kind.is_by_image
    return f"list of names without {', '.join(sorted(scene.left_out)) or 'nothing left out'}"


def image_weights(scene, chance):
    scene.weights = {name: chance.choice([0, 0.5, 3]) for name in scene.pictures if chance.random() < 0.5}
    if scene.settings.flavour == "sigmoid":
        scene.settings.values["weights_from"] = "images"
    return "weights of images changed"


def time_of(scene, path):
    return os.lstat(scene.root / path).st_mtime_ns


def keep_time(scene, path, time):
    os.utime(scene.root / path, ns=(time, time), follow_symlinks=False)


OFTEN = [added, removed, prediction, truth, renamed, exchanged, touched, swapped, restored, damaged, mended, configuration]
CHANGED = OFTEN * 2 + [configuration, damaged, damaged, mended, copied, all_predictions, beside, size, city, written_again, folder,
                       another_file, list_of_names, image_weights]


def change(scene, night):
    """What happens before a night, in words; `night` is its number, so that one night can be left out."""
    chance = random.Random(f"night {scene.seed} {night}")
    said = []
    for _ in range(chance.choices([0, 1, 2, 3], [1, 6, 2, 1])[0]):
        said.append(chance.choice(CHANGED)(scene, chance))
        if not scene.pictures:
            scene.pictures["image00"] = scene.picture(chance)
        scene.bring(chance)
    return [what for what in said if what]
