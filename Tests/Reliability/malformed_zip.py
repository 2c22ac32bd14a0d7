"""Makes ZIP archives record by record, so that each field can be wrong by itself (APPNOTE.TXT, 4.3 to 4.5)."""

import struct
import zlib


def deflated(data, level=9):
    deflate = zlib.compressobj(level, 8, -15)
    return deflate.compress(data) + deflate.flush()


class Member:
    """A member and what its two headers say of it; each can be made to say something else."""

    def __init__(self, content, name=b"a.npy", method=0, packed=None, local=None, central=None, extra=b"",
                 central_extra=b"", descriptor=b"", flags=0, comment=b"", wide=False, at=None):
        self.name, self.extra, self.central_extra = name, extra, central_extra
        self.descriptor, self.comment, self.at, self.wide = descriptor, comment, at, wide
        self.packed = packed if packed is not None else deflated(content) if method == 8 else content
        self.true = dict(signature=None, version=20, flags=flags, method=method, time=0, date=0x21,
                         crc=zlib.crc32(content),
                         packed=len(self.packed), size=len(content), name=name, disk=0, internal=0, external=0,
                         start=None)
        self.local, self.central = local or {}, central or {}

    def header(self):
        f = {**self.true, **self.local}
        extra = self.extra
        if self.wide:
            # As NumPy writes: the sizes stand in the extra field, whatever they are.
            extra = struct.pack("<HHQQ", 1, 16, f["size"], f["packed"]) + extra
            f["size"] = f["packed"] = 0xffffffff
        return (struct.pack("<IHHHHHIIIHH", f["signature"] or 0x04034b50, f["version"], f["flags"], f["method"],
                            f["time"], f["date"],
                            f["crc"], f["packed"], f["size"], f.get("name_length", len(f["name"])),
                            f.get("extra_length", len(extra))) + f["name"] + extra)

    def entry(self, start):
        f = {**self.true, "start": start if self.at is None else self.at, **self.central}
        return (struct.pack("<IHHHHHHIIIHHHHHII", f["signature"] or 0x02014b50, 20, f["version"], f["flags"],
                            f["method"], f["time"],
                            f["date"], f["crc"], f["packed"], f["size"], f.get("name_length", len(f["name"])),
                            f.get("extra_length", len(self.central_extra)), f.get("comment_length", len(self.comment)),
                            f["disk"], f["internal"], f["external"], f["start"])
                + f["name"] + self.central_extra + self.comment)


def end(count, directory, place, comment=b"", said=None):
    f = dict(signature=0x06054b50, disk=0, directory_disk=0, here=count, entries=count, size=directory, start=place,
             comment_length=len(comment))
    f.update(said or {})
    return struct.pack("<IHHHHIIH", *[f[k] for k in ("signature", "disk", "directory_disk", "here", "entries", "size",
                                                     "start",
                                                    "comment_length")]) + comment


def wide_end(count, size, start, place, record=None, locator=None):
    """The end record of ZIP64, and its locator."""
    r = dict(signature=0x06064b50, length=44, disk=0, directory_disk=0, here=count, entries=count, size=size,
             start=start)
    r.update(record or {})
    at = dict(signature=0x07064b50, disk=0, place=place, disks=1)
    at.update(locator or {})
    return (struct.pack("<IQHHIIQQQQ", r["signature"], r["length"], 45, 45, r["disk"], r["directory_disk"], r["here"],
                        r["entries"],
                        r["size"], r["start"])
            + struct.pack("<IIQI", at["signature"], at["disk"], at["place"], at["disks"]))


def archive(members, comment=b"", before=b"", gap=b"", wide=None, order=None, tail=b"", **said):
    """`before` stands before the first member, `gap` before the directory; `wide` asks for an end record of ZIP64,
    and says what it and its locator say otherwise, as `said` does of the plain end record."""
    out, starts = before, []
    for member in members:
        starts.append(len(out))
        out += member.header() + member.packed + member.descriptor
    out += gap
    entries = [member.entry(start) for member, start in zip(members, starts)]
    directory = b"".join(entries[k] for k in order) if order is not None else b"".join(entries)
    start, count = len(out), len(entries)
    out += directory
    if wide is not None:
        out += wide_end(count, len(directory), start, len(out), **wide)
    return out + end(count, len(directory), start, comment, said) + tail
