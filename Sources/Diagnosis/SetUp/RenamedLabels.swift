internal import Core

/// A confusion whose predicted labels may be given other names.
struct RenamedLabels {
  private let classes: Int
  /// Truth by prediction; one more row and column are no class.
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

  /// How many predicted labels fit a class that is not the one of their number.
  func moved(named: [Int]) -> Int {
    named.indices.count { p in
      named[p] != p && (0..<classes).contains(named[p]) && iou(named[p], p) > 0.1
    }
  }

  /// Whether the renaming is one that no model makes: all labels that fit are moved by as many, or three
  /// or more are.
  func isUnlikely(_ named: [Int]) -> Bool {
    let fitting = named.indices.filter { p in
      (0..<classes).contains(named[p]) && iou(named[p], p) > 0.1
    }
    return moved(named: named) > 2
      || fitting.count > 1 && Set(fitting.map { named[$0] - $0 }).count == 1
  }

  /// The names of labels that fit, and of all others their own.
  func moves(of named: [Int]) -> [Int] {
    named.indices.map { p in
      (0..<classes).contains(named[p]) && iou(named[p], p) > 0.1 ? named[p] : p
    }
  }

  /// For each predicted label the class that it is best taken for.
  var bestNames: [Int] {
    bestAssignment((0..<classes).map { p in (0..<classes).map { t in iou(t, p) } })
  }
}
