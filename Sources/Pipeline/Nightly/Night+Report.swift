internal import Configuration
internal import Core
internal import Decoding
internal import Diagnosis
internal import Foundation
internal import Pages
internal import Reports
internal import Resampling
internal import Store

extension Night {
  /// Before anything is counted.
  init(_ prepared: borrowing PreparedRun, started: Double) {
    self.init()
    let file = prepared.file
    configuration = file.path
    series = realPath(file.path) ?? file.path
    name = prepared.request.configuration.run?.name
    predictions = file.decode.predictions.text
    truth = file.decode.truth?.text ?? ""
    host = hostName()
    tool = Pipeline.tool
    self.started = started
    ended = started
  }

  /// What came of it.
  mutating func take(_ report: Report, _ code: ExitCode) {
    exitCode = Int(code.rawValue)
    let headline = report.headline
    verdict = report.setUp.withholdVerdict ? nil : headline.verdict?.rawValue
    self.headline = headline.headline.title
    value = headline.printed
    low = headline.printedInterval?.low
    high = headline.printedInterval?.high
    images = report.inputs.used + report.inputs.dropped + report.inputs.problems.count
    used = report.inputs.used
    classes = headline.classes.map { found in
      Class(
        name: found.name, state: found.state.rawValue, verdict: found.verdict?.rawValue,
        badness: found.badness, iou: found.overlap.iou, dice: found.overlap.dice,
        loss: found.loss?.mean, pixelShare: found.pixelShare)
    }
    checks = report.gates.map { result in
      Check(
        id: result.gate.id, className: result.className, state: result.state.rawValue,
        value: result.value, limit: result.gate.limits?.least ?? result.gate.limits?.most)
    }
  }

  /// Why its numbers are not compared with those of the night before; `nil` where they are.
  ///
  /// - Parameters:
  ///   - isCountedOtherwise: whether the other night's scheme was another.
  ///   - relabelled: an image whose truth is another now.
  func newRecord(since last: Night, isCountedOtherwise: Bool, relabelled: String?) -> String? {
    let (names, before) = (classes.map(\.name), last.classes.map(\.name))
    if names != before { return "the class list changed" }
    if headline != last.headline { return "the headline is another" }
    if isCountedOtherwise { return "what is counted, or how, is another" }
    if let relabelled { return "the truth of '\(printable(relabelled, most: 60))' changed" }
    return nil
  }

  /// What is new since the night before, line by line: for those who are told of changes only.
  func changes(since last: Night) -> [String] {
    var lines: [String] = []
    if let newRecord { lines.append("a new record begins: \(newRecord)") }
    if verdict != last.verdict {
      lines.append("the verdict is \(verdict ?? "none"); it was \(last.verdict ?? "none")")
    }
    let before = Dictionary(
      last.classes.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for found in classes {
      guard verdict != nil, last.verdict != nil, let old = before[found.name],
        old.verdict != found.verdict
      else { continue }
      lines.append(
        "\(printable(found.name)): \(found.verdict ?? "no verdict"), before \(old.verdict ?? "no verdict")"
      )
    }
    let failed = Set(last.checks.filter { $0.state == "fail" }.map(\.id))
    for id in Set(checks.filter { $0.state == "fail" }.map(\.id)).subtracting(failed).sorted() {
      lines.append("check \(printable(id)) fails")
    }
    for id in failed.subtracting(checks.filter { $0.state == "fail" }.map(\.id)).sorted() {
      lines.append("check \(printable(id)) holds again")
    }
    return lines
  }
}
