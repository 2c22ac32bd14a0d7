internal import Core
internal import Pages

/// A truth of which more than half does not count.
extension SetUp {
  var mostlyIgnored: [SetUpFault] {
    guard !scheme.hasValidity else { return [] }
    let ignored = images.reduce(0) { $0 + $1.ignored }
    let pixels = images.reduce(0) { $0 + $1.tally.pixels } + ignored
    guard pixels > 0, ignored * 2 > pixels else { return [] }
    return [
      SetUpFault(
        .mostlyIgnored, ignored == pixels ? .error : .warning,
        ignored == pixels ? "all of the truth is ignored" : "most of the truth is ignored",
        "\(percent: Double(ignored) / Double(pixels)) of all pixels do not count\(ignoredLabels), and nothing is said of what is predicted there",
        remedy: scheme.ignored.unlisted
          ? "List the classes that these labels are, or name the labels that really are void instead of `unlisted`"
          : "Look whether these labels really are void",
        numbers: ["ignored_share": Double(ignored) / Double(pixels)])
    ]
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
