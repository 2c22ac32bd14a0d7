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

  package var parts: [Part] { terms.flatMap(\.parts) }
}

extension Measurements {
  /// The formula's value, with the steps of all its parts; all parts leave the same axes.
  ///
  /// - Throws: why a part has no value on this evidence.
  package func outcome(of formula: Formula) throws(Problem) -> Outcome {
    var sum: Outcome?
    var constant = 0.0
    var layout: Layout?
    for term in formula.terms {
      guard !term.parts.isEmpty else {
        constant += term.factor
        continue
      }
      var product: Outcome?
      for part in term.parts {
        let table = table(of: part.measure, byTile: false)
        if let obstacle = table.obstacle(to: part.chain) { throw obstacle }
        let outcome = table.reduced(by: part.chain)
        layout = table.layout
        product = product.map { $0.combined(with: outcome, by: *) } ?? outcome
      }
      guard var product else { continue }
      product.values.cells = Values.Cells(
        product.values.cells.lazy.map { $0.map { $0 * term.factor } })
      sum = sum.map { $0.combined(with: product, by: +) } ?? product
    }
    guard var sum, let layout else {
      throw Problem("the formula has no part", remedy: "this is a fault of the program")
    }
    if constant != 0 {
      sum.values.cells = Values.Cells(sum.values.cells.lazy.map { $0.map { $0 + constant } })
    }
    return sum.values.reduced(by: formula.rest[...], in: layout, worst: .largest, after: sum.steps)
  }
}

extension Outcome {
  /// Cell by cell; both have the same axes.
  fileprivate func combined(
    with other: Outcome, by operation: (Double, Double) -> Double
  ) -> Outcome {
    var combined = self
    combined.steps += other.steps
    combined.values.cells = Values.Cells(
      zip(values.cells, other.values.cells).map { a, b -> Double? in
        if let a, let b { operation(a, b) } else { nil }
      })
    return combined
  }
}
