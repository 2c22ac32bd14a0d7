package import Core

extension Formula {
  /// The number of each batch, before anything is made of several; `nil` where a part has none.
  package var ofBatches: Formula? {
    var formula = self
    formula.rest = []
    formula.exceptions = []
    for (t, term) in terms.enumerated() {
      for (g, gauge) in term.gauges.enumerated() {
        guard let chain = gauge.chain.appending(rest).ofBatch else { return nil }
        formula.terms[t].gauges[g].chain = chain
      }
    }
    return formula.gauges.isEmpty ? nil : formula
  }
}

/// The numbers of a run's batches, in their order.
package struct BatchNumbers: Sendable {
  private let values: Values
  private let layout: Layout
  private let ifUndefined: Double?

  fileprivate init(_ values: Values, _ layout: Layout, ifUndefined: Double?) {
    (self.values, self.layout, self.ifUndefined) = (values, layout, ifUndefined)
  }

  /// One batch, and its number.
  package struct Batch: Hashable, Sendable {
    package var images: Int
    /// Counted pixels.
    package var pixels: Int
    /// `nil` where it is NaN.
    package var value: Double?
  }

  package var batches: [Batch] {
    values.groups.indices.map { index in
      let group = values.groups[index]
      return Batch(images: group.images, pixels: group.pixels, value: values.cells[index])
    }
  }

  /// What a step makes of them; `nil` where that is NaN.
  package func made(oneBy step: Chain.Reduction) -> Double? {
    values.reduced(by: [step][...], in: layout, worst: .largest, after: [], describing: false)
      .scalar ?? ifUndefined
  }
}

extension Measurements {
  /// The number of each batch; `nil` where the formula has none.
  ///
  /// - Throws: Problem: why a part has no value on this evidence.
  package func batches(of formula: Formula) throws(Problem) -> BatchNumbers? {
    guard let ofBatches = formula.ofBatches else { return nil }
    let sum = try combined(ofBatches)
    return BatchNumbers(sum.values, sum.layout, ifUndefined: formula.ifUndefined)
  }
}
