"""A NIfTI file field by field, for what no library writes: nifti1.h and nifti2.h, whose names the fields have."""

import struct

# Place and format of a field, in version 1 and in version 2.
FIELDS = {"sizeof_hdr": ((0, "i"), (0, "i")), "dim": ((40, "8h"), (16, "8q")), "datatype": ((70, "h"), (12, "h")),
          "bitpix": ((72, "h"), (14, "h")), "pixdim": ((76, "8f"), (104, "8d")),
          "vox_offset": ((108, "f"), (168, "q")), "scl_slope": ((112, "f"), (176, "d")),
          "scl_inter": ((116, "f"), (184, "d")), "qform_code": ((252, "h"), (344, "i")),
          "sform_code": ((254, "h"), (348, "i")), "quatern": ((256, "6f"), (352, "6d")),
          "srow": ((280, "12f"), (400, "12d")), "magic": ((344, "4s"), (4, "8s"))}
# Three axes of 5, 4 and 3 voxels, a byte each.
BODY = bytes((k * 7 + k // 5) % 251 for k in range(60))


def header(version=1, order="<", **fields):
    """348 bytes or 540."""
    data = bytearray(348 if version == 1 else 540)
    values = {"sizeof_hdr": len(data), "dim": (3, 5, 4, 3, 1, 1, 1, 1), "datatype": 2, "bitpix": 8, "pixdim": (1,) * 8,
              "vox_offset": len(data) + 4, "magic": b"n+1\0" if version == 1 else b"n+2\0\r\n\x1a\n", **fields}
    for name, value in values.items():
        place, form = FIELDS[name][version - 1]
        struct.pack_into(order + form, data, place, *(value if isinstance(value, (tuple, list)) else (value,)))
    return bytes(data)


def nifti(version=1, order="<", body=BODY, between=bytes(4), **fields):
    return header(version, order, **fields) + between + body


def dim(*lengths):
    """With their number."""
    return (len(lengths),) + lengths + (1,) * (7 - len(lengths))
