"""TIFF: damage of every part of a file, and what is odd but can be read."""

import lzma
import struct
import zlib

import imagecodecs
import numpy

from tiff_build import (At, BITS, COMPRESSION, COUNTS, DESCRIPTION, HEIGHT, OFFSETS, PREDICTOR, ROWS, SAMPLES, TILE_LENGTH,
                        TILE_WIDTH, WIDTH, tags, tiff, tiled)

IMAGE = numpy.array([[(x * 3 + y * 5 + x * y // 3) % 251 for x in range(13)] for y in range(9)], "u1")
RAW = IMAGE.tobytes()
ZIPPED = zlib.compress(RAW)


class Case:
    def __init__(self, name, data, numbers=None, says=""):
        self.name, self.data, self.numbers, self.says = name, data, numbers, says


def yes(name, data, numbers=IMAGE):
    return Case("y_%s.tif" % name, data, numbers)


def no(name, data, says=""):
    return Case("n_%s.tif" % name, data, says=says)


def either(name, data, numbers=None):
    return Case("i_%s.tif" % name, data, numbers)


def plain(**more):
    return tiff(tags(chunks=[RAW], **more), [RAW])


def zipped(data=ZIPPED, **more):
    return tiff(tags(chunks=[data], **{"t259": (3, [8]), **more}), [data])


def cases(rng):
    return (headers() + directories() + values() + places() + kinds() + streams(rng) + habits() + truncated()
            + flipped(rng))


def headers():
    good = plain()
    return [
        no("empty", b"", "is empty"), no("two_bytes", b"II", "not a TIFF"), no("header_only", good[:4], "header"),
        no("magic_41", b"II\x29\0" + good[4:], "not a TIFF"), no("mixed_orders", b"IM*\0" + good[4:], "not a TIFF"),
        no("swapped_magic", b"MM*\0" + good[4:], "not a TIFF"), no("png", b"\x89PNG\r\n\x1a\n" + good, "not a TIFF"),
        no("first_0", good[:4] + b"\0\0\0\0" + good[8:], "no directory"),
        no("first_4", good[:4] + b"\4\0\0\0" + good[8:], "directory"),
        no("first_behind_end", good[:4] + struct.pack("<I", len(good)) + good[8:], "directory"),
        no("first_largest", good[:4] + b"\xff\xff\xff\xff" + good[8:], "directory"),
        no("big_offsets_of_4", tiff(tags(chunks=[RAW]), [RAW], big=True, header=struct.pack("<2sHHHQ", b"II", 43, 4, 0, 16)),
           "8 bytes"),
        no("big_constant_1", tiff(tags(chunks=[RAW]), [RAW], big=True, header=struct.pack("<2sHHHQ", b"II", 43, 8, 1, 16)),
           "8 bytes"),
        no("big_first_largest", struct.pack("<2sHHHQ", b"II", 43, 8, 0, 2**64 - 1) + bytes(100), "directory"),
        no("big_entries", struct.pack("<2sHHHQQ", b"II", 43, 8, 0, 16, 2**63) + bytes(100), "entries"),
        no("entries_65535", good[:8] + b"\xff\xff" + good[10:], "entries"),
        no("entries_0", good[:8] + bytes(6) + good[14:], "ImageWidth"),
        no("entries_5000", tiff([(k + 1000, 3, [1]) for k in range(5000)]), "limit"),
        yes("big", tiff(tags(chunks=[RAW]), [RAW], big=True)),
        yes("big_endian", tiff(tags(chunks=[RAW]), [RAW], order=">")),
        yes("big_big_endian", tiff(tags(chunks=[RAW]), [RAW], order=">", big=True))]


def directories():
    page = tags(chunks=[RAW])
    two = tiff([page, page], [RAW])
    deep = tiff([tags(chunks=[RAW])] * 300, [RAW])
    nested = b"II*\0" + struct.pack("<I", 8) + b"".join(struct.pack("<H", 900) for _ in range(30000))
    return [
        yes("two_pages", two, numpy.stack([IMAGE] * 2)), yes("300_pages", deep, numpy.stack([IMAGE] * 300)),
        no("circle_of_1", tiff(page, [RAW], next_place=8), "circle"),
        no("circle_of_2", tiff([page, page], [RAW], next_place=8), "circle"),
        no("next_behind_end", tiff(page, [RAW], next_place=2**32 - 2), "directory"),
        no("next_in_header", tiff(page, [RAW], next_place=2), "directory"),
        either("next_in_pixels", tiff(page, [RAW], next_place=200)), no("nested", nested),
        no("pages_differ_in_width", tiff([page, tags(width=12, chunks=[RAW])], [RAW]), "page 1"),
        no("pages_differ_in_bits", tiff([page, page, tags(height=4, bits=16, chunks=[RAW])], [RAW]), "page 2"),
        no("pages_differ_in_kind", tiff([page, tags(chunks=[RAW], t339=(3, [2]))], [RAW]), "page 1"),
        no("65537_pages", chain(65537), "pages"), yes("65536_pages", chain(65536), numpy.zeros((65536, 1, 1), "u1")),
        yes("reduced_behind", tiff([page, tags(width=6, height=4, chunks=[RAW], t254=(4, [1]))], [RAW])),
        yes("reduced_before", tiff([tags(width=6, height=4, chunks=[RAW], t254=(4, [1])), page], [RAW])),
        yes("reduced_by_old_tag", tiff([page, tags(width=6, height=4, chunks=[RAW], t255=(3, [2]))], [RAW])),
        yes("mask_behind", tiff([page, tags(chunks=[RAW], t254=(4, [4]), t262=(3, [4]))], [RAW])),
        yes("reduced_only", plain(t254=(4, [1]))), yes("unsorted", tiff(
            [(tag,) + value for tag, value in reversed(sorted(page.items()))], [RAW], sort=False)),
        yes("twice", tiff(sorted([(tag,) + value for tag, value in page.items()] + [(WIDTH, 3, [99])],
                                 key=lambda entry: entry[0]), [RAW])),
        yes("unknown_tags", plain(t60000=(4, [1, 2, 3]), t700=(7, list(b"<x/>")))),
        yes("unknown_type", tiff(page, [RAW]).replace(struct.pack("<HH", SAMPLES, 3), struct.pack("<HH", SAMPLES, 99)))]


def chain(count):
    """Directories of one pixel, each as short as can be."""
    entries = ((WIDTH, 1), (HEIGHT, 1), (BITS, 8), (OFFSETS, 8))
    size, data = 2 + 12 * len(entries) + 4, bytearray()
    for number in range(count):
        place = 16 + (number + 1) * size
        data += struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", tag, 3, 1, value)
                                                           for tag, value in entries)
        data += struct.pack("<I", place if number + 1 < count else 0)
    return b"II*\0" + struct.pack("<I", 16) + bytes(8) + bytes(data)


def values():
    found = [no("without_%s" % name, plain(**{"t%d" % tag: None}), says) for name, tag, says in (
        ("width", WIDTH, "ImageWidth"), ("height", HEIGHT, "ImageLength"), ("offsets", OFFSETS, "StripOffsets"))]
    found += [no("%s_%s" % (name, value), plain(**{"t%d" % tag: (kind, [value])}), says) for name, tag, kind, value, says in (
        ("width", WIDTH, 3, 0, "pixels"), ("height", HEIGHT, 4, 0, "pixels"), ("width", WIDTH, 4, 2**32 - 1, "limit"),
        ("height", HEIGHT, 4, 2**32 - 1, "limit"), ("width", WIDTH, 9, -1, "ImageWidth"),
        ("width", WIDTH, 11, 13.0, "ImageWidth"), ("width", WIDTH, 3, 65535, "bytes"), ("samples", SAMPLES, 3, 0, "samples"),
        ("samples", SAMPLES, 3, 65535, "samples"), ("samples", SAMPLES, 3, 9999, "bytes"), ("bits", BITS, 3, 0, "bits"),
        ("bits", BITS, 3, 12, "bits"), ("bits", BITS, 3, 24, "bits"), ("bits", BITS, 3, 65535, "bits"),
        ("format", 339, 3, 3, "floats"), ("format", 339, 3, 5, "complex"), ("format", 339, 3, 9, "SampleFormat"),
        ("planar", 284, 3, 3, "Planar"), ("predictor", PREDICTOR, 3, 2, "predictor"),
        ("predictor", PREDICTOR, 3, 9, "predictor"), ("depth", 32997, 4, 2, "slices"), ("photometric", 262, 3, 2, "RGB"),
        ("photometric", 262, 3, 3, "palette"), ("photometric", 262, 3, 5, "CMYK"), ("photometric", 262, 3, 6, "YCbCr"),
        ("photometric", 262, 3, 8, "L*a*b*"), ("photometric", 262, 3, 777, "777"))]
    found += [no("width_and_height_largest", plain(t256=(4, [2**32 - 1]), t257=(4, [2**32 - 1])), "limit"),
              no("wide_and_high", plain(t256=(4, [13000]), t257=(4, [13000])), "bytes"),
              no("bits_differ", plain(t277=(3, [2]), t258=(3, [8, 16])), "several kinds"),
              no("formats_differ", plain(t277=(3, [2]), t339=(3, [1, 2])), "several kinds"),
              no("predictor_3_of_bytes", zipped(t317=(3, [3])), "floats"),
              no("predictor_2_of_4_bits", zipped(zlib.compress(bytes(63)), t258=(3, [4]), t317=(3, [2])), "4 bits"),
              no("width_by_offset", plain(t256=(4, [13, 13])).replace(struct.pack("<HHI", WIDTH, 4, 2), struct.pack(
                  "<HHI", WIDTH, 4, 2**31)), "ImageWidth"),
              no("palette_short", plain(t262=(3, [3]), t320=(3, [1] * 767)), "palette"),
              no("palette_of_32_bits", plain(t256=(3, [3]), t258=(3, [32]), t262=(3, [3]), t320=(3, [1] * 768)), "palette"),
              yes("width_long8", tiff(tags(chunks=[RAW], t256=(16, [13])), [RAW], big=True)),
              yes("width_byte", plain(t256=(1, [13]))), yes("without_photometric", plain(t262=None)),
              yes("without_samples", plain(t277=None)), yes("without_rows", plain(t278=None)),
              yes("without_compression", plain(t259=None))]
    for number, name in ((2, "CCITT"), (3, "CCITT"), (4, "CCITT"), (6, "old-style JPEG"), (7, "JPEG"), (34712, "JPEG 2000"),
                         (34887, "LERC"), (34925, "LZMA"), (50001, "WebP"), (50002, "JPEG XL"), (0, "unknown"),
                         (65535, "unknown")):
        found.append(no("compression_%d" % number, plain(t259=(3, [number])), name))
    return found


def places():
    size = len(RAW)
    end = len(plain())
    half = [RAW[:65], RAW[65:]]
    return [
        no("offset_behind_end", plain(t273=(4, [end])), "ends before"),
        no("offset_largest", plain(t273=(4, [2**32 - 1])), "ends before"),
        no("offset_a_byte_late", plain(t273=(4, [end - size + 1])), "ends before"), either("offset_0", plain(t273=(4, [0]))),
        no("offset_signed", plain(t273=(9, [-8]))), no("count_largest", zipped(t279=(4, [2**32 - 1])), "ends before"),
        no("big_offset_largest", tiff(tags(chunks=[RAW], t273=(16, [2**64 - 1])), [RAW], big=True), "whole number"),
        no("big_count_largest", tiff(tags(chunks=[ZIPPED], t259=(3, [8]), t279=(16, [2**63 - 1])), [ZIPPED], big=True),
           "ends before"),
        no("too_few_strips", tiff(tags(chunks=half, t278=(3, [1])), half), "strips"),
        no("rows_0_of_two", tiff(tags(chunks=half, t278=(3, [0])), half), "RowsPerStrip"),
        no("fewer_counts", tiff(tags(chunks=half, t279=(4, [65])), half), "strips"),
        no("count_short_of_two", tiff(tags(chunks=half, t279=(4, [60, 52])), half), "does not give"),
        no("tile_width_0", tiff(tiled(tags(chunks=[RAW], t322=(3, [0]), t323=(3, [16]))), [RAW]), "tiles"),
        no("tile_without_length", tiff(tiled(tags(chunks=[RAW], t322=(3, [16]))), [RAW]), "tiles"),
        no("tile_largest", tiff(tiled(tags(chunks=[RAW], t322=(4, [2**32 - 1]), t323=(4, [2**32 - 1]))), [RAW]), "tiles"),
        no("tile_of_100_megabytes", tiff(tiled(tags(chunks=[ZIPPED], t259=(3, [8]), t322=(4, [10240]), t323=(4, [10240]))),
                                         [ZIPPED]), "does not give"),
        no("tile_too_short", tiff(tiled(tags(chunks=[RAW], t322=(3, [16]), t323=(3, [16]))), [RAW]), "ends before"),
        no("planes_too_few", plain(t277=(3, [3]), t284=(3, [2]), t278=(3, [9])), "strips"),
        no("a_strip_a_pixel", plain(t256=(4, [13000]), t257=(4, [13000]), t278=(3, [1])), ""),
        yes("one_pixel_tiles", tiff(tiled(tags(chunks=[RAW[k:k + 1] for k in range(size)], t322=(3, [1]), t323=(3, [1]))),
                                    [RAW[k:k + 1] for k in range(size)])),
        yes("strips_backwards", tiff(tags(chunks=half, t278=(3, [5]), t273=(4, [At(52), At(0)]), t279=(4, [65, 52])), [
            RAW[65:], RAW[:65]])),
        yes("strip_offsets_short", plain(t273=(3, [end - size]))),
        yes("without_counts", plain(t279=None)), yes("without_counts_deflate", zipped(t279=None)),
        yes("without_counts_two", tiff(tags(chunks=half, t278=(3, [5]), t279=None), half)),
        yes("count_0", plain(t279=(4, [0]))), yes("count_short", plain(t279=(4, [9]))),
        yes("count_long", plain(t279=(4, [size - 1]))), yes("rows_0", plain(t278=(3, [0]))),
        yes("rows_largest", plain(t278=(4, [2**32 - 1]))), yes("rows_1_of_one_strip", plain(t278=(3, [1]))),
        yes("all_sparse", plain(t273=(4, [0]), t279=(4, [0])), IMAGE * 0),
        yes("all_sparse_nodata", plain(t273=(4, [0]), t279=(4, [0]), t42113=(2, list(b" 300 \0"))), IMAGE * 0 + 255),
        yes("sparse_of_two", tiff(tags(chunks=half, t278=(3, [5]), t273=(4, [At(0), 0]), t279=(4, [65, 0])), half),
            numpy.vstack([IMAGE[:5], IMAGE[5:] * 0]))]


def kinds():
    """What only a hand writes: 16 bits with differences from each order, FillOrder 2, floats of 16 bits."""
    wide = (IMAGE.astype("u2") * 257 + numpy.arange(13, dtype="u2") * 4001)
    steps = numpy.diff(wide, axis=1, prepend=numpy.zeros((9, 1), "u2"))
    found = []
    for order in "<>":
        data = zlib.compress(steps.astype(order + "u2").tobytes())
        page = tags(chunks=[data], bits=16, t259=(3, [8]), t317=(3, [2]))
        found.append(yes("differences_16_%s" % ("little" if order == "<" else "big"), tiff(page, [data], order=order), wide))
    turned = bytes(int("{:08b}".format(byte)[::-1], 2) for byte in range(256))
    for name, data, compression in (("none", RAW, 1), ("deflate", ZIPPED, 8), ("lzw", imagecodecs.lzw_encode(RAW), 5),
                                    ("packbits", imagecodecs.packbits_encode(RAW), 32773)):
        chunk = data.translate(turned)
        found.append(yes("fill_order_2_%s" % name, tiff(
            tags(chunks=[chunk], t259=(3, [compression]), t266=(3, [2])), [chunk])))
    return found


def streams(rng):
    found = []
    packed = {"deflate": (8, ZIPPED), "old_deflate": (32946, ZIPPED), "lzw": (5, imagecodecs.lzw_encode(RAW)),
              "packbits": (32773, imagecodecs.packbits_encode(RAW)), "zstd": (50000, imagecodecs.zstd_encode(RAW))}
    for name, (number, data) in packed.items():
        def file(data, more=()):
            return tiff(tags(chunks=[data], t259=(3, [number]), **dict(more)), [data])
        found += [yes("%s_whole" % name, file(data)), yes("%s_surplus" % name, file(data + b"\0\1\2")),
                  no("%s_half" % name, file(data[:len(data) // 2]), "does not give"),
                  no("%s_nothing" % name, file(data[:1]), "does not give"),
                  no("%s_too_few_rows" % name, file(data, {"t257": (3, [10]), "t278": (3, [10])}), "does not give"),
                  no("%s_16384_rows" % name, file(data, {"t256": (3, [10000]), "t257": (3, [16384]), "t278": (3, [16384])}),
                     "does not give")]
        for number_of_flips in range(12):
            damaged = bytearray(data)
            damaged[int(rng.integers(len(data)))] ^= 1 << int(rng.integers(8))
            found.append(either("%s_flip_%d" % (name, number_of_flips), file(bytes(damaged))))
        noise = rng.bytes(len(data))
        found.append(either("%s_noise" % name, file(noise)))
    found += [no("zstd_bomb", tiff(tags(width=10000, height=10000, chunks=[imagecodecs.zstd_encode(bytes(10**8))[:3000]],
                                        t259=(3, [50000])), [imagecodecs.zstd_encode(bytes(10**8))[:3000]]), "does not give"),
              no("deflate_as_lzma", zipped(lzma.compress(RAW)), "does not give"),
              no("lzw_old_style", tiff(tags(chunks=[b"\0\1" + bytes(90)], t259=(3, [5])), [b"\0\1" + bytes(90)]), "before 1991"),
              no("lzw_first_code_258", tiff(tags(chunks=[b"\x80\x20\x50" + bytes(90)], t259=(3, [5])), [
                  b"\x80\x20\x50" + bytes(90)]), "does not give")]
    return found


def habits():
    """What writers do that the specification does not say."""
    stack = numpy.stack([IMAGE, 255 - IMAGE, IMAGE // 2])
    ends = zlib.compress(RAW[:65]), zlib.compress(RAW[65:] + bytes(13))
    described = [ord(c) for c in "ImageJ=1.54f\nimages=3\nslices=3\n\0"]
    shaped = [ord(c) for c in '{"shape": [3, 9, 13], "truncated": true}\0']
    return [
        yes("last_strip_padded", tiff(tags(chunks=ends, t259=(3, [8]), t278=(3, [5])), ends)),
        yes("imagej_stack", tiff(tags(chunks=[RAW], t270=(2, described)), [stack.tobytes()]), stack),
        no("imagej_stack_cut", tiff(tags(chunks=[RAW], t270=(2, described)), [stack.tobytes()[:-1]]), "3 images"),
        yes("imagej_page_of_a_stack", plain(t270=(2, described))),
        yes("imagej_page_deflated", zipped(t270=(2, described))),
        no("imagej_too_many", tiff(tags(chunks=[RAW], t270=(2, list(b"ImageJ=1\nimages=99999999\n\0"))), [stack.tobytes()]),
           "limit"),
        yes("imagej_count_of_words", plain(t270=(2, list(b"ImageJ=1\nimages=many\n\0")))),
        yes("imagej_count_too_long", plain(t270=(2, list(b"ImageJ=1\nimages=99999999999999999999999\n\0")))),
        yes("tifffile_truncated", tiff(tags(chunks=[RAW], t270=(2, shaped)), [stack.tobytes()]), stack),
        yes("format_4", plain(t339=(3, [4]))), yes("description_not_text", plain(t270=(2, [255, 254, 0]))),
        yes("without_next", plain()[:8] + plain()[8:])]


def truncated():
    found, good = [], zipped()
    for count in range(0, len(good) - 1, 7):
        found.append(no("cut_at_%03d" % count, good[:count]))
    return found


def flipped(rng):
    """Bits of headers, which may mean something else or nothing."""
    found, good = [], tiff(tags(chunks=[ZIPPED], t259=(3, [8])), [ZIPPED])
    for number in range(60):
        damaged = bytearray(good)
        damaged[int(rng.integers(4, len(good) - len(ZIPPED)))] ^= 1 << int(rng.integers(8))
        found.append(either("flip_%02d" % number, bytes(damaged)))
    return found
