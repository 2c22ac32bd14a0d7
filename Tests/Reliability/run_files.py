"""Masks saved as runs, made by a seed: what pycocotools and faster-coco-eval encode, and what is damaged.

A class's number is its label; a pixel of none is 65534; a class without a name is 1.
"""

import json
import random

from saved import Saved, put, told

try:
    import numpy as np
    import pycocotools.mask
except ImportError:
    np = None
try:
    import faster_coco_eval.core.mask as faster
except ImportError:  # Its absence takes a third of the files.
    faster = None

NONE = 65534


def drawings(rng):
    """Label maps of all shapes: name, array of labels."""
    found = []
    shapes = {"1x1": (1, 1), "column": (700, 1), "row": (1, 700), "tall": (4097, 3), "wide": (3, 4097),
              "65536_wide": (2, 65536), "65536_tall": (65536, 2), "square": (64, 64), "odd": (67, 129),
              "street": (256, 512)}
    for name, (height, width) in shapes.items():
        for kind in ("one", "none", "stripes", "blocks", "noise"):
            if kind == "one":
                labels = np.full((height, width), 7)
            elif kind == "none":
                labels = np.full((height, width), NONE)
            elif kind == "stripes":
                labels = np.add.outer(np.arange(height) // 3, np.arange(width) // 5) % 19
            elif kind == "blocks":
                side = 16
                small = rng.integers(0, 21, (-(-height // side), -(-width // side)))
                labels = small.repeat(side, 0).repeat(side, 1)[:height, :width]
                labels = np.where(labels == 20, NONE, labels)
            else:
                labels = rng.integers(0, 4, (height, width))
            found.append(("%s_%s" % (name, kind), labels))
    return found


def encoded(labels, module):
    """As SemSegEvaluator does it: each class that occurs, as counts of text."""
    for label in np.unique(labels):
        if label != NONE:
            rle = module.encode(np.asfortranarray((labels == label).astype(np.uint8)))
            yield int(label), {"size": [int(n) for n in rle["size"]], "counts": rle["counts"].decode("ascii")}


def counts_of(mask):
    flat = mask.ravel(order="F")
    ends = np.flatnonzero(np.diff(flat)) + 1
    counts = np.diff(np.concatenate([[0], ends, [flat.size]])).tolist()
    return ([0] if flat[0] else []) + counts


def pairs_of(mask):
    flat = np.concatenate([[0], mask.ravel(order="F").astype(np.int8), [0]])
    edges = np.flatnonzero(np.diff(flat)) + 1
    edges[1::2] -= edges[::2]
    return " ".join(map(str, edges))


def line(name, labels):
    return told(labels.astype("u2"), name)


def valid(rng):
    """Name: content, arrays that are expected, size from outside."""
    found = {}
    drawn = drawings(rng)
    for number, (name, labels) in enumerate(drawn):
        everything = np.full(labels.shape, NONE)
        module = faster if faster and number % 3 == 1 else pycocotools.mask
        entries = [{"file_name": name + ".png", "category_id": label, "segmentation": rle}
                   for label, rle in encoded(labels, module)]
        if not entries:
            # A mask of no pixel is an entry, too.
            rle = module.encode(np.asfortranarray((everything == 0).astype(np.uint8)))
            entries = [{"file_name": name + ".png", "category_id": 3, "segmentation": {
                "size": list(map(int, rle["size"])), "counts": rle["counts"].decode()}}]
        if number % 3 == 2:
            for entry in entries:
                mask = labels == entry["category_id"]
                entry["segmentation"]["counts"] = counts_of(mask)
        found[name + ".json"] = (json.dumps(entries, indent=[None, 1][number % 2]), [line(name + ".png", labels)], None)
    for name, labels in drawn:
        if labels.size > 300000 or (labels == NONE).all():
            continue
        rows = ["%s,%d,%s" % (name, label, pairs_of(labels == label)) for label in np.unique(labels) if label != NONE]
        found[name + ".csv"] = ("ImageId,ClassId,EncodedPixels\n" + "\n".join(rows) + "\n", [line(name, labels)],
                                "%dx%d" % labels.shape[::-1])
    found.update(forms(drawn))
    return found


def forms(drawn):
    """The same masks in other writing."""
    name, labels = drawn[-2]
    small = np.array([[0, 1, 1], [1, 1, 0]])
    def entries(name, labels, key="file_name"):
        return [{key: name, "category_id": label, "segmentation": rle} for label, rle in encoded(labels,
                                                                                               pycocotools.mask)]
    mixed = [entry for two in zip(entries("a", small), entries("b", small)) for entry in two]
    two = [line("a", small), line("b", small)]
    text = json.dumps(entries("a", small))
    escaped = "".join("\\u%04x" % ord(c) for c in entries("a", small)[0]["segmentation"]["counts"])
    first = json.dumps(entries("a", small)[0]["segmentation"]["counts"])
    found = {
        "apart.json": (json.dumps(mixed), two, None),
        "bom.json": ("\ufeff" + text, two[:1], None),
        "blanks.json": (text.replace("[", " [\r\n\t ").replace(":", " : "), two[:1], None),
        "escaped.json": (text.replace(first, '"%s"' % escaped), two[:1], None),
        "unicode.json": (json.dumps(entries("\u00e9\U0001f600", small)), [line("\u00e9\U0001f600", small)], None),
        "results_numbers.json": (json.dumps([dict(e, score=0.5, bbox=[0, 0.5, 1e3, 2]) for e in entries(
            139, small, "image_id")]), [line("139", small)], None),
        "results_text.json": (json.dumps(entries("x", small, "image_id")), [line("x", small)], None),
        "annotations.json": (json.dumps({"annotations": entries(5, small, "image_id"), "categories": [{"id": 1}],
                                         "images": [{"id": 5, "file_name": "a", "height": 2, "width": 3}]}),
                             two[:1], None),
        "joined.csv": ("Image_Label,EncodedPixels\na_b_0,1 1 6 1\na_b_1,2 4\na_b_2,\n", [line("a_b", small)], "3x2"),
        "crlf.csv": ("ImageId,EncodedPixels\r\na,2 4\r\n", [line("a", np.where(small, 1, NONE))], "3x2"),
        "no_end_of_line.csv": ("id,rle\na,2 4", [line("a", np.where(small, 1, NONE))], "3x2"),
        "quoted.csv": ('"rle","id"\n"2 4","a"\n', [line("a", np.where(small, 1, NONE))], "3x2"),
        "empty_cells.csv": ("id,rle\nb,\na,-1\n", [line(n, np.full((2, 3), NONE)) for n in "ba"], "3x2"),
        "sizes.csv": ("ImageId,EncodedPixels,Height,Width,ClassId\na,2 4,2,3,1\na,1 1 6 1,2,3,0\n", two[:1], None),
        "touching.csv": ("id,rle\na,2 1 3 1 4 2\n", [line("a", np.where(small, 1, NONE))], "3x2"),
        "many_images.json": (json.dumps([e for k in range(500) for e in entries("image%d" % k, small)]),
                             [line("image%d" % k, small) for k in range(500)], None),
    }
    return found


def malformed(rng):
    """Name: content, a word of the cause."""
    base = '[{"file_name": "a", "category_id": 1, "segmentation": {"size": [3, 4], "counts": %s}}]'
    size = '[{"file_name": "a", "category_id": 1, "segmentation": {"size": %s, "counts": "0<"}}]'
    found = {}
    texts = {"empty": ("", "add up"), "short": ("0;", "add up"), "long": ("0=", "beyond"), "cut": ("0l", "end within"),
             "negative": ("N>", "negative"), "seven": ("0PPPPPPPP0", "six"), "sum_2_30": ("oooooO0", "negative"),
             "below": ("0/", "outside"), "above": ("0p", "outside"), "blank": ("0 <", "outside"),
             "bytes": ("b'0<'", "outside"), "umlaut": ("0\u00e4", "outside"), "comma": ("0,12", "outside"),
             "line": ("0<\n", "escape"), "tab": ("0<\t", "escape"), "slash": ("0<\\/", "escape"),
             "twice": ("0<0<", "beyond"), "minus_1": ("O", "negative"), "huge": ("ooooo?", "beyond"),
             "late_negative": ("013l]", "negative"), "zeros": ("0" * 100, "add up")}
    for name, (counts, says) in texts.items():
        written = '"%s"' % counts if name == "slash" else json.dumps(counts)
        found["text_%s.json" % name] = (base % written, says)
    found["text_half_escape.json"] = (base % '"0<\\u00"', "escape")
    found["text_wide_escape.json"] = (base % '"0<\\u0130"', "escape")
    lists = {"short": ("[6, 5]", "add up"), "long": ("[6, 7]", "beyond"), "negative": ("[-1, 13]", "whole number"), "late_negative": ("[13, -1]", "beyond"),
             "comma": ("[12,]", "whole number"), "commas": ("[6,,6]", "whole number"), "blank": ("[6 6]", "whole"),
             "float": ("[6.0, 6]", "whole"), "exponent": ("[1e1, 2]", "whole"), "nested": ("[[12]]", "'"),
             "text": ('["12"]', "whole"), "null": ("[null]", "whole"), "2_63": ("[9223372036854775808]", "whole"),
             "2_62_twice": ("[400000000000000000, 400000000000000000]", "beyond"), "empty": ("[]", "add up"),
             "open": ("[12", "the end")}
    for name, (counts, says) in lists.items():
        found["list_%s.json" % name] = (base % counts, says)
    sizes = {"none": ("null", "'n'"), "one": ("[12]", "size"), "three": ("[1, 3, 4]", "size"), "zero": ("[0, 12]", "0 rows"),
             "negative": ("[-3, -4]", "-3 rows"), "large": ("[100000, 100000]", "limit"),
             "2_62": ("[4611686018427387904, 4]", "limit"), "2_64": ("[18446744073709551616, 1]", "whole number"),
             "float": ("[3.0, 4.0]", "whole number"), "text": ('["3", "4"]', "whole number"), "swapped": ("[4, 4]", "add up")}
    for name, (text, says) in sizes.items():
        found["size_%s.json" % name] = (size % text, says)
    others = {
        "empty": ("", "empty"), "blank": (" \n\t", "empty"), "no_entry": ("[]", "no image"), "open": ("[", "'{'"),
        "number": ("[1]", "'1'"), "behind": (base % '"0<"' + "]", "behind the end"), "object": ("{}", "without annotations"),
        "images_alone": ('{"images": [{"id": 1}]}', "without annotations"), "lines": ((base % '"0<"')[1:-1] + "\n", "without"),
        "polygon": ('[{"image_id": 1, "category_id": 1, "segmentation": [[0, 0, 1, 1, 2, 2]]}]', "polygon"),
        "null": ('[{"image_id": 1, "category_id": 1, "segmentation": null}]', "no RLE"),
        "boxes": ('[{"image_id": 1, "category_id": 1, "bbox": [0, 0, 1, 1]}]', "without segmentation"),
        "no_image": ('[{"category_id": 1, "segmentation": {"size": [1, 1], "counts": "1"}}]', "without file_name"),
        "no_class": ('[{"image_id": 1, "segmentation": {"size": [1, 1], "counts": "1"}}]', "without category_id"),
        "class_float": ('[{"image_id": 1, "category_id": 1.5}]', "whole number"),
        "panoptic": ('{"annotations": [{"segments_info": []}]}', "panoptic"),
        "two_sizes": ("[%s,%s]" % ((base % '"0<"')[1:-1], (size % "[4, 3]")[1:-1]), "before that"),
        "half_character": ('[{"file_name": "\\ud83d", "category_id": 1}]', "half of a character"),
        "deep": ('[{"x": ' + "[" * 100000, "end within"), "quote": ('[{"file_name": "a', "end within a text"),
        "utf16": ("[{}]".encode("utf-16-le"), "'"), "not_utf8": (b'[{"file_name": "\xff"}]', "not UTF-8"),
        "zeros": (bytes(1000), "column"), "png": (b"\x89PNG\r\n\x1a\n" + bytes(50), ""),
    }
    for name, (text, says) in others.items():
        found["json_%s.json" % name] = (text, says)
    overlap = [{"file_name": "a", "category_id": k, "segmentation": {"size": [3, 4], "counts": "0<"}} for k in (1, 2)]
    found["overlap.json"] = (json.dumps(overlap), "row 0, column 0 in the masks of two classes, 1 and 2")
    tables = {
        "no_header": "a,1 1\n", "no_runs": "ImageId,ClassId\na,1\n", "no_images": "ClassId,EncodedPixels\n1,1 1\n",
        "header_alone": "ImageId,EncodedPixels\n", "few_fields": "id,rle\na\n", "many_fields": "id,rle\na,1 1,2\n",
        "open_quote": 'id,rle\n"a,1 1\n', "behind_quote": 'id,rle\n"a"x,1 1\n', "no_name": "id,rle\n,1 1\n",
        "odd": "id,rle\na,1 1 5\n", "zero": "id,rle\na,0 1\n", "negative": "id,rle\na,1 -1\n", "float": "id,rle\na,1.0 1.0\n",
        "unsorted": "id,rle\na,5 1 1 1\n", "overlapping": "id,rle\na,1 3 3 1\n", "beyond": "id,rle\na,12 2\n",
        "far": "id,rle\na,999999999999999999 1\n", "2_63": "id,rle\na,9223372036854775808 1\n", "letters": "id,rle\na,1 x\n",
        "not_joined": "Image_Label,rle\na,1 1\n", "semicolons": "id;rle\na;1 1\n", "tabs": "id\trle\na\t1 1\n",
        "size_text": "id,rle,width,height\na,1 1,x,3\n", "size_zero": "id,rle,width,height\na,1 1,0,3\n",
        "size_large": "id,rle,width,height\na,1 1,100000,100000\n", "two_classes": "id,label,rle\na,1,1 3\na,2,3 1\n",
        "commas": "id,rle\n" + "," * 100000 + "\n",
    }
    for name, text in tables.items():
        found["table_%s.csv" % name] = (text, "")
    whole = json.dumps([{"file_name": "a", "category_id": 1, "segmentation": {"size": [3, 4], "counts": "0<"}}])
    for length in sorted(rng.sample(range(1, len(whole) - 1), 12)):
        found["cut_%d.json" % length] = (whole[:length], "")
    return found


def files(folder, seed, missing):
    for name, (content, says) in malformed(random.Random(seed)).items():
        put(folder, "n_" + name, content if isinstance(content, bytes) else content.encode())
        yield Saved("n_" + name, says=says, words=("--size", "4x3"))
    if np is None:
        missing.append("pycocotools")
        return
    if faster is None:
        missing.append("faster-coco-eval")
    for name, (content, arrays, size) in valid(np.random.default_rng(seed)).items():
        put(folder, name, content.encode())
        yield Saved(name, arrays, words=("--size", size or "4x3"), verdict="y", is_valid=True)
