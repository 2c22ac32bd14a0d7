package import Core
package import Measures

extension Formula {
  /// One measure by one chain.
  package init(_ measure: Measure, _ chain: Chain) {
    self.init(terms: [.init(parts: [.init(measure, chain)])])
  }

  /// The only part, where the formula is nothing else.
  var single: Part? {
    terms.count == 1 && terms[0].factor == 1 && rest.isEmpty && parts.count == 1 ? parts[0] : nil
  }

  /// The parts that look at predictions, each with what follows on its term's value; a part that
  /// others are multiplied by ends where they meet.
  var readingParts: [Part] {
    terms.flatMap { term in
      term.parts.filter(\.measure.readsPredictions).map { part in
        guard term.parts.count == 1, !rest.isEmpty else { return part }
        let whole = ([part.chain.description] + rest.map(\.description)).joined(separator: " > ")
        return (try? Chain(parsing: whole)).map { Part(part.measure, $0) } ?? part
      }
    }
  }
}

extension Measure {
  /// Whether it says anything of predictions; a bare weight does not.
  var readsPredictions: Bool { definition.name != "one" }

  var isLoss: Bool { if case .score = form { false } else { true } }
}
