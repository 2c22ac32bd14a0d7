internal import Core
internal import Counting
internal import Pages
internal import Tables

/// Counted pixels whose truth is outside the class list: a loss divides by them though they cost
/// nothing, and in a score everything predicted there is wrong.
extension Examination {
  var unclassedPixels: [Finding] {
    let images = measurements.images
    let unclassed = images.reduce(0) { $0 + $1.tally.unclassed }
    let all = images.reduce(0) { $0 + $1.tally.pixels }
    guard unclassed > 0, let printed = diagnosis.printed, let tolerance = diagnosis.tolerance,
      let (without, effect, divided) = withoutUnclassed,
      (without - printed).magnitude > tolerance
    else { return [] }
    return [
      Finding(
        .unclassedPixels,
        "\(percent: Double(unclassed) / Double(all)) of the counted pixels are no class of the list, and \(text: effect): the \(text: kindText) is \(printed), and \(without) without them",
        remedy: divided == nil
          ? "Add ignore: unlisted to decode if nothing is meant to be predicted there"
          : "Divide by the pixels that have a class, or add ignore: unlisted to decode",
        snippet: divided.map { .chain("classed", $0) } ?? .setting("ignore: unlisted"),
        numbers: [
          "unclassed_px": Double(unclassed), "value": printed, "without_them": without,
        ])
    ]
  }

  private var withoutUnclassed: (value: Double, effect: String, divided: Chain?)? {
    switch table {
    case .losses(let losses) where losses.table.terms == .ownPixels:
      // A mean over a pixel's classes leaves out pixels that have none; a sum is 0 there.
      var steps = chain.steps
      guard
        let index = steps.firstIndex(where: { step in
          guard case .reduce(let reduction) = step else { return false }
          return reduction.operation == .sum && reduction.axes == [.class]
        })
      else { return nil }
      steps[index] = .reduce(.init(.mean, [.class]))
      let divided = chain.having(steps)
      return value(by: divided).map {
        ($0, "they cost nothing and are divided by", divided)
      }
    case .ratios(let ratios):
      guard var decided = ratios as? RatioTable<Overlap>, let confusions = decided.confusions
      else { return nil }
      let classes = decided.layout.classes
      let changed = confusions.map { confusion in
        Confusion(confusion.entries.filter { $0.truth < classes }).overlaps(classes: classes)
      }
      decided.cells = decided.cells.mapping { _, place, c in changed[place][c] }
      decided.confusions = nil
      return value(.ratios(decided)).map { ($0, "whatever is predicted there is wrong", nil) }
    case .losses: return nil
    }
  }
}
