internal import Core
internal import Pages
internal import Tables

/// A class list that is one short: both sides have the label behind its last one, so that every
/// name may stand at its neighbour's number.
extension SetUp {
  var shortList: [SetUpFault] {
    if let ignored = ignoredPartner { return [onlyBackground(ignored.label, iou: ignored.iou)] }
    if startsAtOne { return [fromOne] }
    let count = Int64(classes.count)
    guard scheme.kind == .labels, scheme.ignored.unlisted, isPlainList else { return [] }
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

extension SetUp {
  private var isPlainList: Bool {
    classes.entries.map(\.labels)
      == (0..<Int64(classes.count)).map { PerSide(both: [$0]) }
  }

  /// Whether the list gives labels from 0, and no file has a 0, of all the classes.
  var startsAtOne: Bool {
    guard scheme.kind == .labels, classes.count > 2, isPlainList,
      images.count >= SetUp.fewestImages
    else { return false }
    let (first, others) = (overlaps[0], overlaps.dropFirst())
    return first.truth == 0 && first.predicted == 0 && others.allSatisfy { $0.truth > 0 }
  }

  /// Where images could not be used, their labels lie behind the list's end.
  private var fromOne: SetUpFault {
    let hasProblems = !measurements.evidence.problems.isEmpty
    let used: Line =
      hasProblems
      ? ", and \(count: measurements.evidence.problems.count, "image") could not be used" : ""
    return SetUpFault(
      .shortList, hasProblems ? .error : .warning,
      "no file has the label 0, which is \(name: names[0]): are the labels numbered from 1?",
      "In \(count: images.count, "image") neither side has a 0, and both have the labels behind it\(used); if they are numbered from 1, each name stands at its neighbour's number",
      remedy: "If they are, write",
      lines: ["classes:"]
        + classes.entries.enumerated().map { place, entry in
          "  - {name: \(yamlText(entry.name)), value: \(place + 1)}"
        })
  }
}

extension SetUp {
  /// Where the only class is 0: the ignored label that both sides have in the same places.
  private var ignoredPartner: (label: Int64, iou: Double)? {
    guard scheme.kind == .labels, classes.entries.map(\.labels) == [PerSide(both: [0])] else {
      return nil
    }
    return scheme.ignored.labels.lazy.compactMap { label in
      func count(_ isMet: (LabelPairs.Entry) -> Bool) -> Int {
        labels.filter(isMet).reduce(0) { $0 + $1.count }
      }
      let both = count { $0.truth == label && $0.predicted == label }
      let union = count { $0.truth == label || $0.predicted == label }
      let iou = union > 0 ? Double(both) / Double(union) : 0
      return iou > 0.1 ? (label, iou) : nil
    }.first
  }

  private func onlyBackground(_ label: Int64, iou: Double) -> SetUpFault {
    let name = classes.entries[0].name
    let background = name == "background" ? "rest" : "background"
    return SetUpFault(
      .shortList, .error, "the only class is 0: does \(Int(label)) mean \(name: printable(name))?",
      "The list has one class, which has the label 0, and \(Int(label)) is ignored, although truth and predictions agree on it (IoU \(iou)): so all pixels that count are the class",
      remedy: "If 0 is what is not the class, write both, and take \(Int(label)) out of `ignore`",
      lines: [
        "classes: [{name: \(background), value: 0}, {name: \(yamlText(name)), value: \(label)}]"
      ], numbers: ["iou": iou])
  }
}
