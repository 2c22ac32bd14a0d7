internal import Counting

extension Preset {
  /// segmentation_models_pytorch's losses, over the whole set as one call; `epoch` as the package's
  /// own training loop prints them.
  static let segmentationModels: [Preset] =
    smpRatios + [smpFocalTversky] + smpEpochs + smpElementwise

  private static let smpVersions = "smp 0.6 (0.6.0 was run)"
  private static let lossFiles = "segmentation_models_pytorch 0.6.0: losses"
  private static let present = "score(if: truth) > mean(class else 0)"
  private static let absent =
    "A class that the truth lacks has a loss of 0 and is still counted in the mean over classes, whatever was predicted of it. smp adds in single precision, so on the sample's 655,360 pixels its own number is up to 0.2 % off."
  /// smp takes |p − t| for what is not shared, so that what is shared is Σ min(p, t).
  private static let plain: [String: Double] = ["smooth_nr": 0, "smooth_dr": 0, "min": 1]

  private static let smpLosses:
    [(name: String, arguments: String, measure: String, parameters: [String: Double])] = [
      ("DiceLoss", "", "soft-dice", plain),
      ("DiceLoss.smooth", ", smooth=1", "soft-dice", ["smooth_nr": 2, "smooth_dr": 2, "min": 1]),
      ("DiceLoss.log", ", log_loss=True", "soft-dice", plain.merging(["log": 1]) { $1 }),
      ("JaccardLoss", "", "soft-jaccard", plain),
      ("TverskyLoss", "", "tversky", plain),
      (
        "TverskyLoss.alpha-0.7", ", alpha=0.7, beta=0.3", "tversky",
        plain.merging(["alpha": 0.7, "beta": 0.3]) { $1 }
      ),
    ]

  private static let smpRatios: [Preset] =
    smpLosses.map { loss in
      Preset(
        "smp.\(loss.name)", call(loss.name, loss.arguments), versions: smpVersions, loss.measure,
        with: loss.parameters, "pool(batch, image, pixel) > \(present)", note: absent,
        source: "\(lossFiles)/dice.py, jaccard.py, tversky.py, _functional.py")
    } + [
      Preset(
        "smp.DiceLoss.class_weights", call("DiceLoss", ", class_weights=w"),
        versions: smpVersions, "soft-dice", with: plain,
        "pool(batch, image, pixel) > score(if: truth) > mean(class, by: class-weights else 0)",
        note: "Divided by the sum of the weights.", source: "\(lossFiles)/dice.py")
    ]

  /// A power of the mean over the classes, which for one class is that of its loss.
  private static let smpFocalTversky = Preset(
    "smp.TverskyLoss.binary.gamma", "smp.losses.TverskyLoss(\"binary\", gamma=4/3)",
    versions: smpVersions, "tversky", with: plain.merging(["power": 4.0 / 3]) { $1 },
    "pool(batch, image, pixel) > \(present)",
    note:
      "gamma above 1 lowers every loss below 1, and a small one most; Abraham and Khan's exponent is 1 / gamma.",
    source: "\(lossFiles)/tversky.py, aggregate_loss"
  ).except(
    .severalClasses("smp raises the mean over the classes to gamma, which no chain does"))

  private static let smpEpochs: [Preset] = smpLosses.filter { !$0.name.contains(".") }.map { loss in
    Preset(
      "smp.\(loss.name).epoch", "smp.utils.train.ValidEpoch with \(call(loss.name, ""))",
      versions: smpVersions, loss.measure, with: loss.parameters,
      "pool(pixel, image) > \(present) > mean(batch)",
      note:
        "A batch that lacks a rare class counts 0 for it, so small batches flatter the loss, and a short last batch counts as a full one.",
      source: "segmentation_models_pytorch 0.6.0: utils/train.py; losses")
  }

  private static func call(_ name: String, _ arguments: String) -> String {
    "smp.losses.\(name.prefix { $0 != "." })(\"multilabel\"\(arguments))"
  }

  private static let smpElementwise: [Preset] = [
    Preset(
      "smp.FocalLoss", "smp.losses.FocalLoss(\"multilabel\", gamma=2)(x, t)",
      versions: smpVersions, "focal", everything, for: .independentLogits,
      source: "\(lossFiles)/focal.py, _functional.py"),
    Preset(
      "smp.FocalLoss.alpha", "smp.losses.FocalLoss(\"multilabel\", alpha=0.25, gamma=2)(x, t)",
      versions: smpVersions, "focal", with: ["alpha": 0.25], everything, for: .independentLogits,
      note: "reduction=\"none\" gives the same one number.",
      source: "\(lossFiles)/focal.py, _functional.py"),
    Preset(
      "smp.FocalLoss.alpha.sum",
      "smp.losses.FocalLoss(\"multilabel\", alpha=0.25, gamma=2, reduction=\"sum\")(x, t)",
      versions: smpVersions, "focal", with: ["alpha": 0.25],
      "sum(pixel, image, batch) > mean(class)", for: .independentLogits,
      note: "The classes are averaged all the same.",
      source: "\(lossFiles)/focal.py, _functional.py"),
    Preset(
      "smp.FocalLoss.multiclass", "smp.losses.FocalLoss(\"multiclass\", gamma=2)(x, y)",
      versions: smpVersions, "focal", everything, for: .independentLogits,
      note:
        "Each class's logit goes through a sigmoid of its own, whatever the model ends with: decode it with `activation: sigmoid`.",
      source: "\(lossFiles)/focal.py, _functional.py"
    ).except(.notOneClassEverywhere("a multiclass loss takes one class a pixel")),
    Preset(
      "smp.FocalLoss.class_weights",
      "smp.losses.FocalLoss(\"multilabel\", gamma=2, class_weights=w)(x, t)",
      versions: smpVersions, "focal",
      "mean(pixel, image, batch) > mean(class, by: class-weights)", for: .independentLogits,
      note: "Divided by the sum of the weights.", source: "\(lossFiles)/focal.py"),
    Preset(
      "smp.SoftBCEWithLogitsLoss", "smp.losses.SoftBCEWithLogitsLoss()(x, t)",
      versions: smpVersions, "bce", "mean(class, pixel, image, batch, ignored: 0)",
      for: .independentLogits, note: "Ignored pixels cost 0 and stay in the divisor.",
      source: "\(lossFiles)/soft_bce.py"),
    Preset(
      "smp.SoftBCEWithLogitsLoss.pos_weight",
      "smp.losses.SoftBCEWithLogitsLoss(pos_weight=w[:, None, None])(x, t)",
      versions: smpVersions, "bce", "mean(class, pixel, image, batch, times: positive-weights)",
      for: .independentLogits, note: "The weights are not divided out.",
      source: "\(lossFiles)/soft_bce.py"),
    Preset(
      "smp.SoftBCEWithLogitsLoss.sum", "smp.losses.SoftBCEWithLogitsLoss(reduction=\"sum\")(x, t)",
      versions: smpVersions, "bce", "sum(class, pixel, image, batch)", for: .independentLogits,
      source: "\(lossFiles)/soft_bce.py"),
    Preset(
      "smp.SoftBCEWithLogitsLoss.smooth",
      "smp.losses.SoftBCEWithLogitsLoss(smooth_factor=0.1)(x, t)", versions: smpVersions,
      "bce", with: ["label_smoothing": 0.2], everything, for: .independentLogits,
      note: "smooth_factor goes to either side: 0.1 is what Keras calls 0.2.",
      source: "\(lossFiles)/soft_bce.py"),
    Preset(
      "smp.SoftCrossEntropyLoss", "smp.losses.SoftCrossEntropyLoss(smooth_factor=0)(x, y)",
      versions: smpVersions, "ce", "sum(class) > mean(pixel, image, batch, ignored: 0)",
      for: .exclusiveLogits,
      note:
        "Ignored pixels cost 0 and stay in the divisor. smooth_factor must be given; its default None fails.",
      source: "\(lossFiles)/soft_ce.py, _functional.py"
    ).except(.zeroTimesInfinity),
    Preset(
      "smp.SoftCrossEntropyLoss.smooth",
      "smp.losses.SoftCrossEntropyLoss(smooth_factor=0.1)(x, y)", versions: smpVersions,
      "ce", with: ["label_smoothing": 0.1], "sum(class) > mean(pixel, image, batch, ignored: 0)",
      for: .exclusiveLogits, note: "Where every pixel has a class, or is ignored.",
      source: "\(lossFiles)/soft_ce.py, _functional.py"
    ).except(.zeroTimesInfinity),
  ]
}
