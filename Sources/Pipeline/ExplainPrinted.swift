internal import Core
internal import Measures
internal import Pages

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
  let search = Search(run: try ExplainedRun(reading: path))
  let tried = search.candidates()
  let found = tried.filter { $0.value.map(number.matches) ?? false }
  let groups = grouped(found.sorted { $0.rank < $1.rank })
  var text = "\(number.text) is what \(found.count) of \(tried.count) ways give on these files\n"
  for group in groups { text += groupText(group, search) }
  text += groups.count > 1 ? decimalsText(groups) : ""
  text += found.isEmpty ? nearestText(tried, number) : ""
  text += shuffledText(search, number, besides: found)
  let left = search.notCounted
  if !left.isEmpty {
    text +=
      "Not tried, because this run did not count them: \(left.joined(separator: ", ")). Run with `presets: all` to try them too.\n"
  }
  return text
}

/// Those with the same value, but for its last bits, together; groups and members in order.
private func grouped(_ found: [Candidate]) -> [[Candidate]] {
  found.reduce(into: []) { groups, candidate in
    let place = groups.firstIndex { group in
      let (a, b) = (group[0].value ?? 0, candidate.value ?? 0)
      return (a - b).magnitude <= 1e-12 * a.magnitude
    }
    if let place { groups[place].append(candidate) } else { groups.append([candidate]) }
  }
}

/// The ways that give one number, and what would tell them apart.
private func groupText(_ group: [Candidate], _ search: Search) -> String {
  var text = "  \(shortest(group[0].value ?? 0))\n"
  let ways = group.reduce(into: [[Candidate]]()) { ways, candidate in
    if let place = ways.firstIndex(where: { $0[0].way == candidate.way }) {
      ways[place].append(candidate)
    } else {
      ways.append([candidate])
    }
  }
  for way in ways {
    text += "    \(([way[0].way] + way.compactMap(\.batching?.text)).joined(separator: ", "))\n"
    if let spread = search.spread(of: way[0]) {
      text +=
        "      It depends on the batches: a shuffled run in \(search.run.file.batching.text) gives \(spread.text).\n"
    }
  }
  guard ways.count > 1 else { return text }
  guard let (batching, values) = search.separation(of: ways.map { $0[0] }) else {
    return text + "    They are the same in any batches: no log of these files tells them apart.\n"
  }
  text += "    In \(batching.text) they part\n"
  let printed = apart(values)
  for (index, value) in printed.enumerated() where printed.firstIndex(of: value) == index {
    let names = zip(ways, printed).filter { $1 == value }.map { $0.0[0].way }
    text += "      \(value): \(names.joined(separator: ", "))\n"
  }
  return text
}

/// With how many decimals a log would print every group differently.
private func decimalsText(_ groups: [[Candidate]]) -> String {
  guard let (decimals, printed) = decimalsApart(groups.map { $0[0].value ?? 0 }) else {
    return "They differ beyond the decimals that a log can have.\n"
  }
  return
    "A log with \(decimals) decimals tells these numbers apart: \(printed.joined(separator: ", ")).\n"
}

/// The presets that print other numbers in these batches, and might print this one in a run that
/// shuffles.
private func shuffledText(
  _ search: Search, _ number: PrintedNumber, besides found: [Candidate]
) -> String {
  let ways = Set(found.map(\.way))
  let lines = search.shuffled().filter { candidate, spread in
    !ways.contains(candidate.way)
      && spread.lowest - number.halfUnit <= number.value
      && number.value <= spread.highest + number.halfUnit
  }.map { candidate, spread in "  \(candidate.name): \(spread.text)\n" }
  return lines.isEmpty ? "" : "A run that shuffles might print it too\n" + lines.joined()
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
