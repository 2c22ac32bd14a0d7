"""A directory with a night's images: what lies there, and how it is brought to what should lie there."""

import os
import random
import shutil
from pathlib import Path

import nightly_files as files
from nightly_kinds import KINDS
from nightly_settings import Settings

# What stands in place of a file that is damaged.
MISSING, DIRECTORY, NOWHERE = "missing", "a directory", "a link to nothing"


class Scene:
    """Everything that a seed decides; `root` gets the files."""

    def __init__(self, root, seed, kind=None):
        chance = random.Random(f"scene {seed}")
        self.root, self.seed = Path(root), seed
        self.kind = (kind or chance.choice(KINDS))(chance)
        self.settings = Settings(self.kind, chance)
        self.size = chance.randrange(9, 20), chance.randrange(8, 16)
        self.pictures = {f"image{k:02}": self.picture(chance) for k in range(chance.randrange(3, 13))}
        self.damaged, self.weights, self.left_out = {}, {}, set()
        self.folder, self.file = "preds", "pipeline.yml"
        self.lying, self.history = {}, []

    def picture(self, chance):
        width, height = self.size
        if self.kind.has_sizes and chance.random() < 0.2:
            width += 3
        return files.Picture(chance.randrange(10**6), chance.randrange(10**6), width, height,
                             chance.choice([0.02, 0.1, 0.4]), chance.randrange(10**6), chance.choice(["ulm", "bonn"]))

    def files(self):
        """What should lie there, by paths."""
        names = sorted(self.pictures)
        found = self.kind.files([self.pictures[name] for name in names], names) if names else {}
        for name in names:
            found.update(self.beside(name))
        found = {path.replace("preds/", self.folder + "/", 1): content for path, content in found.items()}
        called = {name: self.kind.called(name, self.pictures[name]) for name in names}
        listed = [called[name] for name in names if name not in self.left_out] or called.values()
        found["listed.txt"] = "".join(f"{name}\n" for name in listed).encode()
        lines = [f"{called[name]},{self.weights.get(name, 1)}\n" for name in names]
        found["weights.csv"] = ("image,weight\n" + "".join(lines)).encode()
        found[self.file] = self.settings.configuration("listed.txt", self.folder).encode()
        found.update({path: content for path, content in self.damaged.items() if path in found})
        return found

    def beside(self, name):
        """Masks of pixels that exist, weights of pixels and photographs."""
        picture, found = self.pictures[name], {}
        chance = random.Random(f"beside {picture.beside}")
        rows = [[chance.randrange(256) for _ in range(picture.width)] for _ in range(picture.height)]
        if "photos" in self.kind.beside:
            found[f"photos/{name}.png"] = files.png(rows, level=self.kind.level)
        if "valid" in self.kind.beside:
            mask = [[255 * (grey > 20) for grey in row] for row in rows]
            found[f"valid/{name}.png"] = files.png(mask, level=self.kind.level)
        if "weights" in self.kind.beside:
            numbers = [grey / 64 for row in rows for grey in row]
            found[f"weights/{name}.npy"] = files.npy(numbers, (picture.height, picture.width), "<f4")
        return found

    def of(self, name):
        """The paths of one image's own files, in an order that is the same for all images."""
        if not self.kind.is_by_image:
            return []
        found = {**self.kind.of(name, self.pictures[name]), **self.beside(name)}
        return [path.replace("preds/", self.folder + "/", 1) for path in found]

    def bring(self, chance=None):
        """Writes what differs, removes what should not be there; returns the paths that were written."""
        wanted, written = self.files(), []
        for path in sorted(self.lying.keys() - wanted.keys()):
            remove(self.root / path)
        for path, content in wanted.items():
            if self.lying.get(path) != content:
                put(self.root / path, content, by_rename=bool(chance and chance.random() < 0.5))
                written.append(path)
        self.lying = wanted
        return written

    def keep(self):
        """Takes down what this night had."""
        times = {path: os.lstat(self.root / path).st_mtime_ns for path, content in self.lying.items()
                 if content != MISSING}
        self.history.append((dict(self.pictures), self.settings.copy(), times))


def remove(path):
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def put(path, content, by_rename=False):
    """A file, or what stands in its place."""
    if isinstance(content, str) or not path.is_file() or path.is_symlink():
        remove(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    if content == DIRECTORY:
        path.mkdir()
    elif content == NOWHERE:
        path.symlink_to("nowhere")
    elif by_rename and content != MISSING:
        beside = path.with_name(path.name + ".part")
        beside.write_bytes(content)
        beside.rename(path)
    elif content != MISSING:
        path.write_bytes(content)
