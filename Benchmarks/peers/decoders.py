"""PNG decoders that Python users have, each from the bytes of a file to its samples, by one thread."""


def kornia(bits):
    """Rust's png crate, which needs to be told the size."""
    from kornia_rs.io import decode_image_png_u8, decode_image_png_u16

    decode = decode_image_png_u8 if bits == 8 else decode_image_png_u16

    def decoded(file):
        width = int.from_bytes(file[16:20], "big")
        height = int.from_bytes(file[20:24], "big")
        return decode(file, (height, width), "mono")[:, :, 0]

    return decoded


def imagecodecs(bits):
    """libpng with zlib-ng, as its wheel is built."""
    from imagecodecs import png_decode

    return png_decode


def opencv(bits):
    import cv2
    import numpy

    cv2.setNumThreads(1)
    return lambda file: cv2.imdecode(numpy.frombuffer(file, numpy.uint8), cv2.IMREAD_UNCHANGED)


def named(name, bits):
    return {"kornia": kornia, "imagecodecs": imagecodecs, "opencv": opencv}[name](bits)


def read(path):
    with open(path, "rb", buffering=0) as file:
        return file.read()
