internal import Core

extension Format {
  /// GitLab's metrics report, in which a merge request shows what changed: `artifacts: reports: metrics`.
  package static let gitLabMetrics = Format(
    "gitlab-metrics", isUsual: false, views: [ReportFile("metrics.txt") { $0.gitLabMetrics }])
}

extension RecordView {
  /// A name and a number a line. GitLab compares the numbers as text, so they have six digits, and takes
  /// `#` for a comment wherever it stands.
  fileprivate var gitLabMetrics: String {
    let measured = measurements.prefix(most).compactMap { name, className, value in
      value.map { value in
        let label = className.map { "{class=\"\($0)\"}" } ?? ""
        return "unmask_\(name)\(label) \(sixDigits(value))"
      }
    }
    return (measured.sorted() + ["# EOF"]).joined(separator: "\n") + "\n"
  }

  /// A merge request shows a few hundred lines at most.
  private var most: Int { 199 }

  private var measurements: [(name: String, className: String?, value: Double?)] {
    let failing = Set(record.status.hidden + record.status.muted + record.status.exposed)
    let classes =
      record.classes.filter { failing.contains($0.name) }
      + record.classes.filter { !failing.contains($0.name) }
    var labels: Set<String> = []
    let labelled = classes.map { found in
      var label = plain(found.name, besides: "_.-")
      if !labels.insert(label).inserted { label += "-\(found.id)" }
      return (label, found)
    }
    return [
      ("headline", nil, record.headline.value), ("skill", nil, record.headline.skill),
      ("hidden_classes", nil, Double(record.status.hidden.count)),
      ("checks_failed", nil, Double(record.checks.count { $0.state == "fail" })),
      ("images_unusable", nil, Double(record.problems.count)),
    ] + labelled.map { ("iou", $0, $1.iou) } + labelled.map { ("loss_mean", $0, $1.lossMean) }
  }
}

/// Six significant digits, without an exponent where it is not needed.
private func sixDigits(_ value: Double) -> String {
  guard value != 0, value.isFinite else { return shortest(value) }
  var (scaled, exponent) = (value, 0)
  while scaled.magnitude >= 1_000_000 { (scaled, exponent) = (scaled / 10, exponent + 1) }
  while scaled.magnitude < 100_000 { (scaled, exponent) = (scaled * 10, exponent - 1) }
  // By its digits, so that the nearest number to them is what is written.
  return shortest(Double("\(Int(scaled.rounded()))e\(exponent)") ?? value)
}
