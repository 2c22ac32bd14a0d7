"""Small libraries, of independent classes: p, t, x, hard: probabilities, truth, logits and decisions, (N,C,H,W);
B: batches of 16; each(f): the mean of f over images and classes; the rest as in edgecalls/little.py,
whose calls these are. An id is that of a preset."""

from edgecalls import little, view
from edgecalls.sets import Edge

VERSIONS = " ".join(little.VERSIONS)


def edge(images) -> Edge:
    return Edge(
        "run", "", images.predictions if images.logits is None else images.logits,
        images.truth.astype("u1"), kind="probabilities" if images.logits is None else "logits",
        batch=16)


def symbols(images, params) -> dict:
    asked = edge(images)
    return little.symbols(asked, view.symbols(asked) | probabilities(images))


def probabilities(images) -> dict:
    """As saved, whether there are logits or not."""
    return {"p": view.channels_first(images.predictions), "P": images.predictions}


def rows(images):
    yield from little.rows(edge(images))
