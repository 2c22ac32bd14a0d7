package import Core

/// A scheme with its losses looked up: what a `Counter` works from.
package struct Needs: Sendable {
  package private(set) var scheme: Scheme
  /// The elementwise losses, in the order in which a `ClassTally` has their sums.
  package private(set) var losses: [Loss]
  /// The place among `losses` of the categorical loss whose repair is wanted.
  private(set) var repairs: Int?

  // Stored, because every block of pixels asks for them.
  package let classes: Int
  /// Whether a pixel has one class, the most probable one.
  package let areClassesExclusive: Bool
  /// For each class, it is predicted above this probability; unused where classes exclude each other.
  let thresholds: [Double]

  package enum Loss: Sendable {
    case separable(any SeparableLoss)
    case categorical(CategoricalCrossEntropy)
    /// What of ∂ℓ/∂z is wanted, z being the logit of each class.
    case categoricalSlope(
      CategoricalCrossEntropy, LossDefinition.Derivative, classWeights: [Double]?)
  }

  /// - Throws: Problem: the catalogue lacks a loss of the scheme, as where a later version counted.
  package init(_ scheme: Scheme) throws(Problem) {
    self.scheme = scheme
    var losses: [Loss] = []
    for definition in scheme.losses { losses.append(try Catalogue.loss(definition)) }
    self.losses = losses
    repairs = scheme.repaired.flatMap(scheme.losses.firstIndex)
    classes = scheme.classes.count
    areClassesExclusive = scheme.areClassesExclusive
    thresholds =
      switch scheme.decision {
      case .mostProbable: .init(repeating: 0.5, count: classes)
      case .above(let threshold): .init(repeating: threshold, count: classes)
      case .aboveEach(let each): each
      }
    precondition(thresholds.count == classes, "a threshold for each class")
  }

  /// The same without losses and soft sums, which a soft truth leaves to a `ShareCounter`.
  var ofDecisions: Needs {
    var needs = self
    needs.scheme.losses = []
    needs.scheme.softSums = false
    needs.losses = []
    needs.repairs = nil
    return needs
  }

  var sampleWeights: Scheme.SampleWeights? { scheme.sampleWeights }
  var softSums: Bool { scheme.softSums }
  var countsTies: Bool { scheme.ties }
  /// Whether it is counted how often each probability occurs, also of planes that are not 8-bit.
  var countsLevels: Bool { scheme.levels }
  var quantisation: Quantisation { scheme.quantisation }

  /// Whether something is counted of each class's probability alone.
  var judgesClassesAlone: Bool {
    softSums || countsLevels || losses.contains { if case .separable = $0 { true } else { false } }
  }

  var hasCategorical: Bool {
    losses.contains { if case .separable = $0 { false } else { true } }
  }
}
