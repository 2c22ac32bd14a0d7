import Core
import Measures

/// How one value of an oracle comes about in the product's own terms.
struct ParityRow: Sendable {
  var measure: String
  var parameters: [String: Double] = [:]
  var chain: String
  var view: View = .independent
  var batch: Int?
  /// The id of the same value added in double precision, where the framework's own addition in
  /// single precision is coarser than the comparison.
  var twin: String?
  /// What the framework does in single precision that is coarser than the comparison.
  var coarse: Coarseness?

  enum Coarseness: Sendable {
    /// Adds pixels one after the other, as TensorFlow does over leading axes.
    case sum
    /// Takes 1 − ratio of such sums.
    case sequentialRatio
    /// Takes 1 − ratio of sums made pairwise, as PyTorch does.
    case pairwiseRatio
    /// Forms a logarithm of a sum near 1, whose last bit is 2⁻²³.
    case aroundOne
  }

  /// How the files of a set are read.
  enum View: String, CaseIterable, Sendable {
    /// Probabilities, each class above 0.5.
    case independent
    /// Probabilities, the most probable class.
    case exclusive
    /// The same, only where every pixel has a class: Keras takes the arg max of the truth too, which
    /// makes the first class of a pixel that has none.
    case complete
    /// The same, where pixels of no class do not count.
    case labelled
    case independentLogits, exclusiveLogits
    /// Logits of exclusive classes, where pixels of no class count.
    case unlabelledLogits
    /// Label maps on both sides.
    case labels
  }

  init(
    _ measure: String, with parameters: [String: Double] = [:], _ chain: String,
    _ view: View = .independent, batch: Int? = nil, twin: String? = nil, coarse: Coarseness? = nil
  ) {
    self.measure = measure
    self.parameters = parameters
    self.chain = chain
    self.view = view
    self.batch = batch
    self.twin = twin
    self.coarse = coarse
  }
}

extension ParityRow {
  /// The rows of a framework by the ids of its oracle.
  static func rows(of framework: String) -> [String: ParityRow] {
    switch framework {
    case "keras": keras
    case "torch": torch
    case "monai": monai
    case "segmentation_models_pytorch": smp
    case "torchmetrics": torchmetrics
    case "sklearn": sklearn
    default: [:]
    }
  }

  private static let everything = "mean(class, pixel, image, batch)"
  private static let perClass = "mean(pixel, image, batch)"
  private static let ownPixels = "mean(pixel, image, batch, by: truth)"

  private static let keras: [String: ParityRow] = {
    let mean = "mean(class) > mean(pixel, image, batch)"
    var rows: [String: ParityRow] = [
      "bce_per_class_mean": .init("bce", perClass, twin: "bce_per_class_mean_f64acc"),
      "bce_per_class_mean_f64acc": .init("bce", perClass),
      "bce_per_class_mean_on_positives": .init("bce", ownPixels),
      "bce_class_then_pixel": .init("bce", "mean(pixel) > mean(class) > mean(batch)"),
      "bce_pixel_then_class": .init("bce", "mean(class) > mean(pixel) > mean(batch)"),
      "bce_per_image": .init("bce", "mean(class) > mean(pixel) > mean(batch)"),
      "bce_per_image_class": .init("bce", "mean(pixel) > mean(batch)"),
      "BinaryCrossentropy_sum_over_batch_size": .init("bce", mean),
      "BinaryCrossentropy_mean": .init("bce", mean),
      "BinaryCrossentropy_mean_with_sample_weight": .init("bce", mean),
      "BinaryCrossentropy_sum": .init("bce", "mean(class) > sum(pixel, image, batch)"),
      "batch_means_then_mean": .init(
        "bce", "mean(class) > mean(pixel, image) > mean(batch)", batch: 16),
      "CategoricalCrossentropy": .init("ce", "sum(class) > mean(pixel, image, batch)"),
      "CategoricalCrossentropy_sum": .init("ce", "sum(class) > sum(pixel, image, batch)"),
      "SparseCategoricalCrossentropy": .init("sparse-ce", mean),
      "SparseCategoricalCrossentropy_ignore255": .init("sparse-ce", mean, .labelled),
      "Dice": .init("soft-dice", "pool(batch, image, pixel, class) > score"),
      "Dice_axis123": .init("soft-dice", "pool(pixel, class) > score > mean(image, batch)"),
      "Dice_axis12": .init("soft-dice", "pool(pixel) > score > mean(image, class, batch)"),
      "Dice_axis12_none": .init("soft-dice", "pool(pixel) > score > mean(batch)"),
      // Keras sums (1 − p)·t as false positives: its alpha is our beta.
      "Tversky": .init(
        "tversky", with: ["alpha": 0.3, "beta": 0.7], "pool(batch, image, pixel, class) > score"),
      "Tversky_axis12": .init(
        "tversky", with: ["alpha": 0.3, "beta": 0.7],
        "pool(pixel) > score > mean(image, class, batch)"),
      "BinaryFocalCrossentropy": .init("focal", everything),
      "BinaryFocalCrossentropy_balanced": .init("focal", with: ["alpha": 0.25], everything),
      "MeanSquaredError": .init("mse", everything),
      "MeanAbsoluteError": .init("mae", everything),
      "metric_Precision_per_class": .init("precision", "pool(batch, image, pixel) > score"),
      "metric_Recall_per_class": .init("recall", "pool(batch, image, pixel) > score"),
      "metric_BinaryIoU_fg_per_class": .init("iou", "pool(batch, image, pixel) > score"),
      "metric_OneHotIoU_each": .init("iou", "pool(batch, image, pixel) > score", .complete),
      "metric_OneHotMeanIoU": .init(
        "iou", "pool(batch, image, pixel) > score > mean(class)", .complete),
      "BinaryCrossentropy_from_logits": .init("bce", everything, .independentLogits),
      "CategoricalCrossentropy_from_logits": .init(
        "ce", "sum(class) > mean(pixel, image, batch)", .unlabelledLogits),
    ]
    for id in ["bce_class_then_pixel", "bce_per_image", "bce_per_image_class"] {
      rows[id]?.coarse = .sum
    }
    for id in [
      "Dice", "Dice_axis123", "Dice_axis12", "Dice_axis12_none", "Tversky", "Tversky_axis12",
    ] {
      rows[id]?.coarse = .sequentialRatio
    }
    rows["SparseCategoricalCrossentropy"]?.coarse = .aroundOne
    for size in [1, 4, 8, 16] {
      let epoch = ParityRow(
        "bce", "mean(class) > mean(pixel, image) > mean(batch, by: images)", batch: size)
      rows["evaluate_bce_batch\(size)"] = epoch
      rows["evaluate_bce_batch\(size)_loss"] = epoch
      rows["metric_BinaryCrossentropy_streaming\(size)"] = epoch
      rows["batches_bce_batch\(size)"] = .init(
        "bce", "mean(class) > mean(pixel, image)", batch: size)
    }
    return rows
  }()

  private static let torch: [String: ParityRow] = {
    var rows: [String: ParityRow] = [
      "bce_mean": .init("torch-bce", everything),
      "bce_mean_f64": .init("torch-bce", everything),
      "bce_sum": .init("torch-bce", "sum(class, pixel, image, batch)"),
      "bce_sum_f64": .init("torch-bce", "sum(class, pixel, image, batch)"),
      "bce_per_class": .init("torch-bce", perClass),
      "bce_per_class_f64": .init("torch-bce", perClass),
      "bce_per_class_f64acc": .init("torch-bce", perClass),
      "bce_per_class_on_positives": .init("torch-bce", ownPixels),
      "bce_per_image": .init("torch-bce", "mean(class, pixel) > mean(batch)"),
      "bce_per_image_class": .init("torch-bce", "mean(pixel) > mean(batch)"),
      "batch_means": .init("torch-bce", "mean(class, pixel, image)", batch: 16),
      "batch_means_then_mean": .init(
        "torch-bce", "mean(class, pixel, image) > mean(batch)", batch: 16),
      "mse": .init("mse", everything),
      "l1": .init("mae", everything),
      "ce_prob_targets": .init(
        "ce", "sum(class) > mean(pixel, image, batch)", .unlabelledLogits),
    ]
    for suffix in ["", "_f64"] {
      rows["bce_logits_mean\(suffix)"] = .init("bce", everything, .independentLogits)
      rows["bce_logits_sum\(suffix)"] = .init(
        "bce", "sum(class, pixel, image, batch)", .independentLogits)
    }
    for (id, view) in [("", ParityRow.View.exclusiveLogits), ("ignore255_", .exclusiveLogits)] {
      rows["ce_\(id)mean"] = .init("ce", everything, view)
      rows["ce_\(id)sum"] = .init("ce", "sum(class, pixel, image, batch)", view)
      for suffix in ["", "_f64"] {
        rows["ce_weight_\(id)mean\(suffix)"] = .init(
          "ce", "mean(class, pixel, image, batch, by: class-weights)", view)
        rows["ce_weight_\(id)sum\(suffix)"] = .init(
          "ce", "sum(class, pixel, image, batch, by: class-weights)", view)
      }
    }
    return rows
  }()

  private static let monai: [String: ParityRow] = {
    let smooth = ["smooth_nr": 1e-5, "smooth_dr": 1e-5]
    let tversky = smooth.merging(["alpha": 0.7, "beta": 0.3]) { $1 }
    let all = "mean(image, class, batch)"
    var rows: [String: ParityRow] = [
      "DiceLoss_squared": .init(
        "soft-dice", with: smooth.merging(["squared": 1]) { $1 }, "pool(pixel) > score > \(all)"),
      "DiceLoss_smooth": .init("soft-dice", with: smooth, "pool(pixel) > score > \(all)"),
      "FocalLoss_mean": .init("focal", everything, .independentLogits),
      "FocalLoss_sum": .init(
        "focal", "mean(pixel) > sum(image, class, batch)", .independentLogits),
      "FocalLoss_alpha_mean": .init(
        "focal", with: ["alpha": 0.25], everything, .independentLogits),
      "FocalLoss_alpha_sum": .init(
        "focal", with: ["alpha": 0.25], "mean(pixel) > sum(image, class, batch)",
        .independentLogits),
      "compute_iou_nan": .init("iou", "pool(pixel) > score(if: truth) > mean(batch)"),
    ]
    for (name, measure, parameters) in [
      ("DiceLoss", "soft-dice", smooth), ("TverskyLoss", "tversky", tversky),
    ] {
      rows["\(name)_mean"] = .init(measure, with: parameters, "pool(pixel) > score > \(all)")
      rows["\(name)_sum"] = .init(
        measure, with: parameters, "pool(pixel) > score > sum(image, class, batch)")
      rows["\(name)_none"] = .init(measure, with: parameters, "pool(pixel) > score > mean(batch)")
      let batch = "pool(pixel, image, batch) > score"
      rows["\(name)_batch_mean"] = .init(measure, with: parameters, "\(batch) > mean(class)")
      rows["\(name)_batch_sum"] = .init(measure, with: parameters, "\(batch) > sum(class)")
      rows["\(name)_batch_none"] = .init(measure, with: parameters, batch)
    }
    // So far soft ratios only; the metrics below are made of counts, which are exact.
    for id in rows.keys where id.hasPrefix("Dice") || id.hasPrefix("Tversky") {
      rows[id]?.coarse = .pairwiseRatio
    }
    for (name, measure) in [("DiceMetric", "dice"), ("MeanIoU", "iou")] {
      let scores = "pool(pixel) > score(if: truth)"
      rows["\(name)_mean"] = .init(measure, "\(scores) > mean(class) > mean(image, batch)")
      rows["\(name)_sum"] = .init(measure, "\(scores) > sum(class, image, batch)")
      rows["\(name)_mean_batch"] = .init(measure, "\(scores) > mean(image, batch)")
      rows["\(name)_sum_batch"] = .init(measure, "\(scores) > sum(image, batch)")
      rows["\(name)_mean_channel"] = .init(measure, "\(scores) > mean(class) > mean(batch)")
      rows["\(name)_sum_channel"] = .init(measure, "\(scores) > sum(class) > mean(batch)")
      rows["\(name)_none"] = .init(measure, "\(scores) > mean(batch)")
    }
    return rows
  }()

  private static let smp: [String: ParityRow] = {
    var rows: [String: ParityRow] = [
      "SoftBCE_mean": .init("bce", everything, .independentLogits),
      "SoftBCE_sum": .init("bce", "sum(class, pixel, image, batch)", .independentLogits),
      // A pixel that is ignored costs 0 and stays in the divisor.
      "SoftCE": .init("ce", "sum(class) > mean(pixel, image, batch)", .unlabelledLogits),
      "SoftCE_ignore255": .init("ce", "sum(class) > mean(pixel, image, batch)", .unlabelledLogits),
      "FocalLoss_mean": .init("focal", with: ["alpha": 0.25], everything, .independentLogits),
      "FocalLoss_sum": .init(
        "focal", with: ["alpha": 0.25], "sum(pixel, image, batch) > mean(class)",
        .independentLogits),
    ]
    for (name, measure) in [
      ("iou_score", "iou"), ("f1_score", "dice"), ("precision", "precision"),
      ("recall", "recall"), ("accuracy", "accuracy"),
    ] {
      for (reduction, chain) in [
        ("micro", "pool(batch, image, pixel, class) > score"),
        ("macro", "pool(batch, image, pixel) > score > mean(class else 1)"),
        ("micro-imagewise", "pool(pixel, class) > score > mean(batch, image else 1)"),
        ("macro-imagewise", "pool(pixel) > score > mean(batch, image, class else 1)"),
      ] {
        rows["st_\(name)_\(reduction)"] = .init(measure, chain)
        // smp's accuracy asks every class at every pixel, also of exclusive ones.
        if name != "accuracy" {
          rows["st2_\(name)_\(reduction)"] = .init(measure, chain, .exclusive)
        }
      }
    }
    rows["st2_iou_per_class"] = .init("iou", "pool(batch, image, pixel) > score", .exclusive)
    return rows
  }()

  private static let torchmetrics: [String: ParityRow] = {
    var rows: [String: ParityRow] = [
      "MeanIoU_onehot_perclassFalse": .init(
        "iou", "pool(pixel) > score > mean(image, class, batch)"),
      "MeanIoU_onehot_perclassTrue": .init("iou", "pool(pixel) > score > mean(image, batch)"),
      "DiceScore_none": .init("dice", "pool(pixel) > score > mean(image, batch)"),
      "DiceScore_micro": .init("dice", "pool(pixel, class) > score > mean(image, batch)"),
      "DiceScore_macro": .init("dice", "pool(pixel) > score > mean(class) > mean(image, batch)"),
    ]
    let averages = [
      ("micro", "pool(batch, image, pixel, class) > score"),
      ("macro", "pool(batch, image, pixel) > score > mean(class)"),
      ("weighted", "pool(batch, image, pixel) > score > mean(class, by: truth)"),
      ("none", "pool(batch, image, pixel) > score"),
    ]
    for (name, measure) in [
      ("Jaccard", "iou"), ("JaccardIndex", "iou"), ("F1Score", "dice"), ("Accuracy", "accuracy"),
      ("Precision", "precision"), ("Recall", "recall"),
    ] {
      for (average, text) in averages {
        // Where nothing was predicted torchmetrics' precision is 0.
        let chain =
          name == "Precision"
          ? text.replacing("mean(class", with: "mean(class else 0").replacing(
            " else 0, by: truth)", with: ", by: truth else 0)") : text
        rows["ml_\(name)_\(average)"] = .init(measure, chain)
        rows["mc_\(name)_\(average)"] = .init(measure, chain, .exclusive)
        rows["mc_\(name)_\(average)_ignore255"] = .init(measure, chain, .labelled)
      }
    }
    return rows
  }()

  private static let sklearn: [String: ParityRow] = [
    "jaccard_multilabel_micro": .init("iou", "pool(batch, image, pixel, class) > score"),
    "jaccard_multilabel_macro": .init(
      "iou", "pool(batch, image, pixel) > score > mean(class else 0)"),
    "jaccard_multilabel_weighted": .init(
      "iou", "pool(batch, image, pixel) > score > mean(class, by: truth)"),
    "jaccard_per_class": .init("iou", "pool(batch, image, pixel) > score"),
    "jaccard": .init("iou", "pool(batch, image, pixel) > score", .labels),
  ]
}
