"""Safetensors files and arrays of ml_dtypes, right ones by the libraries that people write them with, and broken ones.

Of x@bfloat16.npy the reader is told that it is bfloat16.
"""

import os
import random
import struct

from saved import NARROW, Saved, put, told

PLAIN = ("bool", "uint8", "int8", "uint16", "int16", "uint32", "int32", "uint64", "int64", "float16", "float32", "float64")


def drawn(rng, shape, name):
    """Any bit pattern of a narrow type, and the whole range of the others."""
    import ml_dtypes
    import numpy as np
    random_ = np.random.default_rng(rng.randrange(1 << 32))
    if name in NARROW:
        kind = np.dtype(getattr(ml_dtypes, name))
        return random_.integers(0, 256 ** kind.itemsize, shape).astype("u%d" % kind.itemsize).view(kind)
    if name == "bool":
        return random_.integers(0, 2, shape).astype(bool)
    if name.startswith("float"):
        return random_.normal(0, 100, shape).astype(name)
    most = min(np.iinfo(name).max, 1 << 50)
    return random_.integers(max(np.iinfo(name).min, -most), most, shape).astype(name)


class Writer:
    def __init__(self, folder, seed):
        self.folder, self.rng, self.expected = folder, random.Random(seed), {}

    def path(self, name):
        return os.path.join(self.folder, name)

    def expect(self, file, arrays):
        self.expected[file] = [told(array, name or None) for name, array in arrays.items()]

    def put(self, name, data):
        put(self.folder, name + ".safetensors", data)

    def shape(self):
        return [self.rng.randrange(1, 6) for _ in range(self.rng.randrange(2, 5))]


def by_numpy(w):
    import numpy as np
    from safetensors.numpy import save_file
    # What it writes of float8 it does not load itself (0.8.0); the expected values are ml_dtypes'.
    kinds = PLAIN + NARROW[:5]
    for k in range(44):
        arrays = {"a%d" % n: drawn(w.rng, w.shape(), w.rng.choice(kinds)) for n in range(1 + k % 4)}
        if k % 11 == 0:
            arrays = {"x": drawn(w.rng, w.shape(), kinds[k // 11])}
        save_file(arrays, w.path("y_numpy_%d.safetensors" % k), metadata={"k": "{\"a\": [\u00e9"} if k % 3 else None)
        w.expect("y_numpy_%d.safetensors" % k, arrays)
    for k, kind in enumerate(kinds):
        array = drawn(w.rng, (3, 4), kind)
        save_file({"x": array}, w.path("y_numpy_type_%s.safetensors" % kind))
        w.expect("y_numpy_type_%s.safetensors" % kind, {"x": array})
    odd = {"none": np.zeros((0, 4), "f4"), "one": np.array(3.5), "a b/c": drawn(w.rng, (2, 3), "int16")}
    save_file({"x": drawn(w.rng, (2, 2), "uint8"), **odd}, w.path("y_numpy_odd.safetensors"))


def by_torch(w):
    import ml_dtypes
    import torch
    from safetensors.torch import save_file
    import numpy as np
    for k in range(44):
        name = ("float32", "float16", "float64", "uint8", "int64", "bool", "bfloat16", "float8_e4m3fn", "float8_e5m2",
                "float8_e4m3fnuz", "float8_e5m2fnuz")[k % 11]
        array = drawn(w.rng, w.shape(), name)
        tensor = (torch.from_numpy(array.view("u%d" % array.dtype.itemsize).view("i%d" % array.dtype.itemsize).copy())
                  .view(getattr(torch, name)) if name in NARROW else torch.from_numpy(array))
        save_file({"x": tensor}, w.path("y_torch_%d.safetensors" % k))
        w.expect("y_torch_%d.safetensors" % k, {"x": array})


def by_npy(w):
    """np.save of the types of ml_dtypes, told by name, and as the whole numbers of their bits."""
    import numpy as np
    for k, name in enumerate(NARROW * 6):
        array = drawn(w.rng, w.shape(), name)
        stored = array if k % 3 else array.view("%s%d" % ("ui"[k % 2], array.dtype.itemsize))
        if k % 5 == 4:
            array = np.asfortranarray(array)
            stored = array
        file = "y_npy_%d@%s.npy" % (k, name)
        np.save(w.path(file), stored)
        w.expect(file, {"": array})
        if name != "float8_e5m2":
            np.save(w.path("n_npy_%d_unnamed.npy" % k), array)
    np.save(w.path("y_npy_f1.npy"), drawn(w.rng, (4, 5), "float8_e5m2"))
    np.save(w.path("n_npy_float32@bfloat16.npy"), np.zeros((3, 4), "f4"))
    np.save(w.path("n_npy_one_byte@bfloat16.npy"), np.zeros((3, 4), "u1"))


def entry(name="x", dtype="U8", shape="[4]", start=0, end=4):
    return '"%s": {"dtype": "%s", "shape": %s, "data_offsets": [%s, %s]}' % (name, dtype, shape, start, end)


def whole(header, data=b"\1\2\3\4", length=None):
    header = header if isinstance(header, bytes) else header.encode()
    return struct.pack("<Q", len(header) if length is None else length) + header + data


def broken(w):
    one = "{%s}" % entry()
    for length in (0, 1, 2, 10, len(one) - 1, len(one) + 1, 1 << 22, 1 << 31, 1 << 32, 1 << 40, 1 << 63, (1 << 64) - 1):
        w.put("n_length_%d" % length, whole(one, length=length))
    for end in range(0, len(whole(one)), 7):
        w.put("n_cut_%d" % end, whole(one)[:end])
    w.put("n_tail", whole(one, b"\1\2\3\4\5"))
    w.put("n_empty", b"")
    w.put("n_no_arrays", whole("{}", b""))
    for name, header in {
            "twice": "{%s, %s}" % (entry(shape="[2]", end=2), entry(shape="[2]", start=2)), "twice_same": "{%s, %s}" % (entry(), entry()),
            "hole": "{%s}" % entry(shape="[2]", start=2), "hole_between": "{%s, %s}" % (entry("a", shape="[1]", end=1), entry("b", shape="[2]", start=2)),
            "overlap": "{%s, %s}" % (entry("a", shape="[3]", end=3), entry("b", shape="[2]", start=2)),
            "same_bytes": "{%s, %s}" % (entry("a"), entry("b")), "zero_inside": "{%s, %s}" % (entry("a"), entry("b", shape="[0]", start=2, end=2)),
            "not_covered": "{%s}" % entry(shape="[3]", end=3), "too_large": "{%s}" % entry(shape="[5]", end=5), "backwards": "{%s}" % entry(start=4, end=0),
            "size": "{%s}" % entry(dtype="F32", shape="[2]"), "size_shape": "{%s}" % entry(shape="[5]"), "negative": "{%s}" % entry(shape="[-4]"),
            "negative_offset": "{%s}" % entry(start=-4, end=0), "real": "{%s}" % entry(shape="[4.0]"), "text": "{%s}" % entry(shape='["4"]'),
            "no_list": "{%s}" % entry(shape="4"), "null_shape": "{%s}" % entry(shape="null"), "overflow": "{%s}" % entry(shape="[4294967296, 4294967296, 4]"),
            "overflow_bits": "{%s}" % entry(dtype="F64", shape="[1152921504606846976]"), "huge": "{%s}" % entry(shape="[%s]" % ("9" * 400)),
            "lower": "{%s}" % entry(dtype="u8"), "unknown": "{%s}" % entry(dtype="F128"), "no_dtype": '{"x": {"shape": [4], "data_offsets": [0, 4]}}',
            "no_shape": '{"x": {"dtype": "U8", "data_offsets": [0, 4]}}', "no_offsets": '{"x": {"dtype": "U8", "shape": [4]}}',
            "three_offsets": '{"x": {"dtype": "U8", "shape": [4], "data_offsets": [0, 4, 4]}}', "two_dtypes": '{"x": {"dtype": "U8", "dtype": "I8", "shape": [4], "data_offsets": [0, 4]}}',
            "array": "[]", "number": '{"x": 4}', "null": '{"x": null}', "open": one[:-1], "behind": one + " x", "two": one + one, "nul_behind": one + "\0",
            "comma": one[:-1] + ",}", "no_quotes": one.replace('"x"', "x"), "single": one.replace('"', "'"), "nested": "{" * 100000, "lists": '{"x": ' + "[" * 100000,
            "metadata_list": one[:-1] + ', "__metadata__": [1]}', "metadata_number": one[:-1] + ', "__metadata__": {"a": 1}}', "metadata_twice": one[:-1] + ', "__metadata__": {}, "__metadata__": {}}',
            "bom": "\ufeff" + one, "blank_first": " " + one, "half_character": one.replace('"x"', '"\\ud800"'), "deep": "{%s}" % entry(shape="[1, 1, 1, 1, 1, 1, 4]"),
            "f4": "{%s}" % entry(dtype="F4", shape="[8]"), "f6": "{%s}" % entry(dtype="F6_E2M3", shape="[4]", end=3), "f8_e8m0": "{%s}" % entry(dtype="F8_E8M0"),
            "c64": "{%s}" % entry(dtype="C64", shape="[1]", end=8)}.items():
        w.put("n_%s" % name, whole(header, b"\1\2\3\4" if name != "c64" else bytes(8)))
    w.put("n_not_utf_8", whole(b'{"\xff": {"dtype": "U8", "shape": [4], "data_offsets": [0, 4]}}'))
    names = ["a%06d" % k for k in range(35000)]
    w.put("i_many_arrays", whole("{%s}" % ", ".join(entry(n, shape="[1]", start=k, end=k + 1) for k, n in enumerate(names)), bytes(len(names))))
    w.put("i_many_names", whole("{%s}" % ", ".join(entry("b%05d" % k, shape="[0]", start=0, end=0) for k in range(30000)), b""))
    w.put("i_long_metadata", whole(one[:-1] + ', "__metadata__": {"a": "%s"}}' % ("x" * 4000000)))
    w.put("i_extra_key", whole(one.replace('"dtype"', '"z": [1, {"a": 2}], "dtype"')))
    for k in range(80):
        data = bytearray(whole(one))
        data[w.rng.randrange(len(data) - 4)] = w.rng.randrange(256)
        w.put("i_byte_%d" % k, bytes(data))


def files(folder, seed, missing):
    w = Writer(folder, seed)
    broken(w)
    damaged = set(os.listdir(folder))
    for page in (by_numpy, by_torch, by_npy):
        try:
            page(w)
        except ImportError as error:
            missing.append(error.name)
    for name in sorted(os.listdir(folder)):
        dtype = name.rpartition(".")[0].partition("@")[2]
        yield Saved(name, w.expected.get(name), words=("--dtype", dtype) if dtype else (),
                    is_valid=name not in damaged and name[0] == "y")
