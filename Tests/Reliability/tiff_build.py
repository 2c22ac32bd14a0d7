"""TIFF files put together by hand, for what no writer makes (TIFF 6.0, section 2, and BigTIFF)."""

import struct

CODES = {1: "B", 2: "B", 3: "H", 4: "I", 6: "b", 7: "B", 8: "h", 9: "i", 11: "f", 12: "d", 13: "I", 16: "Q", 18: "Q"}
WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC = 256, 257, 258, 259, 262
FILL_ORDER, DESCRIPTION, OFFSETS, SAMPLES, ROWS, COUNTS = 266, 270, 273, 277, 278, 279
PLANAR, PREDICTOR, COLOR_MAP, TILE_WIDTH, TILE_LENGTH = 284, 317, 320, 322, 323
TILE_OFFSETS, TILE_COUNTS, EXTRA, FORMAT, NODATA = 324, 325, 338, 339, 42113


class At(int):
    """A place behind the first byte of the pixels."""


def tags(width=13, height=9, chunks=(b"",), bits=8, **more):
    """The tags of a grey image by their numbers: type and values. `more` has others as t317=(3, [2]); None removes."""
    place, offsets = 0, []
    for chunk in chunks:
        offsets.append(At(place))
        place += len(chunk)
    found = {WIDTH: (3, [width]), HEIGHT: (3, [height]), BITS: (3, [bits]), COMPRESSION: (3, [1]),
             PHOTOMETRIC: (3, [1]), OFFSETS: (4, offsets), SAMPLES: (3, [1]), ROWS: (3, [-(-height // len(chunks))]),
             COUNTS: (4, [len(chunk) for chunk in chunks])}
    for name, value in more.items():
        found[int(name[1:])] = value
    return {tag: value for tag, value in found.items() if value is not None}


def tiled(found):
    """The same with its chunks as tiles."""
    found = dict(found)
    found[TILE_OFFSETS], found[TILE_COUNTS] = found.pop(OFFSETS), found.pop(COUNTS)
    found.pop(ROWS)
    return found


def tiff(pages, chunks=(b"",), order="<", big=False, sort=True, next_place=None, header=None):
    """A file of one directory a page, then what does not fit into them, then the pixels.

    A page is what `tags` gives, or a list of (tag, type, values) in any order."""
    pages = [page if isinstance(page, list) else [(tag,) + value for tag, value in page.items()]
             for page in ([pages] if isinstance(pages, (dict, list)) and is_page(pages) else pages)]
    if sort:
        pages = [sorted(page, key=lambda entry: entry[0]) for page in pages]
    start, entry_size, count_code, room = (16, 20, "Q", 8) if big else (8, 12, "H", 4)
    sizes = [struct.calcsize(count_code) + entry_size * len(page) + room for page in pages]
    values_at = start + sum(sizes)
    # Lengths do not depend on where the pixels are, so the second round knows it.
    pixels_at = 0
    for _ in range(2):
        directories, values, place = b"", b"", start
        for number, page in enumerate(pages):
            directories += struct.pack(order + count_code, len(page))
            for tag, kind, numbers in page:
                numbers = [pixels_at + n if isinstance(n, At) else n for n in numbers]
                data = struct.pack("%s%d%s" % (order, len(numbers), CODES[kind]), *numbers)
                head = struct.pack(order + "HH" + ("Q" if big else "I"), tag, kind, len(numbers))
                if len(data) > room:
                    head += struct.pack(order + ("Q" if big else "I"), values_at + len(values))
                    values += data + b"\0" * (len(data) % 2)
                else:
                    head += data.ljust(room, b"\0")
                directories += head
            place += sizes[number]
            last = number + 1 == len(pages)
            following = (next_place or 0) if last else place
            directories += struct.pack(order + ("Q" if big else "I"), following)
        pixels_at = values_at + len(values)
    if header is None:
        header = b"II" if order == "<" else b"MM"
        header += struct.pack(order + ("HHHQ" if big else "HI"), *((43, 8, 0, 16) if big else (42, 8)))
    return header + directories + values + b"".join(chunks)


def is_page(pages):
    return isinstance(pages, dict) or not pages or isinstance(pages[0], tuple)
