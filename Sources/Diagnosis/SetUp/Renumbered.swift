internal import Core
internal import Pages

/// Predictions that number the classes otherwise than the truth does: from 1, by another list, or
/// in another order.
///
/// The numbers themselves are compared, as the files hold them; the class list enters only for what
/// is true now.
extension SetUp {
  var renumbered: [SetUpFault] {
    guard let found = renaming, found.renamed >= (bestTurn?.then ?? 0) else { return [] }
    let numbers = NumberedPairs(glance.labels, scheme)
    let shift = found.shift ?? 0
    let what: Line =
      switch shift {
      case 1: "the predictions are the truth's numbers less 1"
      case -1: "the predictions are the truth's numbers plus 1"
      default: "the predictions number the classes otherwise than the truth"
      }
    let pairs = found.pairs.filter { $0.truth != $0.predicted || numbers.isByPlane }
    func list(_ numbers: [Int64]) -> Line { Line(listing: numbers.map { "\(Int($0))" }, most: 12) }
    let own: Line = numbers.isByPlane ? "planes" : "numbers"
    return [
      SetUpFault(
        .shuffledLabels, isOfFew(found) ? .warning : .error, what,
        "By where they lie in \(count: looked, "image"), the truth's \(list(pairs.map(\.truth))) are the predictions' \(own) \(list(pairs.map(\.predicted))); read so, the mean IoU on the places that were looked at is \(found.renamed) instead of \(found.now)",
        remedy: remedy(found, numbers),
        lines: lines(for: found, numbers),
        numbers: ["mean_iou": found.now, "renamed": found.renamed])
    ]
  }

  /// Other numbers of the truth for those of the predictions, where they fit much better.
  var renaming: NumberedPairs.Renaming? {
    let numbers = NumberedPairs(glance.labels, scheme)
    // One number that fits another class is what a model does that takes one for the other.
    guard let found = numbers.renaming, numbers.isByPlane || !found.isIdentity else { return nil }
    // A number that no class has, on a class that is never predicted, is that class: 255 for 1.
    let hasStray = found.pairs.contains { pair in
      !numbers.isByPlane && classes.entry(of: pair.predicted, on: .predictions) == nil
        && numbers.iou(pair.truth, pair.predicted) > 0.5
        && (classes.entry(of: pair.truth, on: .truth)?.labels.predictions ?? [])
          .allSatisfy { !numbers.predictedNumbers.contains($0) }
    }
    let isBetter = found.renamed > found.now + SetUp.least && numbers.moved(found) > 1
    return isBetter || hasStray || numbers.isExchange(found) ? found : nil
  }

  /// Whether a few images alone say it, of the same numbers in another order: a model may have exchanged
  /// two classes there.
  private func isOfFew(_ found: NumberedPairs.Renaming) -> Bool {
    looked < SetUp.fewestImages
      && Set(found.pairs.map(\.truth)) == Set(found.pairs.map(\.predicted))
  }

  /// Fewer images do not make an error of what a model might do.
  static var fewestImages: Int { 4 }

  /// How much better the mean IoU must be for numbers to be called wrong.
  static var least: Double { 0.25 }

  private func remedy(_ found: NumberedPairs.Renaming, _ numbers: NumberedPairs) -> Line {
    if zeroLabel(found, numbers) != nil {
      return found.shift == 1
        ? "Say under `decode` that the truth's 0 is nothing and all others are one less, where the names are the model's"
        : "Both sides count alike: say so under `decode`"
    }
    return numbers.isByPlane
      ? "Put the classes under `decode` in the order of the model's channels"
      : "Give the classes under `decode` the numbers of each side"
  }

  private func lines(for found: NumberedPairs.Renaming, _ numbers: NumberedPairs) -> [String] {
    if let line = zeroLabel(found, numbers) { return [line] }
    // Which of several labels a class has on the other side is not known.
    if classes.entries.contains(where: { $0.labels.truth.count > 1 }) { return [] }
    return numbers.isByPlane ? classesByPlane(found) : classesBySide(found, numbers)
  }

  /// A truth whose 0 is nothing: it counts from 1 what the list and the model count from 0, or was said
  /// to and does not.
  private func zeroLabel(_ found: NumberedPairs.Renaming, _ numbers: NumberedPairs) -> String? {
    guard !scheme.coding.predictions.reducesZero else { return nil }
    if scheme.coding.truth.reducesZero {
      return found.shift == -1 ? "reduce_zero_label: false" : nil
    }
    let isPlain = classes.entries.enumerated().allSatisfy { place, entry in
      entry.labels == PerSide(both: [Int64(place)])
    }
    return found.shift == 1 && isPlain && found.pairs.contains { $0.predicted == 0 }
      && scheme.ignored.labels.allSatisfy { $0 == 255 }
      && numbers.predictedNumbers.allSatisfy { (0..<Int64(classes.count)).contains($0) }
      ? "reduce_zero_label: true" : nil
  }

  /// The class list in the order of the planes.
  private func classesByPlane(_ found: NumberedPairs.Renaming) -> [String] {
    let entries = classes.entries
    let byPlane = found.pairs.sorted { $0.predicted < $1.predicted }.compactMap { pair in
      classes.entry(of: pair.truth, on: .truth)
    }
    guard byPlane.count == entries.count else { return [] }
    let isPlain = byPlane.allSatisfy { entry in
      entries.firstIndex(of: entry).map { [Int64($0)] == entry.labels.truth } ?? false
    }
    // A value that was a place in the list would change with the order.
    let items = byPlane.map { "{name: \(yamlText($0.name)), value: \(yamlText($0.labels.truth))}" }
    return isPlain && entries.map(\.labels.truth) == byPlane.map(\.labels.truth)
      ? ["classes: [\(byPlane.map { yamlText($0.name) }.joined(separator: ", "))]"]
      : ["classes:"] + items.map { "  - \($0)" }
  }

  /// Each class with the number that either side has for it.
  private func classesBySide(
    _ found: NumberedPairs.Renaming, _ numbers: NumberedPairs
  ) -> [String] {
    let byTruth = Dictionary(found.pairs.map { ($0.truth, $0) }) { first, _ in first }
    let byPrediction = Dictionary(found.pairs.map { ($0.predicted, $0) }) { first, _ in first }
    let entries = classes.entries
    // Whose numbers the list has: of the side where more of them have a partner.
    let named = [byTruth, byPrediction].map { pairs in
      entries.count { $0.labels.truth.first.map { pairs[$0] != nil } ?? false }
    }
    let partners = named[1] > named[0] ? byPrediction : byTruth
    var used: Set<Int64> = []
    let items = entries.enumerated().map { c, entry in
      guard let pair = entry.labels.truth.first.flatMap({ partners[$0] }) else {
        used.formUnion(entry.labels.truth)
        let isTaken = entry.labels.predictions.contains { byPrediction[$0] != nil }
        let isUnknown = !isTaken && overlaps[c].truth > 0 && found.shift == nil
        let own =
          isTaken || isUnknown
          ? "{truth: \(yamlText(entry.labels.truth)), predictions: []}" : yamlText(entry.labels)
        let note =
          isUnknown ? "  # in no image that was looked at: write what the predictions have" : ""
        return "  - {name: \(yamlText(entry.name)), value: \(own)}\(note)"
      }
      // Of a class of several labels the others stay with the first.
      let sides = PerSide(
        predictions: all(pair.predicted, on: .predictions), truth: all(pair.truth, on: .truth))
      used.formUnion(sides.truth)
      return
        "  - {name: \(yamlText(entry.name)), value: {truth: \(yamlText(sides.truth)), predictions: \(yamlText(sides.predictions))}}"
    }
    let left = scheme.ignored.unlisted ? [] : numbers.truthNumbers.filter { !used.contains($0) }
    let hasIgnored = !left.isEmpty || yamlText(scheme.ignored) != nil
    return ["classes:"] + items + (hasIgnored ? [ignoreLine(adding: left)] : [])
  }
}

/// The labels of both sides where they meet, without those that do not count; of a class that has
/// several, its first stands for all.
struct NumberedPairs {
  let truthNumbers: [Int64]
  let predictedNumbers: [Int64]
  /// Whether predictions have a plane a class, whose place is its number.
  let isByPlane: Bool
  private let scheme: Scheme
  private var counts: [LabelPairs.Pair: Int] = [:]
  private var truth: [Int64: Int] = [:]
  private var predicted: [Int64: Int] = [:]

  struct Renaming {
    /// Mean IoU over the truth's numbers, of each predicted one with that which the configuration gives
    /// it, and with the one that it fits best.
    var now: Double
    var renamed: Double
    /// Those that fit at all, by the truth's numbers.
    var pairs: [LabelPairs.Pair]
    /// By how much all predicted numbers are too small, where that is the same for all.
    var shift: Int64?

    /// Whether both sides have the same numbers.
    var isIdentity: Bool { pairs.allSatisfy { $0.truth == $0.predicted } }
  }

  init(_ pairs: LabelPairs, _ scheme: Scheme) {
    self.scheme = scheme
    isByPlane = scheme.kind != .labels
    let ignored = Set(scheme.ignored.labels)
    func label(_ number: Int64, _ side: Side) -> Int64? {
      let label = scheme.coding[side].label(of: number)
      return label.map { scheme.classes.entry(of: $0, on: side)?.labels[side].first ?? $0 }
    }
    for entry in pairs.entries {
      // A predicted number that stands for nothing is a number like any other that is no class.
      let found = isByPlane ? entry.predicted : label(entry.predicted, .predictions) ?? -1
      guard let there = label(entry.truth, .truth), !ignored.contains(there) else { continue }
      counts[.init(truth: there, predicted: found), default: 0] += entry.count
      truth[there, default: 0] += entry.count
      predicted[found, default: 0] += entry.count
    }
    truthNumbers = truth.keys.sorted()
    predictedNumbers = predicted.keys.sorted()
  }

  func iou(_ t: Int64, _ p: Int64) -> Double {
    let both = counts[.init(truth: t, predicted: p)] ?? 0
    let union = (truth[t] ?? 0) + (predicted[p] ?? 0) - both
    return union > 0 ? Double(both) / Double(union) : 0
  }

  /// The numbers that fit each other best; `nil` where there are none, or more than can be tried.
  var renaming: Renaming? {
    let side = max(truthNumbers.count, predictedNumbers.count)
    guard (2...NumberedPairs.most).contains(side), !predictedNumbers.isEmpty else { return nil }
    let gains = (0..<side).map { row in
      (0..<side).map { column in
        row < predictedNumbers.count && column < truthNumbers.count
          ? iou(truthNumbers[column], predictedNumbers[row]) : 0
      }
    }
    let best = bestAssignment(gains)
    var renamed = 0.0
    var now = 0.0
    var pairs: [LabelPairs.Pair] = []
    for (row, p) in predictedNumbers.enumerated() {
      now += truthNumber(of: p).map { iou($0, p) } ?? 0
      guard best[row] < truthNumbers.count else { continue }
      let gain = gains[row][best[row]]
      renamed += gain
      if gain > 0.1 { pairs.append(.init(truth: truthNumbers[best[row]], predicted: p)) }
    }
    let shifts = Set(pairs.map { $0.truth &- $0.predicted })
    let present = Double(max(1, truthNumbers.count))
    return Renaming(
      now: now / present, renamed: renamed / present,
      pairs: pairs.sorted { $0.truth < $1.truth },
      shift: pairs.count > 1 && shifts.count == 1 ? shifts.first : nil)
  }

  /// How many of the pairs the configuration has otherwise.
  func moved(_ renaming: Renaming) -> Int {
    renaming.pairs.count { truthNumber(of: $0.predicted) != $0.truth }
  }

  /// Whether some numbers, and these alone, stand for each other's classes: what no model does that
  /// tells them apart as well as that.
  func isExchange(_ renaming: Renaming) -> Bool {
    let moved = renaming.pairs.filter { truthNumber(of: $0.predicted) != $0.truth }
    let owners = moved.compactMap { truthNumber(of: $0.predicted) }
    return moved.count > 1 && owners.count == moved.count && Set(owners) == Set(moved.map(\.truth))
      && zip(moved, owners).allSatisfy { pair, owner in
        iou(pair.truth, pair.predicted) > 0.3 && iou(owner, pair.predicted) < 0.05
      }
  }

  /// More numbers than this would take a second or more.
  private static let most = 400

  /// Which number of the truth the configuration takes for the same class.
  private func truthNumber(of predicted: Int64) -> Int64? {
    let entries = scheme.classes.entries
    guard isByPlane else {
      return scheme.classes.entry(of: predicted, on: .predictions)?.labels.truth.first
    }
    guard let place = Int(exactly: predicted), entries.indices.contains(place) else { return nil }
    return entries[place].labels.truth.first
  }
}
