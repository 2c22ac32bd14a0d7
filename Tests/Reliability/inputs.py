"""Images of 16 by 8 pixels with three classes, and the configurations that the proofs run."""

import struct
import zlib
from pathlib import Path

WIDTH, HEIGHT, CLASSES = 16, 8, ("a", "b", "c")
IMAGES = ("one", "two")

CONFIGURATION = """\
decode: {{predictions: "{folder}/{{image}}.npy", truth: "truth/{{image}}.png", kind: probabilities,
         activation: sigmoid, classes: [a, b, c]}}
measure: [bce, iou]
reduce: {{all: "mean(pixel, image, batch) > mean(class)", miou: "pool(batch, image, pixel) > score > mean(class)"}}
diagnose: {{headline: {{measure: bce, reduce: all}}, poor: "iou < 0.9"}}
check: [{{id: enough, measure: iou, min: 0.01}}, {{id: kept, measure: iou, baseline: {{worse: 0.5}}}}]
baseline: {folder}.json
report: {{to: out, formats: [markdown, html, csv, xlsx, junit, sarif, json{more}]}}
"""


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def gray(rows):
    """The bytes of a PNG file whose pixels are these numbers."""
    head = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def array(values, shape):
    """The bytes of an NPY file of float32."""
    head = "{'descr': '<f4', 'fortran_order': False, 'shape': %s, }" % (shape,)
    head += " " * (63 - (10 + len(head)) % 64) + "\n"
    return b"\x93NUMPY\1\0" + struct.pack("<H", len(head)) + head.encode() + struct.pack(f"<{len(values)}f", *values)


def label(image, row, column):
    return (column // 4 + row // 3 + image) % len(CLASSES)


def probability(image, row, column, c, wrong):
    """Nearly right; the first `wrong` columns are those of another class."""
    seen = (label(image, row, column) + (column < wrong)) % len(CLASSES)
    step = (7 * row + 3 * column + 5 * c + image) % 16 / 64
    return 0.95 - step if seen == c else 0.05 + step


def write(place, images=IMAGES):
    """Fills the directory: `new` and `old` are the predictions of two models for the same truth."""
    place = Path(place)
    (place / "truth").mkdir(parents=True)
    for k, name in enumerate(images):
        rows = [[label(k, row, column) for column in range(WIDTH)] for row in range(HEIGHT)]
        (place / "truth" / f"{name}.png").write_bytes(gray(rows))
    write_predictions(place, "old", 6, images)
    write_predictions(place, "new", 2, images)
    # Of the same evidence, in other batches.
    (place / "other.yml").write_text((place / "new.yml").read_text() + "batch: {size: 1}\n")


def write_predictions(place, folder, wrong, images=IMAGES):
    """Those of one model, and their configuration."""
    (place / folder).mkdir()
    # The old set has a file that the new one has not.
    more = ", openmetrics" if folder == "old" else ""
    (place / f"{folder}.yml").write_text(CONFIGURATION.format(folder=folder, more=more))
    places = [(row, column) for row in range(HEIGHT) for column in range(WIDTH)]
    for k, name in enumerate(images):
        values = [probability(k, *at, c, wrong) for at in places for c in range(len(CLASSES))]
        (place / folder / f"{name}.npy").write_bytes(array(values, (HEIGHT, WIDTH, len(CLASSES))))
