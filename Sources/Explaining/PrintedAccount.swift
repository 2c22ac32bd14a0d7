internal import Core
internal import Counting
internal import Diagnosis
package import Pages
internal import Tables

/// Which presets, batches and chains would have printed a number, for a finished run.
package struct PrintedAccount {
  private let number: PrintedNumber
  private let search: Search
  private let tried: [Candidate]
  private let found: [Candidate]

  package init(of number: PrintedNumber, in run: FinishedRun) {
    self.number = number
    search = Search(run: run)
    tried = search.candidates()
    found = tried.filter { $0.value.map(number.matches) ?? false }
  }

  package var page: Page {
    number.value.isNaN ? pageOfNaN : pageOfNumber
  }

  private var pageOfNumber: Page {
    let groups = grouped(found.sorted { $0.rank < $1.rank })
    var page: Page = [
      .title(
        "\(text: number.text) is what \(found.count) of \(tried.count) ways give on these files")
    ]
    if !groups.isEmpty { page.append(.list(groups.map(item))) }
    if groups.count > 1 { page.append(.paragraph(decimals(groups))) }
    if found.isEmpty { page += nearest }
    page += shuffled
    let nan = undefined.filter { $0.isRunsOwn }
    if !nan.isEmpty {
      let names = nan.map { Line.name($0.way) }.joined(separator: ", ")
      page.append(
        .paragraph(
          "NaN on these files, and so no number: \(names). `unmask explain --printed nan` says why."
        ))
    }
    return page + notCounted
  }

  private var notCounted: [Block] {
    let left = search.notCounted
    guard !left.isEmpty else { return [] }
    let names = left.map(Line.name).joined(separator: ", ")
    return [
      .paragraph(
        "Not tried, because this run did not count them: \(names). Run with `presets: all` to try them too."
      )
    ]
  }
}

// MARK: - NaN

extension PrintedAccount {
  private var undefined: [Candidate] { tried.filter { $0.nan != nil } }

  /// Which ways give NaN, each with the batch, image or class that has nothing to divide by.
  private var pageOfNaN: Page {
    let own = undefined.sorted { $0.rank < $1.rank }
    let always = search.alwaysNaN
    var page: Page = [
      .title(
        "NaN is what \(own.count + always.count) of \(tried.count + always.count) ways give on these files"
      )
    ]
    let items =
      own.map { Item("\(name: $0.name): \($0.nan?.line)") }
      + always.map { Item("\(name: $0.id): \(name: $0.reason)") }
    if !items.isEmpty { page.append(.list(items)) }
    let ways = Set(own.map(\.way))
    let lines = search.shuffled().filter { $1.nan != nil && !ways.contains($0.way) }
      .map { candidate, spread -> Line in "\(name: candidate.name): \(spread.line)" }
    if !lines.isEmpty {
      page.append(.section("A run that shuffles might print it too", [.list(lines)]))
    }
    return page + notCounted
  }
}

/// Candidates with the same value, up to its last bits, together; groups and members in order.
private func grouped(_ found: [Candidate]) -> [[Candidate]] {
  found.reduce(into: []) { groups, candidate in
    let place = groups.firstIndex { group in
      let (a, b) = (group[0].value ?? 0, candidate.value ?? 0)
      return (a - b).magnitude <= 1e-12 * a.magnitude
    }
    if let place { groups[place].append(candidate) } else { groups.append([candidate]) }
  }
}

extension PrintedAccount {
  /// The ways that give one number, and what would tell them apart.
  private func item(_ group: [Candidate]) -> Item {
    let ways = group.reduce(into: [[Candidate]]()) { ways, candidate in
      if let place = ways.firstIndex(where: { $0[0].way == candidate.way }) {
        ways[place].append(candidate)
      } else {
        ways.append([candidate])
      }
    }
    let items = ways.map { way in
      let batchings = way.compactMap(\.batching?.text)
      let spread = search.spread(of: way[0]).map { spread -> Line in
        "It depends on the batches: a shuffled run in \(text: search.run.batching.text) gives \(spread.line)."
      }
      return Item(
        .name(([way[0].way] + batchings).joined(separator: ", ")),
        [spread, search.otherVersions(of: way[0])].compactMap(\.self).map { Item($0) })
    }
    return Item("\(exact: group[0].value ?? 0)", items + separation(of: ways))
  }

  private func separation(of ways: [[Candidate]]) -> [Item] {
    guard ways.count > 1 else { return [] }
    guard let (batching, values) = search.separation(of: ways.map { $0[0] }) else {
      return [Item("They are the same in any batches: no log of these files tells them apart.")]
    }
    let printed = apart(values)
    let texts = printed.map(\.plain)
    let items = printed.indices.filter { texts.firstIndex(of: texts[$0]) == $0 }.map { index in
      let names = zip(ways, texts).filter { $1 == texts[index] }.map { Line.name($0.0[0].way) }
      return Item("\(printed[index]): \(names.joined(separator: ", "))")
    }
    return [Item("In \(text: batching.text) they part", items)]
  }

  /// How many decimals a log needs to print every group differently.
  private func decimals(_ groups: [[Candidate]]) -> Line {
    let values = groups.map { $0[0].value ?? 0 }
    guard let (decimals, printed) = decimalsApart(values) else {
      return "They differ beyond the decimals that a log can have."
    }
    let numbers = zip(values, printed).map { Line([.number($0, .written($1))]) }
    return
      "A log with \(decimals) decimals tells these numbers apart: \(numbers.joined(separator: ", "))."
  }

  /// The presets that print other numbers in these batches, and might print this one in a run that
  /// shuffles.
  private var shuffled: [Block] {
    let ways = Set(found.map(\.way))
    let lines = search.shuffled().filter { candidate, spread in
      guard let lowest = spread.lowest, let highest = spread.highest else { return false }
      return !ways.contains(candidate.way) && lowest - number.halfUnit <= number.value
        && number.value <= highest + number.halfUnit
    }.map { candidate, spread -> Line in "\(name: candidate.name): \(spread.line)" }
    return lines.isEmpty ? [] : [.section("A run that shuffles might print it too", [.list(lines)])]
  }

  private var nearest: [Block] {
    let near = tried.filter { $0.value != nil }.sorted {
      (($0.value ?? 0) - number.value).magnitude < (($1.value ?? 0) - number.value).magnitude
    }
    guard !near.isEmpty else { return [] }
    let lines = near.prefix(3).map { candidate -> Line in
      "\(name: candidate.name) = \(exact: candidate.value ?? 0)"
    }
    return [
      .section("The nearest are", [.list(lines)]),
      .paragraph(
        "A loss printed while training has other weights at every step; compare what `evaluate` prints."
      ),
    ]
  }
}
