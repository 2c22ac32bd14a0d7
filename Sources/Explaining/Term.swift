package import Pages

/// A word or a column head that outputs print, and what it means. The list is also the table in
/// docs/outputs.md.
package struct Term: Hashable, Sendable {
  /// As outputs write it, the usual name first.
  package let names: [String]
  package let meaning: Line

  init(_ names: String..., meaning: Line) {
    self.names = names
    self.meaning = meaning
  }
}

extension Term {
  package static func named(_ name: String) -> Term? {
    all.first { $0.names.contains(name.lowercased()) }
  }

  /// In one line what stands under a column's title; `nil` of none that there is.
  package static func meaning(ofColumn title: String) -> String? {
    if let term = named(title) { return term.meaning.plain }
    guard let ending = Ending.allCases.first(where: { title.hasSuffix($0.rawValue) }),
      let number = named(String(title.dropLast(ending.rawValue.count)))
    else { return nil }
    return "\(number.meaning.plain): \(ending.meaning.plain)"
  }

  /// What a column's ending means, where one number has several columns.
  package enum Ending: String, CaseIterable, Sendable {
    case roundingLow = "_rounding_lo"
    case roundingHigh = "_rounding_hi"
    case low = "_lo"
    case high = "_hi"
    case difference = "_diff"
    case before = "_a"
    case after = "_b"

    package var meaning: Line {
      switch self {
      case .roundingLow, .roundingHigh:
        "the least and the most that the number may have been before probabilities were rounded to levels"
      case .low, .high: "the ends of the interval, at the level of `bootstrap:`"
      case .difference: "B less A, the newer run less the older"
      case .before: "in run A, the older"
      case .after: "in run B, the newer"
      }
    }
  }

  /// In the order in which a reader of classes.csv meets them.
  package static let all = [
    Term("class_id", meaning: "the class's place in the list of pipeline.yml, from 0"),
    Term("class_name", meaning: "the class"),
    Term(
      "state",
      meaning:
        "why numbers are missing: `ok`; `absent_gt` (in no truth); `absent_both` (in no truth and no prediction); `low_support` (in fewer than 10 images); `undecided` (the images do not tell); `not_averaged` (evaluated, and left out where classes are combined); `soft_truth` (the headline is against a soft truth, by which there is no verdict); `no_value`; `no_scale`"
    ),
    Term(
      "verdict", meaning: "what the headline says of the class; see `unmask explain hidden`"),
    Term(
      "outcome",
      meaning:
        "of a comparison what became of the class: worse, undecided, better or same. Of a check `passed`, `failed`, `insufficient` (other images of the same kind may keep the limit), `missing`, or `accepted` (it fails, and the configuration lets it until a day)"
    ),
    Term(
      "baseline", "accepted",
      meaning:
        "what the number was in the run that `unmask baseline accept` made the one to compare with; `accepted:` in a configuration is something else, checks that may fail until a day"
    ),
    Term("badness", "b", meaning: "1 − the class's score by `poor:`, over all pixels of the run"),
    Term(
      "skill",
      meaning:
        "how much of its scale a number has gained: 0 knows nothing but constants, 1 is perfect, below 0 is worse than a constant guess. Of a class: 1 − headroom / reach"
    ),
    Term("score", meaning: "the score by which `poor:` judges classes"),
    Term(
      "pixel_share", "pixels",
      meaning: "the class's true pixels, as a share of all counted pixels"),
    Term("truth_px", meaning: "pixels that truly are the class"),
    Term("predicted_px", meaning: "pixels that are predicted as the class"),
    Term("tp_px", meaning: "pixels that are the class both in truth and in prediction"),
    Term("images", meaning: "images whose truth has the class"),
    Term("image", meaning: "the image's name, as the path captures it"),
    Term("batch", meaning: "the batch of the image, from 0"),
    Term("group", meaning: "what the path's `group` captured"),
    Term("loss_mean", "loss", meaning: "the class's mean loss at all its terms"),
    Term("loss_positive", "on own pixels", meaning: "its mean loss on its own pixels"),
    Term("loss_negative", "on others", meaning: "its mean loss on all other pixels"),
    Term(
      "loss_share", "share",
      meaning: "the class's part of all headroom: of what could be gained, what it has"),
    Term("badness_share", meaning: "the class's part of all badness"),
    Term(
      "gradient_share", "share of the gradient",
      meaning:
        "the class's part of the gradient: of Σ |∂L/∂z| over all pixels and classes, L being the headline and z the logits, before anything is clipped"
    ),
    Term(
      "gradient_own", "own pixels, up",
      meaning: "Σ |∂L/∂z| over the class's own pixels, which pull its logit up"),
    Term(
      "gradient_others", "all others, down",
      meaning: "Σ |∂L/∂z| over all other pixels, which pull its logit down"),
    Term(
      "gradient_net", "net",
      meaning:
        "Σ ∂L/∂z over all pixels: above 0 a step of gradient descent lowers the class's logit on the whole, below 0 it raises it"
    ),
    Term(
      "gradient_clipped_own", "gradient_clipped_others",
      meaning:
        "what of `gradient_own` is at probabilities of exactly 0, and of `gradient_others` at exactly 1: it is not heard where p is clipped before the loss"
    ),
    Term(
      "weight_unhides", "weight_shows",
      meaning:
        "by what the weight of a hidden or muted class must be multiplied, predictions as they are, until the headline does not hide it, and until it shows it; empty where no weight does"
    ),
    Term(
      "weight_evens",
      meaning: "by what, until the class has an even share of the gradient"),
    Term(
      "own_weight_balances",
      meaning:
        "by what the weight of its own pixels alone (a positive weight), until they pull as hard as all others"
    ),
    Term(
      "headroom",
      meaning: "what the headline would gain if the class were perfect and all else as it is"),
    Term(
      "reach",
      meaning:
        "what the headline has for knowing the class at all: unknown against perfect, all other classes perfect"
    ),
    Term(
      "scale",
      meaning:
        "from the best constant predictions to the truth itself, by the headline's own chain; 1 for a score"
    ),
    Term(
      "tolerance",
      meaning:
        "a smaller change of the headline is not seen: 1 % of its scale, or ½ / classes if that is less, or what `tolerance:` says; at least half of the last of four decimals"
    ),
    Term(
      "voice",
      meaning:
        "the weight that the headline's chain gives to the class, or to its own pixels alone; of chains that add and average"
    ),
    Term(
      "masking_factor",
      meaning:
        "badness share over headroom share: how much less is heard of the class than is wrong"
    ),
    Term(
      "order gap", "order_gap",
      meaning:
        "the largest less the smallest value over every order of plain means; 0 proves that the order of reduction cannot be the cause"
    ),
    Term("p_poor", meaning: "in which share of the draws the class fails"),
    Term(
      "score_detectable",
      meaning:
        "the smallest change of the score that images like these would have shown, four times in five"
    ),
    Term(
      "p_value", "p_holm",
      meaning:
        "how likely chance alone is, adjusted to the number of classes that are judged together (Holm)"
    ),
    Term(
      "check",
      meaning: "the `id` of a limit under `check:`; its `state` is `pass`, `warn` or `fail`"),
    Term("level", meaning: "what a check that fails does: `error` fails the build, `warn` says it"),
    Term("min", "max", meaning: "the limits of a check"),
    Term(
      "images_needed",
      meaning:
        "how many images, or groups, would decide it, if those to come are like those that there are"
    ),
    Term("reason", meaning: "what was found, in words"),
    Term(
      "predicted_share",
      meaning: "without a truth: predicted pixels of the class, as a share of all counted pixels"),
    Term("mean_probability", meaning: "without a truth: the mean of the class's probabilities"),
    Term(
      "saturated_share",
      meaning: "without a truth: probabilities of exactly 0 or 1, as a share of all of the class"),
    Term(
      "expected_dice", "basis",
      meaning:
        "without a truth: what Dice would be if a prediction were worth what it was in the reference, by its `levels` or its `decisions`, or what its `probabilities` say; no measured score"
    ),
    Term(
      "reference", "moved",
      meaning:
        "without a truth: the figure in the earlier run that `reference:` names; it moved where it differs by more than chance explains (p_holm of 1 − level at most), and is empty where that was not tested"
    ),
    Term("saturated_px", meaning: "probabilities of exactly 0 or 1"),
    Term(
      "saturated_wrong_px",
      meaning: "those on the wrong side, whose loss is what the framework's clip makes it"),
    Term("headline_part", meaning: "how the headline would have moved if this class alone had"),
    Term("headline", meaning: "the one number that people look at: `diagnose: {headline: …}`"),
    Term("measure", meaning: "the loss or score, with the parameters that are not the usual ones"),
    Term("reduction", meaning: "the name of the chain in pipeline.yml, or `preset`"),
    Term("step", meaning: "the step of the chain, from 1"),
    Term("operation", meaning: "what the step does, in the notation of chains"),
    Term("axes", meaning: "which axes the step takes away"),
    Term("divides_by", "divides by", meaning: "what a mean divides by"),
    Term("shape", "left", meaning: "the axes that are left after the step, with their sizes"),
    Term("value", meaning: "the number after the step; empty as long as pixels are left"),
    Term("lowest", "highest", meaning: "the ends of the values, where more than one is left"),
    Term("kind", meaning: "of a finding; `unmask explain KIND` says what it means"),
    Term("sentence", meaning: "the finding in words, with its numbers"),
    Term("remedy", meaning: "what to do about it"),
    Term("snippet", meaning: "what to paste into pipeline.yml"),
    Term("best_iou", meaning: "the largest IoU that any threshold gives"),
    Term("best_threshold", meaning: "the threshold that gives it"),
    Term(
      "average_precision", meaning: "the area under the curve of precision over recall, in steps"),
    Term("auroc", meaning: "the area under the ROC curve"),
    Term(
      "calibration_error",
      meaning: "the mean distance between probability and how often it is right, over 15 bins"),
  ]
}
