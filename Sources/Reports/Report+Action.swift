internal import Core
internal import Counting
internal import Diagnosis

extension Report {
  /// The classes that fail unseen, the worst first.
  var unseen: [ClassDiagnosis] { poor.filter { $0.verdict == .hidden || $0.verdict == .muted } }

  var actionText: String {
    guard !poor.isEmpty else { return "" }
    let exposed = poor.filter { $0.verdict == .exposed }
    let sentences: [String] =
      if !unseen.isEmpty {
        [judgeText, missText, watchText].compactMap(\.self)
      } else if !exposed.isEmpty {
        [
          "Work on \(names(exposed)); where \(exposed.count == 1 ? "it fails" : "they fail") is said below."
        ]
      } else {
        [Verdict.undetermined.words.remedy]
      }
    return "**What to do.** " + sentences.joined(separator: " ") + "\n"
  }

  private var judgeText: String { "Do not judge \(names(unseen)) by this headline." }

  /// Whether the only class is missed or invented, of which the reader has just seen the losses.
  private var missText: String? {
    guard unseen.count == 1, let loss = unseen[0].loss, loss.positive != nil, loss.negative != nil
    else { return nil }
    return findings.first { $0.kind == .polarity && $0.className == unseen[0].name }?.remedy
  }

  /// What shows the class: a chain of the file, or else one to be added.
  private var watchText: String? {
    guard let best = showing.first else {
      guard let finding = findings.first(where: { $0.kind == .revealing }) else { return nil }
      return
        "No chain of this file shows \(unseen.count == 1 ? "it" : "them"). \(text(of: finding))"
    }
    let shown = shown(by: best)
    var text =
      "Watch \(name(of: best)) as well: it is \(Figure.text(best.printed)) and shows \(names(shown))"
    if shown.count == 1 {
      let perfect = best.ends(shown[0]).perfect
      text += " (it would be \(Figure.text(perfect)) if \(names(shown)) were perfect)"
    }
    text += ": \(code("\(best.headline.chain)"))."
    let others = showing.dropFirst().filter { self.shown(by: $0).count >= shown.count }
    return others.isEmpty
      ? text : "\(text) So \(others.count == 1 ? "does" : "do") \(list(others.map(name)))."
  }

  /// Whether to watch this chain has been said above.
  func isRecommended(_ snippet: String?) -> Bool {
    guard let snippet, let chain = showing.first?.headline.chain else { return false }
    return snippet.hasSuffix("\"\(chain)\"")
  }

  /// What the file's other chains show of the unseen classes, those first that show most.
  private var showing: [Diagnosis] { others.filter { !shown(by: $0).isEmpty } }

  private func shown(by other: Diagnosis) -> [ClassDiagnosis] {
    other.classes.filter { found in
      found.verdict == .exposed && unseen.contains { $0.name == found.name }
    }
  }

  private func name(of diagnosis: Diagnosis) -> String {
    "\(code(diagnosis.headline.measure.name)) by \(code(diagnosis.headline.reduction))"
  }

  /// Findings that stand above the tables already.
  func isSaid(_ finding: Finding) -> Bool {
    switch finding.kind {
    case .revealing:
      guard let best = showing.first else {
        return finding == findings.first { $0.kind == .revealing }
      }
      return shown(by: best).count == unseen.count
        && (finding.className == nil || unseen.contains { $0.name == finding.className })
    case .polarity: return finding.className == unseen.first?.name && missText != nil
    default: return false
    }
  }

  /// For running text.
  private func names(_ classes: [ClassDiagnosis]) -> String {
    list(classes.map { markdown($0.name) })
  }

  /// `a, b and c`, of many the first five.
  func list(_ words: [String]) -> String {
    if words.count > 5 {
      return words.prefix(5).joined(separator: ", ") + " and \(words.count - 5) more"
    }
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }
}
