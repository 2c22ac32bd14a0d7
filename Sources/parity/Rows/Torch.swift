import Core
import Counting
import Tables

extension ParityRow {
  static let torch: [String: ParityRow] = {
    let sum = "sum(class, pixel, image, batch)"
    var rows: [String: ParityRow] = [
      "bce_mean": .init("torch-bce", everything),
      "bce_mean_f64": .init("torch-bce", everything),
      "bce_sum": .init("torch-bce", sum),
      "bce_sum_f64": .init("torch-bce", sum),
      "bce_per_class": .init("torch-bce", perClass),
      "bce_per_class_f64": .init("torch-bce", perClass),
      "bce_per_class_f64acc": .init("torch-bce", perClass),
      "bce_per_class_on_positives": .init("torch-bce", ownPixels),
      "bce_per_image": .init("torch-bce", "mean(class, pixel) > mean(batch)"),
      "bce_per_image_class": .init("torch-bce", "mean(pixel) > mean(batch)"),
      "batch_means": .init("torch-bce", "mean(class, pixel, image)", batch: 16),
      "batch_means_then_mean": .init(
        "torch-bce", "mean(class, pixel, image) > mean(batch)", batch: 16),
      "bce_weighted_mean": .init(
        "torch-bce", "mean(class, pixel, image, batch, times: class-weights)"),
      "bce_weighted_sum": .init(
        "torch-bce", "sum(class, pixel, image, batch, times: class-weights)"),
      "bce_logits_pos_weight_mean": .init(
        "bce", "mean(class, pixel, image, batch, times: positive-weights)", .independentLogits),
      "bce_logits_pos_weight_sum": .init(
        "bce", "sum(class, pixel, image, batch, times: positive-weights)", .independentLogits),
      "bce_clipped_eps_mean": .init("torch-bce", with: ["epsilon": 1e-7], everything),
      "ce_ignore0_mean": .init(
        "ce", "mean(class, pixel, image, batch, by: class-weights)", .exclusiveLogits),
      "ce_weight_label_smoothing": .init(.exclusiveLogits) { measurements in
        // Divided by the weights of the true classes, which no chain over all terms does.
        let weights = [1.0, 1, 1, 1, 1000]
        let terms = zip(weights, measurements.sums(of: "ce(label_smoothing: 0.1)"))
        let above = terms.reduce(0) { $0 + $1.0 * Double($1.1.total) }
        let below = terms.reduce(0) { $0 + $1.0 * Double($1.1.positives) }
        return [above / below]
      },
      "mse": .init("mse", everything),
      "l1": .init("mae", everything),
      "ce_prob_targets": .init(
        "ce", "sum(class) > mean(pixel, image, batch)", .unlabelledLogits),
      "ce_label_smoothing": .init(
        "ce", with: ["label_smoothing": 0.1], "sum(class) > mean(pixel, image, batch)",
        .exclusiveLogits),
      "nll_normalised": .init("ce", with: ["epsilon": 1e-45], everything, .labelled),
      "nll_normalised_weight": .init(
        "ce", with: ["epsilon": 1e-45], "mean(class, pixel, image, batch, by: class-weights)",
        .labelled),
    ]
    rows["ce_ignore0_mean"]?.classWeights = [0, 1, 1, 1, 1]
    for suffix in ["", "_f64"] {
      rows["bce_logits_mean\(suffix)"] = .init("bce", everything, .independentLogits)
      rows["bce_logits_sum\(suffix)"] = .init("bce", sum, .independentLogits)
    }
    for id in ["", "ignore255_"] {
      rows["ce_\(id)mean"] = .init("ce", everything, .exclusiveLogits)
      rows["ce_\(id)sum"] = .init("ce", sum, .exclusiveLogits)
      for suffix in ["", "_f64"] {
        rows["ce_weight_\(id)mean\(suffix)"] = .init(
          "ce", "mean(class, pixel, image, batch, by: class-weights)", .exclusiveLogits)
        rows["ce_weight_\(id)sum\(suffix)"] = .init(
          "ce", "sum(class, pixel, image, batch, by: class-weights)", .exclusiveLogits)
      }
    }
    return rows
  }()
}
