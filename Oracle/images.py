"""The files that an oracle is computed from, as arrays."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from PIL import Image

VOID = 255


@dataclass
class Images:
    """Predictions and truth of the same images, float32, (N,H,W,C)."""

    names: list[str]
    classes: list[str]
    predictions: np.ndarray
    truth: np.ndarray
    logits: np.ndarray | None

    @classmethod
    def read(cls, predictions: Path, truth: Path, logits: Path | None, classes: list[str]):
        names = image_names(predictions)
        images = cls(
            names,
            classes,
            predictions=values(predictions, names, classes),
            truth=(values(truth, names, classes) > 0).astype(np.float32),
            logits=values(logits, names, classes) if logits else None,
        )
        images.check()
        return images

    def check(self) -> None:
        shape = self.predictions.shape
        if len(shape) != 4 or shape[-1] != len(self.classes):
            raise SystemExit(
                f"an array of shape {shape} is not (N,H,W,{len(self.classes)})"
                f"\n  name its classes in order; named are {','.join(self.classes)}"
            )
        for other in (self.truth, self.logits):
            if other is not None and other.shape != shape:
                raise SystemExit(
                    f"predictions have the shape {shape}, truth or logits {other.shape}"
                    f"\n  give arrays of the same images"
                )

    @cached_property
    def labels(self) -> np.ndarray | None:
        """The class of each pixel, VOID where it has none; nothing where classes overlap."""
        owners = self.truth.sum(axis=-1)
        if owners.max() > 1:
            return None
        return np.where(owners == 0, VOID, self.truth.argmax(axis=-1)).astype(np.int64)

    @cached_property
    def has_void(self) -> bool:
        return bool((self.truth.sum(axis=-1) == 0).any())


def image_names(path: Path) -> list[str]:
    """The folders of a prediction directory; the images of an array have numbers only."""
    try:
        if path.suffix == ".npy":
            return [str(index) for index in range(len(np.load(path, mmap_mode="r")))]
        return sorted(folder.name for folder in path.iterdir() if folder.is_dir())
    except (OSError, ValueError, TypeError) as error:
        raise SystemExit(f"{path}: {error}\n  give a folder of {{image}}/{{class}}.png or an .npy")


def values(path: Path, names: list[str], classes: list[str]) -> np.ndarray:
    """What an NPY file holds, or the planes of a folder one behind the other."""
    try:
        if path.suffix == ".npy":
            return scaled(np.load(path))
        return np.stack([
            np.stack([plane(path / name / f"{each}.png") for each in classes], axis=-1)
            for name in names
        ])
    except (OSError, ValueError) as error:
        raise SystemExit(f"{path}: {error}\n  the classes asked for are {','.join(classes)}")


def plane(path: Path) -> np.ndarray:
    with Image.open(path) as image:
        if image.mode in ("1", "L"):
            return scaled(np.asarray(image))
        # Pillow calls 16-bit grey "I;16", and older versions "I", which is wider.
        if image.mode.startswith("I"):
            return scaled(np.asarray(image, dtype=np.uint16))
        raise ValueError(f"{path} is not grey but {image.mode}")


def scaled(levels: np.ndarray) -> np.ndarray:
    """8- and 16-bit levels hold round(p · 255) and round(p · 65535)."""
    exact = levels.astype(np.float32)
    return exact / np.float32(np.iinfo(levels.dtype).max) if levels.dtype.kind == "u" else exact
