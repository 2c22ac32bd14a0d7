package import Core

extension Measure {
  /// What of its slope is added up beside the loss itself; where soft sums say it all, nothing.
  ///
  /// - Parameters:
  ///   - activation: what makes probabilities of logits.
  ///   - isWeighed: whether pixels have weights, which soft sums do not have.
  ///   - classWeights: where a chain weighs the classes of a categorical loss.
  package func derivatives(
    _ activation: Scheme.Activation, isWeighed: Bool, classWeights: [Double]?
  ) -> [LossDefinition] {
    guard let loss else { return [] }
    switch form {
    case .categorical:
      return [
        loss.derivative(.size, classWeights: classWeights),
        loss.derivative(.net, classWeights: classWeights),
      ]
    case .ratio: return []
    case .separable(let form):
      guard activation == .sigmoid else { return [] }
      switch form.pull {
      case .none: return []
      case .difference: return isWeighed ? [loss.derivative(.size)] : []
      case .towardsTruth: return [loss.derivative(.size)]
      case .eitherWay: return [loss.derivative(.size), loss.derivative(.net)]
      }
    }
  }
}

extension SeparableLoss {
  /// |∂ℓ/∂z| where an own pixel has the probability 0, and where another has 1: what a clip takes away.
  package var slopeOfSaturated: (own: Double, other: Double) {
    let atZero = Probability(p: .zero, q: .one, precision: .double)
    let atOne = Probability(p: .one, q: .zero, precision: .double)
    return (slope(atZero, .one)[0].magnitude, slope(atOne, .zero)[0].magnitude)
  }
}
