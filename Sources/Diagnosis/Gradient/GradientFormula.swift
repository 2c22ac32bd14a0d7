internal import Core
internal import Counting
internal import Tables

/// A formula in which, of each product, the gauge that looks at predictions is replaced by its slopes:
/// by the rules for sums and products this is the formula's derivative.
struct GradientFormula {
  private let formula: Formula
  private let terms: [Term]
  private let layout: Layout
  /// What the formula makes of no slope at all: an `else` in a chain counts.
  private var nothing: [Part: Double] = [:]

  /// What is asked of the slopes.
  enum Part { case size, net, clipped }

  private struct Term {
    /// The other gauges of the product, as they are; `nil` at the place of the slopes.
    let values: [Values?]
    let chain: Chain
    let pulls: Pulls
    /// Whether own pixels are only pulled up and others only down.
    let isOneSided: Bool
  }

  /// - Throws: Problem: a chain selects, a term has no slope, or terms pull against each other.
  init(of formula: Formula, on run: Measurements) throws(Problem) {
    if let exception = run.exception(to: formula) { throw exception.problem }
    if formula.isOrdered {
      throw Problem(
        "the headline's chain weighs batches by their order, as a trainer's log does, and a step hears one batch",
        remedy: "look at the gradient by a chain of means and sums")
    }
    if formula.isSelective || formula.rest.contains(where: \.operation.isSelective) {
      throw Problem(
        "the headline's chain picks the worst of something, and only what is picked is heard",
        remedy: "look at the gradient by a chain of means and sums")
    }
    var kept = formula
    kept.ifUndefined = nil
    // A number alone has no slope.
    kept.terms = formula.terms.filter { $0.gauges.contains { $0.measure.readsPredictions } }
    var terms: [Term] = []
    var layout: Layout?
    for term in kept.terms {
      let reading = term.gauges.filter(\.measure.readsPredictions)
      guard reading.count == 1 else {
        throw Problem(
          "two numbers that depend on predictions are multiplied",
          remedy: "look at the gradient of one of them")
      }
      var values: [Values?] = []
      for gauge in term.gauges {
        let table = run.table(of: gauge.measure, byTile: gauge.chain.axes.contains(.tile))
        if let obstacle = table.obstacle(to: gauge.chain) { throw obstacle }
        layout = layout ?? table.layout
        values.append(
          gauge.measure.readsPredictions
            ? nil : table.reduced(by: gauge.chain, describing: false).values)
      }
      let chain = reading[0].chain
      var pulls = try run.pulls(of: reading[0])
      if !chain.appending(formula.rest).weighsSamples { pulls.leaveOutSampleWeights() }
      terms.append(
        Term(
          values: values, chain: chain, pulls: pulls.merged(for: chain),
          isOneSided: pulls.net == nil))
    }
    guard let layout else {
      throw Problem("the headline says nothing of predictions", remedy: "name a loss")
    }
    // Sizes add up where all terms pull every pixel the same way.
    guard terms.count == 1 || zip(kept.terms, terms).allSatisfy({ $0.factor > 0 && $1.isOneSided })
    else {
      throw Problem(
        "the headline's terms may pull a pixel in different ways",
        remedy: "look at the gradient of one of them")
    }
    (self.formula, self.terms, self.layout) = (kept, terms, layout)
    for part in [Part.size, .net, .clipped] {
      nothing[part] = value(of: part, keeping: nil, .own)
    }
  }

  /// Whether own pixels are only pulled up and others only down.
  var isOneSided: Bool { terms.allSatisfy(\.isOneSided) }

  /// The formula's value of one class's slopes; `nil` where it has none.
  func value(of part: Part, class c: Int, _ pixels: OwnPixels) -> Double? {
    guard let nothing = nothing[part], let some = value(of: part, keeping: c, pixels) else {
      return nil
    }
    let value = some - nothing
    switch part {
    // The size of what only pulls up is what goes down by it.
    case .net: return terms[0].isOneSided && pixels == .own ? -value : value
    case .size, .clipped: return value.magnitude
    }
  }

  private func value(of part: Part, keeping c: Int?, _ pixels: OwnPixels) -> Double? {
    let values = terms.map { term in
      let table =
        switch part {
        case .size: term.pulls.size
        case .net: term.pulls.net ?? term.pulls.size
        case .clipped: term.pulls.clipped
        }
      let slopes = table?.keeping(c, pixels).reduced(by: term.chain, describing: false).values
      return term.values.map { $0 ?? slopes }
    }
    return formula.combined(values)?.reduced(
      by: formula.rest[...], in: layout, worst: .largest, after: [], describing: false
    ).scalar
  }
}
