extension Expression {
  /// ∂/∂z, where p is σ(z), x is z, and all else stays: what reaches the logit.
  ///
  /// Every part is differentiated once. At a kink the value of one side is taken, as automatic
  /// differentiation does.
  package var derivative: Expression {
    var graph = self
    let zero = graph.number(0)
    var slopes: [Int: Int] = [:]
    for index in reachable {
      slopes[index] = graph.slope(of: nodes[index], at: index) { slopes[$0] ?? zero }
    }
    graph.root = slopes[root] ?? zero
    // Parts of the loss that its slope does not need are left out.
    return graph.substituting([:])
  }

  private mutating func slope(of node: Node, at place: Int, _ slope: (Int) -> Int) -> Int {
    guard case .call(let function, let parts) = node else {
      switch node {
      case .variable(.probability), .variable(.trueProbability):
        return call(.multiply, [place, call(.subtract, [number(1), place])])
      case .variable(.logit): return number(1)
      default: return number(0)
      }
    }
    let slopes = parts.map(slope)
    if slopes.allSatisfy({ number(at: $0) == 0 }) { return number(0) }
    let (a, da) = (parts[0], slopes[0])
    let (b, db) = parts.count > 1 ? (parts[1], slopes[1]) : (a, da)
    switch function {
    case .negate: return call(.negate, [da])
    case .add, .subtract: return call(function, [da, db])
    case .multiply:
      return call(.add, [call(.multiply, [da, b]), call(.multiply, [a, db])])
    case .divide:
      let above = call(.subtract, [da, call(.multiply, [place, db])])
      return call(.divide, [above, b])
    case .less, .lessOrEqual, .equal, .unequal: return number(0)
    case .power:
      let lower = call(.power, [a, call(.subtract, [b, number(1)])])
      let ofBase = call(.multiply, [call(.multiply, [b, lower]), da])
      guard number(at: db) != 0 else { return ofBase }
      let ofExponent = call(.multiply, [call(.multiply, [place, call(.log, [a])]), db])
      return call(.add, [ofBase, ofExponent])
    case .log: return call(.divide, [da, a])
    case .exp: return call(.multiply, [place, da])
    case .sqrt: return call(.divide, [da, call(.multiply, [number(2), place])])
    case .abs:
      let isNegative = call(.less, [a, number(0)])
      let isZero = call(.equal, [a, number(0)])
      let side = call(.choose, [isNegative, call(.negate, [da]), da])
      return call(.choose, [isZero, number(0), side])
    case .min: return call(.choose, [call(.lessOrEqual, [a, b]), da, db])
    case .max: return call(.choose, [call(.less, [a, b]), db, da])
    case .sigmoid:
      let rest = call(.subtract, [number(1), place])
      return call(.multiply, [call(.multiply, [place, rest]), da])
    case .softplus: return call(.multiply, [call(.sigmoid, [a]), da])
    case .choose: return call(.choose, [a, db, slopes[2]])
    }
  }
}
