internal import Counting

extension Preset {
  /// MONAI's losses, over the whole set as one batch.
  static let monai: [Preset] = monaiDice + monaiGeneralized + monaiFocal + monaiSums

  private static let smooth: [String: Double] = ["smooth_nr": 1e-5, "smooth_dr": 1e-5]
  private static let monaiVersions = "MONAI 1.5 and 1.6 (1.6.1 was run)"
  private static let diceFile = "MONAI 1.6.1: monai/losses/dice.py"
  private static let focalFile = "MONAI 1.6.1: monai/losses/focal_loss.py"

  private static let ratios = "pool(pixel) > score"
  private static let pairs = "\(ratios) > mean(image, class, batch)"
  private static let pooled = "pool(pixel, image, batch) > score"
  private static let notDivided = "The weights multiply and are not divided out."
  private static let ofBatch =
    "Images are pooled before the ratio, so the number is that of one batch: of the whole set here."

  private static let monaiDice: [Preset] = [
    Preset(
      "monai.DiceLoss", "monai.losses.DiceLoss()(p, t)", versions: monaiVersions,
      "soft-dice", with: smooth, pairs,
      note:
        "An image that lacks a class, and of which nothing is predicted, has a loss of about 0 there, and one with a trace of it a loss of about 1.",
      source: diceFile),
    Preset(
      "monai.DiceLoss.sum", "monai.losses.DiceLoss(reduction=\"sum\")(p, t)",
      versions: monaiVersions, "soft-dice", with: smooth,
      "\(ratios) > sum(image, class, batch)", source: diceFile),
    Preset(
      "monai.DiceLoss.batch", "monai.losses.DiceLoss(batch=True)(p, t)", versions: monaiVersions,
      "soft-dice", with: smooth, "\(pooled) > mean(class)", note: ofBatch, source: diceFile),
    Preset(
      "monai.DiceLoss.batch.sum", "monai.losses.DiceLoss(batch=True, reduction=\"sum\")(p, t)",
      versions: monaiVersions, "soft-dice", with: smooth, "\(pooled) > sum(class)", note: ofBatch,
      source: diceFile),
    Preset(
      "monai.DiceLoss.squared", "monai.losses.DiceLoss(squared_pred=True)(p, t)",
      versions: monaiVersions, "soft-dice", with: smooth.merging(["squared": 1]) { $1 }, pairs,
      source: diceFile),
    // MONAI's numerator is twice the intersection, and its denominator 2·(Σp + Σt − Σpt).
    Preset(
      "monai.DiceLoss.jaccard", "monai.losses.DiceLoss(jaccard=True)(p, t)",
      versions: monaiVersions, "soft-jaccard", with: ["smooth_nr": 5e-6, "smooth_dr": 5e-6], pairs,
      source: diceFile),
    Preset(
      "monai.DiceLoss.weight", "monai.losses.DiceLoss(weight=w)(p, t)", versions: monaiVersions,
      "soft-dice", with: smooth,
      "\(ratios) > mean(image, class, batch, times: class-weights)", note: notDivided,
      source: diceFile),
    Preset(
      "monai.DiceLoss.foreground", "monai.losses.DiceLoss(include_background=False)(p, t)",
      versions: monaiVersions, "soft-dice", with: smooth,
      "\(ratios) > mean(image, class, batch, by: class-weights)",
      note: "Give the first class the weight 0 (`weights: [0, 1, 1, …]`).", source: diceFile),
    Preset(
      "monai.TverskyLoss", "monai.losses.TverskyLoss(alpha=0.5, beta=0.5)(p, t)",
      versions: monaiVersions, "tversky", with: smooth, pairs, source: tverskyFile),
    Preset(
      "monai.TverskyLoss.alpha-0.7", "monai.losses.TverskyLoss(alpha=0.7, beta=0.3)(p, t)",
      versions: monaiVersions, "tversky", with: tversky, pairs,
      note: "alpha weighs false positives: 0.7 asks for precision.", source: tverskyFile),
    Preset(
      "monai.TverskyLoss.alpha-0.7.sum",
      "monai.losses.TverskyLoss(alpha=0.7, beta=0.3, reduction=\"sum\")(p, t)",
      versions: monaiVersions, "tversky", with: tversky,
      "\(ratios) > sum(image, class, batch)", source: tverskyFile),
    Preset(
      "monai.TverskyLoss.batch", "monai.losses.TverskyLoss(batch=True)(p, t)",
      versions: monaiVersions, "tversky", with: smooth, "\(pooled) > mean(class)", note: ofBatch,
      source: tverskyFile),
  ]

  private static let tversky = smooth.merging(["alpha": 0.7, "beta": 0.3]) { $1 }
  private static let tverskyFile = "MONAI 1.6.1: monai/losses/tversky.py"

  private static let monaiGeneralized: [Preset] = [
    ("", "", 2.0, "pool(pixel, class) > score > mean(image, batch)"),
    (".sum", "reduction=\"sum\"", 2, "pool(pixel, class) > score > sum(image, batch)"),
    (".simple", "w_type=\"simple\"", 1, "pool(pixel, class) > score > mean(image, batch)"),
    (".uniform", "w_type=\"uniform\"", 0, "pool(pixel, class) > score > mean(image, batch)"),
    (".batch", "batch=True", 2, "pool(batch, image, pixel, class) > score"),
  ].map { name, argument, exponent, chain in
    Preset(
      "monai.GeneralizedDiceLoss\(name)", "monai.losses.GeneralizedDiceLoss(\(argument))(p, t)",
      versions: monaiVersions, "soft-generalized-dice",
      with: smooth.merging(["k": exponent]) { $1 },
      chain,
      note: exponent == 0
        ? "All classes weigh the same here: it is the Dice loss of all of them pooled."
        : "A class that an image lacks gets the largest weight of the others, so a trace of it decides the image's loss.",
      source: diceFile)
  }

  private static let monaiFocal: [Preset] = [
    Preset(
      "monai.FocalLoss", "monai.losses.FocalLoss(gamma=2)(x, t)", versions: monaiVersions,
      "focal", everything, for: .independentLogits, source: focalFile),
    Preset(
      "monai.FocalLoss.alpha", "monai.losses.FocalLoss(gamma=2, alpha=0.25)(x, t)",
      versions: monaiVersions, "focal", with: ["alpha": 0.25], everything, for: .independentLogits,
      source: focalFile),
    Preset(
      "monai.FocalLoss.sum", "monai.losses.FocalLoss(gamma=2, reduction=\"sum\")(x, t)",
      versions: monaiVersions, "focal", "mean(pixel) > sum(image, class, batch)",
      for: .independentLogits, note: "The sum takes the mean over the pixels first.",
      source: focalFile),
    Preset(
      "monai.FocalLoss.weight", "monai.losses.FocalLoss(gamma=2, weight=w)(x, t)",
      versions: monaiVersions, "focal", "mean(class, pixel, image, batch, times: class-weights)",
      for: .independentLogits, note: notDivided, source: focalFile
    ).except(.oneClass("MONAI refuses weights of a single channel")),
    Preset(
      "monai.FocalLoss.softmax", "monai.losses.FocalLoss(gamma=2, use_softmax=True)(x, t)",
      versions: monaiVersions, "categorical-focal", "mean(class, pixel, image, batch else 0)",
      for: .exclusiveLogits,
      note: "A pixel has a term at its own class only, and the mean is over all classes.",
      source: focalFile
    ).except(.zeroTimesInfinity),
  ]

  private static let dice = Term(1, Part("soft-dice", with: smooth, pairs))

  /// Two losses added, each with λ = 1.
  private static let monaiSums: [Preset] = [
    Preset(
      "monai.DiceCELoss", "monai.losses.DiceCELoss(softmax=True, to_onehot_y=True)(x, y)",
      versions: monaiVersions,
      sum: [dice, Term(1, Part("ce", "mean(class, pixel, image, batch)"))],
      for: .exclusiveLogits,
      note: "The cross-entropy sees the background even with include_background=False.",
      source: "\(diceFile), DiceCELoss"),
    Preset(
      "monai.DiceCELoss.weight",
      "monai.losses.DiceCELoss(softmax=True, to_onehot_y=True, weight=w)(x, y)",
      versions: monaiVersions,
      sum: [
        Term(
          1,
          Part(
            "soft-dice", with: smooth,
            "\(ratios) > mean(image, class, batch, times: class-weights)")),
        Term(1, Part("ce", "mean(class, pixel, image, batch, by: class-weights)")),
      ],
      for: .exclusiveLogits,
      note:
        "The Dice half is not divided by the weights, the cross-entropy half is: a weight of 1000 makes it a Dice loss.",
      source: "\(diceFile), DiceCELoss"),
    Preset(
      "monai.DiceFocalLoss", "monai.losses.DiceFocalLoss(sigmoid=True, gamma=2)(x, t)",
      versions: monaiVersions, sum: [dice, Term(1, Part("focal", everything))],
      for: .independentLogits,
      note:
        "The focal half is a mean over all pixels and far smaller than the Dice half. With softmax=True it stays a sigmoid (as read).",
      source: "\(diceFile), DiceFocalLoss"),
  ]
}
