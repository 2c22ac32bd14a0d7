internal import Configuration
import Core
import Counting
import Decoding
import Pipeline
import Tables

/// The files that an oracle was computed from, read in the way that a value needs.
struct OracleSet {
  let name: String
  /// Where samples and data lie.
  let samples: String
  let data: String
  /// `sample_weight`, one number an image.
  var imageWeights: [Double] {
    // What was counted with other weights is no longer valid.
    didSet { if imageWeights != oldValue { counted = [:] } }
  }
  private var counted: [Reading: Evidence] = [:]

  private struct Reading: Hashable {
    var view: ParityRow.View
    var weighting: ParityRow.Weighting
  }

  /// The product's own value.
  struct Found {
    var cells: [Double?] = []
    var named: [String: Double?] = [:]
    /// The pixels of one sum over pixels, where there are any.
    var pixels = 0
    /// The distance between the bounds of a value that is only known to lie between two.
    var width: Double?
    /// What a batch's pixels weigh on the mean, at most.
    var weight = 1.0
    /// What the place of a percentile in single precision leaves open, over all classes.
    var percentileError = 0.0
  }

  init(name: String, samples: String, data: String, imageWeights: [Double]) {
    self.name = name
    self.samples = samples
    self.data = data
    self.imageWeights = imageWeights
  }

  /// All values that are left, place by place, class by class; `nil` where the set cannot be read so.
  mutating func values(of row: ParityRow) throws -> Found? {
    let reading = Reading(view: view(row.view), weighting: row.weighting)
    guard let evidence = try counted(reading) else { return nil }
    var weighting = ClassWeighting(classes: evidence.classes.count)
    if !row.classWeights.isEmpty { weighting.averaging = row.classWeights }
    if !row.positiveWeights.isEmpty { weighting.positive = row.positiveWeights }
    let measurements = Measurements(
      evidence: evidence, batching: Batching(size: row.batch), weighting: weighting)
    var found = Found()
    switch row.value {
    case .read(let read):
      found.cells = read(measurements)
      found.pixels = measurements.overlaps.first?.pixels ?? 0
    case .map: return nil
    case .estimated(let estimate):
      guard let levels = evidence.levels, let estimate = estimate(levels) else { return nil }
      found.cells = [estimate.value]
      found.width = estimate.width
    case .named(let read): found.named = read(measurements)
    case .formula(let terms, let rest):
      let formula = try Formula(
        terms, rest: rest, areClassesExclusive: reading.view.isExclusive)
      found.cells = Array(try measurements.outcome(of: formula).values.cells)
      found.pixels = formula.gauges.map { measurements.pixels(summedBy: $0) }.max() ?? 0
    }
    found.weight = measurements.largestWeight
    if row.coarse == .percentile {
      found.percentileError = measurements.percentileError * Double(classes.count)
    }
    if row.dropsFirst { found.cells.removeFirst() }
    if row.dropsFirstOfEach {
      let cells = found.cells.enumerated().filter { $0.offset % classes.count != 0 }
      found.cells = cells.map(\.element)
    }
    if let place = row.place { found.cells = [found.cells[place]] }
    if let cost = row.costOfLevels, let place = row.place, let levels = evidence.levels,
      [.bits8, .bits16].contains(levels.kind)
    {
      found.cells = [LevelCurve(levels.classes[place], on: LevelScale(levels.kind)).mean(of: cost)]
    }
    if let finish = row.finish { found.cells = found.cells.map { $0.map(finish) } }
    return found
  }

  /// The losses of a row that is a map.
  mutating func map(of recipe: MapRecipe, _ view: ParityRow.View) throws -> OracleMap? {
    guard let configuration = configuration(view) else { return nil }
    let file = try PipelineFile(parsing: configuration, path: name)
    let plan = try Plan(resolving: file, in: "")
    return try OracleMap(recipe, plan, imageWeights: imageWeights)
  }

  /// A set of label maps has only one reading.
  private func view(_ view: ParityRow.View) -> ParityRow.View {
    if view == .decided { return name.hasSuffix("-labels") ? .labels : .independent }
    return name.hasSuffix("-labels") && view.isExclusive ? .labels : view
  }

  private mutating func counted(
    _ reading: Reading
  ) throws -> Evidence? {
    if let counted = counted[reading] { return counted }
    guard let configuration = configuration(reading.view) else { return nil }
    let file = try PipelineFile(parsing: configuration, path: name)
    var plan = try Plan(resolving: file, in: "")
    plan.scheme.levels = reading.view != .labels
    switch reading.weighting {
    case .none: break
    case .images:
      guard imageWeights.count >= plan.images.count else { return nil }
      for index in plan.images.indices { plan.images[index].weight = imageWeights[index] }
      plan.scheme.sampleWeights = Scheme.SampleWeights()
    case .firstClass(let weights):
      plan.scheme.sampleWeights = Scheme.SampleWeights(firstClass: weights)
    case .classed:
      plan.scheme.sampleWeights = Scheme.SampleWeights(
        firstClass: .init(repeating: 1, count: file.decode.classes.count), noClass: 0)
    }
    let evidence = try gather(
      plan, jobs: 2, keepsLevels: true, sink: { _ in }, progress: { _ in true }
    ).evidence
    counted[reading] = evidence
    return evidence
  }

  private func configuration(_ view: ParityRow.View) -> String? {
    guard let (predictions, truth, extra) = files(view) else { return nil }
    let isLabels = view == .labels
    let (isLogits, isExclusive) = (view.hasLogits, view.isExclusive)
    let measures =
      isLabels
      ? "[iou, hd]"
      : """
      [bce, {bce: {label_smoothing: 0.1}}, {bce: {label_smoothing: 0.2}}, torch-bce,
        {log-loss: {epsilon: \(0x1p-52)}},
        brier, one, focal, {focal: {alpha: 0.25}}, mse, mae, ce, {ce: {label_smoothing: 0.1}},
        {torch-bce: {epsilon: \(1e-7)}}, {categorical-log-loss: {epsilon: \(0x1p-52), normalised: 2}}, {ce: {epsilon: \(1e-45)}}, sparse-ce, categorical-focal,
        {categorical-focal: {alpha: 0.25}}, {categorical-focal: {alpha: 0.5}}, soft-dice, iou, hd]
      """
    return """
      version: 1
      decode:
        predictions: "\(predictions)"
        truth: "\(truth)"
        kind: \(isLabels ? "labels" : isLogits ? "logits" : "probabilities")
        activation: \(isExclusive ? "softmax" : "sigmoid")
        classes: [\(classes.joined(separator: ", "))]
      \(extra)
      measure: \(measures)
      reduce:
        loss: "mean(class, pixel, image, batch)"
        score: "pool(batch, image, pixel) > score > mean(class)"
      """
  }

  private var classes: [String] {
    name.hasPrefix("street/")
      ? ["sky", "building", "road", "vegetation", "pole"] : ["c0", "c1", "c2", "c3", "c4"]
  }

  /// Predictions, truth, and the other keys of `decode`; `nil` where the set has no such files.
  private func files(_ view: ParityRow.View) -> (String, String, String)? {
    let parts = name.split(separator: "/").map(String.init)
    guard parts.count == 2 else { return nil }
    if parts[0] == "camvid8" {
      let folder = "\(data)/camvid8/\(parts[1])"
      let isOverlapping = parts[1].hasPrefix("overlap")
      switch view {
      case .independent: return ("\(folder)/pred.npy", "\(folder)/gt.npy", "")
      case .independentLogits: return ("\(folder)/logits.npy", "\(folder)/gt.npy", "")
      case .unlabelledLogits where !isOverlapping:
        return ("\(folder)/logits.npy", "\(folder)/gt.npy", "")
      case .labels: return nil
      case .complete where !isOverlapping: return ("\(folder)/pred.npy", "\(folder)/gt.npy", "")
      case .exclusive where !isOverlapping, .labelled where !isOverlapping:
        return ("\(folder)/pred.npy", "\(folder)/labels.npy", "  ignore: 255")
      case .exclusiveLogits where !isOverlapping:
        return ("\(folder)/logits.npy", "\(folder)/labels.npy", "  ignore: 255")
      default: return nil
      }
    }
    let street = "\(samples)/street"
    let truth = "\(street)/truth/{image}/{class}.png"
    switch (parts[1], view) {
    case ("run-a-npy", .independent), ("run-a-npy", .exclusive), ("run-a-npy", .complete),
      ("run-a-npy", .labelled):
      return ("\(street)/run-a.npy", "\(street)/truth.npy", "")
    case ("run-a-npy", .independentLogits), ("run-a-npy", .exclusiveLogits),
      ("run-a-npy", .unlabelledLogits):
      return ("\(street)/run-a-logits.npy", "\(street)/truth.npy", "")
    case ("run-a-labels", .labels):
      return ("\(street)/run-a-labels/{image}.png", "\(street)/truth-labels/{image}.png", "")
    case ("run-a-npy", _), ("run-a-labels", _): return nil
    case ("run-a-16bit", .independent), ("run-a-16bit", .exclusive),
      ("run-a-16bit", .complete), ("run-a-16bit", .labelled):
      let six = "\(street)/truth/{image:street_000[1-6]}/{class}.png"
      return ("\(street)/run-a-16bit/{image}/{class}.png", six, "")
    case (let run, .independent), (let run, .exclusive), (let run, .complete),
      (let run, .labelled):
      return ("\(street)/\(run)/{image}/{class}.png", truth, "")
    default: return nil
    }
  }
}

extension LevelCurve {
  /// Over all pixels, each with the one probability of its level.
  fileprivate func mean(of cost: (Double, Bool) -> Double) -> Double? {
    let pixels = counts.ownPixels + counts.otherPixels
    let sum = (0..<counts.levels).reduce(0.0) { sum, level in
      let p = scale.probabilities(of: level).lowerBound
      return sum + Double(counts.own[level]) * cost(p, true)
        + Double(counts.other[level]) * cost(p, false)
    }
    return pixels == 0 ? nil : sum / Double(pixels)
  }
}

extension Measurements {
  /// The largest mean weight of an image's pixels.
  fileprivate var largestWeight: Double {
    images.map { image in
      let weight = Double(image.tally.weight) / Double(max(1, image.tally.pixels))
      return weight == 0 ? 1 : weight
    }.max() ?? 1
  }
  /// How many pixels the largest sum over pixels has.
  fileprivate func pixels(summedBy part: Gauge) -> Int {
    var left = part.chain.allAxes
    for step in part.chain.reductions where left.contains(.pixel) { left.subtract(step.axes) }
    let layout = table(of: part.measure, byTile: false).layout
    return layout.groups(at: left.innermost).map(\.pixels).max() ?? 0
  }
}
