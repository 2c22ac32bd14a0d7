"""Evidence: damaged, cut off, foreign, of another version, or changed and sealed again."""

import os
import struct

from malformed_case import Case
from malformed_png import png
from malformed_store import SEAL, edited, sealed
from malformed_tables import cases as changed


def case(base, name, data, says="", beside=None):
    def check(folder):
        with open(os.path.join(folder, "again", "report.json"), "rb") as file:
            return None if file.read() == base.report else "the report is not that of the run"
    made = Case(name, {"evidence.sqlite": data, **(beside or {})},
                ["report", "--from", "evidence.sqlite", "--out", "again"],
                "evidence.sqlite", 3, says, check)
    made.result = "again/report.json"
    return made


def cases(rng, bases):
    def made(name, data, says="", base="labels", beside=None):
        return case(bases[base], name + ".sqlite", data, says, beside)

    found = []
    for name, base in bases.items():
        found.append(made("y_%s" % name, base.evidence, base=name))
        found.append(made("y_%s_sealed_again" % name, sealed(base.pages), base=name))
        found.append(made("y_%s_vacuumed" % name, lambda base=base: edited(base.evidence, "VACUUM"), base=name))
    base = bases["labels"]
    return found + seals(base, made) + cut(base, rng, made) + bits(base, rng, made) + headers(base,
        made) + foreign(base, made) + changed(
        bases, rng, made)


def seals(base, made):
    seal, found = base.evidence[len(base.pages):], []
    for name, line in {"missing": b"", "of_zeros": SEAL + b"00000000\n", "of_another": sealed(b"other")[5:],
                       "in_capitals": SEAL + seal[22:].upper(),
                       "without_line_end": seal[:-1], "dos_line_end": seal[:-1] + b"\r\n", "twice": seal + seal,
                       "byte_behind": seal + b"\0",
                       "line_behind": seal + b"\n", "cut": seal[:12], "no_hex": SEAL + b"zzzzzzzz\n",
                       "other_word": b"X" + seal[1:],
                       "space_before": b" " + seal, "page_before": bytes(4096) + seal,
                       "utf_16": seal.decode().encode("utf-16-le"),
                       "signed": SEAL + b"-0000001\n"}.items():
        # Six digits of eight are letters now and then: where none is, capitals change nothing.
        found.append(made("%s_seal_%s" % ("y" if base.pages + line == base.evidence else "n", name), base.pages + line))
    found.append(made("n_seal_alone", seal))
    found.append(made("n_seal_of_nothing", sealed(b"")))
    return found


def cut(base, rng, made):
    whole, found = base.evidence, []
    sizes = {0, 1, 15, 16, 17, 28, 99, 100, 101, 511, 512, 4095, 4096, 4097, 8192, len(base.pages) - 4096,
             len(base.pages) - 1, len(whole) - 1}
    for size in sorted(sizes | {rng.randrange(100, len(whole)) for _ in range(6)}):
        found.append(made("n_cut_at_%d" % size, whole[:size]))
        if size % 4096 and size > 100:
            found.append(made("n_cut_at_%d_sealed" % size, sealed(whole[:size])))
    found.append(made("n_pages_missing_sealed", sealed(base.pages[:-4096])))
    found.append(made("n_page_more_sealed", sealed(base.pages + bytes(4096))))
    found.append(made("n_middle_zero", base.pages[:8192] + bytes(4096) + whole[12288:], "checksum"))
    return found


def bits(base, rng, made):
    found = []
    for k in range(20):
        data = bytearray(base.evidence)
        data[rng.randrange(len(base.pages))] ^= 1 << rng.randrange(8)
        found.append(made("n_bit_%d" % k, bytes(data), "checksum"))
    for k in range(20):
        # What is sealed again may be another count that is possible, or SQLite's own structure.
        data = bytearray(base.pages)
        for _ in range(1 + k % 5 * 8):
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        found.append(made("i_bits_sealed_%d" % k, sealed(bytes(data))))
    for page in range(len(base.pages) // 4096):
        # The head of a page: its kind, its number of cells, where they begin.
        data = bytearray(base.pages)
        at = page * 4096 + (100 if page == 0 else 0)
        data[at:at + 8] = bytes(rng.randrange(256) for _ in range(8))
        found.append(made("%s_page_%d_sealed" % ("n" if page == 0 else "i", page), sealed(bytes(data))))
    return found


def headers(base, made):
    """The fields of SQLite's header (sqlite.org/fileformat2.html, 1.3), sealed again."""
    found = []

    def with_field(name, at, form, value, says=""):
        data = bytearray(base.pages)
        struct.pack_into(form, data, at, value)
        found.append(made("%s_sealed" % name, sealed(bytes(data)), says))

    with_field("n_magic", 0, "4s", b"sqli", "is no evidence")
    for size in (0, 2, 3, 256, 512, 1000, 2048, 8192, 65535, 1):
        with_field("n_page_size_%d" % size, 16, ">H", size)
    for version in (0, 2, 3, 255):
        with_field("i_write_version_%d" % version, 18, "B", version)
        with_field("%s_read_version_%d" % ("n" if version > 2 else "i", version), 19, "B", version)
    for reserved in (1, 32, 255):
        with_field("i_reserved_%d" % reserved, 20, "B", reserved)
    for at, name in ((21, "largest"), (22, "smallest"), (23, "leaf")):
        with_field("n_payload_%s" % name, at, "B", 7)
    for count in (0, 1, 2**31, 2**32 - 1):
        with_field("n_pages_%d" % count, 28, ">I", count)
    for at, name in ((24, "changes"), (32, "free_page"), (36, "free_pages"), (40, "cookie"), (48, "cache"),
                     (52, "largest_root"), (64, "vacuum"),
                     (72, "reserved_20"), (92, "valid_for"), (96, "written_by")):
        with_field("i_%s" % name, at, ">I", 0x7fffffff)
    for number in (0, 5, 2**32 - 1):
        with_field("i_schema_format_%d" % number, 44, ">I", number)
    for number in (0, 2, 3, 4):
        with_field("i_encoding_%d" % number, 56, ">I", number)
    own = struct.unpack_from(">I", base.pages, 60)[0]
    for number in (0, 1, own - 1, own + 1, 2**31 - 1, 2**32 - 1):
        with_field("n_version_%d" % number, 60, ">I", number, "version")
    for number in (0, 1, 0x6b6d6e55):
        with_field("n_application_%d" % number, 68, ">I", number, "is no evidence")
    return found


def foreign(base, made):
    found = [made("n_is_%s" % name, data, "evidence") for name, data in {
        "text": b"image,weight\n" * 40, "png": png(), "gzip": b"\x1f\x8b\x08" + bytes(500), "zeros": bytes(8192),
        "json": b"{}" * 60,
        "sqlite_3_only": b"SQLite format 3\0" + bytes(500),
        "sqlite_2": b"** This file contains an SQLite 2.1 database **" + bytes(2000)}.items()]
    found.append(made("n_is_empty", b""))
    for name, statements, says in (
            ("other_program", ["CREATE TABLE run (key, value)"], "is no evidence"),
            ("no_tables", ["PRAGMA application_id = 1433300331", "PRAGMA user_version = 14"], ""),
            ("empty_tables", ["PRAGMA application_id = 1433300331", "PRAGMA user_version = 14",
                              "CREATE TABLE run (key, value)"], "")):
        for seal in (False, True):
            found.append(made("n_is_%s%s" % (name, "_sealed" * seal), lambda statements=statements,
                              seal=seal: edited(b"", *statements, reseal=seal), says))
    found.append(made("i_journal_beside", base.evidence,
                      beside={"evidence.sqlite-journal": b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(504)}))
    found.append(made("i_journal_of_text", base.evidence, beside={"evidence.sqlite-journal": b"text" * 300}))
    found.append(made("i_wal_beside", base.evidence, beside={"evidence.sqlite-wal": b"\x37\x7f\x06\x82" + bytes(5000)}))
    found.append(made("y_other_files_beside", base.evidence,
                      beside={"evidence.sqlite-shm.bak": b"x", "report.json": b"{"}))
    return found
