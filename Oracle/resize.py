"""Asks the libraries that resize what they make of a few small planes.

    python Oracle/resize.py Tests/DecodingTests/Resize/oracle.json

The file holds the libraries' versions, the planes (height, width, numbers row by row) and for each
function of `decode.resize` and each size its result: float32 as written by `repr`, which gives the
number back bit by bit. Nearest rules answer for labels: the plane's own numbers, and a table of the
columns that each takes for odd sizes. A library that cannot be imported is left out.
"""

import json
import os
import sys

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np

# Input and output as (height, width): shrinking, growing by a whole number, by none, sides of one
# pixel, one side alone, nothing at all; and long rows, whose positions are rounded.
SIZES = [
    ((5, 7), (8, 3)),
    ((3, 4), (12, 16)),
    ((6, 6), (4, 4)),
    ((6, 8), (3, 4)),
    ((1, 5), (3, 10)),
    ((4, 1), (4, 3)),
    ((2, 3), (1, 1)),
    ((4, 5), (4, 9)),
    ((4, 5), (4, 5)),
    ((1, 37), (1, 256)),
    ((1, 78), (1, 14)),
    ((1, 68), (1, 26)),
]

# Of nearest rules: which of `input` columns each of `output` columns takes.
COLUMNS = [
    *[(8, 4), (4, 8), (7, 3), (3, 7), (5, 3), (5, 4), (6, 9), (9, 6), (10, 7), (2, 7), (6, 34)],
    *[(49, 7), (41, 93)],
]


def torch_functions():
    import torch
    from torch.nn.functional import interpolate

    def ask(**how):
        def resize(plane, size):
            whole = torch.from_numpy(plane.copy())[None, None]
            return interpolate(whole, size=size, **how)[0, 0].numpy()

        return resize

    return torch.__version__, {
        "torch.bilinear": ask(mode="bilinear", align_corners=False),
        "torch.bilinear.align_corners": ask(mode="bilinear", align_corners=True),
        "torch.bicubic": ask(mode="bicubic", align_corners=False),
        "torch.nearest": ask(mode="nearest"),
        "torch.nearest_exact": ask(mode="nearest-exact"),
    }


def tensorflow_functions():
    import tensorflow as tf

    def ask(method):
        return lambda plane, size: tf.image.resize(plane[None, ..., None], size, method)[
            0, ..., 0
        ].numpy()

    return tf.__version__, {"tf.bilinear": ask("bilinear"), "tf.nearest": ask("nearest")}


def opencv_functions():
    import cv2

    def ask(flag):
        return lambda plane, size: cv2.resize(plane, size[::-1], interpolation=flag).reshape(size)

    return cv2.__version__, {
        "opencv.linear": ask(cv2.INTER_LINEAR),
        "opencv.nearest": ask(cv2.INTER_NEAREST),
    }


def pillow_functions():
    import PIL
    from PIL import Image

    def ask(how):
        return lambda plane, size: np.asarray(Image.fromarray(plane).resize(size[::-1], how))

    return PIL.__version__, {
        "pillow.bilinear": ask(Image.Resampling.BILINEAR),
        "pillow.nearest": ask(Image.Resampling.NEAREST),
    }


LIBRARIES = {
    "torch": torch_functions,
    "tensorflow": tensorflow_functions,
    "opencv": opencv_functions,
    "pillow": pillow_functions,
}


def numbers(plane):
    return [float(x) for x in np.asarray(plane, np.float32).ravel()]


def plane(number, size):
    """Logits of ordinary size, some of them large."""
    draw = np.random.default_rng(number)
    return (draw.standard_normal(size) * draw.choice([1, 8], size)).astype(np.float32)


def main(path):
    planes = [plane(number, size) for number, (size, _) in enumerate(SIZES)]
    result = {"versions": {"numpy": np.__version__}, "planes": [], "results": [], "columns": []}
    for place, (size, _) in zip(planes, SIZES):
        result["planes"].append({"height": size[0], "width": size[1], "numbers": numbers(place)})
    for library, ask in LIBRARIES.items():
        try:
            version, functions = ask()
        except ImportError as error:
            print(f"left out: {library}: {error}", file=sys.stderr)
            continue
        result["versions"][library] = version
        for name, resize in functions.items():
            for index, (place, (_, size)) in enumerate(zip(planes, SIZES)):
                result["results"].append(
                    {
                        "function": name,
                        "plane": index,
                        "height": size[0],
                        "width": size[1],
                        "numbers": numbers(resize(place, size)),
                    }
                )
            if "nearest" not in name:
                continue
            for inside, outside in COLUMNS:
                row = np.arange(inside, dtype=np.float32)[None]
                taken = [int(x) for x in resize(row, (1, outside))[0]]
                result["columns"].append(
                    {"function": name, "input": inside, "output": outside, "taken": taken}
                )
    with open(path, "w") as file:
        lines = [f'"versions": {json.dumps(result["versions"])}']
        for key in ["planes", "results", "columns"]:
            rows = ",\n  ".join(json.dumps(row) for row in result[key])
            lines.append(f'"{key}": [\n  {rows}]')
        file.write("{" + ",\n".join(lines) + "}\n")


if __name__ == "__main__":
    main(sys.argv[1])
