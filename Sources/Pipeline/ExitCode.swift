internal import Diagnosis
package import Reports

/// How a command ends. Decided here for every command, so that the same failure has the same code.
///
/// Where several hold, 4 wins over 3, and 3 over 1.
package enum ExitCode: Int32, CaseIterable, Sendable {
  case complete = 0
  /// A check failed, where the command is one that checks.
  case checkFailed = 1
  /// The command line or the configuration is wrong.
  case configuration = 2
  /// Some input could not be used: images, or the evidence itself.
  case incomplete = 3
  /// No verdict is possible, as where no image could be used.
  case noVerdict = 4
  case cannotWrite = 74
  /// Another run is writing there.
  case tryLater = 75
  /// Someone ended the run; the command ends itself by the same signal.
  case interrupted = 130
}

extension ExitCode {
  /// Whether it is what a command ends with that did several things, of which another ended with `other`.
  package func isWorse(than other: ExitCode) -> Bool { rank > other.rank }

  private var rank: Int {
    let order: [ExitCode] = [
      .complete, .tryLater, .checkFailed, .incomplete, .noVerdict, .configuration, .cannotWrite,
      .interrupted,
    ]
    return order.firstIndex(of: self) ?? order.count
  }

  /// Of a command that wrote its result.
  init(of report: Report) {
    self =
      report.inputs.used == 0 || report.setUp.withholdVerdict || report.headlineNaN != nil
        || report.inputs.pixels == 0
      ? .noVerdict : report.inputs.isComplete ? .complete : .incomplete
  }

  /// The same of a command that checks.
  init(checking report: Report, warningsFail: Bool) {
    let code = ExitCode(of: report)
    let fails = !report.gates.failed.isEmpty || warningsFail && !report.gates.warned.isEmpty
    self = code == .complete && fails ? .checkFailed : code
  }

  package init(of report: ComparisonReport) {
    self =
      !report.pairing.isComplete
      ? .incomplete : report.gates.failed.isEmpty ? .complete : .checkFailed
  }
}
