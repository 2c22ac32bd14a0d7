"""Writes a scene to files, in any of the forms that the program reads, and says so as `decode`."""

from pathlib import Path

import numpy as np
from PIL import Image as Picture

from .scene import TURNS


def png(path: Path, plane: np.ndarray):
    path.parent.mkdir(parents=True, exist_ok=True)
    if plane.dtype == np.uint16:
        Picture.fromarray(plane.astype(np.int32), "I").convert("I;16").save(path, compress_level=0)
    else:
        Picture.fromarray(plane.astype(np.uint8), "L").save(path, compress_level=0)


def array(path: Path, values: np.ndarray, order="C"):
    path.parent.mkdir(parents=True, exist_ok=True)
    np.save(path, np.asfortranarray(values) if order == "F" else np.ascontiguousarray(values))


def truth_map(scene, image):
    return np.where(image.void, scene.ignore or 0, numbered(scene, np.argmax(image.truth, 0))).astype(np.uint8)


def numbered(scene, labels):
    """Places in the class list become the labels that the classes have, by turns where a class has several."""
    if not scene.values:
        return labels
    result = labels.copy()
    for c, values in enumerate(scene.values):
        where = labels == c
        result[where] = np.resize(values, where.sum())
    return result


def turned(scene, values):
    """Classes first becomes the order of the axes that the scene has."""
    return np.moveaxis(values, -3, -1) if scene.axes == "HWC" else values


def save(scene, root: Path, rng, backwards=False):
    """Writes the files and returns `decode`; the random choices are the same whichever file comes first."""
    masks = "{city}/{image}" if scene.grouped else "{image}"
    order = "CF"[int(rng.integers(2))]
    sixteen = bool(rng.integers(2)) and scene.ignore is None
    mask_top = (1, 255)[int(rng.integers(2))]
    zipped = bool(rng.integers(2))
    swapped = bool(rng.integers(2))
    decode = {"kind": scene.kind, "classes": scene.names}
    if scene.activation:
        decode["activation"] = scene.activation
    if scene.ignore is not None:
        decode["ignore"] = scene.ignore
    if scene.grouped:
        decode["group"] = "city"
    if not scene.exclusive and scene.kind != "labels" and scene.thresholds != [0.5] * scene.classes:
        same = len(set(scene.thresholds)) == 1
        decode["threshold"] = scene.thresholds[0] if same else scene.thresholds
    if scene.values:
        decode["classes"] = [{"name": n, "value": v if len(v) > 1 else v[0]} for n, v in zip(scene.names, scene.values)]
    if scene.turned:
        decode["orientation"] = {"predictions": scene.turned}
    if scene.masked:
        decode["valid"] = f"valid/{masks}.png"
    if scene.cut:
        decode["quantised"] = "truncate"
    axes = {}

    def predicted(image):
        values = numbered(scene, image.labels).astype(np.uint8) if scene.number == "labels" else image.values
        return TURNS[scene.turned](values) if scene.turned else values

    jobs = []
    if scene.form == "arrays":
        both = np.stack([predicted(image) for image in scene.images])
        if scene.number != "labels":
            axes["predictions"] = "N" + scene.axes
            both = turned(scene, both)
        else:
            axes["predictions"] = "NHW"
        if zipped:
            decode["predictions"] = "run.npz#pred"
            jobs.append(lambda: np.savez(root / "run.npz", pred=both, other=np.zeros(3)))
        else:
            decode["predictions"] = "pred.npy"
            jobs.append(lambda: array(root / "pred.npy", both.astype(both.dtype.newbyteorder()) if swapped else both, order))
        if scene.truth_form == "map":
            axes["truth"] = "NHW"
            true = np.stack([truth_map(scene, image) for image in scene.images])
        else:
            axes["truth"] = "N" + scene.axes
            true = turned(scene, np.stack([image.truth for image in scene.images]))
        decode["truth"] = "truth.npy"
        jobs.append(lambda: array(root / "truth.npy", true, order))
    else:
        for image in scene.images:
            where = f"{image.group}/{image.name}" if scene.grouped else image.name
            if scene.form == "array":
                values = predicted(image)
                values = values if scene.number == "labels" else turned(scene, values)
                decode["predictions"] = f"pred/{masks}.npy"
                axes["predictions"] = "HW" if scene.number == "labels" else scene.axes
                jobs.append(lambda w=where, v=values: array(root / f"pred/{w}.npy", v, order))
            elif scene.number == "labels":
                decode["predictions"] = f"pred/{masks}.png"
                depth = np.uint16 if sixteen else np.uint8
                jobs.append(lambda w=where, v=predicted(image).astype(depth): png(root / f"pred/{w}.png", v))
            else:
                decode["predictions"] = f"pred/{masks}/{{class}}.png"
                planes = image.decided * np.uint8(mask_top) if scene.number == "masks" else image.values
                planes = TURNS[scene.turned](planes) if scene.turned else planes
                for name, plane in zip(scene.names, planes):
                    jobs.append(lambda w=where, n=name, v=plane: png(root / f"pred/{w}/{n}.png", v))
            if scene.masked:
                jobs.append(lambda w=where, v=image.valid * np.uint8(255): png(root / f"valid/{w}.png", v))
            if scene.truth_form == "map":
                decode["truth"] = f"truth/{masks}.png"
                jobs.append(lambda w=where, v=truth_map(scene, image): png(root / f"truth/{w}.png", v))
            else:
                decode["truth"] = f"truth/{masks}/{{class}}.png"
                for name, mask in zip(scene.names, image.truth * np.uint8(mask_top)):
                    jobs.append(lambda w=where, n=name, v=mask: png(root / f"truth/{w}/{n}.png", v))
        if scene.truth_form == "map" and axes:
            axes["truth"] = "HW"
    if axes and scene.form == "arrays":
        decode["axes"] = axes
    elif axes:
        decode["axes"] = axes["predictions"]
    for job in reversed(jobs) if backwards else jobs:
        job()
    return decode
