"""PNG: chunks, their order and their checksums; files that are cut off or something else."""

import struct
import zlib

from malformed_png import SIGNATURE, chunk, colors, drawing, header, png, raw
from malformed_png_pixels import case

# What stands in each chunk that a reader may skip (PNG specification, 11.3, and its extensions).
SKIPPED = {
    "gAMA": struct.pack(">I", 45455), "cHRM": struct.pack(">8I",
                                                          *[31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000]),
    "sRGB": b"\0", "iCCP": b"p\0\0" + zlib.compress(bytes(128)), "sBIT": b"\4", "bKGD": bytes(2),
    "pHYs": bytes(8) + b"\1",
    "sPLT": b"p\0\x08" + bytes(6), "tIME": struct.pack(">HBBBBB", 2026, 1, 2, 3, 4, 5), "tEXt": b"Title\0a mask",
    "zTXt": b"Title\0\0" + zlib.compress(b"a mask"), "iTXt": b"Title\0\0\0\0\0a mask", "eXIf": b"MM\0*\0\0\0\x08\0\0",
    "tRNS": bytes(2), "cICP": b"\1\x0d\0\1", "mDCV": bytes(24), "cLLI": bytes(8), "oFFs": bytes(9),
    "sCAL": b"\x011\x001",
    "pCAL": b"p\0" + bytes(10), "sTER": b"\0", "gIFg": bytes(4), "vpAg": bytes(9), "acTL": struct.pack(">II", 1, 0),
    "fcTL": struct.pack(">5I2H2B", 0, 13, 9, 0, 0, 1, 10, 0, 0), "prVt": b"our own", "abcd": b"",
}


def cases(rng):
    return skipped() + palettes() + order() + lengths() + damage(rng) + foreign()


def skipped():
    """A chunk that may be skipped changes no pixel, whatever it holds."""
    pixels = drawing(8)
    found = []
    for kind, body in SKIPPED.items():
        name = kind.encode()
        found.append(case("y_%s.png" % kind, png(before=chunk(name, body)), pixels))
        found.append(case("y_%s_wrong_crc.png" % kind, png(before=chunk(name, body, crc=1)), pixels))
        # Its first bytes only, and twice.
        found.append(case("y_%s_cut.png" % kind, png(before=chunk(name, body[:1]) * 2), pixels))
    for kind in ("tEXt", "tIME", "gAMA", "tRNS", "abcd"):
        found.append(case("y_%s_behind.png" % kind, png(after=chunk(kind.encode(), SKIPPED[kind])), pixels))
    long = chunk(b"tEXt", b"Comment\0" + b"x" * 300000)
    found.append(case("y_comment_of_300_kB.png", png(before=long), pixels))
    many = chunk(b"tEXt", b"Comment\0x") * 3000
    found.append(case("y_comments_3000.png", png(before=many), pixels))
    inflates = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(30 << 20), 9))
    found.append(case("y_comment_that_inflates.png", png(before=inflates), pixels))
    profile = chunk(b"iCCP", b"p\0\0" + zlib.compress(bytes(30 << 20), 9))
    found.append(case("y_profile_that_inflates.png", png(before=profile), pixels))
    # An animation: its first image is the one of IDAT, the second is nobody's.
    second = chunk(b"fcTL", struct.pack(">5I2H2B", 1, 13, 9, 0, 0, 1, 10, 0, 0))
    second += chunk(b"fdAT", struct.pack(">I", 2) + zlib.compress(raw(drawing(1))))
    first = chunk(b"acTL", struct.pack(">II", 2, 0)) + chunk(b"fcTL", SKIPPED["fcTL"])
    found.append(case("y_animation.png", png(before=first, after=second), pixels))
    return found


def palettes():
    pixels, found = drawing(4), []

    def add(name, palette, says="", pixels=pixels, **more):
        drawn = pixels if name[0] == "y" else None
        found.append(case(name + ".png", png(pixels, 4, 3, palette=palette, **more), drawn, says))

    add("n_palette_missing", b"", "palette is missing")
    add("n_palette_empty", chunk(b"PLTE"), "palette")
    add("n_palette_of_4_bytes", chunk(b"PLTE", bytes(4)), "palette")
    add("n_palette_of_257", chunk(b"PLTE", bytes(771)), "palette")
    add("i_palette_of_17", chunk(b"PLTE", colors(17)))
    add("n_palette_twice", chunk(b"PLTE", colors(16)) * 2, "palette")
    add("n_palette_wrong_crc", chunk(b"PLTE", colors(16), crc=5), "checksum of chunk PLTE")
    add("n_palette_behind", b"", "palette", after=chunk(b"PLTE", colors(16)))
    # An index without a colour is still a label.
    add("y_palette_too_short", chunk(b"PLTE", colors(3)))
    add("y_palette_of_1", chunk(b"PLTE", colors(1)))
    add("y_palette_transparency_too_long", chunk(b"PLTE", colors(16)), between=chunk(b"tRNS", bytes(40)))
    add("y_palette_transparency_before", chunk(b"PLTE", colors(16)), before=chunk(b"tRNS", bytes(4)))
    add("y_palette_histogram", chunk(b"PLTE", colors(16)), between=chunk(b"hIST", bytes(32)))
    add("y_palette_histogram_too_short", chunk(b"PLTE", colors(16)), between=chunk(b"hIST", bytes(3)))
    eight = drawing(8)
    for name, color in (("grey", 0), ("rgb", 2), ("grey_alpha", 4)):
        found.append(case("y_palette_in_%s.png" % name, png(color=color, palette=chunk(b"PLTE", colors(4))), eight))
    found.append(case("i_palette_in_grey_wrong_crc.png", png(palette=chunk(b"PLTE", colors(4), crc=5)), eight))
    return found


def order():
    pixels = drawing(8)
    packed = zlib.compress(raw(pixels))
    text, end = chunk(b"tEXt", b"Title\0a"), chunk(b"IEND")
    whole = chunk(b"IDAT", packed)

    def add(name, says="", drawn=None, **more):
        return case(name + ".png", png(**more), drawn, says)

    parts = lambda size: b"".join(chunk(b"IDAT", packed[k:k + size]) for k in range(0, len(packed), size))
    found = [add("y_pixels_in_parts_of_%d" % size, drawn=pixels, idat=parts(size)) for size in (1, 2, 3, 7, 20, 64)]
    return found + [
        add("y_pixels_empty_part_first", drawn=pixels, idat=chunk(b"IDAT") + whole),
        add("y_pixels_empty_parts_between", drawn=pixels, idat=chunk(b"IDAT").join(
            chunk(b"IDAT", packed[k:k + 9]) for k in range(0, len(packed), 9))),
        add("y_pixels_empty_part_last", drawn=pixels, idat=whole + chunk(b"IDAT")),
        add("i_pixels_more_parts", drawn=pixels, idat=whole + chunk(b"IDAT", b"behind") * 3),
        add("i_pixels_twice", drawn=pixels, idat=whole + whole),
        add("n_pixels_parted_by_text", idat=chunk(b"IDAT", packed[:9]) + text + chunk(b"IDAT", packed[9:])),
        add("n_pixels_parts_exchanged", idat=chunk(b"IDAT", packed[9:]) + chunk(b"IDAT", packed[:9])),
        add("n_pixels_part_missing", idat=chunk(b"IDAT", packed[:9]) + chunk(b"IDAT", packed[14:])),
        add("n_no_pixels", "no pixels", idat=b""),
        add("n_empty_pixels", idat=chunk(b"IDAT")),
        add("n_pixels_behind_the_end", idat=end, end=whole),
        add("n_no_end", "ends before its last chunk", end=b""),
        add("n_end_wrong_crc", "checksum of chunk IEND", end=chunk(b"IEND", crc=1)),
        add("i_end_with_content", end=chunk(b"IEND", b"more")),
        add("n_end_in_lower_case", end=chunk(b"iEND")),
        add("y_end_twice", drawn=pixels, end=end + end),
        add("y_bytes_behind_the_end", drawn=pixels, end=end + b"anything"),
        add("y_zeros_behind_the_end", drawn=pixels, end=end + bytes(5000)),
        add("y_image_behind_the_end", drawn=pixels, end=end + png(drawing(1), 1)),
        add("y_text_without_end_behind_the_end", drawn=pixels, end=end + text[:-3]),
        add("n_unknown_needed_chunk", "not known", before=chunk(b"ABCD", b"x")),
        add("i_unknown_needed_chunk_behind", after=chunk(b"ABCD", b"x")),
        add("i_reserved_bit", before=chunk(b"abcd", b"x")),
        add("n_chunk_of_digits", "no chunk begins", before=chunk(b"1234", b"x")),
        add("n_chunk_of_zeros", "no chunk begins", before=chunk(b"\0\0\0\0", b"x")),
        add("n_chunk_of_high_bytes", "no chunk begins", before=chunk(b"\xe4\xf6\xfc\xdf", b"x")),
        add("n_apple", "not known", head=chunk(b"CgBI", bytes(4)) + header()),
    ]


def lengths():
    """A length that leads beyond the file, or into the middle of another chunk."""
    packed = zlib.compress(raw(drawing(8)))
    found = []
    for name, kind, body in (("IDAT", b"IDAT", packed), ("tEXt", b"tEXt", b"Title\0a")):
        for length in (len(body) + 1, len(body) - 1, len(body) + 12, 100000, 0x7fffffff, 0x80000000, 0xffffffff):
            piece = chunk(kind, body, length=length)
            data = png(idat=piece) if name == "IDAT" else png(before=piece)
            found.append(case("n_length_of_%s_%d.png" % (name, length), data))
    for length in (1, 0x80000000):
        found.append(case("n_length_of_IEND_%d.png" % length, png(end=chunk(b"IEND", length=length))))
    for byte in range(4):
        crc = zlib.crc32(b"IDAT" + packed) ^ 1 << 8 * byte
        found.append(case("n_pixels_crc%d.png" % byte, png(idat=chunk(b"IDAT", packed, crc=crc)),
                          says="checksum of chunk IDAT"))
    return found


def damage(rng):
    """Cut off at each border of a chunk and between; single bits; signatures."""
    whole = png(drawing(8, 40, 30), before=chunk(b"tEXt", b"Title\0a mask"))
    found = []
    for cut in sorted({1, 4, 7, 8, 9, 16, 20, 29, 32, 33, 37, 41, 50, len(whole) - 12, len(whole) - 4, len(whole) - 1}
                      | {rng.randrange(60, len(whole) - 16) for _ in range(6)}):
        found.append(case("n_cut_at_%d.png" % cut, whole[:cut], says="" if cut >= 8 or cut == 1 else "signature"))
    start = whole.index(b"IDAT")
    for k in range(16):
        # A flipped bit of the pixels, with the checksum of the chunk made right: zlib's own is left.
        at = rng.randrange(start + 4, len(whole) - 16)
        body = bytearray(whole[start + 4:-16])
        body[at - start - 4] ^= 1 << rng.randrange(8)
        found.append(case("n_bit_of_pixels_%d.png" % k, whole[:start - 4] + chunk(b"IDAT", bytes(body)) + whole[-12:]))
    for byte in range(8):
        data = bytearray(whole)
        data[byte] ^= 1
        found.append(case("n_signature_%d.png" % byte, bytes(data), says="" if byte < 4 else "signature is damaged"))
    found.append(case("n_line_ends_dos.png", whole.replace(b"\n", b"\r\n"), says="signature"))
    found.append(case("n_line_ends_unix.png", whole.replace(b"\r\n", b"\n"), says="signature"))
    found.append(case("n_seven_bits.png", bytes(b & 127 for b in whole)))
    return found


def foreign():
    """Files of other kinds, by their beginnings."""
    kinds = {"jpeg": (b"\xff\xd8\xff\xe0", "a JPEG"), "gif": (b"GIF89a", "a GIF"), "bmp": (b"BM", "a BMP"),
             "tiff_intel": (b"II*\0", "a TIFF"), "tiff_motorola": (b"MM\0*", "a TIFF"), "webp": (b"RIFF", "a WebP"),
             "numpy": (b"\x93NUMPY\1\0", "NumPy"), "zip": (b"PK\3\4", "ZIP"), "gzip": (b"\x1f\x8b\x08", "gzip"),
             "lfs": (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS"),
             "html": (b"<!DOCTYPE html>", "not a PNG"),
             "text": (b"no image\n", "not a PNG"), "mng": (b"\x8aMNG\r\n\x1a\n", "PNG"), "zeros": (b"", "not a PNG"),
             "jng": (b"\x8bJNG\r\n\x1a\n", "PNG"), "pgm": (b"P5 2 2 255\n", "not a PNG")}
    found = [case("n_is_%s.png" % kind, start + bytes(60), says=says) for kind, (start, says) in kinds.items()]
    found.append(case("n_is_empty.png", b"", says="empty"))
    found.append(case("n_is_space_before.png", b" " + png(), says="not a PNG"))
    found.append(case("n_is_signature_twice.png", SIGNATURE + png()))
    return found
