"""The bytes of small images and arrays, as a seed and little else decides them."""

import array
import io
import random
import struct
import zipfile
import zlib
from dataclasses import dataclass, replace

from inputs import chunk

VOID, NONE = 255, 9


@dataclass(frozen=True)
class Picture:
    """An image: its truth and what a model sees in it follow from two seeds."""

    truth: int
    seen: int
    width: int
    height: int
    #: Which share of the pixels the model takes for another class.
    wrong: float
    #: The same for weights, masks of pixels that exist and the photograph.
    beside: int = 0
    city: str = "ulm"

    def other(self, **changes):
        return replace(self, **changes)


def labels(picture, classes, void=False):
    """The rows of the truth: blocks of one class each, with a few pixels of none."""
    chance = random.Random(f"truth {picture.truth}")
    wide = picture.width // 5 + 1
    # The last class is small, and not everywhere.
    weights = [4] * (classes - 1) + [1]
    blocks = [chance.choices(range(classes), weights, k=wide) for _ in range(picture.height // 4 + 1)]
    rows = [[blocks[row // 4][column // 5] for column in range(picture.width)] for row in range(picture.height)]
    if void:
        for _ in range(chance.randrange(9)):
            rows[chance.randrange(picture.height)][chance.randrange(picture.width)] = VOID
    return rows


def guesses(picture, classes):
    """The rows of what the model sees."""
    chance = random.Random(f"seen {picture.seen}")
    rows = labels(picture, classes)
    return [[chance.randrange(classes) if chance.random() < picture.wrong else label for label in row] for row in rows]


def probabilities(picture, classes):
    """Of each pixel a list of numbers between 0 and 1 that add up to 1."""
    chance = random.Random(f"sure {picture.seen}")
    found = []
    for row in guesses(picture, classes):
        for label in row:
            sure = 0.4 + 0.59 * chance.random()
            rest = (1 - sure) / (classes - 1)
            found.append([sure if k == label else rest for k in range(classes)])
    return found


def png(rows, bits=8, level=6, palette=None):
    """Grey, or the indices of a palette of greys; at level 0 the size follows from that of the picture alone."""
    head = struct.pack(">IIBBBBB", len(rows[0]), len(rows), bits, 3 if palette else 0, 0, 0, 0)
    lines = [b"\0" + (bytes(row) if bits == 8 else struct.pack(f">{len(row)}H", *row)) for row in rows]
    parts = [chunk(b"IHDR", head)]
    if palette:
        parts.append(chunk(b"PLTE", bytes(grey for grey in palette for _ in range(3))))
    parts += [chunk(b"IDAT", zlib.compress(b"".join(lines), level)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


CODES = {"|u1": "B", "<u2": "H", "<f2": "e", "<f4": "f", "<f8": "d", "<i8": "q"}


def npy(values, shape, kind):
    """An array of numbers in C order."""
    head = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {tuple(shape)}, }}"
    head += " " * (63 - (10 + len(head)) % 64) + "\n"
    code = CODES[kind]
    body = struct.pack(f"<{len(values)}e", *values) if code == "e" else array.array(code, values).tobytes()
    return b"\x93NUMPY\1\0" + struct.pack("<H", len(head)) + head.encode() + body


def npz(members):
    """An archive without times, so that the same arrays are the same bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name + ".npy"), content)
    return file.getvalue()


def planes_first(pixels):
    """Class by class, of lists of numbers pixel by pixel."""
    return [pixel[k] for k in range(len(pixels[0])) for pixel in pixels]


def pixels_first(pixels):
    return [number for pixel in pixels for number in pixel]


def levels(numbers, most=255):
    return [round(number * most) for number in numbers]


def rows_of(numbers, width):
    return [numbers[start:start + width] for start in range(0, len(numbers), width)]


def runs(rows, label):
    """Where a label stands, as starts and lengths column by column from 1."""
    flat = [row[column] == label for column in range(len(rows[0])) for row in rows]
    found, start = [], None
    for place, is_set in enumerate(flat + [False]):
        if is_set and start is None:
            start = place
        if not is_set and start is not None:
            found += [start + 1, place - start]
            start = None
    return " ".join(map(str, found))
