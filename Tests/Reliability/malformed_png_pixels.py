"""PNG: headers, and the pixels behind them."""

import struct
import zlib

from malformed_case import grey, image_case
from malformed_png import (SIGNATURE, broken_deflate, chunk, drawing, header, png, raw)

GOOD = grey([[(k + k // 13) % 2 for k in range(13 * y, 13 * y + 13)] for y in range(9)])
# Of files with few colours the numbers are the labels here; what palettes show is asked elsewhere.
INDEX = ", palette: index"


def case(name, data, pixels=None, says="", **more):
    return image_case(name, "png", data, pixels, says, good=GOOD, extra=INDEX, **more)


def cases(rng):
    return forms() + filters() + sizes() + fields() + streams() + short_and_long() + large()


def forms():
    """Every colour type, depth and interlacing that exists."""
    found = []
    for color, depths in {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}.items():
        for depth in depths:
            for interlace in (0, 1):
                pixels = drawing(depth)
                name = "y_type%d_depth%d%s.png" % (color, depth, "_interlaced" * interlace)
                found.append(case(name, png(pixels, depth, color, interlace), pixels))
    return found


def filters():
    found = []
    for depth, color in ((1, 0), (8, 0), (16, 0), (8, 3), (8, 6)):
        pixels = drawing(depth, 37, 11)
        for kind in range(5):
            data = png(pixels, depth, color, choose=lambda y: kind)
            found.append(case("y_filter%d_type%d_depth%d.png" % (kind, color, depth), data, pixels))
    for interlace in (0, 1):
        pixels = drawing(8, 45, 40)
        data = png(pixels, interlace=interlace, choose=lambda y: (y * 7 + y // 3) % 5)
        found.append(case("y_filters_mixed%d.png" % interlace, data, pixels))
    pixels = drawing(8)
    plain = raw(pixels)
    for row, kind in ((0, 5), (0, 255), (4, 5), (8, 128)):
        data = bytearray(plain)
        data[row * 14] = kind
        found.append(case("n_filter%d_in_row%d.png" % (kind, row), png(data=bytes(data)), says="filter"))
    data = bytearray(raw(pixels, interlace=1))
    data[-14] = 7
    found.append(case("n_filter7_interlaced.png", png(data=bytes(data), interlace=1), says="filter"))
    return found


def sizes():
    found = []
    for width, height in ((1, 1), (1, 9), (9, 1), (2, 2), (3, 3), (5, 5), (8, 8), (257, 3), (3, 257), (1000, 1)):
        for interlace in (0, 1):
            for depth in (1, 8):
                pixels = drawing(depth, width, height)
                found.append(case("y_size_%dx%d_depth%d_%d.png" % (width, height, depth, interlace),
                                  png(pixels, depth, interlace=interlace), pixels))
    return found


def fields():
    """Every field of IHDR with numbers that it cannot have."""
    found = []

    def refuse(name, says, **field):
        found.append(case("n_%s.png" % name, png(head=header(**field)), says=says))

    for side in ("width", "height"):
        refuse("%s_0" % side, side + " is 0", **{side: 0})
        for number in (1 << 31, (1 << 32) - 1):
            refuse("%s_%d" % (side, number), "", **{side: number})
    for depth in (0, 3, 5, 6, 7, 9, 12, 15, 17, 32, 255):
        refuse("depth_%d" % depth, "bit depth %d does not exist" % depth, depth=depth)
    for color, depth in ((2, 1), (2, 4), (3, 16), (4, 1), (4, 4), (6, 2), (6, 4)):
        refuse("type%d_depth%d" % (color, depth), "bit depth %d does not exist" % depth, color=color, depth=depth)
    for color in (1, 5, 7, 8, 255):
        refuse("type_%d" % color, "colour type %d does not exist" % color, color=color)
    for number in (1, 8, 255):
        refuse("compression_%d" % number, "", compression=number)
        refuse("filtering_%d" % number, "", filtering=number)
    for number in (2, 255):
        refuse("interlace_%d" % number, "", interlace=number)
    refuse("taller_than_pixels", "pixels, but", height=10)
    refuse("wider_than_pixels", "", width=14)
    refuse("less_tall_than_pixels", "pixels, but", height=8)
    refuse("deeper_than_pixels", "", depth=16)
    refuse("shallower_than_pixels", "", depth=4)
    refuse("said_to_be_interlaced", "", interlace=1)
    body = struct.pack(">IIBBBBB", 13, 9, 8, 0, 0, 0, 0)
    for name, head in (("length_12", chunk(b"IHDR", body[:12])), ("length_14", chunk(b"IHDR", body + b"\0")),
                       ("length_0", chunk(b"IHDR")), ("missing", b""),
                       ("twice", header() + header()), ("after_gamma", chunk(b"gAMA", bytes(4)) + header()),
                       ("in_lower_case", chunk(b"ihdr", body))):
        found.append(case("%s_header_%s.png" % ("i" if name == "after_gamma" else "n", name), png(head=head)))
    for byte in range(4):
        head = bytearray(header())
        head[-1 - byte] ^= 1
        found.append(case("n_header_crc%d.png" % byte, png(head=bytes(head)), says="checksum of chunk IHDR"))
    return found


def streams():
    """The zlib stream: its head, its window, its checksum."""
    pixels = drawing(8)
    plain = raw(pixels)
    packed = zlib.compress(plain)
    found = []
    for level in (0, 1, 9):
        found.append(case("y_level_%d.png" % level, png(compressed=zlib.compress(plain, level)), pixels))
    for window in range(9, 16):
        deflate = zlib.compressobj(9, 8, window)
        found.append(case("y_window_%d.png" % window, png(compressed=deflate.compress(plain) + deflate.flush()),
                          pixels))
    for name, strategy in (("fixed", zlib.Z_FIXED), ("huffman", zlib.Z_HUFFMAN_ONLY), ("runs", zlib.Z_RLE)):
        deflate = zlib.compressobj(9, 8, 15, 9, strategy)
        found.append(case("y_strategy_%s.png" % name, png(compressed=deflate.compress(plain) + deflate.flush()),
                          pixels))
    for name, flush in (("sync", zlib.Z_SYNC_FLUSH), ("full", zlib.Z_FULL_FLUSH)):
        deflate = zlib.compressobj()
        parts = b"".join(deflate.compress(plain[k:k + 10]) + deflate.flush(flush) for k in range(0, len(plain), 10))
        found.append(case("y_flush_%s.png" % name, png(compressed=parts + deflate.flush()), pixels))
    # Of a small picture every distance lies in the smallest window.
    small = drawing(8, 13, 9)
    for first, second in ((0x08, 0x1d), (0x78, 0x01), (0x78, 0x5e), (0x78, 0xda)):
        stream = bytes([first, second]) + packed[2:]
        found.append(case("y_head_%02x%02x.png" % (first, second), png(compressed=stream), small))
    for name, head in (("method_7", (0x77, 0x85)), ("window_too_large", (0x88, 0x1c)), ("check", (0x78, 0x9d)),
                       ("dictionary", (0x78, 0xbb)), ("zeros", (0, 0)), ("gzip", (0x1f, 0x8b))):
        found.append(case("n_head_%s.png" % name, png(compressed=bytes(head) + packed[2:])))
    # A row of numbers without a rule, and the same 300 bytes on: further than a window of 256 reaches.
    far = [[(x * x * 7 + x * 13) % 251 % 7 for x in range(299)]] * 4
    stream = zlib.compress(raw(far), 9)
    found.append(case("n_distance_beyond_window.png", png(far, compressed=b"\x08\x1d" + stream[2:]),
                      values=list(range(7))))
    for byte in range(4):
        wrong = bytearray(packed)
        wrong[-1 - byte] ^= 16
        found.append(case("n_adler_%d.png" % byte, png(compressed=bytes(wrong)), says="Adler-32"))
    for name, stream in broken_deflate().items():
        stream = b"\x78\x9c" + stream + struct.pack(">I", zlib.adler32(plain))
        found.append(case("n_%s.png" % name, png(compressed=stream)))
    found.append(case("n_raw_deflate.png", png(compressed=packed[2:-4])))
    found.append(case("n_not_compressed.png", png(compressed=plain)))
    return found


def short_and_long():
    pixels = drawing(8)
    plain = raw(pixels)
    packed = zlib.compress(plain)
    found = []
    for name, data in (("no_pixels", b""), ("one_byte", plain[:1]), ("one_row", plain[:14]),
                       ("a_byte_less", plain[:-1]),
                       ("a_row_less", plain[:-14])):
        found.append(case("n_pixels_%s.png" % name, png(data=data), says="pixels end"))
    for name, data in (("a_byte", plain + b"\0"), ("a_row", plain + plain[:14]), ("twice", plain + plain)):
        found.append(case("n_pixels_more_%s.png" % name, png(data=data), says="more pixels"))
    plain7 = raw(pixels, interlace=1)
    found.append(case("n_pixels_interlaced_less.png", png(data=plain7[:-1], interlace=1), says="pixels end"))
    found.append(case("n_pixels_interlaced_more.png", png(data=plain7 + b"\0", interlace=1), says="more pixels"))
    for cut in (1, 2, 3, 4, 5, 10):
        found.append(case("n_stream_cut_%d.png" % cut, png(compressed=packed[:-cut])))
    for name, tail in (("zeros", bytes(6)), ("bytes", b"padding"), ("stream", packed)):
        found.append(case("y_padded_by_%s.png" % name, png(compressed=packed + tail), pixels))
    return found


def large():
    """What claims much, in few bytes."""
    few = zlib.compress(bytes(100000))
    # Nobody else is asked: how much memory a library takes by a header is its own choice.
    return [
        case("n_20000x20000.png", png(head=header(20000, 20000), compressed=few), says="pixels, but", peer=False),
        case("n_one_pixel_too_many.png", png(head=header(1, 178956971), compressed=few), says="pixels, but", peer=False),
        case("n_13000x13000_16_bits.png", png(head=header(13000, 13000, 16), compressed=few), peer=False),
        case("n_13000x13000_rgba.png", png(head=header(6000, 6000, 16, 6), compressed=few), peer=False),
        case("n_6000x6000_interlaced.png", png(head=header(6000, 6000, 16, 6, interlace=1), compressed=few),
             peer=False),
        case("n_wide.png", png(head=header(0x7fffffff, 1, 1), compressed=few), peer=False),
        case("n_all_there_of_another_size.png", lambda: zeros(4000, 4000, 16, 6), says="4000 × 4000", peer=False),
        case("n_grey_of_another_size.png", lambda: zeros(11000, 11000, 8, 0), says="11000 × 11000", peer=False),
    ]


def zeros(width, height, depth, color):
    # Only made where it is asked for: the largest of these takes a second.
    deflate = zlib.compressobj(9)
    row = bytes(1 + width * depth * {0: 1, 6: 4}[color] // 8)
    stream = b"".join(deflate.compress(row) for _ in range(height)) + deflate.flush()
    return SIGNATURE + header(width, height, depth, color) + chunk(b"IDAT", stream) + chunk(b"IEND")
