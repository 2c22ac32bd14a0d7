internal import Core
internal import Pages
internal import Tables

/// Classes that are predicted on pixels that do not count more often than they are true at all:
/// false alarms that no score sees.
extension SetUp {
  var predictedWhereIgnored: [SetUpFault] {
    // Outside a field of view there is nothing to be false.
    guard !scheme.hasValidity else { return [] }
    var counts = [Int](repeating: 0, count: names.count)
    var pixels = 0
    // Through spans: see `forEachTally`.
    let all = images.span
    for index in all.indices {
      let classes = all[index].tally.classes.span
      for c in classes.indices { counts[c] += classes[c].onIgnored }
      pixels += all[index].tally.pixels + all[index].ignored
    }
    let found = counts.indices.filter { c in
      // Of a class with hardly a pixel anything is more than it has.
      overlaps[c].truth > 0 && counts[c] > overlaps[c].truth && counts[c] * 200 > pixels
    }
    .sorted { (counts[$1], $0) < (counts[$0], $1) }
    guard !found.isEmpty else { return [] }
    let list = found.map { c in
      "\(name: names[c]) on \(count: counts[c]) (its own: \(count: overlaps[c].truth))" as Line
    }
    return [
      SetUpFault(
        .predictedWhereIgnored, .warning,
        "\(listed(found.map { "\(name: names[$0])" })) \(text: found.count == 1 ? "is" : "are") predicted on ignored pixels, where nothing counts",
        "Pixels whose truth is ignored are predicted as \(listed(list)): more than the class has pixels, and none of them is a false alarm in any number here",
        remedy: "If the ignored label is void, nothing is wrong. If it is a background, \(remedy)",
        lines: lines,
        numbers: Dictionary(
          uniqueKeysWithValues: found.map { ("px_\(classes.names[$0])", Double(counts[$0])) }))
    ]
  }

  /// Softmax planes without one for the background cannot say it.
  private var hasNoPlane: Bool { scheme.areClassesExclusive && scheme.kind != .labels }

  private var remedy: Line {
    if hasNoPlane {
      return
        "the model has no plane for it and must find something there: save one more, list it as a class, and name it in `not_averaged`"
    }
    return scheme.areClassesExclusive
      ? "take it out of `ignore`, list it as a class, and name it in `not_averaged`: what is predicted on it then is a false alarm, and it stays out of the mean"
      : "take it out of `ignore` and say that it is in no class: what is predicted on it then is a false alarm"
  }

  private var lines: [String] {
    guard !hasNoPlane, scheme.coding.truth == LabelCoding() else { return [] }
    if scheme.areClassesExclusive { return names.count <= SetUp.mostListed ? recipe : [] }
    return [ignoreLine(without: [background]), "unclassed: \(background)"]
  }

  /// A longer class list is not written out.
  private static let mostListed = 20

  /// The class list with the label as a background that is evaluated and not averaged.
  private var recipe: [String] {
    let name = ["background", "rest", "other"].first { !names.contains($0) } ?? "not averaged"
    let entries = classes.entries.map {
      "{name: \(yamlText($0.name)), value: \(yamlText($0.labels))}"
    }
    return [
      "classes: [{name: \(name), value: \(background)}, \(entries.joined(separator: ", "))]",
      ignoreLine(without: [background]),
      "# at the top level", "not_averaged: \(name)",
    ]
  }

  /// The ignored label that most of it lies on.
  private var background: Int64 {
    var found: [Int64: Int] = [:]
    for entry in labels where !isClass(entry.truth) {
      found[entry.truth, default: 0] += entry.count
    }
    return found.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? scheme.ignored.labels.first
      ?? 0
  }
}
