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
