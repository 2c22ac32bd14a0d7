extension Preset {
  /// Small libraries that people print from.
  static let little: [Preset] = kornia + fastai + ignite + catalyst + masks + toolbelt

  private static let pooled = "pool(batch, image, pixel) > score"
  private static let pairs = "pool(pixel) > score > mean(image, class, batch"
  private static let korniaVersions = "kornia 0.9 (0.9.0 was run)"
  private static let tiny: [String: Double] = ["smooth_dr": 1e-8]
  private static let noVoid = Exception.ignoredPixels(
    "it knows no ignored pixels, and what is predicted there counts")
  private static let noPlane = Exception.unlistedPredictions(
    "it has no place for a predicted label that no class has")

  private static let kornia: [Preset] = [
    Preset(
      "kornia.mean_iou", "kornia.metrics.mean_iou(pred, target, num_classes), averaged",
      versions: korniaVersions, "iou", "\(pairs) else 1)", for: .exclusive,
      note:
        "A row of scores an image; a class that is neither true nor predicted in it is 1. (1e-6 is added above and below, which is left out here.)",
      source: "kornia 0.9.0: kornia/metrics/mean_iou.py"
    ).except(noVoid, noPlane),
    Preset(
      "kornia.dice_loss", "kornia.losses.dice_loss(x, y)", versions: korniaVersions, "soft-dice",
      with: tiny, "pool(pixel, class) > score > mean(image, batch)", for: .exclusiveLogits,
      note: "average is \"micro\" unless said otherwise: large classes are most of it.",
      source: "kornia 0.9.0: kornia/losses/dice.py"),
    Preset(
      "kornia.dice_loss.macro", "kornia.losses.dice_loss(x, y, average=\"macro\")",
      versions: korniaVersions, "soft-dice", with: tiny,
      "pool(pixel) > score(if: truth) > mean(class) > mean(image, batch else 1)",
      for: .exclusiveLogits,
      note:
        "Over the classes that are true in the image: what is predicted of others costs nothing.",
      source: "kornia 0.9.0: kornia/losses/dice.py"),
    korniaTversky("", 0.5, 0.5), korniaTversky(".alpha-0.7", 0.7, 0.3),
    korniaFocal("", "None", 1), korniaFocal(".alpha-0.5", "0.5", 0.5),
  ]

  private static func korniaTversky(_ name: String, _ alpha: Double, _ beta: Double) -> Preset {
    Preset(
      "kornia.tversky_loss\(name)", "kornia.losses.tversky_loss(x, y, \(alpha), \(beta))",
      versions: korniaVersions, "tversky", with: ["alpha": alpha, "beta": beta, "smooth_dr": 1e-8],
      "pool(pixel) > score(if: truth) > mean(class) > mean(image, batch else 1)",
      for: .exclusiveLogits,
      note:
        "Over the classes that are true in the image: what is predicted of others costs nothing.",
      source: "kornia 0.9.0: kornia/losses/tversky.py")
  }

  private static func korniaFocal(_ name: String, _ alpha: String, _ factor: Double) -> Preset {
    Preset(
      "kornia.focal_loss\(name)",
      "kornia.losses.focal_loss(x, y, alpha=\(alpha), reduction=\"mean\")",
      versions: korniaVersions, "categorical-focal", with: ["alpha": factor],
      "mean(class, pixel, image, batch else 0)", for: .exclusiveLogits,
      note:
        "A pixel has a term at its own class only, and the mean is over all classes. The first class counts 1 − alpha, all others alpha.",
      source: "kornia 0.9.0: kornia/losses/focal.py"
    ).except(.ignoredPixels("kornia divides by ignored pixels as well"))
  }

  private static let fastai: [Preset] = [("DiceMulti", "dice"), ("JaccardCoeffMulti", "iou")].map {
    name, measure in
    Preset(
      "fastai.\(name)", "fastai.metrics.\(name)()", versions: "fastai 2.8 (2.8.12 was run)",
      measure, "\(pooled) > mean(class)", for: .exclusive,
      note: "Counts of the whole set; a class that is neither true nor predicted is left out.",
      source: "fastai 2.8.12: fastai/metrics.py"
    ).except(noVoid, noPlane)
  }

  private static let ignite: [Preset] = [
    ("mIoU", "mIoU(cm)", "iou", "\(pooled) > mean(class else 0)"),
    (
      "DiceCoefficient", "DiceCoefficient(cm), averaged over classes", "dice",
      "\(pooled) > mean(class else 0)"
    ),
    ("cmAccuracy", "cmAccuracy(cm)", "accuracy", "pool(batch, image, pixel, class) > score"),
  ].map { name, call, measure, chain in
    Preset(
      "ignite.\(name)", "ignite.metrics.\(call)", versions: "ignite 0.5 (0.5.5 was run)", measure,
      chain, for: .exclusive,
      note: name == "cmAccuracy"
        ? "Pixel accuracy." : "A class that is neither true nor predicted is 0 and counts.",
      source: "pytorch-ignite 0.5.5: ignite/metrics/confusion_matrix.py"
    ).orElse(0).except(noPlane)
  }

  private static let catalyst: [Preset] = [("IOUMetric", "iou"), ("DiceMetric", "dice")].flatMap {
    name, measure in
    [
      ("", "macro", "\(pooled) > mean(class else 1)"),
      (".micro", "micro", "pool(batch, image, pixel, class) > score"),
    ].map { suffix, how, chain in
      Preset(
        "catalyst.\(name)\(suffix)", "catalyst.metrics.\(name)(): \(measure)/_\(how)",
        versions: "catalyst 22.4 (22.4 was run)", measure, chain,
        note:
          "Counts of the whole loader of what is above the threshold; a class that is neither true nor predicted is 1. (1e-7 is added below, which is left out here.)",
        source: "catalyst 22.4: catalyst/metrics/_segmentation.py, functional/_segmentation.py"
      ).orElse(1).except(noVoid)
    }
  }

  /// Functions of two masks, averaged over images and classes.
  private static let masks: [Preset] = [
    Preset(
      "medpy.dc", "medpy.metric.binary.dc(p, t), averaged",
      versions: "MedPy 0.5 on NumPy 2.3 and later (0.5.2 was run)", "dice", "\(pairs) else nan)",
      note: "Two empty masks are 0 / 0, and the mean of all is NaN.",
      source: "MedPy 0.5.2: medpy/metric/binary.py"),
    Preset(
      "medpy.dc.numpy-2.2", "medpy.metric.binary.dc(p, t), averaged",
      versions: "MedPy 0.5 on NumPy 2.2 and before (0.5.2 was run)", "dice", "\(pairs) else 1)",
      note: "Two empty masks are 1: absent classes lift the mean.",
      source: "MedPy 0.5.2: medpy/metric/binary.py"),
    Preset(
      "medpy.jc", "medpy.metric.binary.jc(p, t), averaged",
      versions: "MedPy 0.5 (0.5.2 was run)", "iou", "\(pairs) else 1)",
      note: "Two empty masks are 1, on any NumPy: absent classes lift the mean.",
      source: "MedPy 0.5.2: medpy/metric/binary.py"),
    Preset(
      "miseval.DSC", "miseval.evaluate(t, p, metric=\"DSC\"), averaged",
      versions: "miseval 1.3 (1.3.0 was run)", "dice", "\(pairs) else 1)",
      note: "Two empty masks are 1, while their IoU is 0.",
      source: "miseval 1.3.0: miseval/dice.py"),
    Preset(
      "miseval.IoU", "miseval.evaluate(t, p, metric=\"IoU\"), averaged",
      versions: "miseval 1.3 (1.3.0 was run)", "iou", "\(pairs) else 0)",
      note: "Two empty masks are 0, while their Dice is 1.",
      source: "miseval 1.3.0: miseval/jaccard.py"),
  ].map { $0.except(noVoid) }

  private static let toolbelt: [Preset] =
    [("DiceLoss", "soft-dice"), ("JaccardLoss", "soft-jaccard")].flatMap { name, measure in
      [("", "", 0.0), (".smooth", ", smooth=1", 1)].map { suffix, argument, smooth in
        Preset(
          "toolbelt.\(name)\(suffix)", "pytorch_toolbelt.losses.\(name)(\"multilabel\"\(argument))",
          versions: toolbeltVersions, measure, with: ["smooth_nr": smooth, "smooth_dr": smooth],
          "pool(batch, image, pixel) > score(if: truth) > mean(class else 0)", for: .independent,
          note: "A class that the truth lacks has a loss of 0 and is still counted.",
          source: "pytorch-toolbelt 0.8.0: losses/dice.py, jaccard.py, functional.py")
      }
    }
    + [("", "", [:]), (".alpha", "alpha=0.25", ["alpha": 0.25])].map { suffix, argument, alpha in
      Preset(
        "toolbelt.BinaryFocalLoss\(suffix)", "pytorch_toolbelt.losses.BinaryFocalLoss(\(argument))",
        versions: toolbeltVersions, "focal", with: alpha, everything, for: .independentLogits,
        source: "pytorch-toolbelt 0.8.0: losses/focal.py, functional.py")
    }
  private static let toolbeltVersions = "pytorch-toolbelt 0.8 (0.8.0 was run)"
}
