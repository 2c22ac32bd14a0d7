internal import Core
internal import Diagnosis
internal import Tables

extension Report {
  /// What else was noticed, each with its next step.
  var findingText: String {
    let said = insideFindings + (weightText.isEmpty ? [] : weightFindings)
    let left = findings.filter { !said.contains($0) && !isSaid($0) }
    guard !left.isEmpty else { return "" }
    let shown = left.prefix(Report.shownFindings).map { "* \(text(of: $0))\n" }
    let rest = left.count - shown.count
    return "## What else was noticed\n\n" + shown.joined()
      + (rest > 0 ? "\nand \(Figure.count(rest)) more: see `\(FileName.findings)`\n" : "")
  }

  /// What was noticed and what to do, with what can be pasted.
  func text(of finding: Finding) -> String {
    let (sentence, remedy) = (markdown(finding.sentence), markdown(finding.remedy))
    if isRecommended(finding.snippet) { return sentence }
    guard let snippet = finding.snippet else { return "\(sentence) \(remedy)" }
    return
      "\(sentence) \(remedy.hasSuffix(".") ? String(remedy.dropLast()) : remedy): \(code(snippet))"
  }

  /// How honest each class's probabilities are, and where they would best be cut.
  var curveText: String {
    guard !curves.isEmpty else { return "" }
    var table = MarkdownTable(
      [
        "class", "IoU", "best IoU", "at p above", "average precision", "area under ROC",
        "calibration error",
      ], textColumns: 1)
    for curve in curves {
      table.add([
        markdown(curve.name), Figure.text(curve.iou), Figure.text(curve.bestIoU?.value),
        curve.bestThreshold.map(shortest) ?? "–", Figure.text(curve.averagePrecision?.value),
        Figure.text(curve.areaUnderROC?.value), Figure.text(curve.calibrationError?.value),
      ])
    }
    return details("Thresholds and calibration, class by class", table.text)
  }

  private static let shownFindings = 12

  /// One row a finding.
  package var findingsCSV: String {
    var csv = CSV(["kind", "class_name", "sentence", "remedy", "snippet"])
    for finding in findings {
      csv.add([
        .word(finding.kind.rawValue), .word(finding.className ?? ""), .word(finding.sentence),
        .word(finding.remedy), .word(finding.snippet ?? ""),
      ])
    }
    return csv.text
  }

  /// One row a class, where it was counted how often each probability occurs.
  package var curvesCSV: String {
    var csv = CSV([
      "class_id", "class_name", "iou", "best_iou", "best_threshold", "average_precision", "auroc",
      "calibration_error",
    ])
    for (id, curve) in curves.enumerated() {
      csv.add([
        .count(id), .word(curve.name), .number(curve.iou), .number(curve.bestIoU?.value),
        .number(curve.bestThreshold), .number(curve.averagePrecision?.value),
        .number(curve.areaUnderROC?.value), .number(curve.calibrationError?.value),
      ])
    }
    return csv.text
  }
}
