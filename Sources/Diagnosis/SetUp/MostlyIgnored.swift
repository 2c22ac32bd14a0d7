internal import Core
internal import Pages

/// A truth of which more than half does not count.
extension SetUp {
  var mostlyIgnored: [SetUpFault] {
    guard !scheme.hasValidity else { return [] }
    let pixels = pixels + ignored
    guard pixels > 0, ignored * 2 > pixels else { return [] }
    return [
      SetUpFault(
        .mostlyIgnored, ignored == pixels ? .error : .warning,
        ignored == pixels ? "all of the truth is ignored" : "most of the truth is ignored",
        "\(percent: Double(ignored) / Double(pixels)) of all pixels do not count\(ignoredLabels)\(found), and nothing below is of what is predicted there",
        remedy: remedy, lines: lines,
        numbers: ["ignored_share": Double(ignored) / Double(pixels)])
    ]
  }

  private var remedy: Line {
    if unlistedClass != nil {
      return
        "The model knows it by a number of its own, so it is a class and no void: list it under `classes`"
    }
    return scheme.ignored.unlisted
      ? "List the classes that these labels are, or name the labels that really are void instead of `unlisted`"
      : "Look whether these labels really are void"
  }

  private var found: Line {
    unlistedClass.map {
      ", and \(percent: $0.share) of label \(Int($0.label)) is predicted as \(Int($0.number)), which is no class"
    } ?? ""
  }

  private var lines: [String] {
    guard let found = unlistedClass else { return [] }
    let value = PerSide(predictions: [found.number], truth: [found.label])
    let left = scheme.ignored.labels.contains(found.label)
    return ["{name: class_\(found.label), value: \(yamlText(value))}"]
      + (left ? [ignoreLine(without: [found.label])] : [])
  }

  /// The ignored label that has the most pixels, where most of these are predicted as one number that is
  /// no class either.
  private var unlistedClass: (label: Int64, number: Int64, share: Double)? {
    guard scheme.kind == .labels else { return nil }
    let strays = labels.filter { !isClass($0.truth) }
    let byLabel = Dictionary(grouping: strays, by: \.truth).mapValues { entries in
      (
        all: entries.reduce(0) { $0 + $1.count },
        most: entries.max { ($0.count, $1.predicted) < ($1.count, $0.predicted) }
      )
    }
    guard
      let (label, counts) = byLabel.max(by: { ($0.value.all, $1.key) < ($1.value.all, $0.key) }),
      let most = counts.most, most.count * 2 > counts.all,
      classes.entry(of: most.predicted, on: .predictions) == nil
    else { return nil }
    return (label, most.predicted, Double(most.count) / Double(counts.all))
  }

  /// Which labels most of it has.
  private var ignoredLabels: Line {
    var found: [Int64: Int] = [:]
    for entry in labels where !isClass(entry.truth) {
      found[entry.truth, default: 0] += entry.count
    }
    guard !found.isEmpty else { return "" }
    let all = labels.reduce(0) { $0 + $1.count }
    let most = found.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { label, count in
      "\(Int(label)) (\(percent: Double(count) / Double(all)))" as Line
    }
    return ": its labels are \(listed(most))"
  }
}
