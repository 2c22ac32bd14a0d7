package import Core

/// What the measures of a run need to be counted.
package struct Needs: Sendable {
  package var classes: Int
  /// The elementwise losses, in the order in which a `ClassTally` has their sums.
  package var losses: [Loss]
  /// A class is predicted above this probability; unused where classes exclude each other.
  package var threshold: Double
  /// Whether a pixel has one class, the most probable one.
  package var areClassesExclusive: Bool
  package var softSums: Bool
  /// The place among `losses` of the categorical loss whose repair is wanted.
  package var repairs: Int?
  /// Where pixels have weights of their own.
  package var sampleWeights: SampleWeights?
  /// Whether it is counted how often each probability occurs, also of planes that are not 8-bit.
  package var countsLevels: Bool
  /// Within how many pixels of a class's border errors are counted apart.
  package var border: Int?
  /// How planes of levels were written.
  package var quantisation: Quantisation

  package enum Loss: Sendable {
    case separable(any SeparableLoss)
    case categorical(CategoricalCrossEntropy)
  }

  package init(
    classes: Int, losses: [Loss], threshold: Double = 0.5, areClassesExclusive: Bool,
    softSums: Bool, repairs: Int? = nil, sampleWeights: SampleWeights? = nil,
    countsLevels: Bool = false, quantisation: Quantisation = .round
  ) {
    self.classes = classes
    self.losses = losses
    self.threshold = threshold
    self.areClassesExclusive = areClassesExclusive
    self.softSums = softSums
    self.repairs = repairs
    self.sampleWeights = sampleWeights
    self.countsLevels = countsLevels
    self.quantisation = quantisation
  }

  /// Whether something is counted of each class's probability alone.
  var judgesClassesAlone: Bool {
    softSums || countsLevels || losses.contains { if case .separable = $0 { true } else { false } }
  }

  var hasCategorical: Bool {
    losses.contains { if case .categorical = $0 { true } else { false } }
  }
}
