internal import Core
internal import Pages
internal import Tables

/// Softmax outputs called sigmoid, or the reverse: whether the probabilities of a pixel sum to 1
/// tells them apart.
extension SetUp {
  var wrongActivation: [SetUpFault] {
    if !logarithmsOfSoftmax.isEmpty { return logarithmsOfSoftmax }
    let values = glance.values
    guard scheme.kind == .probabilities, classes.count > 1, values.open >= 100 else { return [] }
    let share = Double(values.summingToOne) / Double(values.open)
    switch scheme.activation {
    case .sigmoid:
      // A truth whose classes overlap cannot be that of a softmax.
      let overlapping = images.contains { $0.tally.overlapping > 0 }
      guard share >= 0.99, !overlapping, let least = values.least, let most = values.most,
        most > least + 0.1
      else { return [] }
      return [
        SetUpFault(
          .wrongActivation, .error, "the classes exclude each other: this is a softmax",
          "The probabilities of \(percent: share) of \(count: values.open, "unsaturated pixel") that were looked at sum to 1, as a softmax makes them; with `activation: sigmoid` a class is predicted only above the threshold, and not where it is the most probable",
          remedy: "Say so under `decode`", lines: ["activation: softmax"],
          numbers: ["summing_to_1": share])
      ]
    case .softmax:
      guard let sum = values.meanSum, share < 0.5, (sum - 1).magnitude > 0.01 + rounding else {
        return []
      }
      if values.clippedSums * 100 >= values.pixels * 99 { return [clipped(sum)] }
      return [
        sum > 1
          ? SetUpFault(
            .wrongActivation, .error, "the classes do not exclude each other: this is no softmax",
            "A pixel's probabilities sum to \(sum) on average, and those of a softmax sum to 1",
            remedy: "Say under `decode` that each class has its own sigmoid",
            lines: ["activation: sigmoid"], numbers: ["mean_sum": sum])
          : SetUpFault(
            .wrongActivation, .warning, "a class is missing, or this is no softmax",
            "A pixel's probabilities sum to \(sum) on average, and those of a softmax sum to 1",
            remedy:
              "List every channel, also the background; or say under `decode` that each class has its own sigmoid",
            lines: ["activation: sigmoid"], numbers: ["mean_sum": sum])
      ]
    }
  }

  /// The output of a log-softmax: where classes exclude each other it is as good as logits.
  private var logarithmsOfSoftmax: [SetUpFault] {
    let values = glance.values
    guard scheme.kind == .logits, scheme.activation == .sigmoid, classes.count > 1,
      values.pixels >= 100, values.logarithms * 100 >= values.pixels * 99,
      !images.contains(where: { $0.tally.overlapping > 0 })
    else { return [] }
    return [
      SetUpFault(
        .wrongActivation, .error, "the logits are those of a softmax: a log-softmax was saved",
        "No value is above 0, and the exponentials of \(percent: Double(values.logarithms) / Double(values.pixels)) of \(count: values.pixels, "pixel") that were looked at sum to 1; read as logits of a sigmoid none of them is above ½",
        remedy: "Say so under `decode`; a softmax of such numbers is what they were made of",
        lines: ["activation: softmax"],
        numbers: ["summing_to_1": Double(values.logarithms) / Double(values.pixels)])
    ]
  }

  /// A softmax whose values were kept away from 0 and 1 decides as before, and its losses have a floor.
  private func clipped(_ sum: Double) -> SetUpFault {
    let values = glance.values
    return SetUpFault(
      .wrongActivation, .warning,
      "the probabilities were cut off at \(values.least) and \(values.most)",
      "A pixel's probabilities sum to \(sum) on average, and to 1 but for those that lie at the least value of their image: a softmax was clipped before it was saved",
      remedy:
        "Save it as it is: decisions are the same, and what a loss makes of a probability that was cut off is its bound",
      numbers: ["mean_sum": sum])
  }

  /// Levels are rounded, or cut off, by up to one step in each plane.
  private var rounding: Double {
    measurements.evidence.levels?.kind == .bits8 ? Double(classes.count) / 255 : 0
  }
}
