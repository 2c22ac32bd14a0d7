internal import Core
internal import Pages
internal import Tables

/// A listed class that no truth has: its score is 0 or does not exist, whatever the model does.
extension SetUp {
  var absentFromTruth: [SetUpFault] {
    let overlaps = measurements.overlaps
    let absent = overlaps.indices.filter {
      overlaps[$0].truth == 0 && !($0 == 0 && startsAtOne)
    }
    guard !images.isEmpty, !absent.isEmpty else { return [] }
    let named = absent.compactMap { c in void(takenFor: c).map { (c, $0) } }
    let rest = absent.filter { c in !named.contains { $0.0 == c } }
    if let (c, void) = named.first, absent.count == classes.count - 1, classes.count > 2,
      scheme.kind == .labels, void.stray == nil
    {
      return [maskOfOne(bestClass(for: void, of: absent) ?? c, void)]
    }
    return named.map { c, void in
      SetUpFault(
        .absentFromTruth, .warning,
        "\(name: names[c]) is in no truth: ignored label \(Int(void.label)) may be it",
        "No counted pixel is truly \(name: names[c]), and \(count: overlaps[c].onlyPredicted, "pixel") are predicted as it. The ignored label \(Int(void.label)) makes \(percent: void.share) of the truth that was looked at\(taken(void, by: names[c]))",
        remedy: scheme.ignored.labels == [void.label]
          ? "If it is the class, take `ignore` out and write"
          : "If it is the class, take it out of `ignore` and write",
        lines: [
          "{name: \(yamlText(classes.entries[c].name)), value: \(value(of: void, for: c))}"
        ],
        numbers: ["ignored_share": void.share].merging(
          void.taken.map { ["taken_share": $0] } ?? [:]
        ) { own, _ in own })
    }
      + (rest.isEmpty
        ? []
        : [
          SetUpFault(
            .absentFromTruth, hasOneClassOfMany ? .error : .warning,
            "\(listed(rest.map { "\(name: names[$0])" })) \(text: rest.count == 1 ? "is" : "are") in no truth",
            "No counted pixel of \(count: images.count, "image") is truly \(listed(rest.map { "\(name: names[$0])" }))\(predicted(rest)). A mean over classes counts \(text: rest.count == 1 ? "it" : "them") as 0 or leaves \(text: rest.count == 1 ? "it" : "them") out, which says nothing of the model",
            remedy: hasOneClassOfMany
              ? "Look first why the other images could not be used: it may be what their labels mean"
              : "Look whether the class list has the truth's numbers; a class that these images really lack can be taken out of the list",
            numbers: ["classes": Double(rest.count)])
        ])
  }

  /// The class whose predictions fit the label best: of a small object the largest part may be
  /// predicted as what surrounds it.
  ///
  /// - Parameter absent: the classes that the truth does not have by another label.
  private func bestClass(for void: Void, of absent: [Int]) -> Int? {
    func count(_ isMet: (LabelPairs.Entry) -> Bool) -> Int {
      labels.filter(isMet).reduce(0) { $0 + $1.count }
    }
    func iou(_ c: Int) -> Double {
      let own = classes.entries[c].labels.predictions
      let both = count { $0.truth == void.label && own.contains($0.predicted) }
      let union = count { $0.truth == void.label || own.contains($0.predicted) }
      return union > 0 ? Double(both) / Double(union) : 0
    }
    return absent.max { (iou($0), $1) < (iou($1), $0) }
  }

  /// A truth that tells one class from all else, in a run of several classes.
  private func maskOfOne(_ c: Int, _ void: Void) -> SetUpFault {
    let others = classes.entries.indices.filter { $0 != c }
    let truth = classes.entries.filter {
      $0.labels.truth.contains { label in
        labels.contains { $0.truth == label }
      }
    }.flatMap(\.labels.truth)
    let predictions = others.flatMap { classes.entries[$0].labels.predictions }.sorted()
    let own = classes.entries[c].labels.predictions
    let left = scheme.ignored.labels.filter { $0 != void.label }
    return SetUpFault(
      .absentFromTruth, .error,
      "the truth is the mask of one class, and the list has \(classes.count)",
      "It has the label \(text: text(truth)) and the ignored label \(Int(void.label)), \(percent: void.share) of what was looked at, which \(name: names[c]) fits best; of the other classes it says nothing",
      remedy: left.isEmpty && !scheme.ignored.unlisted
        ? "Say so, and take `ignore` out" : "Say so, and take \(Int(void.label)) out of `ignore`",
      lines: [
        "classes:",
        "  - {name: rest, value: {truth: \(text(truth)), predictions: \(text(predictions))}}",
        "  - {name: \(yamlText(classes.entries[c].name)), value: {truth: \(void.label), predictions: \(text(own))}}",
      ], numbers: ["ignored_share": void.share])
  }

  /// Whether the truth of what could be used is one class, and other images could not be used.
  private var hasOneClassOfMany: Bool {
    scheme.kind == .labels && classes.count > 2 && !measurements.evidence.problems.isEmpty
      && measurements.overlaps.count { $0.truth > 0 } == 1
  }

  private func predicted(_ absent: [Int]) -> Line {
    let pixels = absent.reduce(0) { $0 + measurements.overlaps[$1].onlyPredicted }
    return pixels > 0 ? ", and \(count: pixels, "pixel") are predicted so" : ""
  }

  /// An ignored label that may be a class.
  private struct Void {
    var label: Int64
    /// Of the truth that was looked at.
    var share: Double
    /// How much of it is predicted as the class; `nil` where that was not counted.
    var taken: Double?
    /// What the predictions hold there, where it is no class.
    var stray: Int64?
  }

  private func taken(_ void: Void, by name: String) -> Line {
    guard let taken = void.taken else { return "" }
    return void.stray.map {
      ", and \(percent: taken) of it is predicted as \(Int($0)), which is no class"
    } ?? ", and \(percent: taken) of it is predicted as \(name: name)"
  }

  private func value(of void: Void, for c: Int) -> String {
    let sides = PerSide(
      predictions: void.stray.map { [$0] } ?? classes.entries[c].labels.predictions,
      truth: [void.label])
    // One class with planes has no label on their side.
    return sides.isSame || scheme.kind != .labels && classes.count == 1
      ? text(sides.truth)
      : "{truth: \(text(sides.truth)), predictions: \(text(sides.predictions))}"
  }

  /// The same where the truth is a mask, whose numbers were not compared: of the one label that is
  /// ignored, which with one class is all that is not its absence.
  private func onlyVoid(takenFor c: Int) -> Void? {
    guard scheme.ignored.labels.count == 1, !scheme.hasValidity, classes.count == 1 else {
      return nil
    }
    let ignored = images.reduce(0) { $0 + $1.ignored }
    let all = images.reduce(ignored) { $0 + $1.tally.pixels }
    guard ignored > 0 else { return nil }
    return Void(label: scheme.ignored.labels[0], share: Double(ignored) / Double(all))
  }

  /// The ignored label that is mostly predicted as a class, or, where nothing is predicted as it, as a
  /// number that no class has.
  private func void(takenFor c: Int) -> Void? {
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
