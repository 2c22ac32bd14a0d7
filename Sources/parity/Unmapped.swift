/// Values of an oracle that nothing here computes, and why.
///
/// docs/parity.md has them as a table, and `make parity` fails where a value has neither a row nor a reason.
package struct Unmapped: Sendable {
  package var framework: String
  package var ids: [String]
  /// The call as a user would write it.
  package var call: String
  package var reason: String

  init(_ framework: String, _ ids: String..., call: String, because reason: String) {
    (self.framework, self.ids, self.call, self.reason) = (framework, ids, call, reason)
  }

  static func reason(_ framework: String, _ id: String) -> String? {
    all.first { $0.framework == framework && $0.ids.contains(id) }?.reason
  }

  /// As docs/parity.md has it.
  package static var table: String {
    all.reduce("| framework | values | call | why no number is given |\n|---|---|---|---|\n") {
      let ids = $1.ids.map { "`\($0)`" }.joined(separator: ", ")
      return "\($0)| \($1.framework) | \(ids) | `\($1.call)` | \($1.reason) |\n"
    }
  }

  package static let all = [
    Unmapped(
      "keras", "evaluate_bce_batch1_sample_weight_N", "evaluate_bce_batch8_sample_weight_N",
      "evaluate_bce_batch16_sample_weight_N", call: "model.evaluate(x, y, sample_weight=w)",
      because:
        "Keras fails: of weights of shape (N,) for maps (N,H,W) it cannot take the rank; (N,1,1) is compared"
    ),
    Unmapped(
      "keras", "bce_per_class_mean_f64", call: "ops.binary_crossentropy(t, p) of float64",
      because:
        "the call widens the files' numbers first; a run reads them as they are (the maps compare it)"
    ),
    Unmapped(
      "keras", "metric_OneHotIoU_each", "metric_OneHotMeanIoU", call: "OneHotIoU, OneHotMeanIoU",
      because:
        "the set's truth overlaps, and which class the arg max takes is not counted with what was predicted"
    ),
    Unmapped(
      "keras", "CategoricalCrossentropy_from_logits",
      call: "CategoricalCrossentropy(from_logits=True)",
      because: severalClasses),
    Unmapped("torch", "ce_prob_targets", call: "F.cross_entropy(x, t)", because: severalClasses),
    Unmapped(
      "monai", "FocalLoss_softmax", call: "FocalLoss(use_softmax=True)", because: severalClasses),
    Unmapped(
      "torch", "bce_logits_per_class", call: "F.binary_cross_entropy_with_logits(x, t)",
      because: "(1 − t)·x − log σ(x) loses digits in single precision: 1.2e-5 on this set"),
    Unmapped(
      "torch", "nll_normalised, clamped", call: "F.nll_loss((p / Σp).clamp_min(1e-7).log(), y)",
      because: "clips at the lower end only, as no loss here does"),
    Unmapped(
      "segmentation_models_pytorch", "LovaszLoss_multilabel",
      call: "LovaszLoss(\"multilabel\", from_logits=True)",
      because:
        "adds up the errors of all pixels from the largest down; a run keeps how often probabilities occur, and those of this set reach 1, behind which lies any logit"
    ),
    Unmapped(
      "sklearn", "jaccard_multilabel_samples",
      call: "jaccard_score(t, p > 0.5, average=\"samples\")",
      because: "a Jaccard index of the classes of each pixel, which are counted apart"),
    Unmapped(
      "torchmetrics", "ml_exact_match", call: "MultilabelExactMatch(num_labels)",
      because:
        "asks whether all classes of a pixel are right together, which are counted apart; of exclusive classes it is `accuracy`"
    ),
  ]

  private static let severalClasses =
    "the set's truth overlaps, and a loss of one class a pixel is not asked of it"
}

/// The same of boundaries and distances, by what the id or the framework's own notion is.
func reasonForNoDistance(_ id: String, _ framework: String) -> String? {
  let parts = [
    ("spacing", "distances are in pixels, whatever their spacing"),
    ("chessboard", "distances are Euclidean"), ("taxicab", "distances are Euclidean"),
    ("subvoxels", "its boundary is of pixels' corners, weighed by length"),
    ("not_nans", "a count of values, which the report's tables have"),
    ("per_class", "a tolerance a class; a measure has one"),
    ("connectivity2", "its boundary has pixels whose corners only touch what is outside"),
    ("edges8", "its boundary has pixels whose corners only touch what is outside"),
    ("noborder", "its boundary leaves out pixels at the image's edge"),
    ("trimap", "scores within a band are no distances"),
    ("bf_", "an F1 of boundary pixels, which is no distance"),
    ("boundary_iou", "an IoU of bands, which is no distance"),
    ("modified", "the larger of two means, which only scikit-image has"),
    ("masks", "all pixels of a mask, not those of its boundary"),
    ("simpleitk", "all pixels of a mask, not those of its boundary"),
    ("asd_gt_to_pred__pred_to_gt", "two values a pair; each is compared elsewhere"),
    ("hd95_", "other interpolations than the linear one"),
    ("nsd_tol", "of an empty mask it measures to a pixel beyond the image's corner"),
    (
      "scipy_directed_edges_pred_to_gt",
      "SciPy says 0 where the first set is empty, whatever the second is"
    ),
  ]
  let frameworks = [
    "boundary_torchmetrics":
      "torchmetrics 1.9.0 mixes up rows and columns of images that are not square, and fails where a mask is empty",
    "boundary_surface_distance": "its boundary is of pixels' corners, weighed by length",
    "boundary_seg_metrics": "its boundary leaves out pixels at the image's edge",
    "boundary_boundary_iou_api": "an IoU of bands, which is no distance",
    "boundary_davis2017": "an F1 of boundary pixels, which is no distance",
    "boundary_detectron2": "an IoU of bands of a label map, which is no distance",
    "boundary_trimap_labels": "scores within a band are no distances",
  ]
  return frameworks[framework] ?? parts.first { id.contains($0.0) }?.1
}
