"""p, g: prediction and truth, float32 tensors (N,C,H,W); x: logits; p64, g64, x64: in double
precision; lab: labels (N,H,W), 255 where a pixel has no class; F: torch.nn.functional; N, C: how
many images and classes; Q: meta.params, of which CW = class_weights and PW = pos_weight, as
tensors."""

import torch
import torch.nn.functional as F

VERSIONS = f"torch {torch.__version__}"


def symbols(images, params) -> dict:
    p, g = channels_first(images.predictions), channels_first(images.truth)
    x = channels_first(images.logits)
    labels = images.labels
    return {
        "torch": torch, "F": F, "p": p, "g": g, "x": x,
        "p64": p.double(), "g64": g.double(), "x64": None if x is None else x.double(),
        "lab": None if labels is None else torch.from_numpy(labels),
        "N": len(images.names), "C": len(images.classes), "Q": params,
        "CW": torch.tensor(params["class_weights"], dtype=torch.float32),
        "PW": torch.tensor(params["pos_weight"], dtype=torch.float32),
    }


def rows(images):
    yield from ROWS
    has_labels = images.labels is not None
    if has_labels:
        yield NORMALISED["void" if images.has_void else "complete"]
    if images.logits is not None:
        yield from LOGITS
        if has_labels:
            yield from LABELLED_LOGITS["ignore255_" if images.has_void else ""]


def channels_first(array):
    return None if array is None else torch.from_numpy(array).permute(0, 3, 1, 2).contiguous()


REDUCTIONS = ("mean", "sum", "none")
NONE = "F.binary_cross_entropy(p, g, reduction='none')"

ROWS = [
    *((f"bce_{how}", f"F.binary_cross_entropy(p, g, reduction='{how}')") for how in REDUCTIONS),
    *(
        (f"bce_{how}_f64", f"F.binary_cross_entropy(p64, g64, reduction='{how}')", "float64")
        for how in REDUCTIONS
    ),
    *(
        (f"bce_weighted_{how}",
         f"F.binary_cross_entropy(p, g, weight=CW.view(1, C, 1, 1).expand_as(p), "
         f"reduction='{how}')")
        for how in REDUCTIONS
    ),
    ("bce_per_class", f"{NONE}.mean((0, 2, 3))"),
    ("bce_per_class_f64acc", f"{NONE}.double().mean((0, 2, 3))"),
    ("bce_per_class_f64",
     "F.binary_cross_entropy(p64, g64, reduction='none').mean((0, 2, 3))", "float64"),
    ("bce_per_class_on_positives",
     f"({NONE} * g).double().sum((0, 2, 3)) / g.double().sum((0, 2, 3))"),
    ("bce_per_image", f"{NONE}.mean((1, 2, 3))"),
    ("bce_per_image_class", f"{NONE}.mean((2, 3))"),
    ("batch_means",
     "[F.binary_cross_entropy(p[k:k+16], g[k:k+16]).item() for k in range(0, N, 16)]"),
    ("batch_means_then_mean",
     "torch.stack([F.binary_cross_entropy(p[k:k+16], g[k:k+16]) "
     "for k in range(0, N, 16)]).mean()"),
    ("bce_clipped_eps_mean", "F.binary_cross_entropy(p.clamp(1e-7, 1-1e-7), g)"),
    ("mse", "F.mse_loss(p, g)"),
    ("l1", "F.l1_loss(p, g)"),
]

# Only where every pixel has a class is the logarithm kept finite.
NORMALISED = {
    "complete": (
        "nll_normalised",
        "F.nll_loss(torch.log((p / p.sum(1, keepdim=True)).clamp_min(1e-7)), lab)"),
    "void": (
        "nll_normalised",
        "F.nll_loss(torch.log(p / p.sum(1, keepdim=True)), lab, ignore_index=255)"),
}

LOGITS = [
    *(
        row
        for how in REDUCTIONS
        for row in (
            (f"bce_logits_{how}",
             f"F.binary_cross_entropy_with_logits(x, g, reduction='{how}')"),
            (f"bce_logits_{how}_f64",
             f"F.binary_cross_entropy_with_logits(x64, g64, reduction='{how}')", "float64"),
            (f"bce_logits_pos_weight_{how}",
             f"F.binary_cross_entropy_with_logits(x, g, pos_weight=PW.view(C, 1, 1), "
             f"reduction='{how}')"),
        )
    ),
    ("bce_logits_per_class",
     "F.binary_cross_entropy_with_logits(x, g, reduction='none').mean((0, 2, 3))"),
    ("ce_prob_targets", "F.cross_entropy(x, g)"),
]

# 255 is ignored in either case; the id says whether there is any.
LABELLED_LOGITS = {
    ignore: [
        *(
            row
            for how in REDUCTIONS
            for row in (
                (f"ce_{ignore}{how}",
                 f"F.cross_entropy(x, lab, ignore_index=255, reduction='{how}')"),
                (f"ce_weight_{ignore}{how}",
                 f"F.cross_entropy(x, lab, weight=CW, ignore_index=255, reduction='{how}')"),
                (f"ce_weight_{ignore}{how}_f64",
                 f"F.cross_entropy(x64, lab, weight=CW.double(), ignore_index=255, "
                 f"reduction='{how}')", "float64"),
            )
        ),
        ("ce_label_smoothing",
         "F.cross_entropy(x, lab, ignore_index=255, label_smoothing=Q['ls'])"),
        ("ce_weight_label_smoothing",
         "F.cross_entropy(x, lab, weight=CW, ignore_index=255, label_smoothing=Q['ls'])"),
    ]
    for ignore in ("", "ignore255_")
}
