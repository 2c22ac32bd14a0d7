extension Preset {
  private static let outside = Exception.probabilitiesOutside(
    "PyTorch refuses probabilities outside 0…1")

  private static let ofLogits = Exception.surelyWrong("BCELoss")

  /// PyTorch: the mean over the batches that a user's loop takes, each alike; `dataset` and sums
  /// are one call on the whole set.
  static let pyTorch: [Preset] = [
    Preset(
      "torch.BCELoss", "torch.nn.BCELoss()(p, t), averaged over batches", versions: torchVersions,
      "torch-bce", "mean(class, pixel, image) > mean(batch)",
      note:
        "The logarithm is clipped at −100: a saturated wrong pixel costs 100. A loop that averages the losses of its batches counts a short last batch as a full one.",
      source: lossFile
    ).except(outside, ofLogits),
    Preset(
      "torch.BCELoss.dataset", "torch.nn.BCELoss()(p, t) of the whole set",
      versions: torchVersions, "torch-bce", everything, source: lossFile
    ).except(outside, ofLogits),
    Preset(
      "torch.BCELoss.sum", "torch.nn.BCELoss(reduction=\"sum\")(p, t) of the whole set",
      versions: torchVersions, "torch-bce", "sum(class, pixel, image, batch)", source: lossFile
    ).except(outside, ofLogits),
    Preset(
      "torch.BCELoss.weight", "torch.nn.BCELoss(weight=w[:, None, None])(p, t) of the whole set",
      versions: torchVersions, "torch-bce",
      "mean(class, pixel, image, batch, times: class-weights)",
      note: "Divided by the number of elements and not by the weights, unlike CrossEntropyLoss.",
      source: lossFile
    ).except(outside, ofLogits),
    Preset(
      "torch.BCEWithLogitsLoss", "torch.nn.BCEWithLogitsLoss()(x, t), averaged over batches",
      versions: torchVersions, "bce", "mean(class, pixel, image) > mean(batch)",
      for: .independentLogits, source: lossFile),
    Preset(
      "torch.BCEWithLogitsLoss.pos_weight",
      "torch.nn.BCEWithLogitsLoss(pos_weight=w[:, None, None])(x, t), averaged over batches",
      versions: torchVersions, "bce",
      "mean(class, pixel, image, times: positive-weights) > mean(batch)", for: .independentLogits,
      note: "`positive_weights` weigh a class's own pixels; they are not divided out.",
      source: lossFile),
    Preset(
      "torch.BCEWithLogitsLoss.sum",
      "torch.nn.BCEWithLogitsLoss(reduction=\"sum\")(x, t) of the whole set",
      versions: torchVersions, "bce", "sum(class, pixel, image, batch)", for: .independentLogits,
      source: lossFile),
    Preset(
      "torch.CrossEntropyLoss", "torch.nn.CrossEntropyLoss(weight)(x, y), averaged over batches",
      versions: torchVersions, "ce",
      "mean(class, pixel, image, by: class-weights) > mean(batch else nan)",
      for: .exclusiveLogits,
      note:
        "The mean divides by the weights of the batch's own pixels, so weights cancel where a batch has one class, and neither mean of batches is the value of the whole set. A batch without a counted pixel, or whose weights sum to 0, is NaN, and so is the loop's mean.",
      source: nllFile),
    Preset(
      "torch.CrossEntropyLoss.dataset",
      "torch.nn.CrossEntropyLoss(weight)(x, y) of the whole set", versions: torchVersions, "ce",
      "mean(class, pixel, image, batch, by: class-weights)", for: .exclusiveLogits,
      note: "Pixels without a label count nothing.",
      source: nllFile),
    Preset(
      "torch.CrossEntropyLoss.sum",
      "torch.nn.CrossEntropyLoss(weight, reduction=\"sum\")(x, y) of the whole set",
      versions: torchVersions, "ce", "sum(class, pixel, image, batch, times: class-weights)",
      for: .exclusiveLogits, source: nllFile),
    Preset(
      "torch.CrossEntropyLoss.label_smoothing",
      "torch.nn.CrossEntropyLoss(label_smoothing=0.1)(x, y), averaged over batches",
      versions: torchVersions, "ce", with: ["label_smoothing": 0.1],
      "sum(class) > mean(pixel, image) > mean(batch else nan)", for: .exclusiveLogits,
      note:
        "Without weights. With them PyTorch divides a sum over all classes by the weights of the true ones, which no chain says.",
      source: "PyTorch 2.13: aten/src/ATen/native/LossNLL.cpp, cross_entropy_loss_label_smoothing"),
    Preset(
      "torch.CrossEntropyLoss.probabilities",
      "torch.nn.CrossEntropyLoss(weight)(x, t) with class probabilities, averaged over batches",
      versions: torchVersions, "ce",
      "sum(class, times: class-weights) > mean(pixel, image, ignored: 0) > mean(batch)",
      for: .exclusiveLogits,
      note:
        "With a mask a class as target the weights are not divided out, and a pixel of no class costs 0 and counts: not the number of the same call with labels. The weights are as read.",
      source:
        "PyTorch 2.13: aten/src/ATen/native/LossNLL.cpp, cross_entropy_loss_prob_target"
    ).except(.zeroTimesInfinity),
    Preset(
      "torch.MSELoss", "torch.nn.MSELoss()(p, t) of the whole set", versions: torchVersions,
      "mse", everything, source: lossFile),
    Preset(
      "torch.L1Loss", "torch.nn.L1Loss()(p, t) of the whole set", versions: torchVersions,
      "mae", everything, source: lossFile),
  ]

  private static let torchVersions = "PyTorch 2 (2.13 was run)"
  private static let lossFile = "PyTorch 2.13: aten/src/ATen/native/Loss.cpp"
  private static let nllFile = "PyTorch 2.13: aten/src/ATen/native/LossNLL2d.cpp"
}
