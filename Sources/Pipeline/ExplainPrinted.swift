internal import Core
internal import Measures

/// A number as a log printed it: its value, and what its last digit leaves open.
package struct PrintedNumber: Hashable, Sendable {
  package var text: String
  package var value: Double
  /// Half a unit of the last digit.
  package var halfUnit: Double

  /// - Throws: what is no decimal number.
  package init(parsing text: String) throws(Failure) {
    let digits = text.split(separator: "e", omittingEmptySubsequences: false)
    let exponent = digits.count == 2 ? Int(digits[1]) : 0
    let isDecimal = text.utf8.allSatisfy { "0123456789+-.e".utf8.contains($0) }
    guard isDecimal, digits.count <= 2, let exponent, (-300...300).contains(exponent),
      let value = Double(text), value.isFinite
    else {
      throw Failure(
        problem: Problem(
          "'\(printable(text))' is no number", remedy: "give it as the log prints it: 0.0102"),
        code: .configuration)
    }
    let decimals = digits[0].firstIndex(of: ".").map {
      digits[0].distance(from: $0, to: digits[0].endIndex) - 1
    }
    self.text = text
    self.value = value
    var unit = 0.5
    let steps = exponent - (decimals ?? 0)
    for _ in 0..<steps.magnitude { unit = steps < 0 ? unit / 10 : unit * 10 }
    halfUnit = unit
  }

  /// Whether a value would be printed as this text; a little more than half a unit, because
  /// frameworks add in single precision.
  func matches(_ value: Double) -> Bool {
    (value - self.value).magnitude <= halfUnit * (1 + 1e-6) + 1e-6 * self.value.magnitude
  }
}

/// Which presets, batches and chains would have printed a number, for a finished run.
///
/// - Parameter evidence: the run's evidence.sqlite or its directory.
package func explain(
  printed number: PrintedNumber, evidence path: String
) throws(Failure) -> String {
  let (file, losses, evidence, _) = try readEvidence(path)
  let search = Search(file: file, losses: losses, evidence: evidence)
  let tried = search.candidates()
  let found = tried.filter { $0.value.map(number.matches) ?? false }
  var text = "\(number.text) is what \(found.count) of \(tried.count) ways give on these files\n"
  for group in grouped(found) {
    text += "  \(shortest(group[0].value ?? 0))\n"
    for candidate in group { text += "    \(candidate.name)\n" }
  }
  text += found.count > 1 ? advice(found) : found.isEmpty ? nearestText(tried, number) : ""
  let left = search.notCounted
  if !left.isEmpty {
    text +=
      "Not tried, because this run did not count them: \(left.joined(separator: ", ")). Run with `presets: all` to try them too.\n"
  }
  return text
}

private struct Candidate {
  var name: String
  var value: Double?
}

/// The ways a number can come about: every preset and every measure by every chain of the file, in
/// the batches that were named and in the usual ones.
private struct Search {
  let file: PipelineFile
  let losses: [String]
  let evidence: Evidence

  var presets: [(preset: Preset, formula: Formula)] {
    Preset.all.compactMap { preset in
      guard
        file.decode.obstacle(to: preset, hasSampleWeights: file.sampleWeighting != nil) == nil,
        let formula = try? preset.formula(areClassesExclusive: file.decode.isExclusive)
      else { return nil }
      return (preset, formula)
    }
  }

  var notCounted: [String] { presets.filter { !isCounted($0.formula) }.map(\.preset.id) }

  func candidates() -> [Candidate] {
    var candidates: [Candidate] = []
    for (preset, formula) in presets where isCounted(formula) {
      for batching in preset.dependsOnBatches ? batchings : [file.batching] {
        let name = preset.dependsOnBatches ? "\(preset.id), \(batching.text)" : preset.id
        candidates.append(candidate(name, formula, batching))
      }
    }
    for measure in file.measures {
      for named in file.reductions
      where named.chain.hasScore != measure.isElementwise && named.chain.isScalar
        && !named.chain.axes.contains(.tile)
      {
        let name = "\(measure.name) by \(named.name)"
        let formula = Formula(terms: [.init(parts: [.init(measure, named.chain)])])
        candidates.append(candidate(name, formula, file.batching))
      }
    }
    return candidates
  }

  private var batchings: [Batching] {
    let usual = [1, 2, 4, 8, 16, 32, 64].filter { $0 < evidence.listed }.map { Batching(size: $0) }
    let others = (usual + [Batching()]).filter { $0 != file.batching }
    return [file.batching] + others
  }

  private func isCounted(_ formula: Formula) -> Bool {
    formula.parts.allSatisfy { isCounted($0.measure) }
  }

  private func isCounted(_ measure: Measure) -> Bool {
    switch measure.form {
    case .separable, .categorical: losses.contains(measure.name)
    case .softRatio: file.needs.softSums
    case .score: true
    }
  }

  private func candidate(
    _ name: String, _ formula: Formula, _ batching: Batching
  ) -> Candidate {
    let measurements = Measurements(
      evidence: evidence, measures: formula.parts.map(\.measure), batching: batching,
      areClassesExclusive: file.decode.isExclusive, losses: losses)
    return Candidate(name: name, value: (try? measurements.outcome(of: formula))?.scalar)
  }
}

extension Batching {
  fileprivate var text: String {
    size.map { "batches of \($0)\(dropsLast ? ", the last one dropped" : "")" } ?? "one batch"
  }
}

/// Those with the same value, but for its last bits, together; the first of each group in order.
private func grouped(_ found: [Candidate]) -> [[Candidate]] {
  found.reduce(into: []) { groups, candidate in
    let place = groups.firstIndex { group in
      let (a, b) = (group[0].value ?? 0, candidate.value ?? 0)
      return (a - b).magnitude <= 1e-12 * a.magnitude
    }
    if let place { groups[place].append(candidate) } else { groups.append([candidate]) }
  }
}

/// What would tell the candidates apart: the digits from which they differ.
private func advice(_ found: [Candidate]) -> String {
  let values = found.compactMap(\.value).sorted()
  let gaps = zip(values, values.dropFirst()).map { $1 - $0 }.filter { $0 > 1e-12 }
  guard let smallest = gaps.min() else {
    return "They give the same number on these files; nothing in a log tells them apart.\n"
  }
  return
    "They differ by \(Figure.text(smallest)) and more: a log with that many decimals tells them apart.\n"
}

private func nearestText(_ tried: [Candidate], _ number: PrintedNumber) -> String {
  let near = tried.filter { $0.value != nil }.sorted {
    (($0.value ?? 0) - number.value).magnitude < (($1.value ?? 0) - number.value).magnitude
  }
  guard !near.isEmpty else { return "" }
  return "The nearest are\n"
    + near.prefix(3).map { "  \($0.name) = \(shortest($0.value ?? 0))\n" }.joined()
    + "A loss printed while training has other weights at every step; compare what `evaluate` prints.\n"
}
