"""The kinds of files that a night's images can be: how a configuration calls them, and their bytes."""

import random

import nightly_files as files

CLASSES = ["a", "b", "c"]
COUNT = len(CLASSES)


class Kind:
    """A file each for predictions and truth; the others say what is different."""

    predictions, truth = "preds/{image}.png", "truth/{image}.png"
    holds, activation = "labels", None
    #: Whether there are files for each image, and whether several pictures may differ in size.
    is_by_image, has_sizes = True, True
    #: What a file for each image may stand beside: masks of pixels that exist, weights, photographs.
    beside = ("valid", "weights", "photos")
    void = True

    def __init__(self, chance):
        #: Files without compression have one size, whatever they hold.
        self.level = chance.choice([0, 0, 6])

    def decode(self):
        found = {"predictions": self.predictions, "truth": self.truth, "kind": self.holds}
        if self.activation:
            found["activation"] = self.activation
        if self.void:
            found["ignore"] = files.VOID
        return found

    def files(self, pictures, names):
        """All files by their paths; `names` are those of the pictures, in order."""
        found = {}
        for name, picture in zip(names, pictures):
            found.update(self.of(name, picture))
        return found

    def of(self, name, picture):
        return {self.path(self.truth, name, picture): self.true(picture),
                self.path(self.predictions, name, picture): self.seen(picture)}

    def called(self, name, picture):
        """What the program calls the image."""
        return name

    def path(self, template, name, picture, c=""):
        return template.format(image=name, city=picture.city, **{"class": c})

    def true(self, picture):
        return files.png(files.labels(picture, COUNT, self.void), level=self.level)

    def seen(self, picture):
        return files.png(files.guesses(picture, COUNT), level=self.level)


class Palettes(Kind):
    """Label maps whose numbers are those of a palette of greys, in one order or in one of their own."""

    beside = ()

    def seen(self, picture):
        chance = random.Random(picture.seen)
        order = chance.sample(range(COUNT), COUNT) if chance.random() < 0.3 else list(range(COUNT))
        rows = [[order.index(label) for label in row] for row in files.guesses(picture, COUNT)]
        return files.png(rows, level=self.level, palette=order)


class Planes(Kind):
    """A number for each class and pixel."""

    predictions, holds, activation = "preds/{image}.npy", "probabilities", "sigmoid"
    numbers, is_planes_first = "<f4", False

    def values(self, picture):
        pixels = files.probabilities(picture, COUNT)
        numbers = (files.planes_first if self.is_planes_first else files.pixels_first)(pixels)
        return files.levels(numbers) if self.numbers == "|u1" else numbers

    def shape(self, picture):
        size = (picture.height, picture.width)
        return (COUNT, *size) if self.is_planes_first else (*size, COUNT)

    def seen(self, picture):
        return files.npy(self.values(picture), self.shape(picture), self.numbers)


class Levels(Planes):
    numbers = "|u1"


class Channels(Planes):
    numbers, is_planes_first, activation = "|u1", True, "softmax"


class Halves(Planes):
    numbers = "<f2"


class Doubles(Planes):
    numbers, is_planes_first = "<f8", True


class Softmax(Planes):
    activation = "softmax"


class Logits(Planes):
    holds, activation, is_planes_first = "logits", "softmax", True

    def values(self, picture):
        return [8 * number - 4 for number in super().values(picture)]


class Cities(Levels):
    """Below a directory a city, which is the group."""

    predictions, truth = "preds/{city}/{image}.npy", "truth/{city}/{image}.png"
    beside = ()

    def called(self, name, picture):
        return f"{picture.city}/{name}"


class Archives(Planes):
    predictions = "preds/{image}.npz#pred"

    def of(self, name, picture):
        found = super().of(name, picture)
        path = self.path(self.predictions, name, picture)
        return {**{key: value for key, value in found.items() if key != path},
                path.split("#")[0]: files.npz({"pred": found[path]})}


class Masks(Kind):
    """A file for each class, of 8 or 16 bits; a class that is nowhere in the truth has none."""

    predictions, truth = "preds/{image}/{class}.png", "truth/{image}/{class}.png"
    holds, activation, bits, void, beside = "probabilities", "sigmoid", 8, False, ("valid", "photos")

    def decode(self):
        return {**super().decode(), "absent": {"truth": "empty"}}

    def of(self, name, picture):
        found, rows = {}, files.labels(picture, COUNT)
        numbers = files.planes_first(files.probabilities(picture, COUNT))
        for k, c in enumerate(CLASSES):
            size = picture.width * picture.height
            plane = files.levels(numbers[k * size:(k + 1) * size], (1 << self.bits) - 1)
            found[self.path(self.predictions, name, picture, c)] = files.png(
                files.rows_of(plane, picture.width), self.bits, self.level)
            mask = [[255 * (label == k) for label in row] for row in rows]
            if k == 0 or any(map(any, mask)):
                found[self.path(self.truth, name, picture, c)] = files.png(mask, level=self.level)
        return found


class DeepMasks(Masks):
    bits = 16


class WholeArrays(Levels):
    """One array for all predictions and one for all truths, with a list of their names."""

    predictions, truth, is_by_image, has_sizes = "pred.npy", "truth.npy", False, False
    beside = ()

    def decode(self):
        return {**super().decode(), "names": "names.txt"}

    def files(self, pictures, names):
        seen = [number for picture in pictures for number in self.values(picture)]
        true = [label for picture in pictures for row in files.labels(picture, COUNT, True) for label in row]
        first = pictures[0]
        return {"pred.npy": files.npy(seen, (len(pictures), *self.shape(first)), self.numbers),
                "truth.npy": files.npy(true, (len(pictures), first.height, first.width), "|u1"),
                "names.txt": "".join(f"{name}\n" for name in names).encode()}


class ArrayAndFiles(WholeArrays):
    """One array of predictions, and a file for each truth."""

    truth, numbers = "truth/{image}.png", "<f4"

    def files(self, pictures, names):
        found = super().files(pictures, names)
        del found["truth.npy"]
        return {**found, **{self.path(self.truth, name, picture): self.true(picture)
                            for name, picture in zip(names, pictures)}}


class Volumes(Kind):
    """Slices, rows and columns of labels, in arrays."""

    predictions, truth, beside, slices = "preds/{image}.npy", "truth/{image}.npy", (), 3

    def stack(self, rows_of):
        rows = [rows_of(k) for k in range(self.slices)]
        return files.npy([label for plane in rows for row in plane for label in row],
                         (self.slices, len(rows[0]), len(rows[0][0])), "|u1")

    def true(self, picture):
        return self.stack(lambda k: files.labels(picture.other(truth=picture.truth + k), COUNT, True))

    def seen(self, picture):
        return self.stack(lambda k: files.guesses(
            picture.other(truth=picture.truth + k, seen=picture.seen + k), COUNT))

    def decode(self):
        return {**super().decode(), "axes": "DHW"}


class Runs(Kind):
    """All predictions as runs in one table, beside a file for each truth."""

    predictions, is_by_image, beside = "runs.csv", False, ()

    def files(self, pictures, names):
        found, lines = {}, ["ImageId,ClassId,EncodedPixels"]
        for name, picture in zip(names, pictures):
            found[self.path(self.truth, name, picture)] = self.true(picture)
            rows = files.guesses(picture, COUNT)
            lines += [f"{name},{k},{files.runs(rows, k)}" for k in range(COUNT)]
        return {**found, "runs.csv": "".join(f"{line}\n" for line in lines).encode()}


KINDS = [Kind, Palettes, Levels, Channels, Planes, Halves, Doubles, Softmax, Logits, Cities, Archives, Masks, DeepMasks,
         WholeArrays, ArrayAndFiles, Volumes, Runs]
