"""A file of our own and what the program must make of it: the first letter of its name is the verdict.

y_  is read, and every pixel (or every byte of the report made from it) is as expected
n_  is refused: the right exit code, and one short line that names the file and the cause
i_  either; but no crash, and neither slow nor large
"""

import os
import sqlite3
import struct
import zlib

# What the set-up looks like is not asked here: these images are tiny and drawn by rule.
ACCEPT = ("wrong-kind, wrong-activation, mispaired, inverted, turned, instance-ids, shuffled-labels, numbers-by-file, "
          "short-list, unlisted-predictions, mostly-ignored, absent-from-truth, predicted-where-ignored, "
          "merged-classes, unused-levels, stretched, never-predicted")


class Case:
    def __init__(self, name, files, command, place, code=3, says="", check=None, peer=None, pixels=None):
        self.name = name
        self.verdict = name[0]
        self.files = files        # by their paths: bytes, or a function that makes them
        self.command = command
        self.place = place        # the file as messages call it
        # The exit codes that a refusal may have.
        self.codes = code if isinstance(code, tuple) else (code,)
        self.says = says          # a word of the cause
        self.check = check        # of what was read: a sentence on what is wrong, or None
        self.peer = peer          # the file that NumPy or Pillow is asked about, if any
        self.pixels = pixels
        self.result = None        # a file that is there where the file was read, if the exit code does not say it


def npy(numbers, width, descr="<i8", kind="q"):
    """An array as np.save writes it; for the side that is not under test."""
    head = "{'descr': '%s', 'fortran_order': False, 'shape': (%d, %d), }" % (descr, len(numbers) // width, width)
    head += " " * ((64 - (11 + len(head)) % 64) % 64) + "\n"
    return (b"\x93NUMPY\1\0" + struct.pack("<H", len(head)) + head.encode()
            + struct.pack("<%d%s" % (len(numbers), kind), *numbers))


def grey(rows, depth=8):
    """A grey PNG of 8 or 16 bits; for the side that is not under test."""
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    raw = b"".join(b"\0" + struct.pack(">%d%s" % (len(row), "BH"[depth == 16]), *row) for row in rows)
    head = struct.pack(">IIBBBBB", len(rows[0]), len(rows), depth, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")


def settings(pred, truth, values, kind="labels", extra=""):
    classes = ", ".join("{name: c%s, value: %d}" % (str(v).replace("-", "m"), v) for v in values)
    if kind != "labels":
        classes = "a"
    return ("version: 1\n"
            "decode: {predictions: \"pred/{image}.%s\", truth: \"truth/{image}.%s\", kind: %s, classes: [%s]%s}\n"
            "measure: [iou]\n"
            "reduce: {g: \"pool(batch, image, pixel) > score > mean(class)\"}\n"
            "accept: [%s]\n"
            "report: {to: out, formats: [json]}\n" % (pred, truth, kind, classes, extra, ACCEPT)).encode()


def image_case(name, suffix, data, pixels=None, says="", values=None, side="pred", good=None, kind="labels",
               extra="", part="", peer=True, code=3):
    """A run of two images, of which `x` has the file under test; its other side holds the pixels that are right.

    `good` is a file of the same kind for the image that must be counted whatever `x` is."""
    drawn = pixels or [[(x + y) % 2 for x in range(13)] for y in range(9)]
    flat = [v for row in drawn for v in row]
    values = values or sorted(set(flat) | {0, 1})
    other = "truth" if side == "pred" else "pred"
    width = len(drawn[0])
    files = {"%s/x.%s" % (side, suffix): data, "%s/g.%s" % (side, suffix): good,
             "%s/x.npy" % other: npy(flat, width),
             "%s/g.npy" % other: npy([(k + k // 13) % 2 for k in range(117)], 13)}
    names = {side: suffix + part, other: "npy"}
    files["p.yml"] = settings(names["pred"], names["truth"], values, kind, extra)
    return Case(name, files, ["run", "p.yml", "--jobs", "1"], "%s/x.%s" % (side, suffix), code, says,
                lambda folder: wrong_pixels(folder, len(flat)), "%s/x.%s" % (side, suffix) if peer else None, pixels)


def wrong_pixels(folder, count):
    """That each pixel of `x` was counted as the class that its truth says."""
    store = sqlite3.connect("file:%s?mode=ro&immutable=1" % os.path.join(folder, "out", "evidence.sqlite"), uri=True)
    try:
        rows = store.execute(
            "SELECT truth, predicted, px FROM confusion JOIN image ON image.id = confusion.image "
            "WHERE image.name = 'x' AND tile = -1").fetchall()
    finally:
        store.close()
    right = sum(px for truth, predicted, px in rows if truth == predicted)
    if right == count == sum(px for _, _, px in rows):
        return None
    return "%d of %d pixels have the value that is in the file" % (right, count)
