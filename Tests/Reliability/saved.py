"""A file that was written for a proof, and what is to be read of it."""

import hashlib
import os

NARROW = ("bfloat16", "float8_e4m3fn", "float8_e5m2", "float8_e4m3fnuz", "float8_e5m2fnuz", "float8_e4m3b11fnuz",
          "float8_e4m3", "float8_e3m4")


class Saved:
    """`arrays` are what `numbers` says of each, as far as it is known; None where nobody says."""

    def __init__(self, name, arrays=None, says="", words=(), verdict=None, is_valid=False):
        self.name = name
        self.arrays = arrays
        self.says = says          # a word of the cause
        self.words = words        # options for `numbers`
        self.verdict = verdict or name[0]
        self.is_valid = is_valid  # by a library, or as its format has it


class Affine(list):
    """Twelve numbers; `reach` is how far they may be off, of the largest."""

    def __init__(self, numbers, reach=1e-9):
        super().__init__(float(number) for number in numbers)
        self.reach = reach


def put(folder, name, data):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data)


def told(array, name=None, affine=None, axes=None):
    """What `numbers` says of an array."""
    import numpy
    array = numpy.asarray(array)
    said = {"shape": list(array.shape), "dtype": array.dtype.name, "sha256": digest(array), "name": name}
    if array.dtype.name in NARROW:
        wide = array.astype("f4")
        # A NaN has one pattern here; bfloat16 is the upper half of a float32 and keeps its own.
        if array.dtype.itemsize == 1:
            wide[numpy.isnan(wide)] = numpy.nan
        said["float32"] = digest(wide)
    if affine is not None:
        said["affine"] = affine
    if axes is not None:
        said["axes"] = axes
    return said


def volume(array, affine=None, axes=None, has_channels=False):
    """The same of slices × rows × columns, or × numbers a voxel, which a slice has as planes."""
    import numpy
    while array.ndim < (4 if has_channels else 3):
        array = array[None]
    said = told(numpy.moveaxis(array, -1, 1) if has_channels else array, affine=affine, axes=axes)
    if affine is None:
        said["affine"] = None
    return said


def digest(array):
    import numpy
    if array.dtype.itemsize > 1 and array.dtype.name not in NARROW:
        array = array.astype(array.dtype.newbyteorder("<"))
    return hashlib.sha256(numpy.ascontiguousarray(array).tobytes()).hexdigest()
