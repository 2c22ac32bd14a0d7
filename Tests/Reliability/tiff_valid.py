"""TIFF files as tifffile, rasterio (GDAL), Pillow and OpenCV write them, and the numbers that went in."""

import itertools

import cv2
import numpy
import rasterio
import tifffile
from PIL import Image
from rasterio.enums import ColorInterp, Resampling

TYPES = ("u1", "u2", "u4", "u8", "i1", "i2", "i4", "i8", "f2", "f4", "f8")


def drawing(kind, shape, rng):
    """Labels in runs in one half, noise over the whole range in the other."""
    kind = numpy.dtype(kind)
    height, width = shape[:2]
    if kind.kind == "f":
        found = rng.standard_normal(shape).astype(kind)
        found.reshape(-1)[:4] = [numpy.nan, numpy.inf, -0.0, numpy.finfo(kind).tiny]
    else:
        limits = numpy.iinfo(kind)
        found = rng.integers(limits.min, limits.max, shape, kind, endpoint=True)
    runs = (numpy.arange(width) // 7 + numpy.arange(height)[:, None] // 5) % 5
    found[:height // 2] = runs[:height // 2].reshape((height // 2, width) + (1,) * (len(shape) - 2))
    return found


def files(folder, rng):
    """Name and numbers of each file that was written into `folder`."""
    yield from by_tifffile(folder, rng)
    yield from by_gdal(folder, rng)
    yield from by_pillow(folder, rng)
    yield from by_opencv(folder, rng)


def by_tifffile(folder, rng):
    def write(name, data, expected=None, **options):
        tifffile.imwrite("%s/%s" % (folder, name), data, **{"photometric": "minisblack", **options})
        return name, data if expected is None else expected

    for kind, order in itertools.product(TYPES, "<>"):
        data = drawing(kind, (37, 53), rng)
        name = "tifffile_%s_%s" % (kind, "little" if order == "<" else "big")
        # It writes no differences of 64-bit whole numbers.
        predictor = kind not in ("u8", "i8")
        yield write(name + ".tif", data, byteorder=order)
        yield write(name + "_predictor.tif", data, byteorder=order, compression="zlib", predictor=predictor, rowsperstrip=5)
        yield write(name + "_lzw_tiles.tif", data, byteorder=order, compression="lzw", predictor=predictor, tile=(16, 32))
        if kind[0] != "f":
            yield write(name + "_samples.tif", drawing(kind, (21, 19, 3), rng), byteorder=order, compression="zstd",
                        predictor=predictor, planarconfig="contig")
    for compression, big in itertools.product((None, "lzw", "zlib", "packbits", "zstd"), (False, True)):
        name = "tifffile_%s%s" % (compression or "none", "_big" * big)
        yield write(name + "_strips.tif", drawing("u2", (40, 31), rng), compression=compression, bigtiff=big,
                    rowsperstrip=7)
        yield write(name + "_tiles.tif", drawing("u1", (50, 70), rng), compression=compression, bigtiff=big,
                    tile=(32, 16))
        samples = drawing("u1", (17, 23, 4), rng)
        yield write(name + "_planes.tif", samples.transpose(2, 0, 1).copy(), samples, compression=compression,
                    bigtiff=big, planarconfig="separate", rowsperstrip=4)
        yield write(name + "_plane_tiles.tif", samples.transpose(2, 0, 1).copy(), samples, compression=compression,
                    bigtiff=big, planarconfig="separate", tile=(16, 16))
    stack = drawing("u1", (11, 12, 6), rng).transpose(2, 0, 1).copy()
    yield write("tifffile_stack.tif", stack, compression="lzw")
    yield write("tifffile_stack_plain.tif", stack)
    yield write("tifffile_stack_truncated.tif", stack, truncate=True)
    yield write("tifffile_imagej.tif", stack, imagej=True)
    yield write("tifffile_imagej_16.tif", drawing("u2", (9, 13, 5), rng).transpose(2, 0, 1).copy(), imagej=True)
    for width in (1, 7, 8, 9, 64):
        yield write("tifffile_bool_%d.tif" % width, rng.random((6, width)) < 0.5)
    yield write("tifffile_bool_tiles.tif", rng.random((50, 45)) < 0.5, tile=(16, 16), compression="zlib")
    colors = rng.integers(0, 65536, (3, 256), numpy.uint16)
    yield write("tifffile_palette.tif", drawing("u1", (20, 20), rng), photometric="palette", colormap=colors)
    yield write("tifffile_white.tif", drawing("u1", (20, 20), rng), photometric="miniswhite")
    yield write("tifffile_rgba.tif", drawing("u1", (20, 20, 4), rng), photometric="rgb", extrasamples=["unassalpha"],
                compression="zlib", predictor=True)
    name, data = "tifffile_subifds.tif", drawing("u1", (64, 64), rng)
    with tifffile.TiffWriter("%s/%s" % (folder, name)) as writer:
        writer.write(data, subifds=2, tile=(16, 16), photometric="minisblack")
        for step in (2, 4):
            writer.write(data[::step, ::step], subfiletype=1, tile=(16, 16), photometric="minisblack")
    yield name, data
    name = "tifffile_pyramid_pages.tif"
    with tifffile.TiffWriter("%s/%s" % (folder, name)) as writer:
        writer.write(data, photometric="minisblack", compression="zlib")
        writer.write(data[::2, ::2], subfiletype=1, photometric="minisblack", compression="zlib")
    yield name, data


def by_gdal(folder, rng):
    def write(name, data, nodata=None, bands=None, after=None, **options):
        planes = data[None] if data.ndim == 2 else data.transpose(2, 0, 1)
        profile = {"driver": "GTiff", "count": len(planes), "height": data.shape[0], "width": data.shape[1],
                   "dtype": data.dtype, "nodata": nodata, **options}
        with rasterio.open("%s/%s" % (folder, name), "w", **profile) as target:
            for number in range(len(planes)) if bands is None else bands:
                target.write(planes[number], number + 1)
            if after:
                after(target)
        return name, data

    for compress, predictor, kind in itertools.product(("lzw", "deflate", "zstd"), (1, 2, 3),
                                                       ("uint8", "uint16", "int32", "float32", "float64")):
        if predictor == 3 and not kind.startswith("float"):
            continue
        yield write("gdal_%s_%d_%s.tif" % (compress, predictor, kind), drawing(kind, (300, 41), rng),
                    compress=compress, predictor=predictor)
    for interleave, is_tiled, endianness in itertools.product(("band", "pixel"), (False, True), ("LITTLE", "BIG")):
        shape = {"tiled": True, "blockxsize": 16, "blockysize": 32} if is_tiled else {"blockysize": 3}
        yield write("gdal_%s_%s_%s.tif" % (interleave, "tiles" if is_tiled else "strips", endianness.lower()),
                    drawing("int16", (45, 37, 3), rng), interleave=interleave, endianness=endianness,
                    compress="deflate", predictor=2, **shape)
    for bits in (1, 2, 4):
        data = rng.integers(0, 1 << bits, (33, 43), numpy.uint8)
        yield write("gdal_%d_bits.tif" % bits, data, nbits=bits)
        yield write("gdal_%d_bits_tiles.tif" % bits, data, nbits=bits, tiled=True, blockxsize=16, blockysize=16,
                    compress="deflate")
        yield write("gdal_%d_bits_pixels.tif" % bits, numpy.dstack([data, data[::-1], data]), nbits=bits,
                    interleave="pixel", compress="packbits")
    yield write("gdal_big.tif", drawing("uint8", (30, 30), rng), bigtiff="YES")
    yield write("gdal_int8.tif", drawing("int8", (30, 30), rng), compress="lzw", predictor=2)
    yield write("gdal_uint64.tif", drawing("uint64", (30, 30), rng), compress="zstd", predictor=2)
    yield write("gdal_palette.tif", drawing("uint8", (30, 30), rng), compress="packbits",
                after=lambda target: target.write_colormap(1, {k: (k, 255 - k, 7, 255) for k in range(256)}))
    yield write("gdal_rgba.tif", drawing("uint8", (30, 30, 4), rng), photometric="RGB", alpha="YES")
    data = drawing("uint8", (300, 300), rng)
    yield write("gdal_overviews.tif", data, tiled=True, blockxsize=64, blockysize=64, compress="deflate",
                after=lambda target: target.build_overviews([2, 4], Resampling.nearest))
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True):
        yield write("gdal_mask.tif", data, compress="deflate", after=lambda target: target.write_mask(data > 3))
    yield write("gdal_cog.tif", data, driver="COG", compress="deflate", blocksize=128)
    for name, nodata, kind in (("0", None, "uint8"), ("255", 255, "uint8"), ("nan", float("nan"), "float32"),
                               ("minus_9999", -9999, "int16"), ("1e20", 1e20, "float64")):
        data = numpy.full((100, 90), 0 if nodata is None else nodata, kind)
        part = drawing(kind, (16, 16), rng)
        data[32:48, 16:32] = part
        path = "gdal_sparse_%s.tif" % name
        yield write(path, data, nodata, bands=[], tiled=True, blockxsize=16, blockysize=16, sparse_ok=True,
                    endianness="BIG" if nodata == -9999 else "LITTLE", compress="lzw", after=lambda target: target.write(
                        part, 1, window=rasterio.windows.Window(16, 32, 16, 16)))


def by_pillow(folder, rng):
    images = {"1": rng.random((21, 35)) < 0.5, "L": drawing("u1", (21, 35), rng), "P": drawing("u1", (21, 35), rng),
              "I;16": drawing("u2", (21, 35), rng), "I": drawing("i4", (21, 35), rng),
              "F": drawing("f4", (21, 35), rng), "RGB": drawing("u1", (21, 35, 3), rng),
              "RGBA": drawing("u1", (21, 35, 4), rng), "LA": drawing("u1", (21, 35, 2), rng)}
    for mode, compression in itertools.product(
            images, ("raw", "packbits", "tiff_lzw", "tiff_adobe_deflate", "tiff_deflate", "zstd")):
        data = images[mode]
        image = Image.fromarray(data if mode != "P" else data)
        if mode == "P":
            image.putpalette([k % 256 for k in range(768)])
        name = "pillow_%s_%s.tif" % (mode.replace(";", ""), compression)
        image.save("%s/%s" % (folder, name), compression=compression)
        yield name, data
    stack = [drawing("u1", (21, 35), rng) for _ in range(4)]
    images = [Image.fromarray(data) for data in stack]
    images[0].save(folder + "/pillow_pages.tif", save_all=True, append_images=images[1:], compression="tiff_lzw")
    yield "pillow_pages.tif", numpy.stack(stack)


def by_opencv(folder, rng):
    for kind in ("u1", "u2", "i1", "i2", "i4", "f4", "f8"):
        for name, options in (("default", []), ("none", [cv2.IMWRITE_TIFF_COMPRESSION, 1]),
                              ("deflate", [cv2.IMWRITE_TIFF_COMPRESSION, 8]),
                              ("packbits", [cv2.IMWRITE_TIFF_COMPRESSION, 32773, cv2.IMWRITE_TIFF_PREDICTOR, 1]),
                              ("rows", [cv2.IMWRITE_TIFF_ROWSPERSTRIP, 5])):
            data = drawing(kind, (44, 39), rng)
            path = "opencv_%s_%s.tif" % (kind, name)
            if not cv2.imwrite("%s/%s" % (folder, path), data, options):
                raise SystemExit("OpenCV wrote no " + path)
            yield path, data
    data = drawing("u1", (44, 39, 3), rng)
    cv2.imwrite(folder + "/opencv_rgb.tif", data[:, :, ::-1])
    yield "opencv_rgb.tif", data
    stack = [drawing("u1", (12, 9), rng) for _ in range(3)]
    cv2.imwritemulti(folder + "/opencv_pages.tif", stack)
    yield "opencv_pages.tif", numpy.stack(stack)
