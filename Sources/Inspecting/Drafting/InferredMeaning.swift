internal import Core
internal import Decoding

/// What the numbers of the predictions mean, and which axis is which.
struct InferredMeaning: Sendable {
  var kind: String
  var kindEvidence: String
  var activation: String?
  var activationEvidence = ""
  var axes: String?
  var axesEvidence = ""
  var questions: [String] = []
  /// Whether images are volumes.
  var ofVolumes: Bool

  init(_ sides: FoundSides, _ classes: InferredClasses) {
    let predictions = sides.predictions
    ofVolumes = [predictions, sides.truth].contains { $0.axes.contains("D") }
    let range = predictions.looks.compactMap { $0.probable?.census.range }
    let least = range.map(\.lowerBound).min() ?? 0
    let most = range.map(\.upperBound).max() ?? 0
    let span = "\(Figure.text(least)) … \(Figure.text(most))"
    let areShares = predictions.looks.allSatisfy { $0.probable?.census.areShares ?? true }
    switch predictions.kind {
    case .probabilities, .logits:
      kind = areShares ? "probabilities" : "logits"
      kindEvidence =
        areShares
        ? "Real numbers from 0 to 1: \(span)." : "Real numbers that leave 0 to 1: \(span)."
    case .levels:
      kind = "probabilities"
      kindEvidence = "More levels than a mask has, and no labels: \(span)."
    case .mask, .masks:
      kind = "labels"
      kindEvidence = "There is nothing but 0 and one other number, so these are decisions."
    case .labels, .colors, .picture, .unknown:
      kind = "labels"
      kindEvidence = "Whole numbers, one a pixel."
    }
    if kind != "labels" { infer(activationOf: sides, classes) }
    infer(axesOf: sides)
  }

  private mutating func infer(activationOf sides: FoundSides, _ classes: InferredClasses) {
    let sums = sides.predictions.sums
    if classes.count == 1 {
      activation = "sigmoid"
      activationEvidence = "There is one class."
    } else if let sums, kind == "probabilities" {
      let isOne = sides.predictions.addsUpToOne(sums)
      activation = isOne ? "softmax" : "sigmoid"
      activationEvidence =
        "The classes of a pixel add up to \(Figure.text(sums.lowerBound)) … \(Figure.text(sums.upperBound)), \(isOne ? "so they exclude each other" : "and not to 1, so they are independent")."
    } else {
      let mayOverlap = sides.truth.form.grid != nil || sides.truth.kind == .masks
      activation = mayOverlap ? "sigmoid" : "softmax"
      activationEvidence =
        mayOverlap
        ? "The truth has a mask of each class, which may overlap."
        : "The truth has one class a pixel."
      questions.append(
        "files do not say whether the model ends in a softmax or in sigmoids: \(activation ?? "") is written"
      )
    }
  }

  private mutating func infer(axesOf sides: FoundSides) {
    let (truth, predictions) = (
      sides.truth.orderToTell(areLabels: kind == "labels"),
      sides.predictions.orderToTell(areLabels: kind == "labels")
    )
    if isArray(sides.predictions.form.files[0].path), sides.predictions.axes.isEmpty {
      questions.append(
        "which axis of \(sides.predictions.form.files[0].path) is which cannot be told: say axes")
    }
    switch (predictions, truth) {
    case (nil, nil): return
    case (let order?, nil): axes = "{predictions: \(order)}"
    case (nil, let order?): axes = "{truth: \(order)}"
    case (let a?, let b?): axes = a == b ? a : "{predictions: \(a), truth: \(b)}"
    }
    if axes == "{predictions: \(predictions ?? "")}", !sides.truth.isOfArrays { axes = predictions }
    axesEvidence =
      "N images, C classes, D slices, H rows, W columns; the axis of the classes is the one along which the numbers add up to 1, or else the shortest; of equal ones the one by which more pixels agree with the truth."
  }
}

extension Candidate {
  fileprivate var isOfArrays: Bool { isArray(form.files[0].path) }

  /// The axes, where a shape leaves a choice.
  fileprivate func orderToTell(areLabels: Bool) -> String? {
    // One plane of decisions is a label map.
    let axes = areLabels && classes == 1 ? axes.filter { $0 != "C" } : axes
    return isOfArrays && form.grid == nil && axes != "HW" && !axes.isEmpty ? axes : nil
  }

  /// The least and the largest sum over the classes of a pixel.
  fileprivate var sums: ClosedRange<Double>? {
    guard form.grid != nil else { return looks.compactMap { $0.probable?.sums }.joined }
    let image = form.files[0].image
    let members = form.files.filter { $0.image == image }.prefix(256)
      .compactMap { try? Look.planes(at: $0.path) }
    guard let first = members.first, members.allSatisfy({ $0.values.count == first.values.count })
    else { return nil }
    var total = [Double](repeating: 0, count: first.values.count)
    for plane in members { for index in total.indices { total[index] += plane.values[index] } }
    guard let low = total.min(), let high = total.max() else { return nil }
    return low...high
  }

  /// Rounding to 256 levels moves each class by half a level.
  fileprivate func addsUpToOne(_ sums: ClosedRange<Double>) -> Bool {
    let isRounded = !kind.isReal
    let slack = isRounded ? Double(form.classNames.count) / 255 + 0.01 : 0.02
    return member.meaning.addsUpToOne
      || sums.lowerBound > 1 - slack && sums.upperBound < 1 + slack
  }
}

extension [ClosedRange<Double>] {
  fileprivate var joined: ClosedRange<Double>? {
    guard let low = map(\.lowerBound).min(), let high = map(\.upperBound).max() else { return nil }
    return low...high
  }
}
