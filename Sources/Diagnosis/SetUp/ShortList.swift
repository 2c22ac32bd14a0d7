internal import Core
internal import Pages

/// A class list that is one short: both sides have the label behind its last one, so that every
/// name may stand at its neighbour's number.
extension SetUp {
  var shortList: [SetUpFault] {
    let count = Int64(classes.count)
    guard scheme.kind == .labels, scheme.ignored.unlisted,
      classes.entries.map(\.labels) == (0..<count).map({ PerSide(both: [$0]) })
    else { return [] }
    let numbers = NumberedPairs(glance.labels, scheme)
    guard numbers.truthNumbers.last == count, numbers.predictedNumbers.last == count,
      numbers.iou(count, count) > 0.1
    else { return [] }
    let names = classes.entries.map { yamlText($0.name) }.joined(separator: ", ")
    return [
      SetUpFault(
        .shortList, .error, "the class list is one short: does 0 mean background?",
        "Both sides have the labels 0 to \(Int(count)), and the list has \(Int(count)) names for 0 to \(Int(count) - 1). Label \(Int(count)) is ignored as unlisted, although truth and predictions agree on it (IoU \(numbers.iou(count, count))); each name may stand at its neighbour's number",
        remedy:
          "If the list left out what 0 means, write that first; if it left out the last class, write that at the end",
        lines: ["classes: [background, \(names)]"])
    ]
  }
}
