internal import Core
internal import Counting
internal import Diagnosis
internal import Pages
internal import Tables

extension Report {
  /// The classes that fail unseen, the worst first.
  var unseen: [ClassDiagnosis] { poor.filter { $0.verdict == .hidden || $0.verdict == .muted } }

  var action: [Block] {
    guard !poor.isEmpty else { return [] }
    let exposed = poor.filter { $0.verdict == .exposed }
    let sentences: [Line] =
      if !unseen.isEmpty {
        [judgeLine, missLine, watchLine].compactMap(\.self)
      } else if !exposed.isEmpty {
        [
          "Work on \(names(exposed)); where \(text: exposed.count == 1 ? "it fails" : "they fail") is said below."
        ] + takenFor(exposed)
      } else {
        [Verdict.undetermined.words.remedy]
      }
    return [.paragraph("\(strong: "What to do.") \(sentences.joined(separator: " "))")]
  }

  /// Where most of a class goes to another, that is the first thing to look at.
  private func takenFor(_ classes: [ClassDiagnosis]) -> [Line] {
    let found = findings.filter { finding in
      finding.kind == .takenFor && classes.contains { $0.name == finding.className }
    }
    guard let first = found.first else { return [] }
    return found.prefix(3).map(\.sentence) + ["\(first.advice)"]
  }

  private var judgeLine: Line { "Do not judge \(names(unseen)) by this headline." }

  /// Whether the only class is missed or invented, of which the reader has just seen the losses.
  private var missLine: Line? {
    guard unseen.count == 1, let loss = unseen[0].loss, loss.positive != nil, loss.negative != nil
    else { return nil }
    let own = findings.filter { $0.className == unseen[0].name }
    if let taken = own.first(where: { $0.kind == .takenFor }) {
      return "\(taken.sentence.capitalised). \(taken.advice)"
    }
    if let pulled = own.first(where: { $0.kind == .pulledDown }) {
      return "\(pulled.sentence.capitalised) \(pulled.advice)"
    }
    return own.first { $0.kind == .polarity }?.advice
  }

  /// What shows the class: a chain of the file, or one to add.
  private var watchLine: Line? {
    guard let best = showing.first else {
      guard let finding = findings.first(where: { $0.kind == .revealing }) else { return nil }
      return
        "No chain of this file shows \(text: unseen.count == 1 ? "it" : "them"). \(line(finding))"
    }
    let shown = shown(by: best)
    var line: Line =
      "Watch \(name(of: best)) as well: it is \(best.printed) and shows \(names(shown))"
    if shown.count == 1 {
      line += " (it would be \(best.ends(shown[0]).perfect) if \(names(shown)) were perfect)"
    }
    line += ": \(code: best.headline.formula.text)."
    let others = showing.dropFirst().filter { self.shown(by: $0).count >= shown.count }
    if !others.isEmpty {
      line += " So \(text: others.count == 1 ? "does" : "do") \(list(others.map(name)))."
    }
    return line
  }

  /// Whether to watch this chain has been said above.
  func isRecommended(_ snippet: Finding.Snippet?) -> Bool {
    guard let chain = snippet?.chain else { return false }
    return chain == showing.first?.headline.leading.chain
  }

  /// The file's other chains that show unseen classes, those first that show most.
  private var showing: [Diagnosis] { others.filter { !shown(by: $0).isEmpty } }

  private func shown(by other: Diagnosis) -> [ClassDiagnosis] {
    other.classes.filter { found in
      found.verdict == .exposed && unseen.contains { $0.name == found.name }
    }
  }

  func name(of diagnosis: Diagnosis) -> Line { diagnosis.headline.code }

  /// Findings that stand above the tables already.
  func isSaid(_ finding: Finding) -> Bool {
    switch finding.kind {
    case .revealing:
      guard let best = showing.first else {
        return finding == findings.first { $0.kind == .revealing }
      }
      return shown(by: best).count == unseen.count
        && (finding.className == nil || unseen.contains { $0.name == finding.className })
    case .polarity:
      // More weight for its pixels is no advice where another class has them.
      return finding.className == unseen.first?.name && missLine != nil
        || findings.contains { $0.kind == .takenFor && $0.className == finding.className }
    case .takenFor: return finding.className == unseen.first?.name && unseen.count == 1
    default: return false
    }
  }

  private func names(_ classes: [ClassDiagnosis]) -> Line { list(classes.map { .name($0.name) }) }

  /// For running text.
  func list(_ lines: [Line]) -> Line { Line(listing: lines, most: 5) }
}
