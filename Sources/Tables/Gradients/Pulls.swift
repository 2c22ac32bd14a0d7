package import Core
internal import Counting

/// How hard a measure pulls at the logits of each class, in place of what it costs.
///
/// The gradient of a chain that only adds and averages is the chain of the slopes: each table has the
/// places, classes and divisors of the measure's own, so a chain gives its weights to both alike.
package struct Pulls: Sendable {
  /// Σ |∂ℓ/∂z|, own pixels and others apart.
  package var size: MeasureTable
  /// Σ ∂ℓ/∂z; `nil` where own pixels are only pulled up and others only down.
  package var net: MeasureTable?
  /// The part of `size` at probabilities of exactly 0 and 1, which a clip takes away; `nil` where there
  /// is no clip, or pixels have weights.
  package var clipped: MeasureTable?
}

extension Pulls {
  /// With all places added up, where `chain` does not tell them apart.
  package func merged(for chain: Chain) -> Pulls {
    Pulls(
      size: size.merged(for: chain), net: net?.merged(for: chain),
      clipped: clipped?.merged(for: chain))
  }

  /// For a chain that does not weigh pixels.
  package mutating func leaveOutSampleWeights() {
    size.leaveOutSampleWeights()
    net?.leaveOutSampleWeights()
    clipped?.leaveOutSampleWeights()
  }
}

/// A class's own pixels, or all others.
package enum OwnPixels: CaseIterable, Sendable {
  case own, others
}

extension Measurements {
  /// What a chain of the measure is applied to, in place of the measure's own table.
  ///
  /// - Throws: Problem: why nothing is known of the measure's gradient here.
  package func pulls(of gauge: Gauge) throws(Problem) -> Pulls {
    let (measure, byTile) = (gauge.measure, gauge.chain.axes.contains(.tile))
    if scheme.kind == .labels {
      throw Problem(
        "predictions are labels, through which no gradient goes",
        remedy: "save probabilities, in the type that the model gives")
    }
    if scheme.hasShares, measure.readsShares {
      throw Problem(
        "the truth is soft, and slopes are not counted against shares",
        remedy: "cut the truth: threshold_truth: 0.5 without soft_truth")
    }
    if scheme.activation == .softmax, !measure.isCategorical {
      throw Problem(
        "behind a softmax every class pulls at every logit of a pixel, which is counted of categorical losses only",
        remedy:
          "list ce under measure and make it the headline: diagnose: {headline: {measure: ce}}")
    }
    switch measure.form {
    case .separable(let loss): return try pulls(of: measure, loss, byTile: byTile)
    case .categorical(let loss):
      if let obstacle = gauge.chain.obstacleToSharedPixels { throw obstacle }
      let weights = gauge.chain.weightsOfPixels(by: weighting)
      if weights?.contains(0) ?? false {
        throw Problem(
          "a class of a categorical loss weighs 0, and others still pull at its logit",
          remedy: "give it a small weight")
      }
      return Pulls(
        size: try slopes(of: measure, .size, byTile: byTile, classWeights: weights),
        // A pixel of one class pulls that up and all others down.
        net: loss.smoothing == 0 && images.allSatisfy { $0.tally.overlapping == 0 }
          ? nil : try slopes(of: measure, .net, byTile: byTile, classWeights: weights))
    case .ratio(let ratio):
      guard let ratio = ratio as? SoftRatio, let slope = ratio.slope else {
        throw Problem(
          ratio.countsDecisions
            ? "\(measure.name) is of decisions, through which no gradient goes"
            : "\(measure.name) has no slope that is the same for all own pixels of a class",
          remedy: "look at the gradient of a loss: bce, ce, focal, soft-dice, soft-jaccard, tversky"
        )
      }
      return softPulls(of: measure, slope, byTile: byTile)
    }
  }

  private func pulls(
    of measure: Measure, _ loss: any SeparableLoss, byTile: Bool
  ) throws(Problem) -> Pulls {
    guard loss.pull != .none else {
      throw Problem("\(measure.name) says nothing of predictions", remedy: "name a loss")
    }
    let isClipped =
      loss.isClipped(fromLogits: scheme.kind == .logits) && scheme.sampleWeights == nil
    let clipped =
      isClipped
      ? replacing(measure, byTile: byTile) { c, tally, terms in
        let slope = loss.ofClass(c).slopeOfSaturated
        return LossSum(
          positive: exact(slope.own) * tally.saturated.ownAtZero,
          negative: exact(slope.other) * tally.saturated.otherAtOne,
          positives: terms.positives, negatives: terms.negatives)
      } : nil
    if loss.pull == .difference, scheme.sampleWeights == nil {
      guard scheme.softSums else { throw notCounted(measure) }
      let size = replacing(measure, byTile: byTile) { c, tally, terms in
        let factors = loss.ofClass(c).logFactors
        return LossSum(
          positive: (tally.soft.truth - tally.soft.both).scaled(by: -factors.own),
          negative: (tally.soft.predicted - tally.soft.both).scaled(by: -factors.other),
          positives: terms.positives, negatives: terms.negatives)
      }
      return Pulls(size: size, clipped: clipped)
    }
    return Pulls(
      size: try slopes(of: measure, .size, byTile: byTile),
      net: loss.pull.followsTruth ? nil : try slopes(of: measure, .net, byTile: byTile),
      clipped: clipped)
  }

  /// The measure's table with other sums at its terms.
  private func replacing(
    _ measure: Measure, byTile: Bool, _ sums: (Int, ClassTally, LossSum) -> LossSum
  ) -> MeasureTable {
    let table = table(of: measure, byTile: byTile)
    guard case .losses(var losses) = table else { return table }
    let index = lossIndex(of: measure)
    var cells: [LossSum] = []
    forEachTally(byTile: byTile) { _, tally in
      for (c, part) in tally.classes.enumerated() {
        cells.append(sums(c, part, part.losses[index]))
      }
    }
    losses.table = LossTable(
      sums: PlaceTable(layout: losses.layout, cells: cells), terms: losses.table.terms)
    return .losses(losses)
  }

  /// A part of the slope that was added up beside the loss.
  ///
  /// - Parameter classWeights: what pixels of each class were counted with. The chain multiplies each
  ///   class's sums by its weight, which is therefore taken out of them.
  private func slopes(
    of measure: Measure, _ part: LossDefinition.Derivative, byTile: Bool,
    classWeights: [Double]? = nil
  ) throws(Problem) -> MeasureTable {
    let table = table(of: measure, byTile: byTile)
    guard case .losses(var losses) = table,
      let index = (measure.loss?.derivative(part, classWeights: classWeights))
        .flatMap(scheme.losses.firstIndex)
    else { throw notCounted(measure) }
    var cells: [LossSum] = []
    var weighted: [WeightedSum] = []
    forEachTally(byTile: byTile) { _, tally in
      for (c, part) in tally.classes.enumerated() {
        var sum = part.losses[index]
        var sampled = part.weighted.isEmpty ? WeightedSum.zero : part.weighted[index]
        if let weight = classWeights?[c] {
          (sum.positive, sum.negative) = (sum.positive / weight, sum.negative / weight)
          (sampled.positive, sampled.negative) = (
            sampled.positive / weight, sampled.negative / weight
          )
        }
        cells.append(sum)
        weighted.append(sampled)
      }
    }
    let layout = losses.layout
    losses.table = LossTable(
      sums: PlaceTable(layout: layout, cells: cells), terms: losses.table.terms,
      weighted: losses.table.weighted == nil ? nil : PlaceTable(layout: layout, cells: weighted))
    return .losses(losses)
  }

  private func softPulls(
    of measure: Measure, _ slope: @escaping SoftRatio.Slope, byTile: Bool
  ) -> Pulls {
    let layout = table(of: measure, byTile: byTile).layout
    var cells: [SoftSlopes] = []
    forEachTally(byTile: byTile) { cells += $1.classes.map(SoftSlopes.init) }
    let size = RatioTable(
      cells: PlaceTable(layout: layout, cells: cells),
      ratio: .each { cell in
        slope(cell.soft).map {
          $0.own.magnitude * Double(cell.own) + $0.other.magnitude * Double(cell.other)
        }
      }, worst: .largest)
    return Pulls(size: .ratios(size))
  }

  private func notCounted(_ measure: Measure) -> Problem {
    Problem(
      "the slope of \(measure.name) was not counted",
      remedy: "run again with it under measure: or as headline")
  }
}

extension MeasureTable {
  /// A table of slopes with those of one class alone, on its own pixels or on the others; with `nil`,
  /// without any.
  package func keeping(_ c: Int?, _ pixels: OwnPixels) -> MeasureTable {
    switch self {
    case .losses(var losses):
      losses.table.sums = losses.table.sums.mapping { cell, _, k in
        var cell = cell
        if k != c || pixels == .others { cell.positive = .zero }
        if k != c || pixels == .own { cell.negative = .zero }
        return cell
      }
      losses.table.weighted = losses.table.weighted?.mapping { cell, _, k in
        var cell = cell
        if k != c || pixels == .others { cell.positive = .zero }
        if k != c || pixels == .own { cell.negative = .zero }
        return cell
      }
      return .losses(losses)
    case .ratios(let ratios):
      guard var table = ratios as? RatioTable<SoftSlopes> else { return self }
      table.cells = table.cells.mapping { cell, _, k in
        var cell = cell
        if k != c || pixels == .others { cell.own = .zero }
        if k != c || pixels == .own { cell.other = .zero }
        return cell
      }
      return .ratios(table)
    }
  }
}

extension Chain {
  /// What pixels of each class weigh in a step that combines classes; `nil` where all weigh alike.
  package func weightsOfPixels(by weighting: ClassWeighting) -> [Double]? {
    let weights: [Weight] = [.classWeights, .classShares]
    let isWeighed = reductions.contains { step in
      [step.weight, step.factor].compactMap(\.self).contains(where: weights.contains)
    }
    return isWeighed && weighting.averaging.contains { $0 != 1 } ? weighting.averaging : nil
  }

  /// Why a pixel of a categorical loss counts otherwise for each of the classes whose logits it pulls at.
  fileprivate var obstacleToSharedPixels: Problem? {
    let places = (
      class: reductions.firstIndex { $0.axes.contains(.class) },
      pixel: reductions.firstIndex { $0.axes.contains(.pixel) }
    )
    let others: [Weight] = [.truth, .balanced, .inversePrevalence, .positiveWeights]
    let isUneven = reductions.contains { step in
      [step.weight, step.factor].compactMap(\.self).contains(where: others.contains)
    }
    guard let classStep = places.class, let pixelStep = places.pixel, classStep <= pixelStep,
      !isUneven
    else {
      return Problem(
        "the chain counts a pixel of each class otherwise, and each pulls at the logits of all",
        remedy:
          "look at the gradient by a chain that takes the classes first: mean(class) > mean(pixel, image, batch)"
      )
    }
    return nil
  }
}

extension ExactSum {
  fileprivate func scaled(by factor: Double) -> ExactSum {
    factor == 1 ? self : ExactSum(Double(self) * factor) ?? .zero
  }

  fileprivate static func / (sum: ExactSum, weight: Double) -> ExactSum {
    ExactSum(Double(sum) / weight) ?? .zero
  }
}

/// A slope at one pixel is far below the limit of `ExactSum`.
private func exact(_ value: Double) -> ExactSum { ExactSum(value) ?? .zero }
