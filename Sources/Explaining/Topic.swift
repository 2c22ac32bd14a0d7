internal import Core
package import Counting
package import Diagnosis
package import Pages

/// What can be explained besides presets: all verdicts and findings at once, one of them, a word or
/// column that outputs print, or a measure.
package indirect enum Topic: Sendable {
  case everything
  case verdict(Verdict)
  case finding(Finding.Kind)
  case setUp(SetUpFault.Kind)
  case term(Term)
  case measure(MeasureDefinition)
  /// One of the columns of a number that has several: `score_diff`.
  case column(Topic, Term.Ending)

  package init?(named name: String) {
    if name.lowercased() == "hidden" {
      self = .everything
    } else if let verdict = Verdict.allCases.first(where: { $0.name == name.lowercased() }) {
      self = .verdict(verdict)
    } else if let kind = Finding.Kind(rawValue: name) {
      self = .finding(kind)
    } else if let kind = SetUpFault.Kind(rawValue: name) {
      self = .setUp(kind)
    } else if let definition = Catalogue.definition(named: name) {
      self = .measure(definition)
    } else if let term = Term.named(name) {
      self = .term(term)
    } else if let ending = Term.Ending.allCases.first(where: { name.hasSuffix($0.rawValue) }),
      let number = Topic(named: String(name.dropLast(ending.rawValue.count)))
    {
      self = .column(number, ending)
    } else {
      return nil
    }
  }

  package static var names: [String] {
    Verdict.allCases.map(\.name) + SetUpFault.Kind.allCases.map(\.rawValue)
      + Finding.Kind.allCases.map(\.rawValue) + Catalogue.measures.map(\.name)
      + Term.all.flatMap(\.names)
  }

  /// What it means; with a finished run, also in that run's numbers.
  package func page(in run: FinishedRun?) -> Page {
    let verdicts = run.map(VerdictAccount.init)
    func inRun(_ blocks: (VerdictAccount) -> [Block]) -> [Block] {
      verdicts.map { [.section("In this run", blocks($0))] } ?? []
    }
    switch self {
    case .everything: return verdicts?.page ?? Topic.everythingPage
    case .verdict(let verdict): return [verdict.section] + inRun { $0.blocks(of: verdict) }
    case .finding(let kind): return [kind.section] + inRun { $0.blocks(of: kind) }
    case .setUp(let kind): return [kind.words.section(kind.rawValue)]
    case .term(let term): return [term.section]
    case .measure(let definition): return [definition.section]
    case .column(let number, let ending):
      return number.page(in: nil)
        + [.paragraph("With \(code: ending.rawValue) at its end: \(ending.meaning).")]
    }
  }

  /// The documentation of verdicts and findings.
  private static var everythingPage: Page {
    var letters = Table(["", ""], textColumns: 2)
    letters.hasHeading = false
    for (letter, meaning) in Verdict.letters { letters.add([letter, meaning]) }
    let verdicts = [Verdict.undetermined, .ok, .hidden, .muted, .exposed]
    return [
      .title("Hidden: when the number that people look at does not show that a class fails"),
      .paragraph(
        "A class fails when its own score is below the limit of `poor:`. The verdict says whether the headline shows it. For that the evidence is changed as if the model knew the class perfectly, or not at all, and reduced again by the headline's own chain. A class that no truth has gets no verdict."
      ),
      .section("The letters", [.table(letters)]),
      .section(
        "The verdicts, of which the first that holds is given", verdicts.map(\.section)),
      .section(
        "Faults of the set-up, which are said before any verdict",
        SetUpFault.Kind.allCases.map { $0.words.section($0.rawValue) }),
      .section("The findings", Finding.Kind.allCases.map(\.section)),
      .paragraph(
        "`unmask explain hidden --from out` says what decided the verdicts of a finished run."),
    ]
  }
}

extension Verdict {
  /// As it is typed.
  fileprivate var name: String { rawValue.lowercased() }
  fileprivate var section: Block { words.section(rawValue) }
}

extension Finding.Kind {
  fileprivate var section: Block { words.section(rawValue) }
}

extension Words {
  fileprivate func section(_ name: String) -> Block {
    .section(
      .name(name),
      [
        .paragraph("What it means: \(meaning)"), .paragraph("When it is said: \(test)"),
        .paragraph("What to do: \(remedy)"),
      ])
  }
}
