package import Core
package import Counting

/// A sum of products of reductions: Σ factor · Π parts, for each batch, and what then makes one
/// number of the batches.
///
/// Most losses are one measure by one chain. Others add two, as Dice and cross-entropy, or multiply
/// by a weight that a batch has as a whole.
package struct Formula: Sendable {
  package var terms: [Term]
  /// Applied to the sum; empty where the parts' chains leave no axis, or where a table is wanted.
  package var rest: [Chain.Reduction]

  package struct Term: Sendable {
    package var factor: Double
    /// A term without parts is the number `factor`.
    package var parts: [Part]

    package init(factor: Double = 1, parts: [Part]) {
      self.factor = factor
      self.parts = parts
    }
  }

  package struct Part: Sendable {
    package var measure: Measure
    package var chain: Chain

    package init(_ measure: Measure, _ chain: Chain) {
      self.measure = measure
      self.chain = chain
    }
  }

  package init(terms: [Term], rest: [Chain.Reduction] = []) {
    self.terms = terms
    self.rest = rest
  }

  /// One measure by one chain.
  package init(_ measure: Measure, _ chain: Chain) {
    self.init(terms: [Term(parts: [Part(measure, chain)])])
  }

  package var parts: [Part] { terms.flatMap(\.parts) }

  /// The only part, where the formula is nothing else.
  package var single: Part? {
    terms.count == 1 && terms[0].factor == 1 && rest.isEmpty && parts.count == 1 ? parts[0] : nil
  }

  /// What is computed, in the notation of configurations: the chain of a single part, or a sum.
  package var text: String {
    if let single { return single.chain.description }
    let sum = terms.map { term in
      let factors = term.factor == 1 && !term.parts.isEmpty ? [] : [shortest(term.factor)]
      return (factors + term.parts.map { "\($0.measure.name): \($0.chain)" })
        .joined(separator: " · ")
    }.joined(separator: " + ")
    return rest.isEmpty
      ? sum : "[\(sum)] > \(rest.map(\.description).joined(separator: " > "))"
  }

  /// Whether nothing is left to be told apart at the end.
  package var leavesOneNumber: Bool {
    parts.allSatisfy { $0.chain.appending(rest).isScalar }
  }

  /// Whether a step weighs pixels by their sample weights.
  package var weighsSamples: Bool {
    parts.contains { $0.chain.appending(rest).weighsSamples }
  }

  /// Whether a chain looks at the worst of something only.
  package var isSelective: Bool { parts.contains { $0.chain.isSelective } }

  /// The parts that look at predictions, each with what follows on its term's value; a part that
  /// others are multiplied by ends where they meet.
  package var readingParts: [Part] {
    terms.flatMap { term in
      term.parts.filter(\.measure.readsPredictions).map { part in
        term.parts.count == 1 ? Part(part.measure, part.chain.appending(rest)) : part
      }
    }
  }
}

extension Chain {
  /// Whether a step weighs pixels by their sample weights.
  package var weighsSamples: Bool {
    reductions.contains { $0.weight == .sampleWeights || $0.factor == .sampleWeights }
  }

  /// The chain with further steps behind it.
  package func appending(_ rest: [Reduction]) -> Chain {
    var chain = self
    chain.steps += rest.map { .reduce($0) }
    return chain
  }
}

extension Formula {
  /// Σ factor · Π values, cell by cell, before `rest`; `nil` where a value is missing or no term has
  /// any.
  ///
  /// - Parameter values: of each term, one for each of its parts; all with the same axes.
  package func combined(_ values: [[Values?]]) -> Values? {
    var sum: Values?
    var constant = 0.0
    for (term, values) in zip(terms, values) {
      guard let first = values.first else {
        constant += term.factor
        continue
      }
      guard var product = first else { return nil }
      for value in values.dropFirst() {
        guard let value else { return nil }
        product.combine(with: value, by: *)
      }
      product.scale(by: term.factor)
      if sum == nil { sum = product } else { sum?.combine(with: product, by: +) }
    }
    sum?.add(constant)
    return sum
  }
}

extension Measurements {
  /// The formula's value, with the steps of all its parts; all parts leave the same axes.
  ///
  /// - Throws: why a part has no value on this evidence.
  package func outcome(of formula: Formula) throws(Problem) -> Outcome {
    var steps: [StepResult] = []
    var values: [[Values?]] = []
    var layout: Layout?
    for term in formula.terms {
      var ofTerm: [Values?] = []
      for part in term.parts {
        let table = table(of: part.measure, byTile: part.chain.axes.contains(.tile))
        if let obstacle = table.obstacle(to: part.chain) { throw obstacle }
        let outcome = table.reduced(by: part.chain)
        layout = table.layout
        steps += outcome.steps
        ofTerm.append(outcome.values)
      }
      values.append(ofTerm)
    }
    guard let sum = formula.combined(values), let layout else {
      throw Problem("the formula has no part", remedy: "this is a fault of the program")
    }
    return sum.reduced(by: formula.rest[...], in: layout, worst: .largest, after: steps)
  }
}
