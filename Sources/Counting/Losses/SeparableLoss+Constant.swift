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
    let ends = hasOneValley ? (0.0, 1.0) : valley(own: own, other: other)
    // In double precision: rounding 1 − q to single would make the valley's floor uneven.
    func cost(_ q: Double) -> Double {
      let x = Probability(Lanes(repeating: q))
      return own * self(x, .one)[0] + other * self(x, .zero)[0]
    }
    let ratio = 0.6180339887498949
    var (low, high) = ends
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
    // The share itself is the answer for every proper loss, and the section only nearly finds it.
    let share = own + other > 0 ? own / (own + other) : 0
    return [0, 1, (low + high) / 2].reduce(share) { best, q in
      cost(q) < cost(best) - 1e-9 * cost(best).magnitude ? q : best
    }
  }

  /// The neighbours of the lowest of many constants, between which a cost of several valleys has one.
  private func valley(own: Double, other: Double) -> (Double, Double) {
    let grid = (0...1024).map { Double($0) / 1024 }
    let costs = grid.map { q in
      let x = Probability(Lanes(repeating: q))
      return own * self(x, .one)[0] + other * self(x, .zero)[0]
    }
    let least = costs.indices.min { costs[$0] < costs[$1] } ?? 0
    return (grid[max(0, least - 1)], grid[min(1024, least + 1)])
  }
}
