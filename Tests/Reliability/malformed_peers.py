"""What NumPy and Pillow make of the same files, and why it is not always the same.

Only what they raise or return is compared; files that claim much memory are not shown to them.
"""

import fnmatch
import io
import os
import warnings

# (names, reason): everywhere else they must agree with the verdict in the name, and with the pixels.
DIFFERENCES = [
    # Pillow
    ("y_type2_depth16*.png y_type4_depth16*.png y_type6_depth16*.png", "colours of 16 bits become 8; here they stay"),
    ("y_????_wrong_crc.png", "Pillow checks chunks that may be skipped; here none of them changes a value"),
    ("y_????_cut.png y_acTL_cut.png", "Pillow reads chunks that may be skipped; here they are stepped over"),
    ("y_comment_that_inflates.png y_profile_that_inflates.png", "Pillow inflates comments and profiles, up to a limit"),
    ("n_compression_*.png n_header_length_14.png n_header_twice.png n_end_in_lower_case.png n_end_wrong_crc.png "
     "n_no_end.png n_length_of_IEND_*.png n_apple.png n_unknown_needed_chunk.png n_chunk_of_digits.png",
     "Pillow asks for pixels; here a file must be whole, and nothing in it that must be understood be unknown"),
    ("n_palette_*.png", "Pillow reads indices without a palette; the standard asks for one"),
    ("n_pixels_crc?.png n_length_of_IDAT_*.png n_adler_?.png n_bit_of_pixels_*.png n_stream_cut_?.png n_cut_at_*.png",
     "Pillow does not look at the checksums of pixels that it has; here a wrong one is damage"),
    ("n_taller_than_pixels.png n_pixels_one_row.png n_pixels_a_row_less.png n_stored_longer_than_file.png",
     "Pillow leaves rows that are not there empty; here an image is whole or refused"),
    ("n_less_tall_than_pixels.png n_pixels_more_*.png n_pixels_interlaced_more.png",
     "Pillow stops where its rows are full; here header and pixels must agree"),
    ("n_distance_beyond_window.png", "zlib as Pillow calls it has the largest window, whatever the stream says"),
    # NumPy: files
    ("n_??_no_order.npy n_type_by_*.npy n_type_question_mark.npy n_type_zero.npy",
     "other names of a type; np.save writes one form, and only that is read"),
    ("n_type_*_literal.npy n_type_escape.npy n_type_joined.npy n_type_tripled.npy n_header_comment.npy "
     "n_header_in_brackets.npy n_header_form_feed.npy n_header_key_escaped.npy n_header_length_117.npy n_shape_hex.npy "
     "n_shape_octal.npy n_shape_lines.npy n_shape_plus.npy",
     "Python for the same dictionary; here nothing is evaluated"),
    ("n_twice_*.npy", "the last of two keys counts for Python; here neither does"),
    ("n_type_structured.npy n_type_bytes.npy n_type_old_bytes.npy n_type_void1.npy", "arrays, but not of numbers"),
    ("n_shape_*.npy n_label_*.npy n_probability_*.npy n_array_nan*.npz n_array_other_size*.npz",
     "arrays like others; only as masks or probabilities have they no meaning"),
    ("n_bool_of_*.npy", "NumPy keeps the byte; here a bool that is neither 0 nor 1 is a label that no class has"),
    ("n_left_over_*.npy n_array_left_over*.npz",
     "NumPy does not look behind the array; here what is left over is a mistake"),
    # NumPy: archives
    ("n_local_*.npz n_zip64_local_short.npz n_descriptor_not_said.npz",
     "Python goes by the directory; here a member must agree with it"),
    ("n_central_*.npz n_comment_length_60000.npz n_end_*.npz n_disk_1.npz n_zip64_*.npz",
     "Python does not need these fields; here all records must fit together"),
    ("n_comment_said_*.npz n_comment_longer_than_said.npz y_end_signature_in_comment.npz",
     "Python takes the last mark for the end record; here it is the one whose comment ends with the file"),
    ("y_extra_too_long.npz", "Python reads extra fields that nobody needs; here they are stepped over"),
    ("y_name_zero.npz", "Python cuts a name at its zero byte; here it is the whole label"),
    ("n_name_latin_1.npz", "Python takes such names for code page 437; NumPy writes UTF-8"),
    ("n_array_empty*.npz n_array_magic*.npz n_array_archive*.npz n_array_png*.npz",
     "NumPy gives the bytes of a member that is no array; here there must be one"),
    ("n_deflate_*.npz", "Python stops where the array is full; here the stream must end with it"),
]


def compare(asked, folder, is_whole):
    """Says where they differ without a reason; how many files."""
    try:
        import numpy
        import PIL
        from PIL import Image
    except ImportError:
        print("malformed: NumPy and Pillow are not there, so nothing was compared with them")
        return 0
    warnings.simplefilter("ignore")
    os.makedirs(folder)
    counts, unexplained, used = {}, 0, set()
    for kind, case in asked:
        if case.verdict == "i":
            continue
        data = case.files[case.peer]
        library = "Pillow %s" % PIL.__version__ if kind == "PNG" else "NumPy %s" % numpy.__version__
        try:
            values = by_pillow(data, Image) if kind == "PNG" else by_numpy(data, kind, folder, numpy)
            said = "reads" if case.verdict == "n" else None if values == case.pixels else "reads other values"
        except Exception as error:
            said = "refuses (%s)" % str(error)[:80] if case.verdict == "y" else None
        reason = next((number for number, (names, _) in enumerate(DIFFERENCES)
                       if any(fnmatch.fnmatch(case.name, name) for name in names.split())), None)
        tally = counts.setdefault((kind, library), [0, 0])
        tally[0] += 1
        if said and reason is None:
            unexplained += 1
            print("  %s: %s %s, and no reason for it is known" % (case.name, library, said))
        elif said:
            tally[1] += 1
            used.add(reason)
    for (kind, library), (files, differing) in counts.items():
        print("malformed %s: %s asked about %d files, differs as intended in %d" % (kind, library, files, differing))
    if is_whole:
        for number, (names, reason) in enumerate(DIFFERENCES):
            if number not in used:
                print("malformed: %s no longer differ: %s" % (names, reason))
    return unexplained


def by_pillow(data, Image):
    """The first channel's samples as they are in the file."""
    with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
        depth = data[24]
        image.load()
        if image.mode in ("RGB", "RGBA", "LA"):
            image = image.getchannel(0)
        flat = list(image.getdata())
        width = image.width
    # A mask is False and True; grey of 2 and 4 bits is stretched to 8, which is undone.
    factor = {2: 85, 4: 17}.get(depth, 1) if image.mode == "L" else 255 if image.mode == "1" else 1
    return [[v // factor for v in flat[k:k + width]] for k in range(0, len(flat), width)]


def by_numpy(data, kind, folder, numpy):
    """The only array, without axes of length 1, as the program reads it: read from a file, as users do."""
    path = os.path.join(folder, "x." + kind.lower())
    with open(path, "wb") as file:
        file.write(data)
    array = numpy.load(path, allow_pickle=False)
    if not isinstance(array, numpy.ndarray):
        with array as archive:
            names = [name for name in archive.files if name.endswith(".npy") or name + ".npy" in archive.zip.namelist()]
            if len(names) != 1:
                raise ValueError("%d arrays" % len(names))
            array = archive[names[0]]
    return numpy.squeeze(array).tolist()
