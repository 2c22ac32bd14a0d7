internal import Core
internal import Diagnosis

extension Report {
  /// Where the worst class fails: what was noticed inside it, and its worst images.
  var failureText: String {
    guard let found = poor.first else { return "" }
    let findings = insideFindings.map { "* \(text(of: $0, without: found.name))\n" }.joined()
    return "## Where \(markdown(found.name)) fails\n\n"
      + (findings.isEmpty ? "" : findings + "\n") + imageTable(found)
  }

  /// The heading has named the class.
  private func text(of finding: Finding, without name: String) -> String {
    var finding = finding
    let opening = "\(printable(name)): "
    if finding.sentence.hasPrefix(opening) {
      let rest = finding.sentence.dropFirst(opening.count)
      finding.sentence = rest.prefix(1).uppercased() + rest.dropFirst()
    }
    return text(of: finding)
  }

  /// Of the worst class.
  var insideFindings: [Finding] {
    findings.filter { finding in
      finding.className == poor.first?.name && Finding.Kind.inside.contains(finding.kind)
        && !isSaid(finding)
    }
  }

  /// Of images that are equally bad those first that have more of the class.
  private func imageTable(_ found: ClassDiagnosis) -> String {
    let rows = images.filter { $0.className == found.name && $0.overlap.truth > 0 }
    let worst = rows.sorted { a, b in
      (a.overlap.iou ?? 0, -a.overlap.truth, a.image)
        < (b.overlap.iou ?? 0, -b.overlap.truth, b.image)
    }
    var table = MarkdownTable(
      ["image", "IoU", "true pixels", "found", "predicted elsewhere"], textColumns: 1)
    for row in worst.prefix(Report.shownImages) {
      table.add([
        code(row.image), Figure.text(row.overlap.iou), Figure.count(row.overlap.truth),
        Figure.count(row.overlap.both), Figure.count(row.overlap.onlyPredicted),
      ])
    }
    let rest =
      worst.count > Report.shownImages ? "\nAll \(worst.count) are in `\(FileName.images)`.\n" : ""
    return table.text + rest
  }
}
