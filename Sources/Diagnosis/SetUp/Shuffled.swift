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
    let count = names.count
    guard scheme.areClassesExclusive, renumbered.isEmpty, (2...SetUp.mostShuffled).contains(count)
    else { return [] }
    let counts = RenamedLabels(
      images.reduce(Confusion.zero) { $0 + $1.tally.confusion }, classes: count)
    guard let now = counts.meanIoU(named: Array(0..<count)) else { return [] }
    // What has no class of the list may be one label more, behind the last.
    let shifts = [-1, 1].map { shift in (0...count).map { $0 + shift } }
    let best = (shifts + [counts.bestNames]).map { (names: $0, value: counts.meanIoU(named: $0)) }
    guard let found = best.max(by: { ($0.value ?? 0) < ($1.value ?? 0) - 1e-9 }),
      let value = found.value, value > now + 0.1, counts.moved(named: found.names) > 1
    else { return [] }
    let isShift = shifts.contains(found.names)
    // A shifted label may be none of the list.
    let moved = isShift ? [] : (0..<count).filter { found.names[$0] != $0 }
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
        remedy: isShift
          ? "Give the classes the values that the predictions have; a background may be counted first"
          : "Put the classes in the order of the model's channels",
        lines: isShift || !isListOfPlanes ? [] : ["classes: [\(order(found.names))]"],
        numbers: ["mean_iou": now, "renamed": value])
    ]
  }

  /// Whether the list is the order of the predictions' planes and of nothing else.
  private var isListOfPlanes: Bool {
    glance.pixels == 0 || scheme.kind != .labels && !glance.labels.isEmpty
  }

  /// More than this many classes would take a second or more.
  private static let mostShuffled = 400

  /// The class list in the order in which the predictions have it.
  private func order(_ renamed: [Int]) -> String {
    renamed.map { yamlText(classes.names[$0]) }.joined(separator: ", ")
  }
}
