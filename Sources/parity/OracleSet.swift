import Core
import Decoding
import Measures
import Pipeline

/// The files that an oracle was computed from, read in the way that a value needs.
struct OracleSet {
  let name: String
  /// Where samples and data lie.
  let samples: String
  let data: String
  private var counted: [ParityRow.View: (evidence: Evidence, file: PipelineFile)] = [:]

  init(name: String, samples: String, data: String) {
    self.name = name
    self.samples = samples
    self.data = data
  }

  /// All values that are left, place by place, class by class, and how many pixels one sum over
  /// pixels has; `nil` where the set cannot be read so.
  mutating func values(of row: ParityRow) throws -> (cells: [Double?], pixels: Int)? {
    guard let (evidence, file) = try counted(row.view) else { return nil }
    let isExclusive = !(row.view == .independent || row.view == .independentLogits)
    guard let definition = Catalogue.definition(named: row.measure) else { return nil }
    let measure = try definition.measure(
      given: row.parameters, areClassesExclusive: isExclusive)
    let chain = try Chain(parsing: row.chain)
    let losses = file.counted.filter(\.isElementwise).map(\.name)
    let measurements = Measurements(
      evidence: evidence, measures: [measure], batching: Batching(size: row.batch),
      areClassesExclusive: isExclusive, losses: losses)
    let table = measurements.table(of: measure, byTile: false)
    guard table.obstacle(to: chain) == nil else { return nil }
    var left = chain.allAxes
    for step in chain.reductions where left.contains(.pixel) { left.subtract(step.axes) }
    let pixels = table.layout.groups(at: left.innermost).map(\.pixels).max() ?? 0
    return (table.reduced(by: chain).values.cells, pixels)
  }

  private mutating func counted(
    _ view: ParityRow.View
  ) throws -> (evidence: Evidence, file: PipelineFile)? {
    if let counted = counted[view] { return counted }
    guard let configuration = configuration(view) else { return nil }
    let file = try PipelineFile(parsing: configuration, path: name)
    let plan = try Plan(resolving: file, in: "")
    let evidence = try gather(
      plan, jobs: 2, keepsLevels: false, sink: { _ in }, progress: { _ in true })
    counted[view] = (evidence, file)
    return (evidence, file)
  }

  private func configuration(_ view: ParityRow.View) -> String? {
    guard let (predictions, truth, extra) = files(view) else { return nil }
    let isLabels = view == .labels
    let isLogits = [.independentLogits, .exclusiveLogits, .unlabelledLogits].contains(view)
    let isExclusive = view != .independent && view != .independentLogits
    let measures =
      isLabels
      ? "[iou]"
      : "[bce, torch-bce, focal, {focal: {alpha: 0.25}}, mse, mae, ce, sparse-ce, soft-dice, iou]"
    return """
      version: 1
      decode:
        predictions: "\(predictions)"
        truth: "\(truth)"
        kind: \(isLabels ? "labels" : isLogits ? "logits" : "probabilities")
        activation: \(isExclusive ? "softmax" : "sigmoid")
        classes: [\(classes.joined(separator: ", "))]
      \(extra)
      weights: [1, 1, 1, 1, 1000]
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

  /// Predictions, truth, and what else `decode` has to say; `nil` where the set has no such files.
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
    case ("run-a-npy", .independent), ("run-a-npy", .exclusive), ("run-a-npy", .complete):
      return ("\(street)/run-a.npy", "\(street)/truth.npy", "")
    case ("run-a-npy", .independentLogits), ("run-a-npy", .exclusiveLogits),
      ("run-a-npy", .unlabelledLogits):
      return ("\(street)/run-a-logits.npy", "\(street)/truth.npy", "")
    case ("run-a-labels", .labels):
      return ("\(street)/run-a-labels/{image}.png", "\(street)/truth-labels/{image}.png", "")
    case ("run-a-npy", _), ("run-a-labels", _): return nil
    case ("run-a-16bit", .independent), ("run-a-16bit", .exclusive),
      ("run-a-16bit", .complete):
      let six = "\(street)/truth/{image:street_000[1-6]}/{class}.png"
      return ("\(street)/run-a-16bit/{image}/{class}.png", six, "")
    case (let run, .independent), (let run, .exclusive), (let run, .complete):
      return ("\(street)/\(run)/{image}/{class}.png", truth, "")
    default: return nil
    }
  }
}
