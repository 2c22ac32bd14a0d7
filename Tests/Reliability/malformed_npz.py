"""NPZ: the records of the archive."""

import struct
import zlib

from malformed_case import image_case
from malformed_npy import GOOD as GOOD_NPY, array, drawing, header, packed
from malformed_zip import Member, archive, deflated

PLAIN = array()
GOOD = archive([Member(GOOD_NPY)])


def case(name, data, pixels=None, says="", **more):
    return image_case(name, "npz", data, pixels, says, good=GOOD, **more)


def cases(rng):
    return good() + flags() + disagreeing() + directory() + wide()


def yes(name, members, **more):
    return case("y_%s.npz" % name, archive(members, **more), drawing())


def no(name, members, says="", peer=True, **more):
    return case("n_%s.npz" % name, archive(members, **more), says=says, peer=peer)


def good():
    found = [yes("stored", [Member(PLAIN)]), yes("as_numpy_writes", [Member(PLAIN, wide=True)]),
             yes("as_numpy_writes_deflated", [Member(PLAIN, method=8, wide=True)])]
    for level in (0, 1, 9):
        found.append(yes("deflated_%d" % level, [Member(PLAIN, method=8, packed=deflated(PLAIN, level))]))
    for kind in ("b1", "i1", "u2", "i4", "i8", "f2", "f4", "f8"):
        for order, fortran in (("<", False), (">", True)):
            pixels = drawing(kind)
            data = array(header("'%s%s'" % (order, kind), fortran), packed(pixels, kind, order, fortran))
            found.append(case("y_%s_%s.npz" % (kind, "big" if fortran else "little"),
                              archive([Member(data, method=8 * fortran)]), pixels))
    # A stored array may begin at any byte; one more letter moves it on.
    for k in range(1, 8):
        pixels = drawing("f8")
        data = array(header("'<f8'"), packed(pixels, "f8"))
        found.append(case("y_unaligned_%d.npz" % k, archive([Member(data, b"a" * k + b".npy")]), pixels))
    found.append(yes("comment_of_a_member", [Member(PLAIN, comment=b"so")]))
    found.append(yes("text_beside", [Member(PLAIN), Member(b"so", b"readme.txt"), Member(b"", b"folder/")]))
    found.append(yes("text_first", [Member(b"so", b"readme.txt"), Member(PLAIN)]))
    found.append(yes("text_of_unknown_method_beside",
                     [Member(PLAIN), Member(b"so", b"readme.txt", method=14, packed=b"so")]))
    found.append(case("y_one_of_two.npz", archive([Member(PLAIN), Member(GOOD_NPY, b"b.npy")]), drawing(), part="#a",
                      peer=False))
    return found


def flags():
    found = []
    for bit in (1, 2, 4, 7, 8, 9, 10, 11, 12, 14, 15):
        # Hints on compression, UTF-8, and bits that nobody uses.
        found.append(case("%s_flag_%d.npz" % ("y" if bit in (1, 2, 11) else "i", bit),
                          archive([Member(PLAIN, method=8, flags=1 << bit)]), drawing()))
    for bit, says in ((0, "encrypted"), (6, "encrypted"), (13, "encrypted")):
        found.append(no("flag_%d" % bit, [Member(PLAIN, flags=1 << bit)], says, peer=False))
    found.append(no("encrypted_by_its_own_header", [Member(PLAIN, local={"flags": 1})], "disagree", peer=False))
    found.append(case("i_patched.npz", archive([Member(PLAIN, flags=32)])))
    sizes = struct.pack("<III", zlib.crc32(PLAIN), len(deflated(PLAIN)), len(PLAIN))
    later = {"crc": 0, "packed": 0, "size": 0}
    for name, descriptor in (("", sizes), ("_signed", b"PK\7\x08" + sizes), ("_wide", sizes[:4] + struct.pack(
            "<QQ", len(deflated(PLAIN)), len(PLAIN)))):
        found.append(yes("descriptor%s" % name, [Member(PLAIN, method=8, flags=8, local=later, descriptor=descriptor)]))
    found.append(yes("descriptor_and_sizes", [Member(PLAIN, method=8, flags=8, descriptor=sizes)]))
    found.append(no("descriptor_not_said", [Member(PLAIN, method=8, local=later, descriptor=sizes)], "disagree"))
    for method in (1, 2, 6, 7, 9, 10, 12, 14, 19, 93, 95, 97, 98, 99, 65535):
        found.append(no("method_%d" % method, [Member(PLAIN, method=method, packed=PLAIN)], "method %d" % method))
    return found


def disagreeing():
    """One field of one of the two headers is wrong."""
    found = []
    for side in ("local", "central"):
        # Whom sizes lead astray is a library's own matter.
        for field, value in (("crc", 1), ("packed", len(PLAIN) - 1), ("packed", len(PLAIN) + 1), ("packed", 0),
                             ("size", 0),
                             ("size", len(PLAIN) + 1), ("size", 0xfffffffe), ("packed", 0xfffffffe), ("method", 8),
                             ("name", b"b.npy"), ("name_length", 4), ("name_length", 60000), ("extra_length", 1),
                             ("extra_length", 60000), ("signature", 0x04034b51)):
            name = "%s_%s_%s" % (side, field, value.decode() if field == "name" else value)
            found.append(no(name.replace(".", "_"), [Member(PLAIN, **{side: {field: value}})],
                            peer=field not in ("size", "packed")))
    for field, value, says in (("crc", 1, "CRC-32"), ("size", 5, ""), ("size", len(PLAIN) + 1, ""), ("packed", 5, ""),
                               ("size", 0, ""), ("method", 8, "")):
        both = {field: value}
        found.append(no("both_%s_%d" % (field, value), [Member(PLAIN, local=both, central=both)], says,
                        peer=field == "crc"))
    for value in (1, 4, 29, 31, 1000, 0xfffffffe):
        found.append(no("start_%d" % value, [Member(PLAIN, at=value)]))
    found.append(no("comment_length_60000", [Member(PLAIN, central={"comment_length": 60000})]))
    found.append(no("disk_1", [Member(PLAIN, central={"disk": 1})], "split"))
    return found


def directory():
    found = []
    size = 46 + len(b"a.npy")
    start = 30 + len(b"a.npy") + len(PLAIN)
    for field, values in {"entries": (0, 2, 65534), "here": (0, 2), "size": (0, size - 1, size + 1, 0xfffffffe),
                          "start": (0, start - 1, start + 1, 0xfffffffe)}.items():
        for value in values:
            more = {field: value, **({"here": value} if field == "entries" else {})}
            found.append(no("end_%s_%d" % (field, value), [Member(PLAIN)], **more))
    for field in ("disk", "directory_disk"):
        for value in (1, 65535):
            found.append(no("end_%s_%d" % (field, value), [Member(PLAIN)], "split", **{field: value}))
    found.append(no("end_signature", [Member(PLAIN)], "end record is missing", signature=0x06054b51))
    for length in (1, 20, 65535):
        found.append(yes("comment_%d" % length, [Member(PLAIN)], comment=b"c" * length))
        found.append(no("comment_said_%d" % length, [Member(PLAIN)], "end record", comment_length=length))
    found.append(no("comment_longer_than_said", [Member(PLAIN)], "end record", tail=b"more"))
    # An end record in a comment, whose own comment ends with the file: either of the two may be meant.
    found.append(case("i_end_record_in_comment.npz", archive([Member(PLAIN)], comment=archive([])[-22:])))
    found.append(yes("end_signature_in_comment", [Member(PLAIN)], comment=b"PK\5\6" + bytes(40)))
    found.append(case("n_empty_archive.npz", archive([]), says="no arrays"))
    found.append(case("n_end_record_only_start.npz", b"PK\5\6"))
    return found


def wide():
    """ZIP64."""
    full = dict(here=0xffff, entries=0xffff, size=0xffffffff, start=0xffffffff)
    found = [yes("zip64", [Member(PLAIN)], wide={}, **full), yes("zip64_not_needed", [Member(PLAIN)], wide={}),
             yes("zip64_start_only", [Member(PLAIN)], wide={}, start=0xffffffff)]
    for name, record in {"signature": {"signature": 1}, "disk": {"disk": 1},
                         "entries_2_63": {"entries": 2**63, "here": 2**63},
                         "entries_2_63_less_1": {"entries": 2**63 - 1, "here": 2**63 - 1},
                         "entries_2": {"entries": 2, "here": 2},
                         "entries_0": {"entries": 0, "here": 0}, "here": {"here": 2}, "size_2_64": {"size": 2**64 - 1},
                         "size_2_63": {"size": 2**63 - 1}, "size": {"size": 7}, "start_2_63": {"start": 2**63 - 1},
                         "start_2_64": {"start": 2**64 - 1}, "start": {"start": 7}}.items():
        found.append(no("zip64_record_%s" % name, [Member(PLAIN)], wide={"record": record}, **full))
    for name, locator in {"disk": {"disk": 1}, "disks": {"disks": 2}, "place_0": {"place": 0},
                          "place_2_63": {"place": 2**63 - 1},
                          "place_2_64": {"place": 2**64 - 1}, "place_1": {"place": 1},
                          "signature": {"signature": 1}}.items():
        found.append(no("zip64_locator_%s" % name, [Member(PLAIN)], wide={"locator": locator}, **full))
    found.append(no("zip64_missing", [Member(PLAIN)], **full))
    field = struct.pack("<HHQQQ", 1, 24, len(PLAIN), len(PLAIN), 0)
    sizes = {"size": 0xffffffff, "packed": 0xffffffff}
    found += [
        yes("zip64_entry", [Member(PLAIN, central_extra=field, central={**sizes, "start": 0xffffffff})]),
        yes("zip64_entry_behind_others", [Member(PLAIN, central_extra=struct.pack("<HHI", 0x7855, 4, 0) + field,
                                                 central=sizes)]),
        yes("zip64_entry_not_needed", [Member(PLAIN, central_extra=field)]),
        no("zip64_entry_missing", [Member(PLAIN, central=sizes)]),
        no("zip64_entry_short", [Member(PLAIN, central_extra=struct.pack("<HHQ", 1, 8, len(PLAIN)), central=sizes)]),
        no("zip64_entry_cut", [Member(PLAIN, central_extra=field[:10], central=sizes)]),
        no("zip64_entry_empty", [Member(PLAIN, central_extra=struct.pack("<HH", 1, 0), central=sizes)]),
        no("zip64_entry_2_64", [Member(PLAIN, central_extra=struct.pack("<HHQQ", 1, 16, 2**64 - 1, 2**64 - 1),
                                       central=sizes)]),
        no("zip64_entry_2_63", [Member(PLAIN, central_extra=struct.pack("<HHQQ", 1, 16, 2**63 - 1, 2**63 - 1),
                                       central=sizes)]),
        no("zip64_local_short", [Member(PLAIN, extra=struct.pack("<HHQ", 1, 8, len(PLAIN)), local=sizes)]),
    ]
    for name, extra in (("time", struct.pack("<HHBI", 0x5455, 5, 1, 0)), ("unix", struct.pack("<HHI", 0x7855, 4, 0)),
                        ("padding", bytes(64)),
                        ("three_bytes", b"abc"), ("too_long", struct.pack("<HH", 0x9999, 500)),
                        ("60_kB", bytes(60000))):
        found.append(yes("extra_%s" % name, [Member(PLAIN, extra=extra, central_extra=extra)]))
    return found
