"""Makes PNG files piece by piece, so that each piece can be wrong by itself."""

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
LEVELS = {1: [0, 1], 2: [0, 1, 2, 3], 4: [0, 1, 7, 8, 14, 15], 8: [0, 1, 2, 127, 128, 129, 254, 255],
          16: [0, 1, 255, 256, 258, 300, 4660, 32767, 32768, 65279, 65534, 65535]}


def drawing(depth=8, width=13, height=9):
    """Samples in which neither rows nor columns nor passes look alike."""
    levels = LEVELS[depth]
    return [[levels[(x * 3 + y * 5 + x * y // 3) % len(levels)] for x in range(width)] for y in range(height)]


def chunk(kind, body=b"", crc=None, length=None):
    crc = zlib.crc32(kind + body) if crc is None else crc
    return struct.pack(">I", len(body) if length is None else length) + kind + body + struct.pack(">I", crc)


def header(width=13, height=9, depth=8, color=0, compression=0, filtering=0, interlace=0):
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, compression, filtering, interlace))


def lines(pixels, depth, color):
    """Rows as bytes, before filters; colours are greys and opaque."""
    top = (1 << depth) - 1
    for row in pixels:
        samples = [s for v in row for s in {0: (v,), 3: (v,), 2: (v, v, v), 4: (v, top), 6: (v, v, v, top)}[color]]
        if depth == 16:
            yield struct.pack(">%dH" % len(samples), *samples)
        elif depth == 8:
            yield bytes(samples)
        else:
            bits = "".join(format(s, "0%db" % depth) for s in samples)
            bits += "0" * (-len(bits) % 8)
            yield bytes(int(bits[k:k + 8], 2) for k in range(0, len(bits), 8))


def paeth(a, b, c):
    p = a + b - c
    pa, pb, pc = abs(p - a), abs(p - b), abs(p - c)
    return a if pa <= pb and pa <= pc else b if pb <= pc else c


def filtered(rows, step, choose):
    """Rows with their filter bytes; `choose` names the filter of a row."""
    above, out = None, []
    for y, row in enumerate(rows):
        above = above if above is not None else bytes(len(row))
        kind = choose(y)
        parts = []
        for x, value in enumerate(row):
            a = row[x - step] if x >= step else 0
            b, c = above[x], above[x - step] if x >= step else 0
            parts.append(value - (0, a, b, (a + b) // 2, paeth(a, b, c))[kind] & 255)
        out.append(bytes([kind]) + bytes(parts))
        above = row
    return b"".join(out)


# First column and row, and steps of both, of the seven passes (PNG specification, 8.2).
PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def raw(pixels, depth=8, color=0, interlace=0, choose=lambda y: 0):
    """The bytes that are compressed."""
    step = max(1, CHANNELS[color] * depth // 8)
    if not interlace:
        return filtered(list(lines(pixels, depth, color)), step, choose)
    parts = []
    for x, y, right, down in PASSES:
        part = [row[x::right] for row in pixels[y::down] if row[x::right]]
        parts.append(filtered(list(lines(part, depth, color)), step, choose))
    return b"".join(parts)


def colors(count=256):
    """A palette in colours; its indices are the labels."""
    return bytes(v for k in range(count) for v in ((k * 67) % 256, (k * 151 + 40) % 256, (255 - k) % 256))


def png(pixels=None, depth=8, color=0, interlace=0, choose=lambda y: 0, before=b"", between=b"", after=b"",
        palette=None, data=None, compressed=None, head=None, idat=None, end=None):
    """A whole file; every piece can be replaced. `before` stands before the pixels, `after` behind them."""
    pixels = pixels or drawing(depth)
    if head is None:
        head = header(len(pixels[0]), len(pixels), depth, color, interlace=interlace)
    if palette is None and color == 3:
        palette = chunk(b"PLTE", colors(1 << depth))
    if idat is None:
        if compressed is None:
            compressed = zlib.compress(raw(pixels, depth, color, interlace, choose) if data is None else data)
        idat = chunk(b"IDAT", compressed)
    return (SIGNATURE + head + before + (palette or b"") + between + idat + after
            + (chunk(b"IEND") if end is None else end))


class Bits:
    """Bits of a deflate stream: numbers from the lowest bit, codes from the highest (RFC 1951, 3.1.1)."""

    def __init__(self):
        self.bits = []

    def number(self, value, count):
        self.bits += [value >> k & 1 for k in range(count)]
        return self

    def code(self, value, count):
        self.bits += [value >> k & 1 for k in reversed(range(count))]
        return self

    def literal(self, byte):
        """In the fixed code (RFC 1951, 3.2.6)."""
        return self.code(0x30 + byte, 8) if byte < 144 else self.code(0x190 + byte - 144, 9)

    def bytes(self):
        bits = self.bits + [0] * (-len(self.bits) % 8)
        return bytes(sum(bits[k + i] << i for i in range(8)) for k in range(0, len(bits), 8))


def broken_deflate():
    """Streams that break a rule of deflate, by the rule."""
    over = Bits().number(1, 1).number(2, 2).number(0, 5).number(0, 5).number(15, 4)
    for _ in range(19):
        over.number(1, 3)
    under = Bits().number(1, 1).number(2, 2).number(0, 5).number(0, 5).number(0, 4)
    for length in (7, 0, 0, 0):
        under.number(length, 3)
    # Code lengths 16 and 18 of one bit each; 16 repeats what is not there.
    first = Bits().number(1, 1).number(2, 2).number(0, 5).number(0, 5).number(0, 4)
    for length in (1, 0, 1, 0):
        first.number(length, 3)
    first.code(0, 1).number(0, 2)
    return {
        "block_type_3": Bits().number(1, 1).number(3, 2).bytes(),
        "stored_length_not_inverted": b"\1" + struct.pack("<HH", 126, 126) + bytes(126),
        "stored_longer_than_file": b"\1" + struct.pack("<HH", 60000, 60000 ^ 0xffff) + bytes(126),
        "literal_code_286": Bits().number(1, 1).number(1, 2).literal(0).code(0xc6, 8).bytes() + bytes(8),
        "distance_code_30": Bits().number(1, 1).number(1, 2).literal(0).code(1, 7).code(30, 5).bytes() + bytes(8),
        "distance_before_the_start": Bits().number(1, 1).number(1, 2).literal(0).code(1, 7).code(29, 5).number(8191, 13)
                                     .code(0, 7).bytes() + bytes(8),
        "code_lengths_too_many": over.bytes() + bytes(30),
        "code_lengths_too_few": under.bytes() + bytes(30),
        "repeat_of_nothing": first.bytes() + bytes(30),
        "no_bytes": b"",
        "one_byte": b"\x63",
        "no_last_block": zlib.compressobj(0, 8, -15).flush(zlib.Z_FULL_FLUSH) + b"\0" + struct.pack("<HH", 0, 0xffff),
    }
