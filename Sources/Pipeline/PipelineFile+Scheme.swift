package import Configuration
package import Core
internal import Counting
internal import Decoding
internal import Diagnosis
internal import Tables

extension PipelineFile {
  /// How to count everything that the file asks for.
  ///
  /// - Parameter root: where relative paths start.
  /// - Throws: Problem: the file with the images' weights cannot be read, or a preset does not fit.
  package func scheme(in root: String) throws(Problem) -> Scheme {
    var scheme = try countedScheme
    scheme.sampleWeights = try sampleWeighting?.counted(in: root)
    return scheme
  }

  /// The same without the weights of pixels, for which files would have to be read.
  var countedScheme: Scheme {
    get throws(Problem) {
      if !hasTruth { return outlookScheme }
      var scheme = scheme(for: try formulas)
      let repaired = headline.formula.gauges.first { $0.measure.repairable != nil }
      // What a perfect class would cost against a soft truth is not counted.
      scheme.repaired = decode.hasShares ? nil : repaired?.measure.repairable
      scheme.weighsRepairs =
        scheme.repaired != nil
        && repaired.map { $0.chain.appending(headline.formula.rest).weighsSamples } ?? false
      scheme.levels = diagnose.countsLevels
      scheme.border = diagnose.border
      return scheme
    }
  }

  /// How to count what is predicted, where there is no truth.
  private var outlookScheme: Scheme {
    var scheme = scheme(for: [])
    scheme.softSums = decode.kind != .labels
    scheme.levels = decode.kind != .labels
    scheme.lacksTruth = true
    return scheme
  }

  /// How to count some formulas by the file's rules, and nothing else; of the weights of pixels it
  /// has only those that the file itself gives.
  func scheme(for formulas: [Formula]) -> Scheme {
    let gauges = formulas.flatMap(\.gauges)
    var scheme = Scheme(
      classes: decode.classes, kind: decode.kind, activation: decode.activation,
      decision: decode.isExclusive
        ? .mostProbable
        : decode.thresholds.map { .aboveEach($0) } ?? .above(decode.threshold),
      quantisation: decode.quantised)
    scheme.ignored = decode.ignored
    scheme.coding = decode.coding
    scheme.maskFiles = decode.maskFiles
    scheme.unclassed = decode.unclassed.sorted()
    scheme.colorTolerance = decode.colorTolerance
    scheme.hasValidity = decode.valid != nil
    scheme.truthThreshold = decode.truthThreshold
    scheme.hasShares = decode.hasShares
    scheme.orientation = decode.orientation
    scheme.voxels = decode.voxels
    scheme.resize = decode.resize
    scheme.palettes = decode.palettes
    scheme.axes = PerSide(
      predictions: decode.predictions.axes?.rawValue, truth: decode.truth?.axes?.rawValue)
    scheme.dtype = PerSide(
      predictions: decode.predictions.dtype?.rawValue, truth: decode.truth?.dtype?.rawValue)
    for loss in gauges.compactMap(\.measure.loss) where !scheme.losses.contains(loss) {
      scheme.losses.append(loss)
    }
    scheme.softSums = decode.hasShares || gauges.contains { $0.measure.readsSoftSums }
    if decode.kind != .labels, !decode.hasShares, !gauges.isEmpty {
      // What training hears follows from them, of most losses from nothing else.
      scheme.softSums = true
      let plain = measures.map { (measure: $0, classWeights: [Double]?.none) }
      let heard = headline.formula.readingGauges.map { gauge in
        (measure: gauge.measure, classWeights: gauge.chain.weightsOfPixels(by: weighting))
      }
      for (measure, classWeights) in heard + plain
      where measure.loss.map(scheme.losses.contains) ?? false {
        let parts = measure.derivatives(
          decode.activation, isWeighed: sampleWeighting != nil, classWeights: classWeights)
        scheme.losses += parts.filter { !scheme.losses.contains($0) }
      }
    }
    scheme.distances = gauges.contains { $0.measure.readsDistances }
    scheme.ties =
      decode.kind != .labels && !decode.isExclusive && gauges.contains { $0.measure.readsTies }
    scheme.tile = gauges.contains { $0.chain.axes.contains(.tile) } ? tiling : nil
    return scheme
  }

  /// Every measure by every chain of its kind, and the presets.
  private var formulas: [Formula] {
    get throws(Problem) {
      var formulas = measures.flatMap { measure in
        reductions.filter { $0.chain.hasScore != measure.isElementwise }
          .map { Formula(measure, $0.chain) }
      }
      formulas += combinations.map(\.formula)
      formulas.append(headline.formula)
      for preset in presets {
        formulas.append(try preset.formula(areClassesExclusive: decode.isExclusive))
      }
      return formulas + gates.compactMap(\.formula)
    }
  }

  var selectsAmongPixels: Bool {
    reductions.contains { named in
      named.chain.reductions.contains { $0.operation.isSelective && $0.axes.contains(.pixel) }
    }
  }

  var headline: Headline { diagnose.headline }
}

extension Measure {
  /// The loss, where its counterfactual as a headline needs sums of its own.
  fileprivate var repairable: LossDefinition? {
    if case .categorical(let loss) = form, loss.isRepairable { self.loss } else { nil }
  }
}
