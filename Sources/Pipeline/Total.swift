internal import Core
internal import Counting
internal import Diagnosis
internal import Explaining
package import Pages
internal import Tables

/// One output of a model with several: its finished run, and the weight of its loss in the total.
package struct OutputLoss: Hashable, Sendable {
  package var name: String
  package var path: String
  package var weight: Double

  /// Reads `seg=out/seg:0.4`; without a name the path is one, without a weight it is 1.
  package init(parsing text: String) throws(Failure) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let rest = parts.last ?? ""
    let colon = rest.lastIndex(of: ":")
    let number = colon.flatMap { Double(rest[rest.index(after: $0)...]) }
    path = String(number == nil ? rest : rest[..<(colon ?? rest.endIndex)])
    name = parts.count == 2 ? String(parts[0]) : path
    weight = number ?? 1
    guard !path.isEmpty, !name.isEmpty, weight.isFinite else {
      throw Failure(
        problem: Problem(
          "'\(printable(text))' is no output", remedy: "write NAME=RUN:WEIGHT, as seg=out/seg:0.4"),
        code: .configuration)
    }
  }
}

/// The loss of a model with several outputs, from their finished runs.
///
/// - Throws: Failure: a run's evidence cannot be used, or their headlines cannot be added.
package func total(of outputs: [OutputLoss]) throws(Failure) -> Page {
  var parts: [Diagnosis.Output] = []
  for output in outputs {
    let run = try FinishedRun(reading: output.path)
    parts.append(.init(name: output.name, weight: output.weight, diagnosis: run.diagnosis))
  }
  return try failing(.configuration) { () throws(Problem) in try TotalAccount(of: parts).page }
}
