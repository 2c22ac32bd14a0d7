"""Small libraries, of one class a pixel: y: labels, 255 where a pixel has none; am, hard: the most probable
class, as labels and as 0 and 1; the rest as for independent classes."""

from dataclasses import replace

from edgecalls import little, view
from frameworks.little import VERSIONS, edge, probabilities


def exclusive(images):
    return replace(
        edge(images), truth=images.labels.astype("u1"), activation="softmax")


def symbols(images, params) -> dict:
    if images.labels is None:
        return {}
    asked = exclusive(images)
    return little.symbols(asked, view.symbols(asked) | probabilities(images))


def rows(images):
    if images.labels is not None:
        yield from little.rows(exclusive(images))
