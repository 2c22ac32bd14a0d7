package import Core

extension Preset {
  /// A kind of run of which the framework prints something that the preset's chain does not say.
  package struct Exception: Sendable {
    package var holds: @Sendable (Measurements) -> Bool
    /// `mmsegmentation's sums take ignored pixels too`
    package var reason: String
    /// What it prints, where that is no number.
    package var prints: NoNumber?
  }

  /// What a framework prints where there is no number.
  package enum NoNumber: String, Sendable {
    case nan, inf
  }

  /// The same with the number that the framework prints where there is nothing to divide by.
  func orElse(_ number: Double) -> Preset {
    var preset = self
    preset.ifUndefined = number
    return preset
  }

  func except(_ exceptions: Exception...) -> Preset { except(contentsOf: exceptions) }

  func except(contentsOf exceptions: [Exception]) -> Preset {
    var preset = self
    preset.exceptions += exceptions
    return preset
  }
}

extension Preset.Exception {
  static func ignoredPixels(_ reason: String) -> Self {
    Self(holds: { $0.images.contains { $0.ignored > 0 } }, reason: reason)
  }

  /// A batch of which no pixel counts.
  static func emptyBatches(_ reason: String) -> Self {
    Self(
      holds: { run in
        var pixels: [Int: Int] = [:]
        for image in run.images {
          let batch = run.batching.batch(of: image.index, among: run.evidence.listed) ?? 0
          pixels[batch, default: 0] += image.tally.pixels
        }
        return pixels.values.contains(0)
      }, reason: reason)
  }

  /// Predicted labels that no class has.
  static func unlistedPredictions(_ reason: String) -> Self {
    Self(holds: { $0.images.contains { $0.unlistedPredictions > 0 } }, reason: reason)
  }

  /// An ignored label that lies among those of the classes, such as a background 0, and is predicted.
  static func ignoredAmongClasses(_ reason: String) -> Self {
    Self(
      holds: { run in
        let labels = 0...Int64(run.scheme.classes.count)
        return run.scheme.ignored.labels.contains(where: labels.contains)
          && run.images.contains { $0.unlistedPredictions > 0 }
      }, reason: reason)
  }

  static func severalClasses(_ reason: String) -> Self {
    Self(holds: { $0.evidence.classes.count > 1 }, reason: reason)
  }

  static func oneClass(_ reason: String) -> Self {
    Self(holds: { $0.evidence.classes.count == 1 }, reason: reason)
  }

  /// Probabilities outside 0…1 by rounding, which are taken as 0 or 1 here.
  static func probabilitiesOutside(_ reason: String) -> Self {
    Self(holds: { $0.images.contains { $0.remarks.clipped > 0 } }, reason: reason)
  }

  /// Pixels of which all probabilities are 0.
  static func zeroRows(_ reason: String) -> Self {
    Self(
      holds: { $0.images.contains { $0.remarks.zeroRows > 0 } }, reason: reason, prints: .nan)
  }

  /// Predictions saved as float16.
  static func halfPrecision(_ reason: String) -> Self {
    Self(holds: { $0.images.contains { $0.remarks.halfPrecision > 0 } }, reason: reason)
  }

  /// Predictions saved as bfloat16 or float8.
  static func narrowFloats(_ reason: String) -> Self {
    Self(holds: { $0.images.contains { $0.remarks.narrowFloats > 0 } }, reason: reason)
  }

  /// Classes that exclude each other.
  static func exclusiveClasses(_ reason: String) -> Self {
    Self(holds: { $0.scheme.areClassesExclusive }, reason: reason)
  }

  /// An image of which only one of a class's two masks has a pixel; of distances that were counted.
  static func oneSided(_ reason: String) -> Self {
    Self(
      holds: { $0.images.contains { $0.tally.classes.contains(where: \.distances.isOneSided) } },
      reason: reason, prints: .inf)
  }

  /// Classes that no combination has.
  static func notAveraged(_ reason: String) -> Self {
    Self(holds: { $0.weighting.isAveraged.contains(false) }, reason: reason)
  }

  static func logits(_ reason: String) -> Self {
    Self(holds: { $0.scheme.kind == .logits }, reason: reason)
  }

  static func classNeverTrue(_ reason: String) -> Self {
    Self(holds: { $0.overlaps.contains { $0.truth == 0 } }, reason: reason)
  }

  /// An image with pixels of several classes, or of none.
  static func notOneClassEverywhere(_ reason: String) -> Self {
    Self(
      holds: { run in
        run.images.contains { $0.tally.overlapping > 0 || $0.tally.unclassed > 0 }
      }, reason: reason)
  }

  /// An image without any class.
  static func imageOfNothing(_ reason: String) -> Self {
    Self(
      holds: { run in
        run.images.contains { $0.tally.classes.allSatisfy { $0.overlap.truth == 0 } }
      }, reason: reason)
  }

  /// A class that is predicted in an image that lacks it.
  static func predictedWhereAbsent(_ reason: String) -> Self {
    Self(
      holds: { run in
        run.images.contains { image in
          image.tally.classes.contains { $0.overlap.truth == 0 && $0.overlap.predicted > 0 }
        }
      }, reason: reason)
  }

  /// An image in which something is predicted and nothing is true.
  static func imageWithoutTruth(_ reason: String) -> Self {
    Self(
      holds: { run in
        run.images.contains { image in
          let overlaps = image.tally.classes.map(\.overlap)
          return overlaps.allSatisfy { $0.truth == 0 } && overlaps.contains { $0.predicted > 0 }
        }
      }, reason: reason)
  }

  /// A logit of −∞, of which a form that multiplies by the truth makes 0 · ∞.
  static let zeroTimesInfinity = Self(
    holds: { $0.images.contains { $0.remarks.minusInfinity > 0 } },
    reason: "where a logit is −∞ the framework multiplies 0 by ∞", prints: .nan)

  /// Logits that say a class almost surely where it is not: 1 − p is then a few units in the last place
  /// of a single, and no logit tells how a framework rounds them.
  static func surelyWrong(_ loss: String) -> Self {
    Self(
      holds: { $0.images.contains { $0.remarks.surelyWrong > 0 } },
      reason:
        "\(loss) is given probabilities in single precision, and some logits say a class where it is not so surely that 1 − p is lost in rounding"
    )
  }

  /// The same where the probabilities are a softmax.
  static func surelyWrongOfSoftmax(_ loss: String) -> Self {
    let all = surelyWrong(loss)
    return Self(
      holds: { $0.scheme.areClassesExclusive && all.holds($0) }, reason: all.reason)
  }
}

extension Measurements {
  /// Why the framework prints something else for this run than a preset's chain says; `nil` where it
  /// does not.
  package func exception(to preset: Preset) -> Preset.Exception? {
    preset.exceptions.first { $0.holds(self) }
  }

  /// The same of a preset's formula.
  package func exception(to formula: Formula) -> Preset.Exception? {
    formula.exceptions.first { $0.holds(self) }
  }
}

extension Preset.Exception {
  /// For who asked for the number.
  package var problem: Problem {
    Problem(
      prints.map { "\($0.text): \(reason)" } ?? "\(reason), so that no number is given",
      remedy: "compute it with the framework")
  }
}

extension Preset.NoNumber {
  fileprivate var text: String {
    switch self {
    case .nan: "NaN"
    case .inf: "∞"
    }
  }
}
