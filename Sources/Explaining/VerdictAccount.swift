internal import Core
internal import Counting
internal import Diagnosis
internal import Pages
internal import Tables

/// What decided the verdicts of a finished run, and what was noticed about it.
struct VerdictAccount {
  private let diagnosis: Diagnosis
  private let findings: [Finding]
  private let setUp: [SetUpFault]
  /// Why the headline is NaN, where it is.
  private let nan: NaNCause?

  init(of run: FinishedRun) {
    diagnosis = run.diagnosis
    nan =
      diagnosis.printed == nil ? run.measurements.nanCause(of: diagnosis.headline.formula) : nil
    setUp = run.setUp
    findings =
      Examination(
        of: run.measurements, for: diagnosis, measures: run.measures
      ).findings
  }

  var page: Page {
    let headline = diagnosis.headline
    return [
      .title(
        "What \(headline.code) = \(diagnosis.printed) says of the classes that fail"
      )
    ]
      + setUp.map(\.block) + [
        .section("The headline", headlineLines.map(Block.paragraph)),
        .section("The failing classes", classes),
      ]
      + (findings.isEmpty
        ? [] : [.section("What was noticed", findings.flatMap { blocks(of: $0, isNamed: true) })])
      + [
        .paragraph(
          "`unmask explain hidden` says what the letters, the verdicts and the findings mean.")
      ]
  }

  func blocks(of verdict: Verdict) -> [Block] {
    let found = diagnosis.classes.filter { $0.verdict == verdict }
    guard !found.isEmpty else { return [.paragraph("No class is \(text: verdict.rawValue).")] }
    return found.flatMap { sentences(about: $0).map(Block.paragraph) }
  }

  func blocks(of kind: SetUpFault.Kind) -> [Block] {
    let found = setUp.filter { $0.kind == kind }
    return found.isEmpty ? [.paragraph("Nothing of the kind was noticed.")] : found.map(\.block)
  }

  func blocks(of kind: Finding.Kind) -> [Block] {
    let found = findings.filter { $0.kind == kind }
    guard !found.isEmpty else { return [.paragraph("Nothing of the kind was noticed.")] }
    return found.flatMap { blocks(of: $0, isNamed: false) }
  }

  private func blocks(of finding: Finding, isNamed: Bool) -> [Block] {
    let kind: Line = isNamed ? "\(text: finding.kind.rawValue): " : ""
    return [.paragraph("\(kind)\(finding.sentence) \(finding.advice)")]
      + (finding.snippet.map { [.code($0.text)] } ?? [])
  }
}

// MARK: - The headline and its classes

extension VerdictAccount {
  private var headlineLines: [Line] {
    let poor = diagnosis.headline.poor
    let rule: Line =
      "A class fails where \(name: poor.measure.name) < \(exact: poor.limit), which is B > \(1 - poor.limit)."
    if let nan { return ["The headline is \(nan.line), so it says nothing of any class.", rule] }
    guard let scale = diagnosis.scale, let tolerance = diagnosis.tolerance else { return [rule] }
    let source: Line =
      tolerance == Diagnosis.printResolution
      ? "half of the last digit that a log prints" : "\(percent: tolerance / scale) of S"
    return [
      rule,
      "S = \(scale), skill \(diagnosis.skill), C = \(diagnosis.averaged), ε = \(tolerance): \(source)",
    ]
  }

  private var classes: [Block] {
    let poor = diagnosis.poorClasses
    guard !poor.isEmpty else {
      return [
        .paragraph(
          diagnosis.isOfShares
            ? "No class is judged: the headline is against a soft truth, and what it would be if a class were perfect was not counted. A score as headline has verdicts."
            : "None.")
      ]
    }
    var table = Table(["class", "verdict", "B", "Δ", "ρ", "s", "b"], textColumns: 2)
    for found in poor {
      table.add([
        .name(found.name), .text(found.verdict?.rawValue ?? ""), "\(found.badness)",
        "\(found.headroom)", "\(found.reach)", "\(percent: found.share)",
        "\(percent: found.badnessShare)",
      ])
    }
    return [.table(table)] + poor.map { .lines(sentences(about: $0)) }
  }

  /// What is said of a class, and which condition decided, in the run's numbers.
  private func sentences(about found: ClassDiagnosis) -> [Line] {
    let sentence = diagnosis.sentence(about: found)
    guard let basis = diagnosis.basis(of: found) else { return [sentence] }
    let verdict = (found.tendency ?? found.verdict)?.rawValue ?? ""
    let opening: Line =
      found.tendency == nil
      ? "\(text: verdict) because" : "It would be \(text: verdict) because"
    return [sentence, "\(opening) \(basis.reason)."]
  }
}

extension VerdictBasis {
  fileprivate var reason: Line {
    let half = ("½·S/C", halfPart)
    let largest = ("max(Δ, ρ)", max(headroom, reach))
    let shares = zip(share, badnessShare).map { (("s", $0), ("½·b", $1 / 2)) }
    return switch condition {
    case .isNotPoor: compared(("B", badness), "≤", ("1 − limit", largestBadness))
    case .hasNoHeadroom: compared(("Δ", headroom), "<", ("ε", tolerance))
    case .isOutOfReach:
      "\(compared(("ρ", reach), "<", ("ε", tolerance))), and \(compared(("Δ", headroom), "<", half))"
    case .hasLessThanItsShare: shares.map { compared($0, "<", $1) } ?? ""
    case .hasLittleOfTheScale: compared(largest, "<", half)
    case .isShown:
      "\(compared(("Δ", headroom), "≥", ("ε", tolerance))), \(shares.map { "\(compared($0, "≥", $1)), " })\(compared(largest, "≥", half))"
    }
  }
}

/// `ρ = 0.00343 < ε = 0.00425`, with as many digits as tell the two apart.
private func compared(
  _ a: (name: String, value: Double), _ sign: String, _ b: (name: String, value: Double)
) -> Line {
  let numbers = apart([a.value, b.value])
  return "\(text: a.name) = \(numbers[0]) \(text: sign) \(text: b.name) = \(numbers[1])"
}

/// Both, where both exist.
private func zip<A, B>(_ a: A?, _ b: B?) -> (A, B)? {
  if let a, let b { (a, b) } else { nil }
}

extension SetUpFault {
  /// What is said of it wherever verdicts are explained; the report has what to write.
  fileprivate var block: Block {
    .paragraph("Set-up (\(text: severity.rawValue)): \(title). \(statement). \(remedy).")
  }
}
