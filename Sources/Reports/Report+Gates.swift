internal import Core
internal import Diagnosis
internal import Pages
internal import Resampling

/// What came of the limits of `check`.
struct GateAccount {
  var gates: [GateResult]
  /// Of `accepted`, what nothing needs any more.
  var stale: [Acceptance] = []

  /// How many pass, and one by one those that fail, warn, or pass without enough evidence.
  var section: [Block] {
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
        .list(open.prefix(GateAccount.shown).map { "\(strong: "\(text: $0.heading)") \($0.line)" }))
    }
    if open.count > GateAccount.shown {
      blocks.append(
        .paragraph("and \(open.count - GateAccount.shown) more: see \(code: "gates.csv")"))
    }
    if let staleLine { blocks.append(.paragraph(staleLine)) }
    return [.section("Checks", blocks)]
  }

  private static let shown = 20

  /// What was accepted and no longer fails.
  private var staleLine: Line? {
    guard !stale.isEmpty else { return nil }
    let items = stale.map { stale in
      "\(name: stale.check)\(stale.className.map { " of \(name: $0)" as Line } ?? "")" as Line
    }
    return
      "\(Line(listing: items, most: 5)) no longer \(text: items.count == 1 ? "fails" : "fail"): take \(text: items.count == 1 ? "it" : "them") out of \(code: "accepted")."
  }

  /// For a terminal, the worst first.
  var lines: [String] {
    let bad = gates.failed + gates.warned
    let lines = bad.prefix(10).map { result in
      "\((result.state == .fail ? "CHECK FAILED" : "check warns").padded(to: 13)) \(result.line.plain)"
    }
    let more =
      bad.count > 10 ? ["… and \(Figure.count(bad.count - 10, "more check")): see the report"] : []
    guard !gates.isEmpty else { return [] }
    let accepted = staleLine.map { ["\("accepted".padded(to: 13)) \($0.plain)"] } ?? []
    let unjudged = gates.count { $0.outcome == .unjudged }
    if unjudged == gates.count { return ["\("checks".padded(to: 13)) none is judged"] }
    let passed = gates.count - bad.count
    let failing = gates.open.count { $0.outcome == .accepted }
    let open = gates.open.count - failing
    let without =
      (failing > 0
        ? ", \(Figure.count(failing)) of them accepted though \(failing == 1 ? "it fails" : "they fail")"
        : "")
      + (open > 0 ? ", \(Figure.count(open)) of them without enough evidence" : "")
    let rest =
      passed > 0 ? ["\("checks".padded(to: 13)) \(Figure.count(passed)) pass\(without)"] : []
    return lines + more + rest + accepted
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
    case .unjudged, .accepted: ""
    case .insufficient:
      imagesNeeded.map {
        "; about \(count: Int($0), areGroups ? "group" : "image") like these in all would decide it"
      } ?? ""
    }
  }
}
