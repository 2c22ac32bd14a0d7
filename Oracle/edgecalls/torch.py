"""PyTorch; of a call that cannot ignore pixels there is no row where pixels are ignored."""

import torch

VERSIONS = [f"torch {torch.__version__.split('+')[0]}"]


def symbols(edge, names):
    return names


def rows(edge):
    if not edge.ignores:
        yield "torch.BCELoss", "loop(lambda b: nn.BCELoss()(p[b], t[b]))"
        yield "torch.BCELoss.dataset", "nn.BCELoss()(p, t)"
        yield "torch.BCELoss.sum", "nn.BCELoss(reduction='sum')(p, t)"
        yield "torch.BCELoss.weight", "nn.BCELoss(weight=w[:, None, None])(p, t)"
        yield "torch.MSELoss", "nn.MSELoss()(p, t)"
        yield "torch.L1Loss", "nn.L1Loss()(p, t)"
    if edge.kind == "logits" and not edge.is_exclusive:
        yield "torch.BCEWithLogitsLoss", "loop(lambda b: nn.BCEWithLogitsLoss()(x[b], t[b]))"
        yield (
            "torch.BCEWithLogitsLoss.pos_weight",
            "loop(lambda b: nn.BCEWithLogitsLoss(pos_weight=pw[:, None, None])(x[b], t[b]))")
        yield "torch.BCEWithLogitsLoss.sum", "nn.BCEWithLogitsLoss(reduction='sum')(x, t)"
    if edge.kind == "logits" and edge.is_exclusive:
        ce = "nn.CrossEntropyLoss"
        yield "torch.CrossEntropyLoss", f"loop(lambda b: {ce}(w, ignore_index=255)(x[b], y[b]))"
        yield "torch.CrossEntropyLoss.dataset", f"{ce}(w, ignore_index=255)(x, y)"
        yield "torch.CrossEntropyLoss.sum", f"{ce}(w, ignore_index=255, reduction='sum')(x, y)"
        yield (
            "torch.CrossEntropyLoss.probabilities", f"loop(lambda b: {ce}(w)(x[b], t[b]))")
        if not edge.weights:
            yield (
                "torch.CrossEntropyLoss.label_smoothing",
                f"loop(lambda b: {ce}(ignore_index=255, label_smoothing=0.1)(x[b], y[b]))")
