"""Evidence files as a start: runs of the program itself, whose evidence.sqlite is then changed."""

import os
import sqlite3
import struct
import tempfile
import zlib

from malformed_case import grey, npy

SEAL = b"unmask evidence crc32 "

LABELS = """version: 1
decode: {predictions: "pred/{image}.png", truth: "truth/{image}.png", kind: labels, classes: [a, b, c]}
tile: 8
measure: [iou, hd95]
reduce: {g: "pool(batch, image, pixel) > score > mean(class)",
  t: "pool(pixel) > score > mean(class, tile, image, batch)"}
diagnose: {border: 2}
report: {to: %s, formats: [json]}
"""
LEVELS = """version: 1
decode: {predictions: "pp/{image}/{class}.png", truth: "pt/{image}/{class}.png", kind: probabilities,
  activation: sigmoid, classes: [a, b, c]}
tile: 8
measure: [bce, iou, soft-dice]
reduce: {s: "pool(batch, image, pixel) > score > mean(class)", g: "mean(batch, image, pixel, class)",
  t: "mean(pixel, tile) > mean(image, batch, class)", w: "mean(pixel, image, batch, class, by: sample-weights)"}
sample_weight: {first_class: [1, 2, 3]}
report: {to: %s, formats: [json]}
"""
LOGITS = """version: 1
decode: {predictions: "logits/{image}.npy", truth: "truth/{image}.png", kind: logits, activation: softmax,
  classes: [a, b, c], axes: {predictions: CHW}}
measure: [ce, iou]
reduce: {g: "mean(batch, image, pixel, class)", s: "pool(batch, image, pixel) > score > mean(class)"}
diagnose: {curves: true}
report: {to: %s, formats: [json]}
"""


class Base:
    def __init__(self, folder):
        with open(os.path.join(folder, "evidence.sqlite"), "rb") as file:
            self.evidence = file.read()
        with open(os.path.join(folder, "report.json"), "rb") as file:
            self.report = file.read()
        self.pages = self.evidence[:pages(self.evidence)]


def bases(runner, folder):
    """Four runs that fill every table between them: `problem` has one image that could not be used."""
    side, names = 12, "abc"
    for k in range(3):
        truth = [[(x // 4 + y // 5 + k) % 3 for x in range(side)] for y in range(side)]
        told = [[(truth[y][x] + (x * y % 7 == 3)) % 3 for x in range(side)] for y in range(side)]
        write(folder, "truth/i%d.png" % k, grey(truth))
        write(folder, "pred/i%d.png" % k, grey(told))
        for c in range(3):
            write(folder, "pt/i%d/%s.png" % (k, names[c]), grey([[255 * (v == c) for v in row] for row in truth]))
            levels = [[200 * (v == c) + x * 13 % 50 for x, v in enumerate(row)] for row in told]
            write(folder, "pp/i%d/%s.png" % (k, names[c]), grey(levels))
        planes = [4.0 * (v == c) - x % 3 for c in range(3) for row in told for x, v in enumerate(row)]
        write(folder, "logits/i%d.npy" % k, npy(planes, side, "<f4", "f").replace(b"(36, 12), }", b"(3,12,12) }", 1))
    found = {}
    for name, text in (("labels", LABELS), ("levels", LEVELS), ("logits", LOGITS), ("problem", LABELS)):
        if name == "problem":
            write(folder, "truth/bad.png", b"no image")
            write(folder, "pred/bad.png", grey([[0] * side] * side))
        write(folder, "p.yml", (text % name).encode())
        outcome = runner.run(["run", "p.yml"], folder)
        if outcome.code != (3 if name == "problem" else 0):
            raise SystemExit("the run '%s' that evidence is taken from ended with %d: %s" % (
                name, outcome.code, outcome.said.decode("utf-8", "replace")))
        found[name] = Base(os.path.join(folder, name))
    return found


def write(folder, path, data):
    place = os.path.join(folder, path)
    os.makedirs(os.path.dirname(place), exist_ok=True)
    with open(place, "wb") as file:
        file.write(data)


def pages(data):
    """How many bytes SQLite's header claims (its bytes 16 and 28)."""
    size, count = struct.unpack_from(">H", data, 16)[0], struct.unpack_from(">I", data, 28)[0]
    return (65536 if size == 1 else size) * count


def sealed(data):
    return data + SEAL + b"%08x\n" % zlib.crc32(data)


def edited(data, *statements, loose=False, reseal=True):
    """The same file after SQL; `loose` takes the rules of the schema away first."""
    handle, path = tempfile.mkstemp(suffix=".sqlite")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        if loose:
            sql(path, ["PRAGMA writable_schema = ON", "UPDATE sqlite_master SET sql = replace(sql, ' NOT NULL', '')"])
        sql(path, statements)
        with open(path, "rb") as file:
            data = file.read()
    finally:
        for suffix in ("", "-journal", "-wal", "-shm"):
            if os.path.exists(path + suffix):
                os.remove(path + suffix)
    return sealed(data[:pages(data)]) if reseal else data


def sql(path, statements):
    store = sqlite3.connect(path, isolation_level=None)
    try:
        # Nothing here is worth waiting for the disk.
        store.execute("PRAGMA synchronous = OFF")
        for statement in statements:
            store.execute(statement)
    finally:
        store.close()


def columns(data):
    """Of each table that has rows its columns: name, type, whether it may be empty, place in the key."""
    handle, path = tempfile.mkstemp(suffix=".sqlite")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        store = sqlite3.connect(path)
        tables = [row[0] for row in store.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        found = {}
        for table in tables:
            if store.execute('SELECT count(*) FROM "%s"' % table).fetchone()[0]:
                found[table] = [(row[1], row[2], not row[3], row[5])
                                for row in store.execute('PRAGMA table_info("%s")' % table)]
        store.close()
        return found
    finally:
        os.remove(path)
