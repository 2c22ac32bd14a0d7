import Core
import Counting
import Tables

extension ParityRow {
  private static let mean = "mean(class) > mean(pixel, image, batch)"
  private static let evaluated = "mean(class) > mean(pixel, image) > mean(batch, by: images)"

  static let keras: [String: ParityRow] =
    kerasLosses.merging(kerasWeighted) { $1 }.merging(kerasMetrics) { $1 }
    .merging(kerasEvaluated) { $1 }

  private static let kerasLosses: [String: ParityRow] = {
    // Keras sums (1 − p)·t as false positives: its alpha is our beta.
    let tversky = ["alpha": 0.3, "beta": 0.7]
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
      "BinaryCrossentropy_ls": .init("bce", with: ["label_smoothing": 0.1], mean),
      "batch_means_then_mean": .init(
        "bce", "mean(class) > mean(pixel, image) > mean(batch)", batch: 16),
      "CategoricalCrossentropy": .init("ce", "sum(class) > mean(pixel, image, batch)"),
      "CategoricalCrossentropy_sum": .init("ce", "sum(class) > sum(pixel, image, batch)"),
      "CategoricalCrossentropy_ls": .init(
        "ce", with: ["label_smoothing": 0.1], "sum(class) > mean(pixel, image, batch)"),
      "CategoricalFocalCrossentropy": .init(
        "categorical-focal", with: ["alpha": 0.25], "sum(class) > mean(pixel, image, batch)"),
      "SparseCategoricalCrossentropy": .init("sparse-ce", mean),
      "SparseCategoricalCrossentropy_ignore255": .init("sparse-ce", mean, .labelled),
      "Dice": .init("soft-dice", "pool(batch, image, pixel, class) > score"),
      "Dice_axis123": .init("soft-dice", "pool(pixel, class) > score > mean(image, batch)"),
      "Dice_axis12": .init("soft-dice", "pool(pixel) > score > mean(image, class, batch)"),
      "Dice_axis12_none": .init("soft-dice", "pool(pixel) > score > mean(batch)"),
      "Dice_axis012": .init("soft-dice", "\(whole) > score > mean(class)"),
      "Dice_axis012_none": .init("soft-dice", "\(whole) > score"),
      "Tversky": .init("tversky", with: tversky, "pool(batch, image, pixel, class) > score"),
      "Tversky_axis12": .init(
        "tversky", with: tversky, "pool(pixel) > score > mean(image, class, batch)"),
      "Tversky_axis012_none": .init("tversky", with: tversky, "\(whole) > score"),
      "BinaryFocalCrossentropy": .init("focal", everything),
      "BinaryFocalCrossentropy_balanced": .init("focal", with: ["alpha": 0.25], everything),
      "MeanSquaredError": .init("mse", everything),
      "MeanAbsoluteError": .init("mae", everything),
      "BinaryCrossentropy_from_logits": .init("bce", everything, .independentLogits),
      "CategoricalCrossentropy_from_logits": .init(
        "ce", "sum(class) > mean(pixel, image, batch)", .unlabelledLogits),
      "dice_coef_whole_set": .init(
        "soft-dice", with: ["smooth_nr": 1, "smooth_dr": 1],
        "pool(batch, image, pixel, class) > score", finish: { 1 - $0 }),
      "dice_coef_per_class": .init(
        "soft-dice", with: ["smooth_nr": 1, "smooth_dr": 1], "\(whole) > score",
        finish: { 1 - $0 }),
      "bce_per_class_mean_on_negatives": .init(coarse: .sum) { measurements in
        measurements.sums(of: "bce").map { Double($0.negative) / Double($0.negatives) }
      },
      "bce_per_class_share_of_loss": .init { measurements in
        let totals = measurements.sums(of: "bce").map { Double($0.total) }
        return totals.map { $0 / totals.reduce(0, +) }
      },
    ]
    for id in ["bce_class_then_pixel", "bce_per_image", "bce_per_image_class"] {
      rows[id]?.coarse = .sum
    }
    for id in rows.keys where id.hasPrefix("Dice") || id.hasPrefix("Tversky") {
      rows[id]?.coarse = .sequentialRatio
    }
    rows["SparseCategoricalCrossentropy"]?.coarse = .aroundOne
    return rows
  }()

  /// `sample_weight`: by image, by pixel through the class, and 0 for pixels without one.
  private static let kerasWeighted: [String: ParityRow] = {
    var rows: [String: ParityRow] = [
      "CategoricalCrossentropy_sw_pixel": .init(
        "ce", "sum(class) > mean(pixel, image, batch, times: sample-weights)", weights: .list)
    ]
    for (name, weights) in [
      ("sw_sample", Weighting.images), ("sw_pixel", .list), ("sw_void", .classed),
    ] {
      let times = "mean(class) > mean(pixel, image, batch, times: sample-weights)"
      rows["BinaryCrossentropy_sum_over_batch_size_\(name)"] = .init("bce", times, weights: weights)
      rows["BinaryCrossentropy_mean_\(name)"] = .init("bce", times, weights: weights)
      rows["BinaryCrossentropy_sum_\(name)"] = .init(
        "bce", "mean(class) > sum(pixel, image, batch, times: sample-weights)", weights: weights)
      // Keras divides by the weights as they were given: a weight for an image counts once, not
      // once a pixel.
      rows["BinaryCrossentropy_mean_with_sample_weight_\(name)"] =
        name == "sw_sample"
        ? .init(
          "bce", "mean(class) > sum(pixel) > mean(image, batch, by: sample-weights)",
          weights: weights)
        : .init(
          "bce", "mean(class) > mean(pixel, image, batch, by: sample-weights)", weights: weights)
    }
    return rows
  }()

  private static let kerasMetrics: [String: ParityRow] = {
    var rows: [String: ParityRow] = [
      "metric_OneHotIoU_each": .init(.complete) { $0.oneHotIoU },
      "metric_OneHotMeanIoU": .init(.complete) { measurements in
        let scores = measurements.oneHotIoU.compactMap(\.self)
        return [scores.reduce(0, +) / Double(scores.count)]
      },
      "mean_iou_kaggle_whole_set": .init(.independent) { $0.meanIoUOfThresholds },
      "metric_MeanIoU_ignore255": .init("iou", "\(whole) > score > mean(class)", .labelled),
      "metric_MeanMetricWrapper_bce": .init("bce", evaluated, batch: 16),
      "metric_BinaryAccuracy": .init(
        "binary-accuracy", "pool(batch, image, pixel, class) > score"),
    ]
    for (name, measure) in [
      ("Precision", "precision"), ("Recall", "recall"), ("BinaryIoU_fg", "iou"),
      ("BinaryIoU_both", "binary-iou"),
    ] {
      rows["metric_\(name)_per_class"] = .init(measure, "\(whole) > score")
      for c in classes {
        var row = ParityRow(measure, "\(whole) > score")
        row.place = c
        rows["metric_\(name)_class\(c)"] = row
      }
    }
    return rows
  }()

  /// What `evaluate` and each batch print: plain, and the question's own losses.
  private static let kerasEvaluated: [String: ParityRow] = {
    var rows: [String: ParityRow] = [:]
    for size in [1, 4, 8, 16] {
      let epoch = ParityRow("bce", evaluated, batch: size)
      rows["evaluate_bce_batch\(size)"] = epoch
      rows["evaluate_bce_batch\(size)_loss"] = epoch
      rows["metric_BinaryCrossentropy_streaming\(size)"] = epoch
      rows["batches_bce_batch\(size)"] = .init(
        "bce", "mean(class) > mean(pixel, image)", batch: size)
      rows["evaluate_bce_batch\(size)_sample_weight_N11"] = .init(
        "bce",
        "mean(class) > mean(pixel, image, times: sample-weights) > mean(batch, by: images)",
        batch: size, weights: .images)
      for (name, weights) in [("list", Weighting.list), ("dict", .keys)] {
        for (loss, terms) in [
          ("bce", [weightedBCE]), ("bce_dice", [weightedBCE, weightedDice]),
          ("question", [weightedBCE, weightedDice, twiceTheWeight]),
        ] {
          let coarse: Coarseness? = loss == "bce" ? nil : .weightedRatio
          rows["batches_\(loss)_\(name)_batch\(size)"] = .init(
            sum: terms, batch: size, weights: weights, coarse: coarse)
          rows["evaluate_\(loss)_\(name)_batch\(size)"] = .init(
            sum: terms, rest: "mean(batch, by: images)", batch: size, weights: weights,
            coarse: coarse)
        }
      }
    }
    for (name, weights) in [("list", [1.0, 1, 1, 1, 1000]), ("dict", [0, 1, 2, 3, 4])] {
      let unique = { @Sendable (measurements: Measurements) -> [Double?] in
        measurements.weightCounts(weights).map(\.weight)
      }
      let counts = { @Sendable (measurements: Measurements) -> [Double?] in
        measurements.weightCounts(weights).map { Double($0.count) }
      }
      rows["question_weight_map_unique_\(name)"] = .init(reading: unique)
      rows["question_weight_map_counts_\(name)"] = .init(reading: counts)
      // Where the call has no index it gives both.
      rows["question_weight_map_counts_\(name), both"] = .init { unique($0) + counts($0) }
    }
    return rows
  }()

  private static let weightedBCE = Preset.Term(
    1, .init("bce", "mean(class) > mean(pixel, image, times: sample-weights)"))
  private static let weights = Preset.Part(
    "one", "mean(class) > mean(pixel, image, times: sample-weights)")
  private static let weightedDice = Preset.Term(
    1, weights,
    .init(
      "soft-dice", with: ["smooth_nr": 1, "smooth_dr": 1], "pool(pixel, image, class) > score"))
  private static let twiceTheWeight = Preset.Term(-2, weights)
}

extension Measurements {
  /// The sums of a loss over the whole run, one a class.
  ///
  /// - Parameter loss: as reports write it, `ce(label_smoothing: 0.1)`.
  func sums(of loss: String) -> [LossSum] {
    let names = scheme.losses.map { (try? Catalogue.measure($0))?.name }
    guard let index = names.firstIndex(of: loss) else { return [] }
    return evidence.classes.entries.indices.map { c in
      images.reduce(.zero) { $0 + $1.tally.classes[c].losses[index] }
    }
  }

  /// The IoU of each class where a pixel without one is of the first: Keras takes the arg max of the truth.
  fileprivate var oneHotIoU: [Double?] {
    let confusion = images.reduce(Confusion.zero) { $0 + $1.tally.confusion }
    var scores = [Overlap](repeating: .zero, count: overlaps.count)
    for entry in confusion.entries where entry.predicted < scores.count {
      let truth = entry.truth < scores.count ? entry.truth : 0
      if truth == entry.predicted {
        scores[truth] += Overlap(both: entry.count)
      } else {
        scores[truth] += Overlap(onlyTrue: entry.count)
        scores[entry.predicted] += Overlap(onlyPredicted: entry.count)
      }
    }
    return scores.map { $0.union == 0 ? nil : Double($0.both) / Double($0.union) }
  }

  /// How often each weight occurs on the map that a lookup by arg max makes.
  fileprivate func weightCounts(_ weights: [Double]) -> [(weight: Double, count: Int)] {
    var counts: [Double: Int] = [:]
    for (c, weight) in weights.enumerated() {
      counts[weight, default: 0] += images.reduce(0) { $0 + $1.tally.classes[c].first }
    }
    counts[weights[0], default: 0] += images.reduce(0) { $0 + $1.tally.unclassed }
    return counts.filter { $0.value > 0 }.sorted { $0.key < $1.key }
      .map { (weight: $0.key, count: $0.value) }
  }
}

extension RunLevels {
  /// The mean over the thresholds 0.5, 0.55 … 0.95 of the mean IoU of "set" and "not set", of all classes'
  /// pixels together; what Kaggle's kernels call the mean IoU.
  fileprivate var meanIoUOfThresholds: Estimate? {
    let curve = LevelCurve(classes.reduce(.zero, +), on: LevelScale(kind))
    let scores = (10..<20).compactMap { twentieths in
      curve.decision(above: Double(twentieths) / 20).estimate { overlap in
        let wrong = overlap.onlyTrue + overlap.onlyPredicted
        let set = Double(overlap.both) / Double(overlap.both + wrong)
        return (set + Double(overlap.neither) / Double(overlap.neither + wrong)) / 2
      }
    }
    return Estimate(
      low: scores.reduce(0) { $0 + $1.low } / Double(scores.count),
      high: scores.reduce(0) { $0 + $1.high } / Double(scores.count))
  }
}
