internal import Core
internal import Counting
internal import Pages
internal import Tables

/// Numbers that are not what `kind` says.
extension SetUp {
  var wrongKind: [SetUpFault] {
    let values = glance.values
    guard values.count > 0, let least = values.least, let most = values.most else { return [] }
    switch scheme.kind {
    case .labels: return []
    case .logits:
      // A model's logits lie to either side of 0; not one of thousands outside 0…1 is no accident.
      guard values.inUnit == values.count, values.count >= 100, most > 0 else { return [] }
      let areSoftmax =
        classes.count > 1 && values.open >= 100 && values.summingToOne * 100 >= values.open * 99
      let sums: Line = areSoftmax ? ", and those of a pixel sum to 1" : ""
      guard areSoftmax || values.looksLikeProbabilities else {
        return [
          SetUpFault(
            .wrongKind, .warning, "all logits lie between 0 and 1, as probabilities do",
            "All \(count: values.count) values that were looked at in \(count: looked, "image") lie between \(least) and \(most), and \(percent: Double(values.zeros) / Double(values.count)) of them are 0: logits may lie so behind a ReLU, and probabilities may too",
            remedy:
              "If an activation has been applied to them say under `decode` that they are probabilities; if they are logits, nothing is wrong",
            lines: ["kind: probabilities"],
            numbers: ["least": least, "most": most, "values": Double(values.count)])
        ]
      }
      return [
        SetUpFault(
          .wrongKind, .error, "the predictions are probabilities, not logits",
          "All \(count: values.count) values that were looked at in \(count: looked, "image") lie between \(least) and \(most)\(sums): an activation has been applied already, and reading them as logits applies it twice",
          remedy: "Say so under `decode`",
          lines: areSoftmax && scheme.activation != .softmax
            ? ["kind: probabilities", "activation: softmax"] : ["kind: probabilities"],
          numbers: ["least": least, "most": most, "values": Double(values.count)])
      ]
    case .probabilities:
      if let top = highestOf255, top == 1 {
        return [
          SetUpFault(
            .wrongKind, .error, "the predictions are masks or labels, not probabilities",
            "The 8-bit planes hold 0 and 1 and none of the levels up to 255: read as probabilities none is above 1/255",
            remedy:
              "Say under `decode` that they are decisions, and measure scores, because losses need probabilities",
            lines: WrongKind.decisions, numbers: ["highest_level": Double(top)])
        ]
      }
      guard values.decided == values.count, values.count >= 100, most == 1, least == 0 else {
        return []
      }
      return [
        SetUpFault(
          .wrongKind, .warning, "the predictions are decisions, not probabilities",
          "All \(count: values.count) values that were looked at in \(count: looked, "image") are 0 or 1: what a loss makes of them is what it clips at",
          remedy:
            "Save what the activation gives, or say under `decode` that these are decisions and measure scores",
          lines: WrongKind.decisions, numbers: ["values": Double(values.count)])
      ]
    }
  }
}

extension SetUp {
  /// The highest level of 8-bit planes: of all of them, or where their levels were not counted of what
  /// was looked at; a softmax of few classes is above 1/255 everywhere.
  private var highestOf255: Int? {
    if let levels = measurements.evidence.levels {
      return levels.kind == .bits8 ? levels.highest : nil
    }
    guard glance.values.levels == 255, classes.count < 128 else { return nil }
    return glance.values.most.map { Int(($0 * 255).rounded()) }
  }
}

private enum WrongKind {
  /// What a run of decisions needs: no loss is left anywhere.
  static let decisions = [
    "kind: labels", "# at the top level, in place of your own", "measure: [iou]",
    "diagnose: {headline: smp.iou_score.macro, poor: \"iou < 0.5\"}",
  ]
}

extension ValueRange {
  /// Whether numbers in 0…1 are what a sigmoid makes, which is hardly ever exactly 0 without being
  /// nearly 1 elsewhere. A ReLU makes zeros, and no ones.
  fileprivate var looksLikeProbabilities: Bool {
    let (isOftenZero, isOftenOne) = (zeros * 100 > count, (pixels - open) * 100 >= pixels)
    return !isOftenZero || isOftenOne
  }
}

extension RunLevels {
  /// The highest level that occurs in any plane.
  var highest: Int? {
    classes.compactMap { counts in
      (0..<counts.levels).last { counts.own[$0] + counts.other[$0] > 0 }
    }.max()
  }
}
