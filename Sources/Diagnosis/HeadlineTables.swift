internal import Core
internal import Counting
internal import Tables

/// What a headline's formula is made of: for each of its gauges, a table of a measure by its chain.
///
/// Whatever is imagined applies to all tables at once, each with the constants that are best for
/// its own number.
struct HeadlineTables: Sendable {
  private let formula: Formula
  /// Why the formula has no value here, or its framework prints none; `nil` where it has one.
  let obstacle: Problem?
  /// Whether some of it is against a soft truth: what a perfect class or a constant would cost there was not
  /// counted, so nothing can be imagined.
  let hasShares: Bool
  /// Term by term.
  let terms: [Term]

  struct Term: Sendable {
    let factor: Double
    let gauges: [Gauged]
  }

  /// A gauge on a run.
  struct Gauged: Sendable {
    let measure: Measure
    /// As in the formula; it may keep the batches.
    let chain: Chain
    /// With the steps that the formula applies to the sum of its terms: always one number.
    let whole: Chain
    let table: MeasureTable
    /// With all places added up, where the chain does not tell them apart.
    let merged: MeasureTable
    let guess: BlindGuess
    /// The whole chain's value without any loss, or with nothing predicted.
    let nothing: Double?
    /// Where the chain takes a score of each image.
    let scores: ImageScores?
  }

  init(of formula: Formula, on run: Measurements) {
    self.formula = formula
    hasShares = run.scheme.hasShares && formula.readsShares
    let terms = formula.terms.map { term in
      Term(
        factor: term.factor,
        gauges: term.gauges.map { part in
          var table = run.table(of: part.measure, byTile: part.chain.axes.contains(.tile))
          // What pixels weigh is nothing to a chain that does not weigh them.
          if !part.chain.appending(formula.rest).weighsSamples { table.leaveOutSampleWeights() }
          return Gauged(part, table, formula.rest)
        })
    }
    self.terms = terms
    let gauges = terms.lazy.flatMap(\.gauges)
    obstacle =
      run.exception(to: formula)?.problem
      ?? gauges.compactMap { $0.table.obstacle(to: $0.chain) }.first
  }

  /// The steps that make one number of the terms' sum, where the terms keep the batches.
  var rest: [Chain.Reduction] { formula.rest }

  var gauges: [Gauged] { terms.flatMap(\.gauges) }

  /// The only gauge, where the formula is a single one.
  var single: Gauged? {
    formula.single == nil ? nil : gauges.first
  }

  /// The first that looks at predictions, or else the first.
  var leading: Gauged? { gauges.first(where: \.measure.readsPredictions) ?? gauges.first }

  var canRepair: Bool { gauges.allSatisfy(\.table.canRepair) }

  /// The formula's one number with something imagined; `nil` where that cannot be imagined or has
  /// no value.
  func value(imagining imagined: Imagined = .asItIs) -> Double? {
    guard obstacle == nil, imagined == .asItIs || !hasShares else { return nil }
    if !rest.isEmpty { return valueOfBatches(imagining: imagined) }
    return sum { gauge in
      if let scores = gauge.scores { return scores.value(imagining: imagined) }
      return imagined == .asItIs
        ? gauge.merged.value(by: gauge.chain)
        : gauge.merged.value(by: gauge.chain, imagining: gauge.change(imagined))
    }
  }

  /// Σ factor · Π gauges, each gauge being one number.
  func sum(_ value: (Gauged) -> Double?) -> Double? {
    var sum = 0.0
    for term in terms {
      var product = term.factor
      for gauge in term.gauges {
        guard let value = value(gauge) else { return nil }
        product *= value
      }
      sum += product
    }
    return sum
  }

  /// The same where the terms are added up batch by batch.
  private func valueOfBatches(imagining imagined: Imagined) -> Double? {
    let tables = terms.map { term in
      term.gauges.map { $0.merged.imagining(imagined, $0.guess) }
    }
    return value(of: tables)
  }

  /// The formula's value with other tables in place of its own.
  func value(of tables: [[MeasureTable?]]) -> Double? {
    let values = zip(terms, tables).map { term, tables in
      zip(term.gauges, tables).map { $1?.values(by: $0.chain) }
    }
    guard let sum = formula.combined(values),
      let layout = tables.lazy.flatMap(\.self).compactMap(\.self).first?.layout
    else { return nil }
    return sum.reduced(by: rest[...], in: layout, worst: .largest, after: [], describing: false)
      .scalar
  }
}

extension HeadlineTables.Gauged {
  fileprivate init(_ part: Gauge, _ table: MeasureTable, _ rest: [Chain.Reduction]) {
    measure = part.measure
    chain = part.chain
    let whole = part.chain.appending(rest)
    self.whole = whole
    self.table = table
    let merged = table.merged(for: part.chain)
    self.merged = merged
    let scores = ImageScores(of: merged, by: whole)
    self.scores = scores
    let nothing =
      if let scores { scores.value(ofUnit: nil) } else { merged.value(by: whole) { $0.unit(nil) } }
    guess = BlindGuess(at: merged) { c, ownPixelsOnly in
      merged.voice(of: c, ownPixelsOnly: ownPixelsOnly, in: whole, nothing: nothing)
    }
    self.nothing = nothing
  }

  /// What something imagined does to the table.
  func change(_ imagined: Imagined) -> ChainJackknife.Change {
    let guess = guess
    return { $0.imagining(imagined, guess) }
  }

  /// The weight that a linear chain gives a class.
  func voice(of c: Int, ownPixelsOnly: Bool) -> Double? {
    merged.voice(
      of: c, ownPixelsOnly: ownPixelsOnly, in: whole, nothing: nothing, scores: scores)
  }
}

extension MeasureTable {
  fileprivate func values(by chain: Chain) -> Values {
    reduced(by: chain, describing: false).values
  }
}
