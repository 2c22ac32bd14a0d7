internal import Core
internal import Diagnosis
internal import Pages

extension Report {
  /// Where the worst class fails: what was noticed inside it, and its worst images.
  var failureSection: [Block] {
    guard let found = poor.first else { return [] }
    // The heading has named the class.
    let findings = insideFindings.map { line($0, isSubjectNamed: true) }
    return [
      .section(
        "Where \(name: found.name) fails",
        (findings.isEmpty ? [] : [.list(findings)]) + imageTable(found) + imageChart
          + confusionCharts + calibrationChart)
    ]
  }

  /// Of the worst class.
  var insideFindings: [Finding] {
    findings.filter { finding in
      finding.className == poor.first?.name && Finding.Kind.inside.contains(finding.kind)
        && !isSaid(finding)
    }
  }

  /// Those first that have most wrong pixels of the class.
  private func imageTable(_ found: ClassDiagnosis) -> [Block] {
    let rows = images.filter { $0.className == found.name && $0.overlap.union > 0 }
    let worst = rows.sorted { ($1.overlap.wrong, $0.image) < ($0.overlap.wrong, $1.image) }
    var table = Table(["image", "IoU", "true pixels", "found", "false alarms"])
    for row in worst.prefix(Report.shownImages) {
      table.add([
        .code(row.image), "\(row.overlap.iou)", "\(count: row.overlap.truth)",
        "\(count: row.overlap.both)", "\(count: row.overlap.onlyPredicted)",
      ])
    }
    let isCut = worst.count > Report.shownImages
    return [.table(table)]
      + (isCut
        ? [.paragraph("All \(worst.count) are in \(code: Report.RunTable.images.fileName).")] : [])
  }
}
