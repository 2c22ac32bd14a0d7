"""NPY: headers of every grammar, types, orders, shapes, sizes and values."""

import itertools
import pickle
import struct

from malformed_case import image_case, npy

MAGIC = b"\x93NUMPY"
# Of 64-bit types: neighbours that single precision, or one that is cut to 32 bits, would make equal.
VALUES = {"b1": [0, 1], "u1": [0, 1, 127, 128, 255], "i1": [0, 1, -1, 127, -128], "u2": [0, 1, 255, 256, 65535],
          "i2": [0, 1, -1, 256, 32767, -32768], "u4": [0, 1, 65536, 2**31, 2**32 - 1],
          "i4": [0, 1, -1, 2**31 - 1, -2**31], "u8": [0, 1, 2**32, 2**53 + 1, 2**53, 2**63 - 1],
          "i8": [0, 1, -1, 2**32, 2**53 + 1, 2**53, 2**63 - 1, -2**63], "f2": [0, 1, -1, 2, 1024, 2048],
          "f4": [0, 1, -1, 255, 65536, 2**24], "f8": [0, 1, -1, 2**32, 2**53, 2**53 - 1]}
CODES = {"b1": "B", "u1": "B", "i1": "b", "u2": "H", "i2": "h", "u4": "I", "i4": "i", "u8": "Q", "i8": "q", "f2": "e",
         "f4": "f", "f8": "d"}
GOOD = npy([(k + k // 13) % 2 for k in range(117)], 13, "|u1", "B")


def drawing(kind="u1", width=13, height=9):
    values = VALUES[kind]
    return [[values[(x * 3 + y * 5 + x * y // 3) % len(values)] for x in range(width)] for y in range(height)]


def packed(pixels, kind="u1", order="<", fortran=False):
    flat = [v for row in (zip(*pixels) if fortran else pixels) for v in row]
    return struct.pack(order + "%d%s" % (len(flat), CODES[kind]), *flat)


def array(text=None, body=None, version=(1, 0), length=None, pad=64):
    """A file by the text of its header and the bytes behind it."""
    text = "{'descr': '|u1', 'fortran_order': False, 'shape': (9, 13), }" if text is None else text
    text = text if isinstance(text, bytes) else text.encode("utf-8")
    body = packed(drawing()) if body is None else body
    wide = version[0] > 1
    if pad:
        text += b" " * (-(len(MAGIC) + 2 + (4 if wide else 2) + len(text) + 1) % pad) + b"\n"
    length = len(text) if length is None else length
    return MAGIC + bytes(version) + struct.pack("<I" if wide else "<H", length) + text + body


def header(descr="'|u1'", fortran="False", shape="(9, 13)",
           pattern="{'descr': %s, 'fortran_order': %s, 'shape': %s, }"):
    return pattern % (descr, fortran, shape)


def case(name, data, pixels=None, says="", **more):
    return image_case(name, "npy", data, pixels, says, **{"good": GOOD, **more})


def cases(rng):
    return types() + grammar() + shapes() + texts() + cut(rng) + values()


def types():
    found = []
    for kind in VALUES:
        pixels = drawing(kind)
        for name, order in (("little", "<"), ("big", ">"), ("native", "="), ("none", "|")):
            # One byte has no order; of several it must be said.
            if order == "|" and kind[1] != "1":
                found.append(case("n_%s_no_order.npy" % kind, array(header("'|%s'" % kind), packed(pixels, kind)),
                                  says="byte order"))
                continue
            for fortran in (False, True):
                data = array(header("'%s%s'" % (order, kind), fortran),
                             packed(pixels, kind, order.replace("|", "<"), fortran))
                found.append(case("y_%s_%s%s.npy" % (kind, name, "_fortran" * fortran), data, pixels))
    for name, descr, says in (
            ("objects", "'|O'", "Python objects"), ("structured", "[('a', '|u1')]", "structured"),
            ("subarray", "('|u1', (2,))", "structured"), ("complex64", "'<c8'", "complex"),
            ("complex128", "'<c16'", "complex"), ("text", "'<U1'", "text"), ("bytes", "'|S1'", "text"),
            ("old_bytes", "'|a1'", "text"), ("dates", "'<M8[ns]'", "dates"), ("durations", "'<m8[s]'", "durations"),
            ("void2", "'|V2'", ""), ("void1", "'|V1'", "raw byte"), ("float128", "'<f16'", "unusual"),
            ("float1", "'|f1'", ""), ("int3", "'<i3'", "dtype"), ("uint16", "'<u16'", "dtype"),
            ("no_dtype", "''", "dtype"), ("order_only", "'<'", "dtype"), ("by_letter", "'B'", "dtype"),
            ("by_name", "'uint8'", "dtype"), ("by_short_name", "'u1'", "dtype"), ("network_order", "'!u1'", "dtype"),
            ("question_mark", "'?'", "dtype"), ("space_behind", "'|u1 '", "dtype"), ("two", "'|u1,|u1'", "dtype"),
            ("bytes_literal", "b'|u1'", ""), ("unicode_literal", "u'|u1'", ""), ("raw_literal", "r'|u1'", ""),
            ("number", "1", ""), ("none", "None", ""), ("escape", "'\\x7cu1'", ""), ("joined", "'|' 'u1'", ""),
            ("tripled", "'''|u1'''", ""), ("capital", "'|U1'", "text"), ("zero", "'|u01'", "dtype"),
            ("object_size", "'|O8'", "Python objects"), ("long_name", "'<%s'" % ("f4" * 400), "dtype")):
        found.append(case("n_type_%s.npy" % name, array(header(descr)), says=says))
    return found


def grammar():
    """What Python would take for the same dictionary, and what it would not."""
    pixels, found = drawing(), []
    plain = header()
    for order in itertools.permutations(("'descr': '|u1'", "'fortran_order': False", "'shape': (9, 13)")):
        name = "_".join(part[1] for part in order)
        found.append(case("y_keys_%s.npy" % name, array("{%s}" % ", ".join(order)), pixels))
    for name, text in {
            "double_quotes": plain.replace("'", '"'), "no_blanks": plain.replace(" ", ""),
            "no_last_comma": plain[:-3] + "}",
            "blanks": plain.replace(":", " \t: ").replace(",", " \n,\r "), "tab_first": "\t " + plain,
            "python_2": header(shape="(9L, 13L)"), "last_comma": header(shape="(9, 13,)")}.items():
        found.append(case("y_header_%s.npy" % name, array(text), pixels))
    for pad in (0, 1, 16, 4096):
        found.append(case("y_header_padded_to_%d.npy" % pad, array(pad=pad), pixels))
    for version in ((1, 0), (2, 0), (3, 0)):
        found.append(case("y_version_%d.npy" % version[0], array(version=version), pixels))
        found.append(case("y_version_%d_longest.npy" % version[0],
                          array(plain.ljust(9999) + "\n", version=version, pad=0), pixels))
        found.append(case("n_version_%d_too_long.npy" % version[0],
                          array(plain.ljust(10000) + "\n", version=version, pad=0), says="limit"))
    for version in ((0, 0), (0, 1), (1, 1), (1, 255), (2, 1), (3, 1), (4, 0), (255, 0), (255, 255)):
        found.append(case("n_version_%d_%d.npy" % version, array(version=version), says="%d.%d" % version))
    for length in (0, 1, 10, 117, 119, 500, 9999, 10001, 65535):
        found.append(case("n_header_length_%d.npy" % length, array(length=length)))
    for length in (0x7fffffff, 0x80000000, 0xffffffff):
        found.append(case("n_header_length_%d.npy" % length, array(version=(2, 0), length=length), says="limit"))
    for name, text in {
            "no_descr": "{'fortran_order': False, 'shape': (9, 13)}", "no_order": "{'descr': '|u1', 'shape': (9, 13)}",
            "no_shape": "{'descr': '|u1', 'fortran_order': False}", "empty": "{}", "nothing": "", "blanks": " " * 60,
            "other_key": plain[:-2] + "'x': 1}", "number_key": plain[:-2] + "1: 1}", "comment": plain + " # so",
            "two": plain + plain, "word_behind": plain + " x", "expression": header(shape="(4 + 5, 13)"),
            "call": header(shape="tuple([9, 13])"), "import": header("__import__('os').name"),
            "set": "{'descr', '|u1'}",
            "list": "[1, 2, 3]", "string": "'descr'",
            "dict_call": "dict(descr='|u1', fortran_order=False, shape=(9, 13))",
            "in_brackets": "(%s)" % plain, "no_colon": plain.replace(":", ""), "equals": plain.replace(":", "="),
            "no_comma": plain.replace(", '", " '"), "two_commas": plain.replace(", ", ",, "),
            "comma_first": "{," + plain[1:],
            "not_closed": plain[:-1], "not_opened": plain[1:], "quote_open": plain.replace("'shape'", "'shape"),
            "zero_byte": plain[:-1] + "\0}", "zero_behind": plain + "\0", "nested": "{" * 4000,
            "brackets": header(shape="(" * 4000),
            "json": '{"descr": "|u1", "fortran_order": false, "shape": [9, 13]}', "form_feed": plain + "\f",
            "key_escaped": plain.replace("shape", "sh\\x61pe"), "key_capital": plain.replace("shape", "Shape"),
            "key_space": plain.replace("shape", "shape ")}.items():
        found.append(case("n_header_%s.npy" % name, array(text)))
    for name, data in {"latin_1": "\xe4".encode("latin-1"), "utf_8": "ä".encode(), "bom": b"\xef\xbb\xbf",
                       "no_break_space": "\xa0".encode()}.items():
        for version in ((1, 0), (3, 0)):
            found.append(case("n_header_%s_version_%d.npy" % (name, version[0]),
                              array(data + plain.encode(), version=version)))
    for key, value in (("descr", "'|u1'"), ("fortran_order", "False"), ("shape", "(9, 13)")):
        found.append(case("n_twice_%s.npy" % key, array(plain[:-2] + "'%s': %s}" % (key, value)), says="twice"))
    for value in ("0", "1", "None", "'False'", "false", "FALSE", "not True", "[]", "False or True", ""):
        name = value.replace(" ", "_").replace("'", "q").replace("[]", "list") or "nothing"
        found.append(case("n_order_%s.npy" % name, array(header(fortran=value)), says="cannot read the header"))
    return found


def shapes():
    pixels, found = drawing(), []
    for name, shape in (("1hw", "(1, 9, 13)"), ("hw1", "(9, 13, 1)"), ("1hw1", "(1, 9, 13, 1)"),
                        ("11hw", "(1, 1, 9, 13)"),
                        ("111hw1", "(1, 1, 1, 9, 13, 1)")):
        found.append(case("y_shape_%s.npy" % name, array(header(shape=shape)), pixels))
    for name, shape in {
            "list": "[9, 13]", "number": "117", "no_tuple": "(117)", "flat": "(117,)", "none": "None",
            "floats": "(9.0, 13)",
            "truths": "(True, 13)", "negative": "(-9, 13)", "negative_last": "(9, -13)", "text": "('9', 13)",
            "nested": "((9, 13),)", "semicolon": "(9; 13)", "hex": "(0x9, 13)", "octal": "(0o11, 13)",
            "lines": "(9, 1_3)",
            "exponent": "(9e0, 13)", "comma_only": "(,)", "two_commas": "(9,, 13)", "no_comma": "(9 13)",
            "open": "(9, 13",
            "plus": "(+9, 13)", "empty": "()", "seven_axes": "(1, 1, 1, 1, 1, 9, 13)", "axes_33": "(%s)" % ("1, " * 33),
            "turned": "(13, 9)", "other_rows": "(117, 1)", "of_5": "(9, 13, 5)", "too_many": "(9, 14)",
            "too_few": "(9, 12)",
            "wide_digits": "(９, 13)", "long_l": "(9LL, 13)", "digits_3000": "(%s, 13)" % ("9" * 3000)}.items():
        found.append(case("n_shape_%s.npy" % name, array(header(shape=shape))))
    found.append(case("i_shape_leading_zeros.npy", array(header(shape="(009, 013)")), pixels))
    for name, shape, says in (
            ("2_40", "(1099511627776,)", "1099511627776"), ("2_31_squared", "(2147483648, 2147483648)", ""),
            ("2_32_squared", "(4294967296, 4294967296)", "more numbers than any memory"),
            ("2_63", "(9223372036854775808, 1)", "more than any memory"),
            ("2_63_less_1", "(9223372036854775807, 1)", ""),
            ("2_63_squared", "(9223372036854775807, 9223372036854775807)", ""),
            ("2_64", "(18446744073709551616, 1)", "more than any memory"),
            ("wraps_to_117", "(117, 18446744073709551617)", "more than any memory"),
            ("wraps_by_product", "(4294967296, 4294967296, 9, 13)", "more numbers"),
            ("300_million", "(20000, 15000)", "")):
        for fortran in (False, True):
            found.append(case("n_large_%s%s.npy" % (name, "_fortran" * fortran),
                              array(header(shape=shape, fortran=fortran)),
                              says=says, peer=False))
    for name, shape in (("0", "(0,)"), ("0x0", "(0, 0)"), ("0x13", "(0, 13)"), ("9x0", "(9, 0)"),
                        ("0_of_2_62", "(0, 4611686018427387904)"), ("2_62_of_0", "(4611686018427387904, 0)"),
                        ("2_62_twice_of_0", "(4611686018427387904, 4611686018427387904, 0)")):
        found.append(case("n_no_numbers_%s.npy" % name, array(header(shape=shape), b""), peer=False))
    return found


def texts():
    """Other files under this name."""
    kinds = {"empty": b"", "one_byte": b"\x93", "text": b"1 2 3\n", "png": b"\x89PNG\r\n\x1a\n" + bytes(60),
             "gzip": b"\x1f\x8b\x08" + bytes(60), "pickle": pickle.dumps([1, 2, 3], 2),
             "hdf5": b"\x89HDF\r\n\x1a\n" + bytes(60),
             "matlab": b"MATLAB 5.0 MAT-file" + bytes(200), "zeros": bytes(200), "magic_only": MAGIC,
             "space_before": b" " + array(), "magic_twice": MAGIC + array()}
    found = [case("n_is_%s.npy" % kind, data, says="empty" if not data else "") for kind, data in kinds.items()]
    for byte in range(6):
        data = bytearray(array())
        data[byte] ^= 32
        found.append(case("n_magic_%d.npy" % byte, bytes(data), says="neither NPY, NPZ nor safetensors"))
    return found


def cut(rng):
    whole, found = array(), []
    for size in sorted({6, 7, 8, 9, 10, 11, 60, 127, 128, 129,
                        len(whole) - 1} | {rng.randrange(12, len(whole)) for _ in range(5)}):
        found.append(case("n_cut_at_%d.npy" % size, whole[:size], says="truncated"))
    for name, tail in (("byte", b"\0"), ("line", b"\n"), ("row", bytes(13)), ("array", whole), ("64_kB", bytes(65536))):
        found.append(case("n_left_over_%s.npy" % name, whole + tail, says="left over"))
    return found


def values():
    """Numbers that are no labels, no yes or no, no probabilities."""
    found = []
    for name, kind, value in (("nan", "f4", float("nan")), ("infinite", "f4", float("inf")), ("half", "f4", 0.5),
                              ("negative_infinite", "f8", float("-inf")), ("nan_f8", "f8", float("nan")),
                              ("nan_f2", "f2", float("nan")),
                              ("tiny", "f8", 5e-324), ("nearly_one", "f8", 1 - 2**-53), ("2_63", "f8", 2.0**63),
                              ("1e300", "f8", 1e300)):
        pixels = drawing(kind)
        pixels[4][7] = value
        found.append(case("n_label_%s.npy" % name, array(header("'<%s'" % kind), packed(pixels, kind)),
                          says="no whole number"))
    pixels = [[2**64 - 1 if v == 1 else v for v in row] for row in drawing("u8")]
    # Read as a signed number it would be the class -1.
    found.append(case("n_label_2_64_less_1.npy", array(header("'<u8'"), packed(pixels, "u8")), values=[0, 1, -1],
                      side="truth"))
    for value in (2, 3, 128, 255):
        pixels = drawing("b1")
        pixels[4][7] = value
        found.append(case("n_bool_of_%d.npy" % value, array(header("'|b1'"), packed(pixels, "u1")), side="truth",
                          values=[0, 1]))
    zeros = [[-0.0 if v == 0 else v for v in row] for row in drawing("f4")]
    found.append(case("y_label_minus_0.npy", array(header("'<f4'"), packed(zeros, "f4")), drawing("f4")))
    probable = {"kind": "probabilities", "extra": ", activation: sigmoid", "values": [0, 1],
                "good": npy([0.25] * 117, 13, "<f8", "d")}
    for name, kind, value in (("nan", "f4", float("nan")), ("infinite", "f4", float("inf")), ("negative", "f4", -0.01),
                              ("above_1", "f4", 1.01),
                              ("nan_f2", "f2", float("nan")), ("above_1_f2", "f2", 1.001),
                              ("nan_f8", "f8", float("nan")),
                              ("just_above_1_f8", "f8", 1.00001), ("level_256", "i2", 256), ("int64", "i8", 1)):
        pixels = [[value if (x, y) == (7, 4) else 0 for x in range(13)] for y in range(9)]
        found.append(case("n_probability_%s.npy" % name, array(header("'<%s'" % kind), packed(pixels, kind)),
                          **probable))
    return found
