internal import Core
internal import Diagnosis
internal import Pages
internal import Tables

extension Report {
  /// What else was noticed, each with its next step.
  var findingSection: [Block] {
    let said = insideFindings + (weightSection.isEmpty ? [] : weightFindings)
    let left = findings.filter { !said.contains($0) && !isSaid($0) }
    guard !left.isEmpty else { return [] }
    let rest = left.count - Report.shownFindings
    return [
      .section(
        "What else was noticed",
        [.list(left.prefix(Report.shownFindings).map { line($0) })]
          + (rest > 0
            ? [
              .paragraph("and \(count: rest) more: see \(code: Report.RunTable.findings.fileName)")
            ] : []))
    ]
  }

  /// What was noticed and what to do, with what can be pasted.
  func line(_ finding: Finding, isSubjectNamed: Bool = false) -> Line {
    let sentence = isSubjectNamed ? finding.sentenceWithoutSubject : finding.sentence
    if isRecommended(finding.snippet) { return sentence }
    guard let snippet = finding.snippet else { return "\(sentence) \(finding.advice)" }
    return "\(sentence) \(finding.remedy): \(code: snippet.text)"
  }

  /// How honest each class's probabilities are, and where they would best be cut.
  var curveDetails: [Block] {
    guard !curves.isEmpty else { return [] }
    var table = Table([
      "class", "IoU", "best IoU", "at p above", "average precision", "area under ROC",
      "calibration error",
    ])
    for curve in curves {
      table.add([
        .name(curve.name), "\(curve.iou)", "\(curve.bestIoU?.value)",
        "\(exact: curve.bestThreshold)", "\(curve.averagePrecision?.value)",
        "\(curve.areaUnderROC?.value)", "\(curve.calibrationError?.value)",
      ])
    }
    return [.details("Thresholds and calibration, class by class", [.table(table)])]
  }

  private static let shownFindings = 12
}
