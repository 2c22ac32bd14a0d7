extension Preset {
  /// mmsegmentation: losses as its heads compute them, and IoUMetric, which adds up the whole set.
  static let mmSegmentation: [Preset] = mmsegLosses + mmsegMetrics

  private static let mmsegVersions = "mmsegmentation 1.2 (1.2.2 was run)"
  private static let mmsegFile = "mmsegmentation 1.2.2: mmseg/models/losses"
  private static let printing =
    "What is printed while training is the mean of the last 10 batches, with auxiliary heads added."

  private static let mmsegLosses: [Preset] = [
    Preset(
      "mmseg.CrossEntropyLoss", "CrossEntropyLoss()", versions: mmsegVersions, "ce",
      "sum(class) > mean(pixel, image, ignored: 0) > mean(batch)", for: .exclusiveLogits,
      note:
        "avg_non_ignore=False: ignored pixels cost 0 and stay in the divisor, so the loss is smaller the more is ignored. \(printing)",
      source: "\(mmsegFile)/cross_entropy_loss.py"),
    Preset(
      "mmseg.CrossEntropyLoss.avg_non_ignore", "CrossEntropyLoss(avg_non_ignore=True)",
      versions: mmsegVersions, "ce", "mean(class, pixel, image) > mean(batch else 0)",
      for: .exclusiveLogits,
      note: "Over the pixels that have a class; a batch without one is 0. \(printing)",
      source: "\(mmsegFile)/cross_entropy_loss.py"),
    Preset(
      "mmseg.CrossEntropyLoss.class_weight",
      "CrossEntropyLoss(class_weight=w, avg_non_ignore=True)", versions: mmsegVersions, "ce",
      "mean(class, pixel, image, by: class-weights) > mean(batch else 0)", for: .exclusiveLogits,
      note:
        "Divided by the weights of the labels; a batch whose weights sum to 0 is 0. \(printing)",
      source: "\(mmsegFile)/cross_entropy_loss.py"
    ).except(
      .ignoredPixels(
        "mmsegmentation looks up the weight of an ignored label, which has none, and fails (#3734)")
    ),
    dice("mmseg.DiceLoss", "DiceLoss()", squared, for: .any).except(ofSoftmaxModels),
    dice("mmseg.DiceLoss.naive", "DiceLoss(naive_dice=True)", naive, for: .any)
      .except(ofSoftmaxModels),
    dice("mmseg.DiceLoss.softmax", "DiceLoss(use_sigmoid=False)", squared, for: .exclusive)
      .asRead,
    dice(
      "mmseg.DiceLoss.softmax.naive", "DiceLoss(use_sigmoid=False, naive_dice=True)", naive,
      for: .exclusive
    ).asRead,
    Preset(
      "mmseg.TverskyLoss", "TverskyLoss()", versions: mmsegVersions, "tversky", with: mmsegTversky,
      "pool(pixel) > score > mean(image, class) > mean(batch)",
      note:
        "alpha = 0.3 weighs false positives, beta = 0.7 misses; smooth = 1 makes an absent class cost nothing. \(printing)",
      source: "\(mmsegFile)/tversky_loss.py"),
    Preset(
      "mmseg.TverskyLoss.class_weight", "TverskyLoss(class_weight=w)", versions: mmsegVersions,
      "tversky", with: mmsegTversky,
      "pool(pixel) > score > mean(image, class, times: class-weights) > mean(batch)",
      note: "The weights are not divided out. \(printing)",
      source: "\(mmsegFile)/tversky_loss.py"),
    Preset(
      "mmseg.FocalLoss", "FocalLoss(alpha=0.5, gamma=2.0)", versions: mmsegVersions,
      "focal", with: ["alpha": 0.5], "mean(class, pixel, image, batch, ignored: 0)",
      for: .independentLogits,
      note:
        "alpha = 0.5 halves every term. Ignored pixels cost 0 and stay in the divisor. \(printing)",
      source: "\(mmsegFile)/focal_loss.py"),
  ]

  private static let ofSoftmaxModels = Exception.exclusiveClasses(
    "DiceLoss() takes the sigmoid of a softmax model's logits, which is not counted; DiceLoss(use_sigmoid=False) is mmseg.DiceLoss.softmax"
  )
  private static let squared: [String: Double] = [
    "smooth_nr": 0, "smooth_dr": 2e-3, "squared": 1,
  ]
  private static let naive: [String: Double] = ["smooth_nr": 1e-3, "smooth_dr": 1e-3]

  private static func dice(
    _ id: String, _ call: String, _ parameters: [String: Double], for domain: Domain
  ) -> Preset {
    Preset(
      id, call, versions: mmsegVersions, "soft-dice", with: parameters,
      "pool(pixel, class) > score > mean(image) > mean(batch)", for: domain,
      note:
        "All classes of an image are one ratio, with squares below unless it is naive: large classes are most of it. DiceLoss() takes the sigmoid of logits, also of a model with a softmax. \(printing)",
      source: "\(mmsegFile)/dice_loss.py"
    ).except(
      .ignoredPixels("mmsegmentation leaves the predictions of ignored pixels in the sums below"))
  }

  private static let mmsegTversky: [String: Double] = [
    "alpha": 0.3, "beta": 0.7, "smooth_nr": 1, "smooth_dr": 1,
  ]

  private static let percentage =
    "Printed as a percentage, rounded to two decimals; counts are added in float32."

  private static let mmsegMetrics: [Preset] = [
    metric("mIoU", "IoUMetric(iou_metrics=[\"mIoU\"])", "iou", note: percentage),
    metric("mDice", "IoUMetric(iou_metrics=[\"mDice\"])", "dice", note: percentage),
    metric(
      "mAcc", "IoUMetric: mAcc", "recall",
      note: "What mmsegmentation calls the accuracy of a class is its recall. \(percentage)"),
    metric("mPrecision", "IoUMetric(iou_metrics=[\"mFscore\"])", "precision", note: percentage),
    Preset(
      "mmseg.aAcc", "IoUMetric: aAcc", versions: mmsegVersions,
      "accuracy", "pool(batch, image, pixel, class) > score", for: .exclusive,
      note: "Pixel accuracy: the largest classes are most of it. \(percentage)",
      source: metricFile),
  ]

  private static func metric(
    _ name: String, _ call: String, _ measure: String, note: String
  ) -> Preset {
    Preset(
      "mmseg.\(name)", call, versions: mmsegVersions, measure,
      "pool(batch, image, pixel) > score > mean(class)", note: note,
      source: metricFile
    ).except(
      .ignoredAmongClasses(
        "for mmsegmentation a label that is ignored and predicted stays a class, with a score of 0")
    )
  }

  private static let metricFile = "mmsegmentation 1.2.2: mmseg/evaluation/metrics/iou_metric.py"
}

extension Preset {
  /// The same where only the source says so.
  fileprivate var asRead: Preset {
    var preset = self
    preset.versions = versions.replacing("was run", with: "was read")
    preset.note += " As read."
    return preset
  }
}
