internal import Core
internal import Counting
internal import Pages
internal import Tables

/// What would reveal a class that the headline hides: a fixed family of other reductions, each
/// diagnosed as the headline was.
extension Examination {
  var revealingReductions: [Finding] {
    guard !unseen.isEmpty else { return [] }
    let family = Candidate.family(for: headline.leading.measure).filter {
      $0.measure.name != headline.leading.measure.name || $0.chain != chain
    }
    var trial = Trial(self, cells: Trial.mostCells)
    let tried = family.compactMap { candidate in
      trial.diagnosis(by: candidate).map { Shown(candidate: candidate, diagnosis: $0) }
    }
    let left: Line = trial.isCut ? " (\(family.count - tried.count) more would take long)" : ""
    // Classes that the same reductions show share a finding.
    var answers: [(showing: [Int], classes: [Int])] = []
    for c in unseen {
      let showing = tried.indices.filter { tried[$0].diagnosis.exposes(c) }
      if let same = answers.firstIndex(where: { $0.showing == showing }) {
        answers[same].classes.append(c)
      } else {
        answers.append((showing, [c]))
      }
    }
    return answers.map { answer in
      finding(answer.classes, shownBy: answer.showing.map { tried[$0] }, of: tried.count, left)
    }
  }

  private func finding(
    _ classes: [Int], shownBy showing: [Shown], of tried: Int, _ left: Line
  ) -> Finding {
    var numbers: [String: Double?] = [
      "reductions_tried": Double(tried), "reductions_showing": Double(showing.count),
    ]
    guard let first = showing.first else {
      return Finding(
        .revealing, of: only(classes), about: listed(classes),
        "none of \(count: tried, "other reduction")\(left) shows \(text: pronoun(classes))",
        remedy: "Read the scores class by class; no mean will do", numbers: numbers)
    }
    numbers["value"] = first.diagnosis.printed
    let verb = showing.count == 1 ? "shows" : "show"
    var statement: Line =
      "\(showing.count) of \(count: tried, "other reduction")\(left) \(text: verb) \(text: pronoun(classes)), first of all \(name: first.candidate.text), \(value(first.diagnosis, of: classes))"
    let others = showing.dropFirst().map { Line.name($0.candidate.text) }
    if !others.isEmpty { statement += "; also \(Line(listing: others, most: 11))" }
    return Finding(
      .revealing, of: only(classes), about: listed(classes), statement,
      remedy: remedy(for: first.candidate), snippet: .chain("revealing", first.candidate.chain),
      numbers: numbers)
  }
}

/// A reduction and what it says of the run.
struct Shown {
  var candidate: Candidate
  var diagnosis: Diagnosis
}

extension Examination {
  func pronoun(_ classes: [Int]) -> String { classes.count == 1 ? "it" : "them" }

  /// The class's name, where it is one.
  func only(_ classes: [Int]) -> String? {
    classes.count == 1 ? diagnosis.classes[classes[0]].name : nil
  }

  /// What a reduction prints, and would print if a class were perfect.
  func value(_ shown: Diagnosis, of classes: [Int]) -> Line {
    guard classes.count == 1 else { return "\(shown.printed)" }
    let perfect = shown.ends(shown.classes[classes[0]]).perfect
    return "\(shown.printed) (\(perfect) if \(name: names[classes[0]]) were perfect)"
  }

  /// Where a chain is to be pasted, and its measure where the file does not have that yet.
  func remedy(for candidate: Candidate) -> Line {
    let name = candidate.measure.name
    return measures.contains { $0.name == name }
      ? "Add this chain under reduce and watch \(name: name) by it"
      : "Add this chain under reduce and \(name: name) under measure, and watch that"
  }
}
