internal import Core
internal import Diagnosis
internal import Measures
internal import Pages

/// What decided the verdicts of a finished run, and what was noticed about it.
struct VerdictAccount {
  private let diagnosis: Diagnosis
  private let findings: [Finding]

  init(of run: ExplainedRun) {
    diagnosis = run.headline
    findings = Examination(of: run.measurements, for: diagnosis, by: run.file).findings
  }

  var text: String {
    let headline = diagnosis.headline
    var text =
      "What \(headline.measure.name) by \(headline.reduction) = \(Figure.text(diagnosis.printed)) says of the classes that fail\n"
    text += "\nThe headline\n" + headlineText + "\nThe failing classes\n" + classText
    if !findings.isEmpty {
      text += "\nWhat was noticed\n" + findings.map { findingText($0, named: true) }.joined()
    }
    return text
      + "\n`unmask explain hidden` says what the letters, the verdicts and the findings mean.\n"
  }

  func text(of verdict: Verdict) -> String {
    let found = diagnosis.classes.filter { $0.verdict == verdict }
    guard !found.isEmpty else { return indented("No class is \(verdict.rawValue).") }
    return found.map { indented(diagnosis.sentence(about: $0).plain) + decisionText($0) }.joined()
  }

  func text(of kind: Finding.Kind) -> String {
    let found = findings.filter { $0.kind == kind }
    guard !found.isEmpty else { return indented("Nothing of the kind was noticed.") }
    return found.map { findingText($0, named: false) }.joined()
  }

  private func findingText(_ finding: Finding, named: Bool) -> String {
    let kind = named ? "\(finding.kind.rawValue): " : ""
    let snippet = finding.snippet.map { indented("  \($0.text)") } ?? ""
    return indented("\(kind)\(finding.sentence.plain) \(finding.advice.plain)") + snippet
  }
}

// MARK: - The headline and its classes

extension VerdictAccount {
  private var headlineText: String {
    let poor = diagnosis.headline.poor
    var text = indented(
      "A class fails where \(poor.measure.name) < \(shortest(poor.limit)), which is B > \(Figure.text(1 - poor.limit))."
    )
    guard let scale = diagnosis.scale, let tolerance = diagnosis.tolerance else { return text }
    let source =
      tolerance == Diagnosis.printResolution
      ? "half of the last digit that a log prints"
      : "\(Figure.percent(tolerance / scale)) of S"
    text += indented(
      "S = \(Figure.text(scale)), skill \(Figure.text(diagnosis.skill)), C = \(diagnosis.classes.count), ε = \(Figure.text(tolerance)): \(source)"
    )
    return text
  }

  private var classText: String {
    let poor = diagnosis.poorClasses
    guard !poor.isEmpty else { return indented("None.") }
    var table = TextTable(["class", "verdict", "B", "Δ", "ρ", "s", "b"], textColumns: 2)
    for found in poor {
      table.add([
        printable(found.name), found.verdict?.rawValue, Figure.text(found.badness),
        Figure.text(found.headroom), Figure.text(found.reach), Figure.percent(found.share),
        Figure.percent(found.badnessShare),
      ])
    }
    return table.text()
      + poor.map { "\n" + indented(diagnosis.sentence(about: $0).plain) + decisionText($0) }
      .joined()
  }

  /// Which condition decided, in the run's numbers.
  private func decisionText(_ found: ClassDiagnosis) -> String {
    guard let basis = diagnosis.basis(of: found) else { return "" }
    let verdict = (found.tendency ?? found.verdict)?.rawValue ?? ""
    let opening = found.tendency == nil ? "\(verdict) because" : "It would be \(verdict) because"
    return indented("\(opening) \(basis.reason).")
  }
}

extension VerdictBasis {
  fileprivate var reason: String {
    let half = ("½·S/C", halfPart)
    let largest = ("max(Δ, ρ)", max(headroom, reach))
    let shares = zip(share, badnessShare).map { (("s", $0), ("½·b", $1 / 2)) }
    return switch condition {
    case .isNotPoor: compared(("B", badness), "≤", ("1 − limit", largestBadness))
    case .hasNoHeadroom: compared(("Δ", headroom), "<", ("ε", tolerance))
    case .isOutOfReach:
      compared(("ρ", reach), "<", ("ε", tolerance)) + ", and "
        + compared(("Δ", headroom), "<", half)
    case .hasLessThanItsShare:
      shares.map { compared($0, "<", $1) } ?? ""
    case .hasLittleOfTheScale: compared(largest, "<", half)
    case .isShown:
      compared(("Δ", headroom), "≥", ("ε", tolerance)) + ", "
        + (shares.map { compared($0, "≥", $1) + ", " } ?? "") + compared(largest, "≥", half)
    }
  }
}

/// `ρ = 0.00343 < ε = 0.00425`, with as many digits as tell the two apart.
private func compared(
  _ a: (name: String, value: Double), _ sign: String, _ b: (name: String, value: Double)
) -> String {
  let texts = apart([a.value, b.value])
  return "\(a.name) = \(texts[0]) \(sign) \(b.name) = \(texts[1])"
}

/// Both, where both exist.
private func zip<A, B>(_ a: A?, _ b: B?) -> (A, B)? {
  if let a, let b { (a, b) } else { nil }
}
