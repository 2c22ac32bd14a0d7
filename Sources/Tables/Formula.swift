package import Core
package import Counting

/// A sum of products of reductions: Σ factor · Π gauges, for each batch, and what then makes one
/// number of the batches.
///
/// Most losses are one measure by one chain. Others add two, as Dice and cross-entropy, or multiply
/// by a weight that a batch has as a whole.
package struct Formula: Sendable {
  package var terms: [Term]
  /// Applied to the sum; empty where the gauges' chains leave no axis, or where a table is wanted.
  package var rest: [Chain.Reduction]
  /// The number where the terms have no value.
  package var ifUndefined: Double?
  /// Of a preset: runs of which its framework prints another number, or none.
  package var exceptions: [Preset.Exception] = []

  package struct Term: Sendable {
    package var factor: Double
    /// A term without gauges is the number `factor`.
    package var gauges: [Gauge]

    package init(factor: Double = 1, gauges: [Gauge]) {
      self.factor = factor
      self.gauges = gauges
    }
  }

  package init(terms: [Term], rest: [Chain.Reduction] = []) {
    self.terms = terms
    self.rest = rest
  }

  /// One measure by one chain.
  package init(_ measure: Measure, _ chain: Chain) {
    self.init(terms: [Term(gauges: [Gauge(measure, chain)])])
  }

  package var gauges: [Gauge] { terms.flatMap(\.gauges) }

  /// Whether some of it is taken against the shares of a soft truth, where it is one.
  package var readsShares: Bool { gauges.contains { $0.measure.readsShares } }

  /// The only gauge, where the formula is nothing else.
  package var single: Gauge? {
    terms.count == 1 && terms[0].factor == 1 && rest.isEmpty && gauges.count == 1 ? gauges[0] : nil
  }

  /// What is computed, in the notation of configurations: the chain of a single gauge, or a sum.
  package var text: String {
    if let single { return single.chain.description }
    let sum = terms.map { term in
      let factors = term.factor == 1 && !term.gauges.isEmpty ? [] : [shortest(term.factor)]
      return (factors + term.gauges.map { "\($0.measure.name): \($0.chain)" })
        .joined(separator: " · ")
    }.joined(separator: " + ")
    return rest.isEmpty
      ? sum : "[\(sum)] > \(rest.map(\.description).joined(separator: " > "))"
  }

  /// Whether nothing is left to be told apart at the end.
  package var leavesOneNumber: Bool {
    gauges.allSatisfy { $0.chain.appending(rest).isScalar }
  }

  /// Whether a step weighs pixels by their sample weights.
  package var weighsSamples: Bool {
    gauges.contains { $0.chain.appending(rest).weighsSamples }
  }

  package var keepsTiles: Bool { gauges.contains { $0.chain.axes.contains(.tile) } }

  /// Whether a chain looks at the worst of something only.
  package var isSelective: Bool { gauges.contains { $0.chain.isSelective } }

  /// Whether classes have parts that are added up: means and sums, no selection, no ratio of several
  /// classes, no product.
  package var addsClasses: Bool {
    !isSelective && !rest.contains { $0.operation.isSelective }
      && terms.allSatisfy { $0.gauges.count < 2 }
      && !gauges.contains { gauge in
        gauge.chain.reductions.contains { $0.operation == .pool && $0.axes.contains(.class) }
      }
  }

  /// Whether it looks at batches in their order.
  package var isOrdered: Bool {
    rest.contains { $0.operation.isOrdered }
      || gauges.contains { $0.chain.reductions.contains { $0.operation.isOrdered } }
  }

  /// The gauges that look at predictions, each with what follows on its term's value; a gauge that
  /// others are multiplied by ends where they meet.
  package var readingGauges: [Gauge] {
    terms.flatMap { term in
      term.gauges.filter(\.measure.readsPredictions).map { gauge in
        term.gauges.count == 1 ? Gauge(gauge.measure, gauge.chain.appending(rest)) : gauge
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
  /// - Parameter values: of each term, one for each of its gauges; all with the same axes.
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
  /// The formula's value, with the steps of all its gauges, which leave the same axes.
  ///
  /// - Throws: why a gauge has no value on this evidence, or the framework prints another.
  package func outcome(of formula: Formula) throws(Problem) -> Outcome {
    if let exception = exception(to: formula) { throw exception.problem }
    let sum = try combined(formula)
    var outcome = sum.values.reduced(
      by: formula.rest[...], in: sum.layout, worst: .largest, after: sum.steps)
    if let number = formula.ifUndefined, outcome.values.axes.isEmpty, outcome.scalar == nil {
      outcome.values.cells = [number]
    }
    return outcome
  }

  /// The terms together, before the rest, and where their values lie.
  func combined(
    _ formula: Formula
  ) throws(Problem) -> (values: Values, steps: [StepResult], layout: Layout) {
    var steps: [StepResult] = []
    var values: [[Values?]] = []
    var layout: Layout?
    for term in formula.terms {
      var ofTerm: [Values?] = []
      for gauge in term.gauges {
        let table = table(of: gauge.measure, byTile: gauge.chain.axes.contains(.tile))
        if let obstacle = table.obstacle(to: gauge.chain) { throw obstacle }
        let outcome = table.reduced(by: gauge.chain)
        layout = table.layout
        steps += outcome.steps
        ofTerm.append(outcome.values)
      }
      values.append(ofTerm)
    }
    guard let sum = formula.combined(values), let layout else {
      throw Problem("the formula has no part", remedy: "this is a fault of the program")
    }
    return (sum, steps, layout)
  }
}
