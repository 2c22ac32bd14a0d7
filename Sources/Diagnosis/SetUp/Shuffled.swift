internal import Core
internal import Pages
internal import Tables

/// Classes that look permuted or off by one by what each is predicted as, over the whole run: for
/// predictions whose numbers cannot be compared with the truth's.
///
/// Only where classes exclude each other: of independent ones nobody counted which class lies on
/// which.
extension SetUp {
  var shuffled: [SetUpFault] {
    guard renumbered.isEmpty, let found = permutation, found.renamed >= (bestTurn?.then ?? 0)
    else { return [] }
    let (now, value, isShift) = (found.now, found.renamed, found.isShift)
    // A shifted label may be none of the list.
    let moved = isShift ? [] : names.indices.filter { found.names[$0] != $0 }
    let holders = moved.map { c -> Line in
      "\(name: names[c]) holds \(name: names[found.names[c]])"
    }
    let what: Line =
      isShift
      ? "Predicted labels look off by one" : "Predicted labels look permuted (\(listed(holders)))"
    return [
      SetUpFault(
        .shuffledLabels,
        value > now + SetUp.least && images.count >= SetUp.fewestImages ? .error : .warning,
        isShift ? "predicted labels look off by one" : "predicted labels look permuted",
        "\(what): renamed, the mean IoU is \(value) instead of \(now)",
        remedy: remedy(found), lines: lines(found),
        numbers: ["mean_iou": now, "renamed": value])
    ]
  }

  /// The names under which the predicted labels fit best: for each label a class, or what lies before
  /// the first or behind the last.
  struct Permutation {
    var names: [Int]
    var isShift: Bool
    var now: Double
    var renamed: Double
  }

  /// Other names for the predicted labels, where several of these fit better under them.
  var permutation: Permutation? {
    let count = names.count
    guard scheme.areClassesExclusive, (2...SetUp.mostShuffled).contains(count) else { return nil }
    let counts = RenamedLabels(confusion, classes: count)
    guard let now = counts.meanIoU(named: Array(0..<count)) else { return nil }
    // What has no class of the list may be one label more, behind the last.
    let shifts = [-1, 1].map { shift in (0...count).map { $0 + shift } }
    let best = (shifts + [counts.bestNames]).map { (names: $0, value: counts.meanIoU(named: $0)) }
    guard let found = best.max(by: { ($0.value ?? 0) < ($1.value ?? 0) - 1e-9 }),
      let value = found.value, value > now + 0.1, counts.moved(named: found.names) > 1
    else { return nil }
    return Permutation(
      names: found.names, isShift: shifts.contains(found.names), now: now, renamed: value)
  }

  private func remedy(_ found: Permutation) -> Line {
    if found.isShift {
      return
        "Give the classes the values that the predictions have; a background may be counted first"
    }
    return areColored
      ? "Where the truth alone is in colours, give each class under `decode` the colour on which it is predicted"
      : "Put the classes under `decode` in the order of the model's channels"
  }

  private func lines(_ found: Permutation) -> [String] {
    if found.isShift { return [] }
    if areColored { return coloredClasses(found.names) }
    return isListOfPlanes
      ? ["classes: [\(found.names.map { yamlText(classes.names[$0]) }.joined(separator: ", "))]"]
      : []
  }

  /// Whether the list is the order of the predictions' planes and of nothing else.
  private var isListOfPlanes: Bool {
    glance.pixels == 0 || scheme.kind != .labels && !glance.labels.isEmpty
  }

  /// Whether classes are told by colours, and the predictions' by their own numbers.
  private var areColored: Bool {
    scheme.kind == .labels && classes.entries.allSatisfy { !$0.colors.isEmpty }
  }

  /// Each class with the colours of the class on whose truth it is predicted.
  private func coloredClasses(_ named: [Int]) -> [String] {
    let items = zip(classes.entries, named).map { entry, other in
      let colors = classes.entries[other].colors.map(\.text)
      let color = colors.count == 1 ? colors[0] : "[\(colors.joined(separator: ", "))]"
      return
        "  - {name: \(yamlText(entry.name)), value: \(yamlText(entry.labels)), color: \(color)}"
    }
    return ["classes:"] + items
  }

  /// More than this many classes would take a second or more.
  private static let mostShuffled = 400
}
