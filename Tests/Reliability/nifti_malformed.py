"""NIfTI: damage of every part of a file, and what is odd but can be read."""

import gzip
import struct
import zlib

from nifti_build import BODY, dim, header, nifti


def cases(rng):
    """Name: content, a word of the cause."""
    found = {}
    for page in (starts, lengths, types, places, scales, members, claims, odd):
        for name, data, says in page(rng):
            if name in found:
                raise SystemExit("two files have one name: " + name)
            found[name] = (data, says)
    return found


def starts(rng):
    """Cut, or not what they claim to be."""
    whole = nifti()
    for count in sorted({0, 1, 2, 4, 39, 111, 343, 347, 348, 351, 352, 353, len(whole) - 1}
                        | {rng.randrange(1, len(whole)) for _ in range(12)}):
        yield "n_cut_%d.nii" % count, whole[:count], "NIfTI" if count < 348 else "ends before"
    for count in (4, 300, 539, 540, 543, 544, 603):
        yield "n_cut_wide_%d.nii" % count, nifti(2)[:count], "NIfTI" if count < 540 else "ends before"
    for number, magic in enumerate((b"ni1\0", b"ni2\0")):
        yield "n_pair_%d.nii" % number, nifti(number + 1, magic=magic), "pair"
    for number, magic in enumerate((b"\0\0\0\0", b"n+1 ", b"n+2\0", b"n+3\0", b"N+1\0", b"+n1\0", b"n-1\0", b"n+11")):
        yield "n_magic_%d.nii" % number, nifti(magic=magic), "NIfTI"
    for size in (0, 347, 349, 352, 540, -348):
        yield "n_sizeof_%d.nii" % size, nifti(sizeof_hdr=size), "NIfTI"
    # 348 with its bytes swapped, as of the other byte order.
    yield "n_sizeof_swapped.nii", nifti(sizeof_hdr=1543569408), ""
    yield "n_sizeof_of_version_1.nii", nifti(2, sizeof_hdr=348), "NIfTI"
    for name, data in (("text", b"no volume\n" * 60), ("zeros", bytes(1000)), ("png", b"\x89PNG\r\n\x1a\n" + bytes(600)),
                       ("noise", rng.randbytes(1000)), ("tiff", b"II*\0" + bytes(600))):
        yield "n_is_%s.nii" % name, data, "NIfTI"
        yield "n_is_%s.nii.gz" % name, gzip.compress(data), "NIfTI"


def lengths(rng):
    """`dim`"""
    for version in (1, 2):
        for order in "<>":
            name = "%d_%s" % (version, "little" if order == "<" else "big")
            for count in (0, 8, -1, 32767):
                yield "n_axes_%d_%s.nii" % (count, name), nifti(version, order, dim=(count,) + dim(5, 4, 3)[1:]), "axes"
            for length in (0, -1, -32768):
                for axis in (1, 3):
                    value = list(dim(5, 4, 3))
                    value[axis] = length
                    yield "n_length_%d_of_%d_%s.nii" % (length, axis, name), nifti(version, order, dim=value), "voxels"
    most = 32767
    for name, value, says in (
            ("a_row_more", dim(5, 5, 3), "ends before"), ("a_slice_more", dim(5, 4, 4), "ends before"),
            ("time", dim(5, 4, 3, 2), "ends before"), ("largest", dim(most, most, most), "limit"),
            ("largest_slice", dim(most, most), "limit"), ("large_slice", dim(12000, 12000), "ends before"),
            ("largest_7", dim(*[most] * 7), "more than one axis"), ("time_and_parts", dim(5, 2, 1, 2, 3), "more than one axis"),
            ("parts_and_more", dim(5, 2, 1, 1, 2, 3), "more than one axis")):
        yield "n_dim_%s.nii" % name, nifti(dim=value), says
        yield "n_dim_%s.nii.gz" % name, gzip.compress(nifti(dim=value)), ""
    far = 2 ** 62
    for name, value in (("2_62", dim(far, 4, 3)), ("2_63", dim(2 ** 63 - 1, 1, 1)), ("2_32_squared", dim(2 ** 32, 2 ** 32, 1)),
                        ("wraps_to_60", dim(2 ** 62, 4, 15)), ("2_63_channels", dim(5, 4, 3, 2 ** 63 - 1)),
                        ("minus_2_63", dim(-2 ** 63, 4, 3)), ("two_minus", dim(-5, -4, 3))):
        for order in "<>":
            yield "n_wide_%s_%s.nii" % (name, "little" if order == "<" else "big"), nifti(2, order, dim=value), ""
    yield "n_wide_count_2_62.nii", nifti(2, dim=(far, 5, 4, 3, 1, 1, 1, 1)), "axes"
    yield "n_wide_count_2_64_and_3.nii", nifti(2, dim=(-2 ** 63 + 3, 5, 4, 3, 1, 1, 1, 1)), "axes"


def types(rng):
    """`datatype`"""
    for code, says in ((0, "unknown"), (1, "single bits"), (3, "unknown"), (32, "complex"), (128, "colours"), (255, "unknown"),
                       (257, "unknown"), (1536, "128 bits"), (1792, "complex"), (2048, "complex"), (2304, "colours"),
                       (-2, "unknown"), (32767, "unknown"), (-32768, "unknown")):
        yield "n_type_%d.nii" % code, nifti(datatype=code, body=BODY * 16), says
        yield "n_type_%d_wide.nii" % code, nifti(2, ">", datatype=code, body=BODY * 16), says
    for code in (4, 8, 16, 64, 512, 768, 1024, 1280):
        yield "n_type_larger_%d.nii" % code, nifti(datatype=code), "ends before"
    for bits in (0, 1, 16, -8):
        yield "i_bits_%d.nii" % bits, nifti(bitpix=bits), ""


def places(rng):
    """`vox_offset`"""
    for name, place in (("nan", float("nan")), ("infinite", float("inf")), ("0", 0), ("minus", -352), ("in_header", 347),
                        ("half", 352.5), ("1e30", 1e30), ("2_31", 2.0 ** 31), ("tiny", 1e-40)):
        yield "n_offset_%s.nii" % name, nifti(vox_offset=place), "begin at byte"
        yield "n_offset_%s.nii.gz" % name, gzip.compress(nifti(vox_offset=place)), "begin at byte"
    for name, place in (("0", 0), ("minus", -1), ("in_header", 539), ("2_62", 2 ** 62), ("2_63", 2 ** 63 - 1),
                        ("minus_2_63", -2 ** 63)):
        yield "n_offset_wide_%s.nii" % name, nifti(2, vox_offset=place), "begin at byte"
    for name, place in (("a_byte_late", 353), ("at_end", 412), ("behind_end", 5000), ("2_26", 2 ** 26)):
        yield "n_offset_%s.nii" % name, nifti(vox_offset=place), "ends before"
        yield "n_offset_%s.nii.gz" % name, gzip.compress(nifti(vox_offset=place)), "ends before"


def scales(rng):
    nan, far = float("nan"), float("inf")
    for name, slope, intercept in (("nan", 2, nan), ("infinite", 2, far), ("minus_infinite", 1, -far)):
        yield "n_intercept_%s.nii" % name, nifti(scl_slope=slope, scl_inter=intercept), "scl_inter"
        yield "n_intercept_wide_%s.nii" % name, nifti(2, scl_slope=slope, scl_inter=intercept), "scl_inter"
    for name, slope in (("infinite", far), ("minus_infinite", -far)):
        yield "i_slope_%s.nii" % name, nifti(scl_slope=slope), ""


def members(rng):
    """gzip (RFC 1952)."""
    whole = gzip.compress(nifti(), mtime=0)
    for count in sorted({2, 3, 9, 10, 11, len(whole) - 9, len(whole) - 8, len(whole) - 4, len(whole) - 1}
                        | {rng.randrange(3, len(whole)) for _ in range(12)}):
        yield "n_gzip_cut_%d.nii.gz" % count, whole[:count], ""
    for name, place in (("crc", -8), ("crc_last", -5), ("length", -4), ("length_last", -1)):
        data = bytearray(whole)
        data[place] ^= 1
        yield "n_gzip_%s.nii.gz" % name, bytes(data), "damaged"
    for name, byte, value in (("method_7", 2, 7), ("method_0", 2, 0), ("flag_32", 3, 32), ("flag_128", 3, 128)):
        data = bytearray(whole)
        data[byte] = value
        yield "n_gzip_%s.nii.gz" % name, bytes(data), "damaged"
    for name, tail in (("text", b"trailing"), ("byte", b"x"), ("half_a_member", whole[:12]), ("noise", rng.randbytes(99))):
        yield "n_gzip_behind_%s.nii.gz" % name, whole + tail, ""
    yield "n_gzip_twice.nii.gz", whole + whole, "goes on"
    yield "n_gzip_of_gzip.nii.gz", gzip.compress(whole), "NIfTI"
    yield "n_gzip_a_byte_less.nii.gz", gzip.compress(nifti()[:-1]), "ends before"
    yield "n_gzip_a_byte_more.nii.gz", gzip.compress(nifti() + b"x"), "goes on"
    yield "n_gzip_second_damaged.nii.gz", gzip.compress(nifti()[:380]) + whole[:10] + b"\xff" * 40, "damaged"
    yield "n_zlib.nii.gz", zlib.compress(nifti()), "NIfTI"
    yield "i_gzip_behind_zeros.nii.gz", whole + bytes(512), ""
    for number in range(40):
        data = bytearray(whole)
        data[rng.randrange(2, len(data))] ^= 1 << rng.randrange(8)
        yield "i_gzip_flip_%d.nii.gz" % number, bytes(data), ""


def claims(rng):
    """Small files that claim much."""
    zeros = gzip.compress(bytes(1 << 26))
    for name, value, says in (("volume", dim(1000, 1000, 1000), "ends before"), ("2_32", dim(2048, 2048, 1024), "ends before"),
                              ("slice", dim(13000, 13000), "ends before"), ("time", dim(100, 100, 100, 4000), "ends before")):
        yield "n_claims_%s.nii.gz" % name, gzip.compress(nifti(dim=value)), says
    yield "n_claims_doubles.nii.gz", gzip.compress(nifti(dim=dim(1300, 1300, 1300), datatype=64)), "ends before"
    # As long as it would have to be.
    noise = gzip.compress(nifti(dim=dim(100, 100, 100, 4000), body=b""), 0) + rng.randbytes(4 << 20)
    yield "n_claims_with_noise.nii.gz", noise, ""
    yield "n_inflates_on.nii.gz", gzip.compress(nifti()) + zeros, "goes on"
    yield "n_inflates_before.nii.gz", zeros, "NIfTI"
    yield "n_offset_zeros.nii.gz", gzip.compress(header(vox_offset=1 << 26) + bytes((1 << 26) - 500)), "ends before"


def odd(rng):
    for name, more in (("esize_0", struct.pack("<4B2i", 1, 0, 0, 0, 0, 0)), ("esize_minus", struct.pack("<4B2i", 1, 0, 0, 0, -16, 4)),
                       ("esize_largest", struct.pack("<4B2i", 1, 0, 0, 0, 2 ** 31 - 1, 4))):
        yield "i_extension_%s.nii" % name, nifti(between=more, vox_offset=348 + len(more)), ""
    yield "i_behind.nii", nifti() + b"x", ""
    whole = nifti()
    for number in range(80):
        data = bytearray(whole)
        data[rng.randrange(352)] = rng.randrange(256)
        yield "i_byte_%d.nii" % number, bytes(data), ""
    wide = nifti(2, ">")
    for number in range(40):
        data = bytearray(wide)
        data[rng.randrange(544)] ^= 1 << rng.randrange(8)
        yield "i_bit_%d.nii" % number, bytes(data), ""
