internal import Core
internal import Counting
internal import Diagnosis
internal import Pages
internal import Resampling
internal import Tables

/// The record of the run, report.json, of which the other documents are views: sorted keys, every digit,
/// `null` for what is undefined.
///
/// Adding a key is compatible, changing one is a new version.
package struct Record: Codable, Sendable {
  static let version = "1.0"

  var schemaVersion = Record.version
  var tool: Tool
  var status: Status
  var setup: [SetUp]
  var inputs: Inputs
  var headline: Headline
  var classes: [Class]
  var reductions: [Reduced]
  var presets: [Printed]
  var revealing: [Revealing]
  var checks: [Checked]
  var findings: [Noticed]
  var curves: [Curve]
  var weights: Weights?
  var problems: [Fault]
  var notes: [String]
  /// PNG files beside this one.
  var pictures: [Drawn]
  /// The document that people read.
  var page: Page

  package init(_ report: Report) {
    let diagnosis = report.headline
    tool = Tool(version: report.version)
    status = Status(
      complete: report.inputs.isComplete,
      verdict: report.setUp.withholdVerdict ? nil : diagnosis.verdict?.rawValue,
      worst: report.setUp.withholdVerdict ? nil : diagnosis.poorClasses.first?.name,
      hidden: diagnosis.classes.filter { $0.verdict == .hidden }.map(\.name),
      muted: diagnosis.classes.filter { $0.verdict == .muted }.map(\.name),
      exposed: diagnosis.classes.filter { $0.verdict == .exposed }.map(\.name),
      undetermined: diagnosis.classes.filter { $0.verdict == .undetermined }.map(\.name),
      setup: report.setUp.filter { $0.severity != .accepted }.map(\.kind.rawValue))
    setup = report.setUp.map(SetUp.init)
    inputs = Inputs(report.inputs, report.saving)
    headline = Headline(diagnosis, in: report)
    classes = diagnosis.classes.enumerated().map { Class(id: $0, $1, in: report) }
    reductions = report.reductions.map(Reduced.init)
    presets = report.presets.map(Printed.init)
    revealing = report.others.map(Revealing.init)
    checks = report.gates.map(Checked.init)
    findings = report.findings.map(Noticed.init)
    curves = report.curves.map(Curve.init)
    weights = report.weights.flatMap { $0.hasWeights ? Weights($0) : nil }
    problems = report.inputs.problems.map(Fault.init)
    notes = report.inputs.notes
    pictures = report.pictures.map(Drawn.init)
    page = report.page
  }
}

extension Record {
  /// - Throws: Problem: a number is not finite, which is a fault of the program.
  package var json: String {
    get throws(Problem) { try recordText(of: self, "report") }
  }
}
