/// Why nothing is compared with some values, where that is known.
let reasonsForNothing: [String: String] = [
  "bce_per_class_mean_f64":
    "the call widens the files' numbers first; a run reads them as they are (the maps compare it)",
  "mean_iou_kaggle_whole_set":
    "a mean over ten thresholds of a two-class IoU, which no framework has; a kernel's own function",
  "metric_OneHotIoU_each":
    "the set has pixels of no class, which the call's arg max of the truth makes the first class",
  "metric_OneHotMeanIoU":
    "the set has pixels of no class, which the call's arg max of the truth makes the first class",
  "CategoricalCrossentropy_from_logits": "the set's truth overlaps, and the call is for one class",
  "ce_prob_targets": "the set's truth overlaps, and the call is for one class",
  "FocalLoss_softmax": "the set's truth overlaps, and the call is for one class",
  "FocalLoss_normalized": "divides by the sum of the focal factors, which is not counted",
  "LovaszLoss_multilabel": "needs all pixels of the set in the order of their errors",
  "jaccard_multilabel_samples": "a Jaccard index of each pixel's classes, which is not counted",
  "ml_exact_match": "asks whether all classes of a pixel are right together, which is not counted",
  "bce_logits_per_class":
    "(1 − t)·x − log σ(x) loses digits in single precision: 1.2e-5 on this set",
  "nll_normalised, clamped": "clips at the lower end only",
  "GeneralizedDiceScore_simple":
    "torchmetrics 1.9 gives an absent class another image's weight, by an index that is mixed up",
  "GeneralizedDiceScore_square":
    "torchmetrics 1.9 gives an absent class another image's weight, by an index that is mixed up",
]

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
