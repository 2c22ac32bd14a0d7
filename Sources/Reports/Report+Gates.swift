internal import Core
internal import Diagnosis
internal import Pages
internal import Resampling

extension Report {
  /// What came of the limits of `check`: how many pass, and one by one those that fail, warn, or pass
  /// without enough evidence.
  var gateSection: [Block] {
    guard !gates.isEmpty else { return [] }
    let (failed, warned) = (gates.failed.count, gates.warned.count)
    let passed = gates.count - failed - warned
    let open = gates.failed + gates.warned + gates.open
    var blocks: [Block] = [
      .paragraph(
        "\(count: failed, "check") of \(gates.count) \(text: failed == 1 ? "fails" : "fail"), \(warned) \(text: warned == 1 ? "warns" : "warn"), \(passed) \(text: passed == 1 ? "passes" : "pass")."
      )
    ]
    if !open.isEmpty {
      blocks.append(
        .list(open.prefix(Report.shownGates).map { "\(strong: "\(text: $0.heading)") \($0.line)" }))
    }
    if open.count > Report.shownGates {
      blocks.append(
        .paragraph("and \(open.count - Report.shownGates) more: see \(code: "gates.csv")"))
    }
    return [.section("Checks", blocks)]
  }

  private static let shownGates = 20

  /// For a terminal, the worst first.
  var gateLines: [String] {
    let open = gates.failed + gates.warned
    let lines = open.prefix(10).map { result in
      "\((result.state == .fail ? "CHECK FAILED" : "check warns").padded(to: 13)) \(result.line.plain)"
    }
    let more = open.count > 10 ? ["… and \(open.count - 10) more checks: see the report"] : []
    guard !gates.isEmpty else { return [] }
    let unjudged = gates.count { $0.outcome == .unjudged }
    if unjudged == gates.count { return ["\("checks".padded(to: 13)) none is judged"] }
    let passed = gates.count - open.count
    let without =
      gates.open.isEmpty
      ? "" : ", \(Figure.count(gates.open.count)) of them without enough evidence"
    let rest =
      passed > 0 ? ["\("checks".padded(to: 13)) \(Figure.count(passed)) pass\(without)"] : []
    return lines + more + rest
  }
}

extension GateResult {
  /// `pole-iou, pole: iou is 0.233, below 0.5`
  var line: Line {
    let whom: Line = className.map { ", \(name: $0)" } ?? ""
    return "\(name: gate.id)\(whom): \(reason)\(rest)"
  }

  /// Fails, warns, or passes without evidence.
  fileprivate var heading: String {
    switch state {
    case .fail: "Fails:"
    case .warn: "Warns:"
    case .pass: "Passes:"
    }
  }

  /// What follows from the outcome.
  private var rest: Line {
    switch outcome {
    case .passed, .failed: ""
    case .missing: "; on_missing says what that means"
    case .unjudged: ""
    case .insufficient:
      imagesNeeded.map {
        "; about \(count: Int($0), areGroups ? "group" : "image") like these in all would decide it"
      } ?? ""
    }
  }
}

extension Gate {
  /// `nil` of a gate on verdicts.
  var limits: Limits? {
    switch subject {
    case .verdict: nil
    case .score(_, _, let limits), .number(_, _, let limits): limits
    }
  }
}
