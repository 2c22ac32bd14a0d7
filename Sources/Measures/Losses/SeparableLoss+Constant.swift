extension SeparableLoss {
  /// The loss of predicting `q` everywhere: on the class's own pixels, and on the others.
  package func constant(_ q: Double) -> (own: Double, other: Double) {
    let x = Probability(SIMD8<Float>(repeating: Float(q)))
    return (self(x, .one)[0], self(x, .zero)[0])
  }

  /// The constant prediction that costs least where own pixels weigh `own` and the others `other`.
  ///
  /// The golden section finds the lowest point of a cost with one valley; a cost without one (a
  /// straight line) has it at an end.
  package func bestConstant(own: Double, other: Double) -> Double {
    func cost(_ q: Double) -> Double {
      let loss = constant(q)
      return own * loss.own + other * loss.other
    }
    let ratio = 0.6180339887498949
    var (low, high) = (0.0, 1.0)
    var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
    var (atLeft, atRight) = (cost(left), cost(right))
    while high - low > 1e-9 {
      if atLeft <= atRight {
        (high, right, atRight) = (right, left, atLeft)
        left = high - ratio * (high - low)
        atLeft = cost(left)
      } else {
        (low, left, atLeft) = (left, right, atRight)
        right = low + ratio * (high - low)
        atRight = cost(right)
      }
    }
    // For small shares the valley is far narrower than the section's last interval.
    let share = own + other > 0 ? own / (own + other) : 0
    return [(low + high) / 2, share, 0, 1].min { cost($0) < cost($1) } ?? share
  }
}
