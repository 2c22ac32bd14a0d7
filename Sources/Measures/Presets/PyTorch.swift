extension Preset {
  /// PyTorch: the mean over the batches that a user's loop takes, each alike.
  static let pyTorch: [Preset] = [
    Preset(
      "torch.BCELoss", "torch.nn.BCELoss()(p, t), averaged over batches",
      versions: "PyTorch 2 (2.13 was run)",
      "torch-bce", "mean(class, pixel, image) > mean(batch)",
      note:
        "The logarithm is clipped at −100: a saturated wrong pixel costs 100. A loop that averages the losses of its batches counts a short last batch as a full one.",
      source: "PyTorch 2.13: aten/src/ATen/native/Loss.cpp",
      printed: 0.015794334933161736),
    Preset(
      "torch.BCELoss.dataset", "torch.nn.BCELoss()(p, t) of the whole set",
      versions: "PyTorch 2 (2.13 was run)",
      "torch-bce", "mean(class, pixel, image, batch)",
      source: "PyTorch 2.13: aten/src/ATen/native/Loss.cpp",
      printed: 0.015608069048278777),
    Preset(
      "torch.BCEWithLogitsLoss", "torch.nn.BCEWithLogitsLoss()(x, t), averaged over batches",
      versions: "PyTorch 2 (2.13 was run)",
      "bce", "mean(class, pixel, image) > mean(batch)", for: .independentLogits,
      source: "PyTorch 2.13: aten/src/ATen/native/Loss.cpp"),
    Preset(
      "torch.CrossEntropyLoss", "torch.nn.CrossEntropyLoss(weight)(x, y), averaged over batches",
      versions: "PyTorch 2 (2.13 was run)",
      "ce", "mean(class, pixel, image, by: class-weights) > mean(batch)", for: .exclusiveLogits,
      note:
        "The mean divides by the weights of the batch's own pixels, so weights cancel where a batch has one class, and neither mean of batches is the value of the whole set.",
      source: "PyTorch 2.13: aten/src/ATen/native/LossNLL2d.cpp"),
    Preset(
      "torch.MSELoss", "torch.nn.MSELoss()(p, t) of the whole set",
      versions: "PyTorch 2 (2.13 was run)",
      "mse", "mean(class, pixel, image, batch)",
      source: "PyTorch 2.13: aten/src/ATen/native/Loss.cpp", printed: 0.0014961251290515065),
    Preset(
      "torch.L1Loss", "torch.nn.L1Loss()(p, t) of the whole set",
      versions: "PyTorch 2 (2.13 was run)",
      "mae", "mean(class, pixel, image, batch)",
      source: "PyTorch 2.13: aten/src/ATen/native/Loss.cpp", printed: 0.0066752196289598942),
  ]
}
