"""NPZ: names of members, where they lie, and the arrays in them."""

import struct
import zlib

from malformed_npy import GOOD as GOOD_NPY, array, drawing, header, packed
from malformed_npz import GOOD, PLAIN, case, no, yes
from malformed_png import broken_deflate
from malformed_zip import Member, archive, deflated


def cases(rng):
    return names() + layout() + inside() + inflated() + cut(rng)


def names():
    """Names are labels: none is a path here, and none may disturb a message."""
    found = []
    for name, label in {"up": b"../a.npy", "root": b"/etc/a.npy", "drive": b"C:\\a.npy", "folder": b"f/a.npy",
                        "dots": b"...npy",
                        "empty": b".npy", "newline": b"a\nb.npy", "escape": b"a\x1b[31m.npy", "zero": b"a\0b.npy",
                        "hash": b"a#b.npy",
                        "utf_8": "größe.npy".encode(), "emoji": "\U0001f600.npy".encode(),
                        "right_to_left": "\u202ea.npy".encode(),
                        "long": b"a" * 60000 + b".npy", "space": b" .npy"}.items():
        found.append(yes("name_%s" % name, [Member(PLAIN, label)]))
        # Where its array is wrong the name is part of the message.
        found.append(no("name_%s_of_damaged" % name, [Member(PLAIN, label, local={"crc": 1}, central={"crc": 1})],
                        "CRC-32"))
    for name, label in (("no_npy", b"a"), ("capital", b"a.NPY"), ("nothing", b""), ("folder_only", b"a.npy/")):
        found.append(no("name_%s" % name, [Member(PLAIN, label)], "no arrays"))
    found.append(no("name_latin_1", [Member(PLAIN, b"\xe4.npy")], "UTF-8"))
    found.append(no("names_twice", [Member(PLAIN), Member(GOOD_NPY)], "two members are called"))
    found.append(no("names_twice_long", [Member(PLAIN, b"a" * 60000 + b".npy")] * 2, "two members are called"))
    found.append(no("two_arrays", [Member(PLAIN), Member(GOOD_NPY, b"b.npy")], "2 arrays"))
    found.append(no("arrays_3000", [Member(PLAIN[:10], b"%d.npy" % k) for k in range(3000)], "3000 arrays"))
    return found


def layout():
    first, second = Member(PLAIN), Member(GOOD_NPY, b"b.txt")
    found = [yes("bytes_before_directory", [first], gap=b"something"),
             yes("directory_in_another_order", [second, first], order=[1, 0]),
             no("bytes_before", [first], before=b"#!/bin/sh\n"),
             yes("bytes_before_like_a_member", [first], before=b"PK\3\4" + bytes(40))]
    found.append(no("members_at_one_place", [Member(PLAIN), Member(PLAIN, b"a.npy", at=0)]))
    within = archive([Member(PLAIN, b"i.npy")])[:-22 - 51]
    outer = Member(within)
    inner = Member(PLAIN, b"i.npy", at=30 + 5)
    data = outer.header() + within
    entries = outer.entry(0) + inner.entry(35)
    found.append(case("n_member_in_member.npz", data + entries + struct.pack("<IHHHHIIH", 0x06054b50, 0, 0, 2, 2,
        len(entries), len(data), 0),
                      says="overlap", peer=False))
    found.append(no("member_into_directory", [Member(PLAIN, packed=PLAIN, local={"packed": 500, "size": 500},
                                                     central={"packed": 500, "size": 500})], peer=False))
    return found


def inside():
    """A whole archive around an array that is none."""
    found = []
    for name, data in {"empty": b"", "cut": PLAIN[:-1], "cut_in_header": PLAIN[:40], "left_over": PLAIN + b"\0",
                       "magic": b"x" + PLAIN[1:],
                       "objects": array(header("'|O'")), "archive": GOOD, "png": b"\x89PNG\r\n\x1a\n" + bytes(50),
                       "long_type": array(header("'%s'" % ("x" * 3000))),
                       "2_40": array(header(shape="(1099511627776,)")),
                       "nan": array(header("'<f4'"), packed([[float("nan")] * 13] * 9, "f4")),
                       "version": array(version=(9, 9)), "other_size": array(header(shape="(13, 9)"))}.items():
        for method in (0, 8):
            found.append(no("array_%s%s" % (name, "_deflated" * (method == 8)), [Member(data, method=method)]))
    for name, data in (("npy", PLAIN), ("png", b"\x89PNG\r\n\x1a\n" + bytes(50)), ("empty", b""), ("text", b"a,b\n"),
                       ("PK", b"PK"), ("7z", b"7z\xbc\xaf\x27\x1c" + bytes(60)),
                       ("gzip", b"\x1f\x8b\x08" + bytes(60)), ("spanned", b"PK\7\x08" + archive([Member(PLAIN)]))):
        # What a file is called does not decide what it is.
        found.append(case("%s_is_%s.npz" % ("y" if name == "npy" else "n", name), data,
                          drawing() if name == "npy" else None))
    return found


def inflated():
    """The deflate stream of a member."""
    whole, found = deflated(PLAIN), []
    for name, stream in {**broken_deflate(), "cut": whole[:-1], "cut_in_half": whole[:len(whole) // 2],
                         "byte_behind": whole + b"\0", "stream_behind": whole + whole,
                         "zlib": zlib.compress(PLAIN)}.items():
        found.append(no("deflate_%s" % name, [Member(PLAIN, method=8, packed=stream)], "inflate"))
    for name, size in (("less", len(PLAIN) - 1), ("more", len(PLAIN) + 1), ("300_MB", 300 << 20), ("4_GB", 0xfffffffe)):
        said = {"size": size}
        found.append(no("inflates_to_%s" % name, [Member(PLAIN, method=8, local=said, central=said)], "in member",
                        peer=False))
    found.append(case("n_array_of_another_size.npz", large, peer=False))
    return found


def large():
    """100 MB of zeros in 100 kB."""
    return archive([Member(array(header(shape="(10000, 10000)"), bytes(100000000)), method=8)])


def cut(rng):
    whole, found = archive([Member(PLAIN), Member(b"so", b"t.txt")]), []
    for size in sorted({3, 4, 5, 30, 34, 35, 100, len(whole) - 22, len(whole) - 23, len(whole) - 1,
                        len(whole) - 46} | {rng.randrange(40, len(whole) - 22) for _ in range(8)}):
        found.append(case("n_cut_at_%d.npz" % size, whole[:size]))
    return found
