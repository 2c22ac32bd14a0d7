internal import Core
internal import Counting
internal import Resampling
internal import Tables

/// Every class in two runs, and what the images that were drawn would have made of the difference.
struct ClassDraws {
  let changes: [ClassChange]

  init(
    _ before: Measurements, _ after: Measurements, _ headline: Headline,
    _ settings: Comparison.Settings, _ bootstrap: Bootstrap
  ) {
    let images = (before.images, after.images)
    let names = before.evidence.classes.names
    let leading = headline.leading.measure
    let measure = leading.isElementwise ? leading : nil
    let losses = (measure.map(before.lossIndex), measure.map(after.lossIndex))
    let level = settings.bootstrap.level
    let draws = names.indices.map { c in
      let cells = (
        images.0.map { ClassCells($0.tally.classes[c], loss: losses.0) },
        images.1.map { ClassCells($0.tally.classes[c], loss: losses.1) }
      )
      let resamples = Resamples(
        of: Clusters(bootstrap.clustering, columns: 2 * ClassCells.columns) { image in
          cells.0[image].row + cells.1[image].row
        },
        replicates: ClassDraws.replicates(classes: names.count, settings.bootstrap),
        seed: settings.bootstrap.seed, jobs: bootstrap.jobs)
      return ClassDraw(
        before: cells.0.reduce(.zero, +), after: cells.1.reduce(.zero, +), resamples: resamples,
        poor: headline.poor, hasLosses: measure != nil, level: level,
        clusters: Set(
          zip(bootstrap.clusters, zip(cells.0, cells.1))
            .filter { $1.0.overlap.truth > 0 || $1.1.overlap.truth > 0 }.map(\.0)
        ).count)
    }
    var changes = zip(names, draws).map { $1.change(of: $0) }
    let claims = changes.indices.filter { changes[$0].pValue != nil }
    let adjusted = Holm.adjusted(claims.compactMap { changes[$0].pValue })
    for (c, pValue) in zip(claims, adjusted) { changes[c].pValue = pValue }
    for c in claims { changes[c].outcome = draws[c].outcome(of: changes[c], settings) }
    self.changes = changes
  }

  /// So many that the smallest of the classes' p-values can still pass with one replicate against
  /// it, on either side.
  private static func replicates(classes: Int, _ settings: Bootstrap.Settings) -> Int {
    max(settings.replicates, Int(min(20_000, 4 * Double(classes) / settings.alpha)))
  }
}

/// What one run has of one class.
private struct ClassCells: Statistic {
  var overlap = Overlap.zero
  var loss = LossSum.zero

  static let zero = ClassCells()

  static func + (a: ClassCells, b: ClassCells) -> ClassCells {
    var sum = ClassCells()
    sum.overlap = a.overlap + b.overlap
    sum.loss = a.loss + b.loss
    return sum
  }
}

extension ClassCells {
  init(_ tally: ClassTally, loss index: Int?) {
    overlap = tally.overlap
    if let index { loss = tally.losses[index] }
  }

  static let columns = 8

  var row: [Double] {
    var row: [Double] = []
    overlap.append(to: &row)
    loss.append(to: &row)
    return row
  }
}

/// Sums of losses as they are drawn.
private struct LossMeans {
  var own: (sum: Double, count: Double)
  var other: (sum: Double, count: Double)

  init(_ loss: LossSum) {
    own = (Double(loss.positive), Double(loss.positives))
    other = (Double(loss.negative), Double(loss.negatives))
  }

  init(_ sums: Span<Double>, at place: Int) {
    own = (sums[place], sums[place + 2])
    other = (sums[place + 1], sums[place + 3])
  }

  var terms: Double { own.count + other.count }

  var mean: Double? { quotient(own.sum + other.sum, own.count + other.count) }
  var positive: Double? { quotient(own.sum, own.count) }
  var negative: Double? { quotient(other.sum, other.count) }
}

/// One class in both runs.
private struct ClassDraw {
  let before: ClassCells
  let after: ClassCells
  let resamples: Resamples
  let poor: PoorRule
  let hasLosses: Bool
  let level: Double
  /// Those that have the class.
  let clusters: Int

  func change(of name: String) -> ClassChange {
    var change = ClassChange(
      name: name, score: overlapChange(score), recall: overlapChange(recall),
      precision: overlapChange(precision))
    if change.score.difference != nil { change.pValue = pValue }
    if hasLosses {
      change.loss = ClassChange.LossChange(
        mean: lossChange(\.mean), positive: lossChange(\.positive),
        negative: lossChange(\.negative))
    }
    return change
  }

  /// A class in few images can be anything in others.
  func outcome(of change: ClassChange, _ settings: Comparison.Settings) -> ClassChange.Outcome {
    let floor = settings.floor
    guard clusters >= Verdict.fewestImages, let difference = change.score.difference,
      let interval = change.score.interval, let pValue = change.pValue
    else { return .undecided }
    if difference.magnitude > floor, change.score.isCertain, pValue <= settings.bootstrap.alpha {
      return difference < 0 ? .worse : .better
    }
    return interval.low >= -floor && interval.high <= floor ? .same : .undecided
  }

  private func score(_ overlap: Overlap) -> Double? {
    overlap.truth > 0 ? 1 - poor.badness(of: overlap) : nil
  }

  private func recall(_ overlap: Overlap) -> Double? {
    quotient(Double(overlap.both), Double(overlap.truth))
  }

  private func precision(_ overlap: Overlap) -> Double? {
    quotient(Double(overlap.both), Double(overlap.predicted))
  }

  private func overlapChange(_ value: @escaping (Overlap) -> Double?) -> Change {
    func union(_ row: Span<Double>) -> Double {
      let images = [0, ClassCells.columns].map { Overlap(drawn: row.extracting($0..<$0 + 4)) }
      return images.reduce(0) { $0 + Double($1.union) }
    }
    return change(from: value(before.overlap), to: value(after.overlap), size: union) { sums in
      difference(of: value, sums)
    }
  }

  private func lossChange(_ value: @escaping (LossMeans) -> Double?) -> Change {
    func terms(_ row: Span<Double>) -> Double {
      [4, 4 + ClassCells.columns].reduce(0) { $0 + LossMeans(row, at: $1).terms }
    }
    return change(
      from: value(LossMeans(before.loss)), to: value(LossMeans(after.loss)), size: terms
    ) { sums in
      guard let before = value(LossMeans(sums, at: 4)),
        let after = value(LossMeans(sums, at: 4 + ClassCells.columns))
      else { return nil }
      return after - before
    }
  }

  /// - Parameter size: how much what is drawn as a whole counts in both runs.
  private func change(
    from before: Double?, to after: Double?, size: @escaping (Span<Double>) -> Double,
    _ difference: @escaping (Span<Double>) -> Double?
  ) -> Change {
    var change = Change(before: before, after: after)
    guard before != nil, after != nil else { return change }
    let jackknife = Jackknife(
      resamples.clusters.leavingOut(of: { [difference($0)] }, sizes: { [size($0)] })[0])
    change.interval = jackknife?.interval(level: level, on: .unbounded)
    change.detectable = jackknife?.detectable(level: level)
    return change
  }

  private func difference(of value: (Overlap) -> Double?, _ sums: Span<Double>) -> Double? {
    func overlap(_ place: Int) -> Overlap {
      Overlap(drawn: sums.extracting(place..<place + 4))
    }
    guard let before = value(overlap(0)), let after = value(overlap(ClassCells.columns)) else {
      return nil
    }
    return after - before
  }

  /// Of the score's move, whichever way it went.
  private var pValue: Double {
    func against(_ holds: (Double) -> Bool) -> Double {
      resamples.share { sums in difference(of: score, sums).map(holds) }.pValue
    }
    return min(1, 2 * min(against { $0 > 0 }, against { $0 < 0 }))
  }
}

private func quotient(_ above: Double, _ below: Double) -> Double? {
  below > 0 ? above / below : nil
}
