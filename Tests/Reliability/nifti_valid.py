"""NIfTI files as nibabel and SimpleITK write them, and the numbers that nibabel reads."""

import gzip
import itertools
import math
import os
import struct
import warnings

import nibabel
import numpy
import SimpleITK

from nifti_build import FIELDS
from saved import Affine, volume

KINDS = {1: nibabel.Nifti1Image, 2: nibabel.Nifti2Image}
TYPES = ("u1", "i1", "i2", "u2", "i4", "u4", "i8", "u8", "f4", "f8")


def drawn(rng, kind, shape):
    """Numbers of the whole range of a type."""
    kind = numpy.dtype(kind)
    if kind.kind == "f":
        found = rng.standard_normal(shape).astype(kind)
        found.reshape(-1)[:3] = [numpy.nan, numpy.inf, -0.0][:found.size]
        return found
    limits = numpy.iinfo(kind)
    return rng.integers(limits.min, limits.max, shape, kind, endpoint=True)


def of_nibabel(path, reach=1e-6):
    """What nibabel reads: its numbers as they lie, or where there is a scale as doubles; its affine and its letters."""
    image = nibabel.load(path)
    array = numpy.asanyarray(image.dataobj.get_unscaled())
    if (image.dataobj.slope, image.dataobj.inter) != (1, 0):
        array = image.get_fdata(dtype=numpy.float64)
    array = array.astype(array.dtype.newbyteorder("="))
    has_place = image.header["sform_code"] > 0 or image.header["qform_code"] > 0
    while array.ndim < 3:
        array = array[..., None]
    channels = [axis for axis in range(3, array.ndim) if array.shape[axis] > 1]
    array = array.reshape(array.shape[:3] + tuple(array.shape[axis] for axis in channels))
    return [volume(array.transpose(2, 1, 0, *range(3, array.ndim)),
                   Affine(image.affine[:3].ravel(), reach) if has_place else None,
                   "".join(nibabel.aff2axcodes(image.affine)) if has_place else None, has_channels=bool(channels))]


def files(folder, rng):
    """Name and what is to be read of each file that was written into `folder`."""
    warnings.filterwarnings("ignore")
    for page in (by_type, by_axes, by_place, by_scale, by_extension, by_member, by_simpleitk):
        for name in page(folder, rng):
            yield name, of_nibabel(os.path.join(folder, name))


def save(folder, name, data, affine=numpy.eye(4), version=1, order="<", change=None, **fields):
    """`fields` are written over those of nibabel, which checks some of them."""
    kind = KINDS[version]
    image = kind(data, affine, kind.header_class(endianness=order), dtype=data.dtype)
    if change:
        change(image)
    written = bytearray(image.to_bytes())
    for field, value in fields.items():
        place, form = FIELDS[field][version - 1]
        struct.pack_into(order + form, written, place, *(value if isinstance(value, tuple) else (value,)))
    with open(os.path.join(folder, name), "wb") as file:
        file.write(gzip.compress(written, 1) if name.endswith(".gz") else written)
    if bytes(written[:4]) != struct.pack(order + "i", len(image.header.binaryblock)):
        raise SystemExit("nibabel wrote another byte order: " + name)
    return name


def by_type(folder, rng):
    for kind, order, version in itertools.product(TYPES, "<>", KINDS):
        name = "nibabel_%s_%s_%d.nii" % (kind, "little" if order == "<" else "big", version)
        for suffix in ("", ".gz"):
            shape = tuple(rng.integers(1, 9, 3))
            yield save(folder, name + suffix, drawn(rng, kind, shape), version=version, order=order)


def by_axes(folder, rng):
    for number, shape in enumerate(((7,), (7, 5), (1, 5), (7, 1), (7, 5, 1), (7, 5, 3), (1, 1, 1), (1, 1, 9), (7, 5, 3, 1),
                                    (7, 5, 3, 4), (7, 5, 1, 4), (7, 5, 3, 1, 1), (7, 5, 3, 1, 1, 1, 1),
                                    (7, 5, 3, 1, 1, 4), (300, 200, 2))):
        for suffix in ("nii", "nii.gz"):
            yield save(folder, "nibabel_axes_%d.%s" % (number, suffix), drawn(rng, "i2", shape))
    for parts in (1, 2, 3, 5):
        for version, suffix in ((1, "nii"), (2, "nii.gz")):
            yield save(folder, "nibabel_vector_%d.%s" % (parts, suffix), drawn(rng, "f4", (6, 5, 4, 1, parts)),
                       version=version, change=lambda image: image.header.set_intent("vector"))
    yield save(folder, "nibabel_many_slices.nii.gz", (drawn(rng, "u1", (32, 32, 1)) // 128).repeat(8, 0).repeat(8, 1).repeat(400, 2))


def by_place(folder, rng):
    data = drawn(rng, "u1", (4, 3, 2))
    for number, (order, signs) in enumerate(itertools.product(itertools.permutations(range(3)),
                                                              itertools.product((1, -1), repeat=3))):
        turn = numpy.zeros((3, 3))
        turn[list(order), range(3)] = signs
        tilt = rotation(*rng.uniform(-0.3, 0.3, 3))
        for name, matrix in (("plain", turn), ("tilted", tilt @ turn)):
            affine = numpy.eye(4)
            affine[:3, :3] = matrix * rng.uniform(0.3, 4, 3)
            affine[:3, 3] = rng.uniform(-200, 200, 3)
            yield save(folder, "nibabel_sform_%s_%d.nii" % (name, number), data, affine, version=1 + number % 2)
            yield save(folder, "nibabel_qform_%s_%d.nii.gz" % (name, number), data, affine, version=1 + number % 2,
                       change=lambda image: (image.set_sform(None, 0), image.set_qform(affine, 1)))
    for number in range(24):
        affine = numpy.eye(4)
        affine[:3, :3] = rotation(*rng.uniform(-math.pi, math.pi, 3)) * rng.uniform(0.3, 4, 3)
        yield save(folder, "nibabel_turned_%d.nii" % number, data, affine)
    yield save(folder, "nibabel_no_place.nii", data, change=lambda image: (image.set_sform(None, 0), image.set_qform(None, 0)))


def rotation(a, b, c):
    ca, sa, cb, sb, cc, sc = math.cos(a), math.sin(a), math.cos(b), math.sin(b), math.cos(c), math.sin(c)
    return (numpy.array([[ca, -sa, 0], [sa, ca, 0], [0, 0, 1]]) @ numpy.array([[cb, 0, sb], [0, 1, 0], [-sb, 0, cb]])
            @ numpy.array([[1, 0, 0], [0, cc, -sc], [0, sc, cc]]))


def by_scale(folder, rng):
    nan = math.nan
    pairs = ((nan, nan), (nan, 3), (0, 0), (0, 5), (1, 0), (2, 0), (-2, 0), (1, 7), (-1, -0.25), (0.1, 0), (1 / 3, 1e-3),
             (1e-30, 2), (1e30, -1e30))
    for number, (slope, intercept) in enumerate(pairs):
        for kind, version, order in (("u1", 1, "<"), ("i2", 2, "<"), ("f4", 1, ">"), ("i8", 2, ">")):
            yield save(folder, "nibabel_scale_%d_%s.nii%s" % (number, kind, ".gz" * (number % 2)),
                       drawn(rng, kind, (5, 4, 3)), version=version, order=order, scl_slope=slope, scl_inter=intercept)
    for kind in ("u1", "i2", "i4"):
        name = "nibabel_scaled_itself_%s.nii.gz" % kind
        image = nibabel.Nifti1Image(rng.standard_normal((5, 4, 3)), numpy.eye(4))
        image.set_data_dtype(kind)
        nibabel.save(image, os.path.join(folder, name))
        yield name


def by_extension(folder, rng):
    def with_extensions(*lengths):
        def change(image):
            for length in lengths:
                image.header.extensions.append(nibabel.nifti1.Nifti1Extension("comment", bytes(rng.integers(32, 127, length, "u1"))))
        return change
    for number, lengths in enumerate(((0,), (1,), (8,), (9,), (24,), (100,), (4, 500, 3), (70000,), (1 << 20,))):
        for version, suffix in ((1, "nii"), (2, "nii.gz")):
            yield save(folder, "nibabel_extension_%d.%s" % (number, suffix), drawn(rng, "i2", (6, 5, 4)), version=version,
                       change=with_extensions(*lengths))


def by_member(folder, rng):
    """Streams of several members, with what a header of gzip may have (RFC 1952, 2.3.1)."""
    whole = open(os.path.join(folder, save(folder, "nibabel_whole.nii", drawn(rng, "f4", (31, 22, 13)))), "rb").read()
    yield "nibabel_whole.nii"
    def parts(*ends):
        return [whole[a:b] for a, b in zip((0,) + ends, ends + (len(whole),))]
    for name, pieces in (("two", parts(5000)), ("in_header", parts(100)), ("at_voxels", parts(352)), ("bytes", parts(*range(1, 400))),
                         ("empty", [b"", whole[:700], b"", whole[700:], b""]), ("blocks", parts(*range(1000, len(whole), 1000)))):
        with open(os.path.join(folder, "gzip_%s.nii.gz" % name), "wb") as file:
            file.write(b"".join(gzip.compress(piece, 1) for piece in pieces))
        yield "gzip_%s.nii.gz" % name
    packed = gzip.compress(whole, mtime=0)
    for name, flags, more in (("named", 8, b"a volume.nii\0"), ("commented", 16, b"a comment\0"), ("extra", 4, b"\4\0abcd"),
                              ("all", 28, b"\4\0abcda.nii\0so\0")):
        with open(os.path.join(folder, "gzip_%s.nii.gz" % name), "wb") as file:
            file.write(packed[:3] + bytes([flags]) + packed[4:10] + more + packed[10:])
        yield "gzip_%s.nii.gz" % name


def by_simpleitk(folder, rng):
    for number, kind in enumerate(TYPES * 2):
        image = SimpleITK.GetImageFromArray(drawn(rng, kind, tuple(rng.integers(1, 9, 3))))
        image.SetDirection(rotation(*rng.uniform(-3, 3, 3)).ravel().tolist())
        image.SetSpacing(rng.uniform(0.2, 5, 3).tolist())
        image.SetOrigin(rng.uniform(-200, 200, 3).tolist())
        name = "simpleitk_%d_%s.nii%s" % (number, kind, ".gz" * (number % 2))
        SimpleITK.WriteImage(image, os.path.join(folder, name))
        yield name
    for parts in (2, 3, 4):
        for suffix in ("nii", "nii.gz"):
            image = SimpleITK.GetImageFromArray(drawn(rng, "f4", (4, 5, 6, parts)), isVector=True)
            name = "simpleitk_vector_%d.%s" % (parts, suffix)
            SimpleITK.WriteImage(image, os.path.join(folder, name))
            yield name
    for number in range(3):
        name = "simpleitk_plane_%d.nii.gz" % number
        SimpleITK.WriteImage(SimpleITK.GetImageFromArray(drawn(rng, "u1", (3 + number, 7))), os.path.join(folder, name))
        yield name
