internal import Core
internal import Diagnosis
internal import Pages

/// What can be explained besides presets: all verdicts and findings at once, or one of them.
enum Topic {
  case everything
  case verdict(Verdict)
  case finding(Finding.Kind)

  init?(named name: String) {
    if name == "hidden" {
      self = .everything
    } else if let verdict = Verdict.allCases.first(where: { $0.name == name }) {
      self = .verdict(verdict)
    } else if let kind = Finding.Kind(rawValue: name) {
      self = .finding(kind)
    } else {
      return nil
    }
  }

  static var names: [String] {
    Verdict.allCases.map(\.name) + Finding.Kind.allCases.map(\.rawValue)
  }
}

func explain(_ topic: Topic, evidence: String?) throws(Failure) -> String {
  let verdicts: VerdictAccount? =
    if let evidence { VerdictAccount(of: try ExplainedRun(reading: evidence)) } else { nil }
  switch topic {
  case .everything: return verdicts?.text ?? pageText
  case .verdict(let verdict):
    return verdict.page + (verdicts.map { "\nIn this run\n" + $0.text(of: verdict) } ?? "")
  case .finding(let kind):
    return kind.page + (verdicts.map { "\nIn this run\n" + $0.text(of: kind) } ?? "")
  }
}

/// The documentation of verdicts and findings.
private var pageText: String {
  var text = """
    Hidden: when the number that people look at does not show that a class fails

    A class fails when its own score is below the limit of `poor:`. The verdict says whether the
    headline shows it. For that the evidence is changed as if the model knew the class perfectly, or
    not at all, and reduced again by the headline's own chain. A class that no truth has gets no
    verdict.

    The letters

    """
  var letters = TextTable(["", ""], textColumns: 2)
  for (letter, meaning) in Verdict.letters { letters.add([letter.plain, meaning.plain]) }
  text += letters.text(hasHeading: false)
  text += "\nThe verdicts, of which the first that holds is given\n"
  for verdict in [Verdict.undetermined, .ok, .hidden, .muted, .exposed] {
    text += "\n" + verdict.page
  }
  text += "\nThe findings\n"
  for kind in Finding.Kind.allCases { text += "\n" + kind.page }
  return text
    + "\n`unmask explain hidden --from out` says what decided the verdicts of a finished run.\n"
}

extension Verdict {
  /// As it is typed.
  fileprivate var name: String { rawValue.lowercased() }
  fileprivate var page: String { words.page(rawValue) }
}

extension Finding.Kind {
  fileprivate var page: String { words.page(rawValue) }
}

extension Words {
  fileprivate func page(_ name: String) -> String {
    "\(name)\n" + indented("What it means: \(meaning.plain)")
      + indented("When it is said: \(test.plain)")
      + indented("What to do: \(remedy.plain)")
  }
}
