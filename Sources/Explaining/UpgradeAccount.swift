internal import Core
package import Pages
package import Tables

/// What moves when a library goes from one version to another; with a finished run, which of that run's
/// numbers do.
package struct UpgradeAccount {
  private let library: Library
  private let old: Version
  private let new: Version
  private let run: FinishedRun?
  /// Those between the versions, by the number that moves.
  private let numbers: [(id: String, moves: [Preset.Move])]

  package init(of library: Library, from old: Version, to new: Version, in run: FinishedRun? = nil)
  {
    (self.library, self.old, self.new, self.run) = (library, old, new, run)
    let (first, last) = (min(old, new), max(old, new))
    let crossed = Preset.moves.filter {
      $0.library == library && first < $0.since && $0.since <= last
    }
    let ids = crossed.map(\.preset).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    numbers = ids.map { id in (id, crossed.filter { $0.preset == id }) }
  }

  package var page: Page {
    let between = "between \(library.name) \(old) and \(new)"
    guard !numbers.isEmpty else {
      return [
        .title("No number is known to have moved \(text: between)"),
        .paragraph("Known is what moved from \(text: library.range)."),
      ]
    }
    return run.map { moving(in: $0, between) } ?? changes(between)
  }
}

extension UpgradeAccount {
  /// Everything that moved, without numbers.
  private func changes(_ between: String) -> Page {
    let items = numbers.map { id, moves in
      Item("\(code: id): \(name: moves[0].call)", moves.flatMap(reasons))
    }
    return [
      .title("\(text: Figure.count(numbers.count, "number")) moved \(text: between)"), .list(items),
    ]
  }

  private func reasons(_ move: Preset.Move) -> [Item] {
    let row =
      switch move.before {
      case .preset(let preset): Item("As it was: \(code: preset.id).")
      case .withheld(let reason): Item("Not computed as it was: \(name: reason).")
      }
    return [reason(move), row, source(move)]
  }

  private func reason(_ move: Preset.Move) -> Item {
    Item("\(text: move.since.description): \(name: move.why)")
  }

  private func source(_ move: Preset.Move) -> Item { Item("Read in \(name: move.source).") }
}

// MARK: - In a run's numbers

/// What a side of an upgrade prints for a run.
private enum Answer: Equatable {
  case number(Double)
  /// None, and why.
  case none(String)
  /// What it needs was not counted.
  case notCounted
}

extension UpgradeAccount {
  private func moving(in run: FinishedRun, _ between: String) -> Page {
    var table = Table(["number", "\(code: "\(library.name) \(old)")", "\(code: "\(new)")"])
    var reasons: [Item] = []
    var same: [Line] = []
    var without: [Line] = []
    var notCounted: [Line] = []
    for (id, moves) in numbers {
      let (before, after) = (answer(to: id, at: old, in: run), answer(to: id, at: new, in: run))
      switch (before, after) {
      case (.notCounted, _), (_, .notCounted): notCounted.append("\(code: id)")
      case (.none(let reason), .none): without.append("\(code: id): \(name: reason)")
      case _ where before == after: same.append("\(code: id)")
      default:
        let printed = shown(before, after)
        table.add(["\(code: id)", printed.before, printed.after])
        reasons.append(
          Item("\(code: id)", moves.flatMap { [reason($0), source($0)] } + absences(before, after)))
      }
    }
    let count = table.rows.count
    var page: Page = [
      .title(
        count == 0
          ? "No number of this run moves \(text: between)"
          : "\(text: Figure.count(count, "number")) of this run \(text: count == 1 ? "moves" : "move") \(text: between)"
      )
    ]
    if count > 0 { page += [.table(table), .section("Why", [.list(reasons)])] }
    if !same.isEmpty {
      page.append(.section("Changed, and the same on these files", [.list(same)]))
    }
    if !without.isEmpty { page.append(.section("Changed, and not of this run", [.list(without)])) }
    if !notCounted.isEmpty {
      page.append(
        .section(
          "Changed, and not counted by this run",
          [
            .list(notCounted), .paragraph("Run with `presets: all` to see them too."),
          ]))
    }
    return page
  }

  private func answer(to id: String, at version: Version, in run: FinishedRun) -> Answer {
    switch Preset.side(of: id, at: version) {
    case nil: return .none("there is no such number")
    case .withheld(let reason): return .none(reason)
    case .preset(let preset):
      if let obstacle = run.obstacle(to: preset) { return .none(obstacle) }
      guard let formula = try? preset.formula(areClassesExclusive: run.areClassesExclusive),
        run.obstacle(to: formula) == nil
      else { return .notCounted }
      guard let value = (try? run.measurements.outcome(of: formula))?.scalar else {
        return .none("it is not a number")
      }
      return .number(value)
    }
  }

  /// With as many digits as tell the two apart.
  private func shown(_ before: Answer, _ after: Answer) -> (before: Line, after: Line) {
    if case .number(let before) = before, case .number(let after) = after {
      let printed = apart([before, after])
      return (printed[0], printed[1])
    }
    return (shown(before), shown(after))
  }

  private func shown(_ answer: Answer) -> Line {
    switch answer {
    case .number(let value): "\(value)"
    case .none, .notCounted: "–"
    }
  }

  /// Why a side has no number.
  private func absences(_ answers: Answer...) -> [Item] {
    answers.compactMap { answer in
      if case .none(let reason) = answer { Item("No number: \(name: reason).") } else { nil }
    }
  }
}

extension Library {
  /// `smp 0.3.1 to 0.6`
  package var range: String { "\(name) \(oldest) to \(newest)" }
}
