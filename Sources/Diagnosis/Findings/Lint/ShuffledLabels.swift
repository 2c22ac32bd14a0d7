internal import Core
internal import Counting
internal import Pages
internal import Tables

/// Predictions whose labels look permuted or off by one: renaming them makes the scores much better.
///
/// Only where classes exclude each other: for independent ones it is not counted which class is
/// taken for which.
extension Examination {
  var shuffledLabels: [Finding] {
    let count = names.count
    guard measurements.scheme.areClassesExclusive, (2...Examination.mostShuffled).contains(count)
    else {
      return []
    }
    let counts = RenamedLabels(
      measurements.images.reduce(Confusion.zero) { $0 + $1.tally.confusion }, classes: count)
    guard let now = counts.meanIoU(named: Array(0..<count)) else { return [] }
    // Pixels without a listed class may be one more label, after the last.
    let shifts = [-1, 1].map { shift in (0...count).map { $0 + shift } }
    let best = (shifts + [counts.bestNames]).map { (names: $0, value: counts.meanIoU(named: $0)) }
    guard let found = best.max(by: { ($0.value ?? 0) < ($1.value ?? 0) - 1e-9 }),
      let value = found.value, value > now + 0.1
    else { return [] }
    let isShift = shifts.contains(found.names)
    // A shifted label may be outside the list.
    let moved = isShift ? [] : (0..<count).filter { found.names[$0] != $0 }
    let holders = moved.map { c -> Line in
      "\(name: names[c]) holds \(name: names[found.names[c]])"
    }
    let what: Line =
      isShift
      ? "Predicted labels look off by one"
      : "Predicted labels look permuted (\(listed(holders)))"
    return [
      Finding(
        .shuffledLabels,
        "\(what): renamed, the mean IoU is \(value) instead of \(now)",
        remedy: isShift
          ? "Give the classes the values that the predictions have; a background may be counted first"
          : "Put the classes in the order of the model's channels",
        snippet: isShift ? nil : .setting("classes: [\(order(found.names))]"),
        numbers: ["mean_iou": now, "renamed": value])
    ]
  }

  /// More than this many classes would take a second or more.
  private static let mostShuffled = 400

  /// The class list in the order in which the predictions have it.
  private func order(_ renamed: [Int]) -> String {
    renamed.map { names[$0] }.joined(separator: ", ")
  }
}

/// A confusion whose predicted labels may be given other names.
private struct RenamedLabels {
  private let classes: Int
  /// Truth × prediction, with one more row and column for *no class*.
  private let counts: [[Int]]
  private let truth: [Int]
  private let predicted: [Int]

  init(_ confusion: Confusion, classes: Int) {
    self.classes = classes
    let side = classes + 1
    var counts = [[Int]](repeating: .init(repeating: 0, count: side), count: side)
    for entry in confusion.entries { counts[entry.truth][entry.predicted] += entry.count }
    truth = counts.map { $0.reduce(0, +) }
    predicted = (0..<side).map { p in counts.reduce(0) { $0 + $1[p] } }
    self.counts = counts
  }

  private func iou(_ t: Int, _ p: Int) -> Double {
    let union = truth[t] + predicted[p] - counts[t][p]
    return union > 0 ? Double(counts[t][p]) / Double(union) : 0
  }

  /// Over the classes that the truth has, where the predicted label p means the class `named[p]`.
  func meanIoU(named: [Int]) -> Double? {
    let present = (0..<classes).filter { truth[$0] > 0 }
    guard !present.isEmpty else { return nil }
    return present.reduce(0) { sum, t in
      sum + (named.firstIndex(of: t).map { iou(t, $0) } ?? 0)
    } / Double(present.count)
  }

  /// For each predicted label the class that it fits best.
  var bestNames: [Int] {
    bestAssignment((0..<classes).map { p in (0..<classes).map { t in iou(t, p) } })
  }
}
