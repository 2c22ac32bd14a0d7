internal import Core
internal import Pages

/// An ignored label that may be a class which no truth has.
extension SetUp {
  struct Void {
    var label: Int64
    /// Of the truth that was looked at.
    var share: Double
    /// How much of it is predicted as the class; `nil` where that was not counted.
    var taken: Double?
    /// What the predictions hold there, where it is no class.
    var stray: Int64?
  }

  func taken(_ void: Void, by name: String) -> Line {
    guard let taken = void.taken else { return "" }
    return void.stray.map {
      ", and \(percent: taken) of it is predicted as \(Int($0)), which is no class"
    } ?? ", and \(percent: taken) of it is predicted as \(name: name)"
  }

  func value(of void: Void, for c: Int) -> String {
    let sides = PerSide(
      predictions: void.stray.map { [$0] } ?? classes.entries[c].labels.predictions,
      truth: [void.label])
    // One class with planes has no label on their side.
    return scheme.kind != .labels && classes.count == 1 ? yamlText(sides.truth) : yamlText(sides)
  }

  /// The same where the truth is a mask, whose numbers were not compared: of the one label that is
  /// ignored, which with one class is all that is not its absence.
  private func onlyVoid(takenFor c: Int) -> Void? {
    guard scheme.ignored.labels.count == 1, !scheme.hasValidity, classes.count == 1 else {
      return nil
    }
    guard ignored > 0 else { return nil }
    return Void(
      label: scheme.ignored.labels[0], share: Double(ignored) / Double(ignored + pixels))
  }

  /// The ignored label that is mostly predicted as a class, or, where nothing is predicted as it, as a
  /// number that no class has.
  func void(takenFor c: Int) -> Void? {
    if labels.isEmpty { return onlyVoid(takenFor: c) }
    let values = scheme.kind == .labels ? classes.entries[c].labels.predictions : [Int64(c)]
    let isPredicted = labels.contains { values.contains($0.predicted) }
    func isTaken(_ number: Int64) -> Bool {
      isPredicted
        ? values.contains(number)
        : scheme.kind == .labels && classes.entry(of: number, on: .predictions) == nil
    }
    let all = labels.reduce(0) { $0 + $1.count }
    var found: [Int64: (all: Int, taken: [Int64: Int])] = [:]
    for entry in labels where !isClass(entry.truth) {
      found[entry.truth, default: (0, [:])].all += entry.count
      guard isTaken(entry.predicted) else { continue }
      // Several values of the class are one thing, and strays one each.
      let number = isPredicted ? values[0] : entry.predicted
      found[entry.truth, default: (0, [:])].taken[number, default: 0] += entry.count
    }
    let best = found.compactMap { label, counts in
      counts.taken.max { ($0.value, $1.key) < ($1.value, $0.key) }
        .map { (label: label, all: counts.all, number: $0.key, taken: $0.value) }
    }.filter { $0.taken * 2 > $0.all }
      .max { ($0.taken, $1.label) < ($1.taken, $0.label) }
    return best.map {
      Void(
        label: $0.label, share: Double($0.all) / Double(all),
        taken: Double($0.taken) / Double($0.all), stray: isPredicted ? nil : $0.number)
    }
  }
}
