internal import Core
internal import Counting
internal import Diagnosis
internal import Tables

/// One output of a model with several: its finished run, and what its loss counts in the total.
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

/// The loss of a model with several outputs, as Keras prints it: the sum of its outputs' losses,
/// each times its weight. This is the one sum among the means.
///
/// A class that its own output shows can still be hidden by the total, where its output counts
/// little; each poor class is judged against the total's scale too.
package func total(of outputs: [OutputLoss]) throws(Failure) -> String {
  var parts: [(output: OutputLoss, diagnosis: Diagnosis, loss: Double)] = []
  for output in outputs {
    let (file, evidence, _) = try readEvidence(output.path)
    let diagnosis = Diagnosis(of: file.measurements(of: evidence), for: file.headline)
    guard let loss = diagnosis.printed, diagnosis.headline.measure.worst == .largest else {
      throw Failure(
        problem: Problem(
          "the headline of '\(printable(output.name))' is no loss", at: .file(output.path),
          remedy: "make a loss its headline: diagnose: {headline: {measure: bce, reduce: …}}"),
        code: .configuration)
    }
    parts.append((output, diagnosis, loss))
  }
  let sum = parts.reduce(0) { $0 + $1.output.weight * $1.loss }
  var text = "total loss \(Figure.text(sum)), the sum of\n"
  let width = parts.map { printable($0.output.name).count }.max() ?? 0
  for (output, diagnosis, loss) in parts {
    let name = printable(output.name)
    let share = sum == 0 ? nil : output.weight * loss / sum
    text +=
      "  \(name)\(String(repeating: " ", count: width - name.count))  \(shortest(output.weight)) · \(Figure.text(loss)) = \(Figure.text(output.weight * loss)) (\(Figure.percent(share)))  \(diagnosis.headline.measure.name): \(diagnosis.headline.chain)\n"
  }
  let scale = parts.reduce(0) { $0 + abs($1.output.weight) * ($1.diagnosis.scale ?? 0) }
  let tolerance = max(Diagnosis.printResolution, 0.01 * scale)
  for (output, diagnosis, _) in parts {
    for found in diagnosis.poorClasses {
      let headroom = abs(output.weight) * (found.headroom ?? 0)
      let isSeen = headroom >= tolerance
      text +=
        "\n\(printable(found.name)) of \(printable(output.name)) fails (\(diagnosis.headline.poor.measure.definition.title) \(Figure.text(found.badness.map { 1 - $0 }))). If it were perfect the total would be \(Figure.text(sum - output.weight * (found.headroom ?? 0))): \(isSeen ? "that is seen" : "less than \(Figure.text(tolerance)) lower, which is not seen")."
    }
  }
  return text.hasSuffix("\n") ? text : text + "\n"
}
