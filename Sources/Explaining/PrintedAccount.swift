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
    if found.isEmpty { page += partial + nearest }
    page += shuffled
    let nan = undefined.filter { $0.isRunsOwn }
    if !nan.isEmpty {
      let names = nan.gathered(by: \.way).map { Line.name($0[0].way) }.joined(separator: ", ")
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
    // As trainers log it a call is NaN for the same reason; whose NaN stays is said once.
    let plain = own.filter(\.trainers.isEmpty).map { Item("\(name: $0.name): \($0.nan?.line)") }
    let logged = own.filter { !$0.trainers.isEmpty && $0.isRunsOwn }
      .gathered(by: { $0.trainers.map(\.name) }).map { rule in
        let calls = Line(listing: rule.gathered(by: \.way).map { .name($0[0].way) }, most: 6)
        return Item("Logged so by \(names(of: rule[0].trainers)), of \(calls)")
      }
    let items =
      plain + logged
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

extension Array {
  /// Those that have the same in common together; groups in the order of their first.
  fileprivate func gathered<Common: Equatable>(by common: (Element) -> Common) -> [[Element]] {
    var groups: [(common: Common, elements: [Element])] = []
    for element in self {
      let own = common(element)
      if let place = groups.firstIndex(where: { $0.common == own }) {
        groups[place].elements.append(element)
      } else {
        groups.append((own, [element]))
      }
    }
    return groups.map(\.elements)
  }
}

extension PrintedAccount {
  /// The ways that give one number, and what would tell them apart.
  private func item(_ group: [Candidate]) -> Item {
    let plain = group.filter(\.trainers.isEmpty)
    let logged = group.filter { !$0.trainers.isEmpty }
    let ways = plain.gathered(by: \.way)
    let items = ways.map { way in
      let batchings = way.compactMap(\.batching?.text)
      let spread = search.spread(of: way[0]).map { spread -> Line in
        "That is in the order of the files; a shuffled run in \(text: search.run.batching.text) gives \(spread.line)."
      }
      return Item(
        .name(([way[0].way] + batchings).joined(separator: ", ")),
        [spread, search.otherVersions(of: way[0])].compactMap(\.self).map { Item($0) })
    }
    return Item(
      "\(exact: group[0].value ?? 0)", items + logs(logged) + separation(of: ways))
  }

  /// What trainers log, rule by rule, each with the losses and batches of which it is true.
  private func logs(_ logged: [Candidate]) -> [Item] {
    let rules = logged.gathered(by: { $0.trainers.map(\.name) })
    return rules.flatMap { rule -> [Item] in
      let ways = rule.gathered(by: \.way).gathered { way in way.compactMap(\.batching?.text) }
      return ways.map { alike in
        let batchings = alike[0].compactMap(\.batching?.text)
        let batches: Line =
          batchings.isEmpty ? "" : " in \(text: batchings.joined(separator: ", "))"
        let calls = Line(listing: alike.map { .name($0[0].way) }, most: 4)
        return Item(
          "Logged so by \(names(of: rule[0].trainers))\(batches), of \(calls)",
          rule[0].trainers[0].reduction.map { [Item("\(code: "\($0)")")] } ?? [])
      }
    }
  }

  private func names(of trainers: [Trainer]) -> Line {
    Line(listing: trainers.map { .name($0.name) }, most: trainers.count)
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

  /// What gives the number of some of the batches, or a multiple of it.
  private var partial: [Block] {
    let ways = search.partialCandidates().filter { $0.candidate.value.map(number.matches) ?? false }
    guard !ways.isEmpty else { return [] }
    let lines = ways.gathered(by: \.what).map { alike -> Line in
      "\(text: alike[0].what): \(Line(listing: alike.map { .name($0.candidate.way) }, most: 4))"
    }
    return [
      .section(
        "No way of all batches gives it, but of \(text: search.run.batching.text)", [.list(lines)])
    ]
  }

  /// The numbers of the batches by the headline, which a log may have singly.
  private var batches: [Block] {
    let run = search.run
    guard let batches = try? run.measurements.batches(of: run.headline.formula)?.batches,
      batches.count > 1
    else { return [] }
    let shown = batches.prefix(12).map { $0.value.map { "\($0)" as Line } ?? "NaN" }
    let list = (shown + (batches.count > 12 ? ["…"] : [])).joined(separator: ", ")
    return [
      .paragraph(
        "The batches by the headline, in \(text: run.batching.text): \(list). `unmask explain epoch --from …` says what trainers make of them."
      )
    ]
  }

  private var nearest: [Block] {
    // A number that is asked for is mostly a loss; each way once.
    let valued = tried.filter { $0.value != nil }
    let losses = valued.filter { $0.formula.gauges.allSatisfy(\.measure.isLoss) }
    let near = (losses.isEmpty ? valued : losses).gathered(by: \.name).map { $0[0] }.sorted {
      (($0.value ?? 0) - number.value).magnitude < (($1.value ?? 0) - number.value).magnitude
    }
    guard !near.isEmpty else { return [] }
    let lines = near.prefix(3).map { candidate -> Line in
      "\(name: candidate.name) = \(exact: candidate.value ?? 0)"
    }
    return [
      .section("The nearest are", [.list(lines)])
    ] + batches + [
      .paragraph(
        "What no saved predictions tell: a loss printed while training, whose weights move at every step, and what is added to a loss, such as regularisation or add_loss. Compare what an evaluation prints."
      )
    ]
  }
}
