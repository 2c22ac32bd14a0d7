"""NRRD and MetaImage files, right ones by the libraries that people write them with, and broken ones, made by a seed."""

import math
import os
import random

from saved import Affine, Saved, put, volume

DTYPES = ("i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f4", "f8")


def rotation(rng):
    """A proper rotation by three angles."""
    import numpy as np
    a, b, c = (rng.uniform(-math.pi, math.pi) for _ in range(3))
    ca, sa, cb, sb, cc, sc = math.cos(a), math.sin(a), math.cos(b), math.sin(b), math.cos(c), math.sin(c)
    return (np.array([[ca, -sa, 0], [sa, ca, 0], [0, 0, 1]]) @ np.array([[cb, 0, sb], [0, 1, 0], [-sb, 0, cb]])
            @ np.array([[1, 0, 0], [0, cc, -sc], [0, sc, cc]]))


def numbers(rng, shape, kind):
    """Of the whole range of a type, not only small ones."""
    import numpy as np
    drawn = np.random.default_rng(rng.randrange(1 << 32))
    if kind[0] == "f":
        return drawn.normal(0, 100, shape).astype(kind)
    limits = np.iinfo(kind)
    most = min(limits.max, 1 << 50)
    return drawn.integers(max(limits.min, -most), most, shape).astype(kind)


class Writer:
    def __init__(self, folder, seed):
        self.folder, self.rng, self.expected = folder, random.Random(seed), {}

    def path(self, name):
        return os.path.join(self.folder, name)

    def expect(self, name, affine, array, has_channels=False):
        """`array` has the slowest axis first."""
        self.expected[name] = [volume(array.astype(array.dtype.newbyteorder("=")),
                                      None if affine is None else Affine(affine), has_channels=has_channels)]

    def put(self, name, data):
        put(self.folder, name, data)


def ras(image):
    """What SimpleITK says of an image, in RAS: LPS with two coordinates the other way."""
    import numpy as np
    direction = np.array(image.GetDirection()).reshape(3, 3)
    columns = direction * np.array(image.GetSpacing())
    matrix = np.concatenate([columns, np.array(image.GetOrigin())[:, None]], axis=1)
    matrix[:2] *= -1
    return matrix.ravel()


def as_nibabel_says(image, path):
    """That nibabel, whose coordinates are RAS, finds the same in the same image as NIfTI, which keeps 32-bit floats."""
    import nibabel
    import SimpleITK as sitk
    sitk.WriteImage(image, path)
    most = abs(nibabel.load(path).affine[:3].ravel() - ras(image)).max()
    if most > 1e-4:
        raise SystemExit("nibabel's affine is %g off" % most)
    os.remove(path)


def by_simpleitk(w):
    import numpy as np
    import SimpleITK as sitk
    # np.array (C order) of SimpleITK has the slowest axis first, as the reader's values.
    for k, kind in enumerate(DTYPES * 3):
        shape = [w.rng.randrange(1, 7) for _ in range(3)]
        array = numbers(w.rng, shape, kind)
        image = sitk.GetImageFromArray(array)
        turn = rotation(w.rng) if k % 3 else np.eye(3)
        image.SetDirection(turn.ravel().tolist())
        image.SetSpacing([w.rng.uniform(0.1, 5) for _ in range(3)])
        image.SetOrigin([w.rng.uniform(-200, 200) for _ in range(3)])
        for suffix in ("nrrd", "nhdr", "mha", "mhd"):
            name = "y_sitk_%d_%s.%s" % (k, kind, suffix)
            sitk.WriteImage(image, w.path(name), bool(k % 2))
            read = sitk.ReadImage(w.path(name))
            w.expect(name, ras(read), sitk.GetArrayFromImage(read))
        if kind not in ("i8", "u8"):
            as_nibabel_says(image, w.path("other.nii"))
    for k in range(6):
        shape = [w.rng.randrange(2, 5) for _ in range(3)]
        array = numbers(w.rng, shape + [k % 3 + 2], "f4")
        image = sitk.GetImageFromArray(array, isVector=True)
        image.SetOrigin((1, 2, 3 + k))
        for suffix in ("nrrd", "mha"):
            name = "y_sitk_vector_%d.%s" % (k, suffix)
            sitk.WriteImage(image, w.path(name), bool(k % 2))
            w.expect(name, ras(image), array, has_channels=True)
    for k in range(4):
        array = numbers(w.rng, [3 + k, 4], "u1")
        for suffix in ("nrrd", "mha"):
            name = "y_sitk_plane_%d.%s" % (k, suffix)
            sitk.WriteImage(sitk.GetImageFromArray(array), w.path(name), bool(k % 2))
            w.expect(name, None, array)


SIGNS = {"right-anterior-superior": (1, 1, 1), "left-anterior-superior": (-1, 1, 1),
         "left-posterior-superior": (-1, -1, 1), "RAS": (1, 1, 1), "LAS": (-1, 1, 1), "LPS": (-1, -1, 1)}


def by_pynrrd(w):
    import numpy as np
    import nrrd
    for k, kind in enumerate(DTYPES * 4):
        order = ">" if k % 4 == 3 else "<"
        shape = [w.rng.randrange(1, 7) for _ in range(3)]
        array = numbers(w.rng, shape, kind).astype(order + kind)
        header = {"encoding": ("raw", "gzip")[k % 2], "kinds": ["domain"] * 3}
        affine = None
        if k % 5:
            space = sorted(SIGNS)[k % 6]
            steps, origin = rotation(w.rng) * w.rng.uniform(0.2, 3), np.array([w.rng.uniform(-99, 99) for _ in range(3)])
            header.update({"space": space, "space directions": steps, "space origin": origin})
            # A row of pynrrd's is the direction of an axis.
            matrix = np.concatenate([steps.T, origin[:, None]], axis=1) * np.array(SIGNS[space])[:, None]
        suffix = "nhdr" if k % 7 == 6 else "nrrd"
        name = "y_pynrrd_%d_%s.%s" % (k, kind, suffix)
        nrrd.write(w.path(name), array, header, index_order="F")
        read, told = nrrd.read(w.path(name), index_order="F")
        if k % 5:
            matrix = np.concatenate([told["space directions"].T, told["space origin"][:, None]], axis=1)
            affine = (matrix * np.array(SIGNS[space])[:, None]).ravel()
        w.expect(name, affine, read.T)
    for k in range(4):
        array = numbers(w.rng, [2 + k, 4, 3, 2], "u1")
        steps = np.array([[np.nan] * 3, [1, 0, 0], [0, 2, 0], [0, 0, 3.5]])
        name = "y_pynrrd_list_%d.nrrd" % k
        nrrd.write(w.path(name), array, {"space": "left-posterior-superior", "space directions": steps,
                                         "space origin": [4, 5, 6], "kinds": ["list"] + ["domain"] * 3})
        w.expect(name, [-1, 0, 0, -4, 0, -2, 0, -5, 0, 0, 3.5, 6], array.T, has_channels=True)
    array = numbers(w.rng, [4, 3, 2], "i2")
    nrrd.write(w.path("y_pynrrd_c_order.nrrd"), array, index_order="C")
    w.expect("y_pynrrd_c_order.nrrd", None, array)


def nrrd_text(change=(), extra="", magic="NRRD0004", end="\n", line="\n"):
    fields = {"type": "uint8", "dimension": "3", "sizes": "2 3 4", "encoding": "raw"}
    fields.update(change)
    rows = "".join("%s: %s%s" % (k, v, line) for k, v in fields.items() if v is not None)
    return (magic + line + rows + extra + end).encode()


BODY = bytes(range(24))


def broken_nrrd(w):
    def put(name, data, body=BODY):
        w.put(name + ".nrrd", data + body)
    for key in ("type", "dimension", "sizes", "encoding"):
        put("n_nrrd_no_%s" % key, nrrd_text({key: None}))
        put("n_nrrd_twice_%s" % key, nrrd_text(extra="%s: 3\n" % key))
        put("n_nrrd_blank_%s" % key, nrrd_text({key: ""}))
    for name, value in (("0", "0"), ("17", "17"), ("minus", "-3"), ("real", "3.0"), ("word", "three"), ("2", "2"),
                        ("huge", "9" * 30)):
        put("n_nrrd_dimension_%s" % name, nrrd_text({"dimension": value}))
    for name, value in (("zero", "2 0 4"), ("minus", "2 -3 4"), ("few", "2 3"), ("many", "2 3 4 5"), ("real", "2 3 4.0"),
                        ("huge", "9223372036854775807 3 4"), ("overflow", "4294967296 4294967296 4294967296"),
                        ("larger", "2 3 5"), ("smaller", "2 3 3"), ("plus_word", "2 3 four"), ("long", "9" * 400 + " 3 4")):
        put("n_nrrd_sizes_%s" % name, nrrd_text({"sizes": value}))
    for value in ("block", "complex", "half", "uint128", "char8", "bool"):
        put("n_nrrd_type_%s" % value, nrrd_text({"type": value}))
    for value in ("bzip2", "bz2", "hex", "ascii", "text", "txt", "zstd", "RAW2"):
        put("n_nrrd_encoding_%s" % value, nrrd_text({"encoding": value}))
    put("n_nrrd_no_endian", nrrd_text({"type": "short", "sizes": "2 3 2"}))
    put("n_nrrd_endian_middle", nrrd_text({"type": "short", "sizes": "2 3 2", "endian": "middle"}))
    for magic in ("NRRD0000", "NRRD0006", "NRRD0009", "NRRD", "NRRD00004", "nrrd0004", "NRRDOOO4", "XRRD0004"):
        put("n_nrrd_magic_%s" % magic, nrrd_text(magic=magic))
    put("n_nrrd_short", nrrd_text(), BODY[:-1])
    put("n_nrrd_long", nrrd_text(), BODY + b"x")
    put("n_nrrd_nothing", b"", b"")
    put("n_nrrd_cut_header", nrrd_text()[:30], b"")
    put("n_nrrd_no_end", nrrd_text(end=""), b"")
    put("n_nrrd_unknown_field", nrrd_text(extra="foo: 1\n"))
    put("n_nrrd_no_colon", nrrd_text(extra="hello\n"))
    put("n_nrrd_endless", nrrd_text(extra="# " + "x" * (3 << 20) + "\n"))
    put("n_nrrd_one_line", b"NRRD0004" + b"x" * (3 << 20))
    for name, value in (("outside", "/etc/passwd"), ("up", "../x.raw"), ("pattern", "x%03d.raw 1 3 1"), ("list", "LIST"),
                        ("missing", "is_not_there.raw"), ("empty", "")):
        put("n_nrrd_data_file_%s" % name, nrrd_text({"data file": value}))
    for name, value in (("minus", "-2"), ("word", "x"), ("huge", "9223372036854775807"), ("some", "5")):
        put("n_nrrd_byte_skip_%s" % name, nrrd_text({"byte skip": value}))
    for name, value in (("minus", "-1"), ("word", "x"), ("huge", "9223372036854775807")):
        put("n_nrrd_line_skip_%s" % name, nrrd_text({"line skip": value}))
    for name, value in (("few", "(1,0,0) (0,1,0)"), ("word", "(1,0,0) (0,1,0) x"), ("open", "(1,0,0) (0,1,0) (0,0,1"),
                        ("infinite", "(1,0,0) (0,1,0) (0,0,inf)"), ("letters", "(1,0,0) (0,b,0) (0,0,1)")):
        put("n_nrrd_directions_%s" % name, nrrd_text({"space": "LPS", "space directions": value}))
    put("n_nrrd_gzip_of_nothing", nrrd_text({"encoding": "gzip"}), b"")
    put("n_nrrd_gzip_of_noise", nrrd_text({"encoding": "gzip"}), bytes(w.rng.randrange(256) for _ in range(99)))
    put("n_nrrd_gzip_byte_skip", nrrd_text({"encoding": "gzip", "byte skip": "3"}))
    put("i_nrrd_crlf", nrrd_text(line="\r\n", end="\r\n"))
    put("i_nrrd_space_unknown", nrrd_text({"space": "scanner-xyz", "space directions": "(1,0,0) (0,1,0) (0,0,1)"}))
    put("i_nrrd_zero_byte", nrrd_text(extra="content: a\0b\n"))
    put("i_nrrd_utf_8", nrrd_text(extra="content: \u00e9\n"))
    put("i_nrrd_many_lines", nrrd_text(extra="# x\n" * 200000))
    put("i_nrrd_many_keys", nrrd_text(extra="".join("k%d:=v\n" % k for k in range(50000))))
    whole = nrrd_text() + BODY
    for k in range(60):
        data = bytearray(whole)
        data[w.rng.randrange(len(data) - 24)] = w.rng.randrange(256)
        put("i_nrrd_byte_%d" % k, bytes(data), b"")


def meta_text(change=(), last="LOCAL", line="\n", mark=" = ", extra=""):
    fields = {"ObjectType": "Image", "NDims": "3", "BinaryData": "True", "DimSize": "2 3 4", "ElementType": "MET_UCHAR"}
    fields.update(change)
    rows = "".join("%s%s%s%s" % (k, mark, v, line) for k, v in fields.items() if v is not None)
    return (rows + extra + ("ElementDataFile%s%s%s" % (mark, last, line) if last is not None else "")).encode()


def broken_meta(w):
    def put(name, data, body=BODY):
        w.put(name + ".mha", data + body)
    for key in ("NDims", "DimSize", "ElementType"):
        put("n_meta_no_%s" % key, meta_text({key: None}))
        put("n_meta_twice_%s" % key, meta_text(extra="%s = 3\n" % key))
        put("n_meta_blank_%s" % key, meta_text({key: ""}))
    put("n_meta_no_data_file", meta_text(last=None))
    for value in ("Tube", "Mesh", "Scene", ""):
        put("n_meta_object_%s" % value, meta_text({"ObjectType": value}))
    for name, value in (("0", "0"), ("11", "11"), ("minus", "-3"), ("real", "3.0"), ("word", "three"), ("2", "2")):
        put("n_meta_axes_%s" % name, meta_text({"NDims": value}))
    for name, value in (("zero", "2 0 4"), ("minus", "2 -3 4"), ("few", "2 3"), ("many", "2 3 4 5"), ("real", "2 3 4.0"),
                        ("huge", "9223372036854775807 3 4"), ("overflow", "4294967296 4294967296 4294967296"),
                        ("larger", "2 3 5"), ("smaller", "2 3 3"), ("word", "2 3 four")):
        put("n_meta_size_%s" % name, meta_text({"DimSize": value}))
    for value in ("MET_STRING", "MET_OTHER", "UCHAR", "MET_HALF", "met_uchar", "MET_NONE"):
        put("n_meta_type_%s" % value, meta_text({"ElementType": value}))
    for name, value in (("0", "0"), ("minus", "-1"), ("word", "x"), ("two", "2"), ("huge", "9223372036854775807")):
        put("n_meta_channels_%s" % name, meta_text({"ElementNumberOfChannels": value}))
    for key in ("BinaryData", "BinaryDataByteOrderMSB", "CompressedData"):
        put("n_meta_%s_word" % key, meta_text({key: "maybe"}))
    put("n_meta_ascii", meta_text({"BinaryData": "False"}), b"1 " * 24)
    put("n_meta_short", meta_text(), BODY[:-1])
    put("n_meta_long", meta_text(), BODY + b"x")
    put("n_meta_nothing", b"", b"")
    put("n_meta_no_mark", meta_text(extra="hello\n"))
    put("n_meta_endless", meta_text(extra="Comment = " + "x" * (3 << 20) + "\n"))
    put("n_meta_one_line", b"x" * (3 << 20), b"")
    for name, value in (("outside", "/etc/passwd"), ("up", "../x.raw"), ("pattern", "x%03d.raw 1 3 1"), ("list", "LIST"),
                        ("missing", "is_not_there.raw"), ("backslash", "a\\x.raw"), ("empty", "")):
        put("n_meta_data_file_%s" % name, meta_text(last=value))
    for name, value in (("minus", "-2"), ("word", "x"), ("huge", "9223372036854775807"), ("some", "5")):
        put("n_meta_header_size_%s" % name, meta_text({"HeaderSize": value}))
    for key in ("ElementSpacing", "Offset", "TransformMatrix"):
        for name, value in (("few", "1 2"), ("word", "1 2 x"), ("infinite", "1 2 inf"), ("nan", "nan 1 1")):
            put("n_meta_%s_%s" % (key, name), meta_text({key: value}))
    put("n_meta_spacing_zero", meta_text({"ElementSpacing": "0 1 1"}))
    put("n_meta_zlib_of_nothing", meta_text({"CompressedData": "True"}), b"")
    put("n_meta_zlib_of_noise", meta_text({"CompressedData": "True"}), bytes(w.rng.randrange(256) for _ in range(99)))
    put("n_meta_zlib_size", meta_text({"CompressedData": "True", "CompressedDataSize": "999"}))
    put("i_meta_crlf", meta_text(line="\r\n"))
    put("i_meta_colon", meta_text(mark=": "))
    put("i_meta_no_object", meta_text({"ObjectType": None}))
    put("i_meta_many_fields", meta_text(extra="".join("k%d = v\n" % k for k in range(50000))))
    whole = meta_text() + BODY
    for k in range(60):
        data = bytearray(whole)
        data[w.rng.randrange(len(data) - 24)] = w.rng.randrange(256)
        put("i_meta_byte_%d" % k, bytes(data), b"")


def files(folder, seed, missing):
    w = Writer(folder, seed)
    broken_nrrd(w)
    broken_meta(w)
    damaged = set(os.listdir(folder))
    for page in (by_simpleitk, by_pynrrd):
        try:
            page(w)
        except ImportError as error:
            missing.append(error.name)
    for name in sorted(os.listdir(folder)):
        # Others are the numbers that a header names.
        if name.rpartition(".")[2] in ("nrrd", "nhdr", "mha", "mhd"):
            yield Saved(name, w.expected.get(name), is_valid=name not in damaged)
