import Diagnosis

/// The tables of docs/diagnosis.md.
struct Summary {
  private let runs: [[Case]]
  private let cases: [Case]

  init(of runs: [[Case]]) {
    self.runs = runs
    cases = runs.flatMap(\.self)
  }

  /// The numbers that the diagnosis is held to.
  var lastLine: String {
    "diagnosis: detection \(percent(detection(hidden).share)), "
      + "false alarms \(percent(alarms(healthy).share)), "
      + "coverage \(percent(coverage(measured).share)), runs \(runs.count)"
  }

  var tables: String {
    let rates: [[String]] = [
      rates(
        "Failing classes that the headline hides, in 30 images or more: called HIDDEN", hidden,
        by: [.support, .images, .presence, .prevalence, .plantedIoU, .spread, .route], detection),
      said("The same in fewer images: what is said", scarce, by: .support),
      said("Failing classes that the headline shows, in 30 images or more", shown, by: .route),
      rates(
        "Runs in which no class fails: any class called HIDDEN or MUTED", healthy,
        by: [.images, .presence, .prevalence, .route], alarms),
      rates(
        "Classes in 50 images or more: their true IoU lies in its 95 % interval", measured,
        by: [.support, .iou, .spread], coverage),
    ]
    return rates.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
  }
}

// MARK: - What is asked for

extension Summary {
  private var hidden: [Case] { cases.filter { $0.expectation == .hidden && $0.support >= 30 } }
  private var scarce: [Case] { cases.filter { $0.expectation == .hidden && $0.support < 30 } }
  private var shown: [Case] { cases.filter { $0.expectation == .shown && $0.support >= 30 } }
  private var measured: [Case] { cases.filter { $0.isCovered != nil && $0.support >= 50 } }
  private var healthy: [[Case]] { runs.filter { $0.first?.trial.fails == false } }

  private func detection(_ cases: [Case]) -> Rate { Rate(of: cases) { $0.verdict == .hidden } }
  private func coverage(_ cases: [Case]) -> Rate { Rate(of: cases) { $0.isCovered == true } }
  private func alarms(_ runs: [[Case]]) -> Rate {
    Rate(of: runs) { $0.contains { $0.verdict == .hidden || $0.verdict == .muted } }
  }
}

// MARK: - Tables

extension Summary {
  private func rates(
    _ title: String, _ cases: [Case], by groupings: [Grouping], _ rate: ([Case]) -> Rate
  ) -> [String] {
    rates(title, cases.map { [$0] }, by: groupings) { rate($0.flatMap(\.self)) }
  }

  /// - Parameter runs: each told by its first case.
  private func rates(
    _ title: String, _ runs: [[Case]], by groupings: [Grouping], _ rate: ([[Case]]) -> Rate
  ) -> [String] {
    [title, "", "| | number | rate, and its 95 % interval |", "|---|---|---|"]
      + ["| all | \(runs.count) | \(rate(runs)) |"]
      + groupings.flatMap { grouping in
        grouping.groups(runs, \.first).map { name, members in
          "| \(grouping.name): \(name) | \(members.count) | \(rate(members)) |"
        }
      }
  }

  private func said(_ title: String, _ cases: [Case], by grouping: Grouping) -> [String] {
    let verdicts: [Verdict?] = [.hidden, .undetermined, nil, .muted, .exposed, .ok]
    let names = verdicts.map { $0?.rawValue ?? "not there" }.joined(separator: " | ")
    return [
      title, "", "| \(grouping.name) | number | \(names) |", "|---|---|---|---|---|---|---|---|",
    ]
      + grouping.groups(cases, \.self).map { name, members in
        let counts = verdicts.map { said in "\(members.count { $0.verdict == said })" }
        return "| \(name) | \(members.count) | \(counts.joined(separator: " | ")) |"
      }
  }
}
