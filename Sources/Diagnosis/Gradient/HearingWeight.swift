internal import Core
internal import Tables

/// By what a class's weight would have to be multiplied to be seen and heard, predictions as they are.
///
/// Weights are multiplied in and not divided out (`times: class-weights`), as Keras, MONAI and PyTorch's
/// binary losses have them: headroom, reach and gradient of the class grow with its weight, and the scale
/// by its reach.
package struct HearingWeight: Hashable, Sendable {
  /// The class's place in the list.
  package var place: Int
  /// From which factor on the headline does not hide it, and from which it shows it; 1 where that holds
  /// already, `nil` where no weight does it or the headline does not add its classes.
  package var unhides: Double?
  package var shows: Double?
  /// The factor of its own pixels' weight alone (a positive weight) at which they pull as hard as all others.
  package var balances: Double?
  /// The factor at which it has an even share of the gradient.
  package var evens: Double?
  /// What becomes of it from weight to weight.
  package var curve: [Point]

  /// At one factor.
  package struct Point: Hashable, Sendable {
    package var factor: Double
    /// Of what the headline could gain, the class's part.
    package var headroomShare: Double?
    /// What knowing the class is worth, of the headline's scale.
    package var reachShare: Double?
    package var gradientShare: Double?
    package var verdict: Verdict?
  }
}

extension Gradient {
  /// For a class that the headline does not show.
  package func hearingWeight(of c: Int, in diagnosis: Diagnosis) -> HearingWeight {
    let found = classes[c]
    let rest = size - found.size
    func share(at factor: Double) -> Double? {
      let own = factor * found.size
      return own + rest > 0 ? own / (own + rest) : nil
    }
    let others = Double(max(1, diagnosis.averaged - 1))
    return HearingWeight(
      place: c, unhides: diagnosis.leastFactor(of: c) { $0 != .hidden },
      shows: diagnosis.leastFactor(of: c) { $0 == .exposed || $0 == .ok },
      balances: isOneSided ? found.othersPerOwn : nil,
      evens: found.size > 0 ? rest / others / found.size : nil,
      curve: HearingWeight.factors.map { factor in
        let point = diagnosis.weighing(c, by: factor)
        return HearingWeight.Point(
          factor: factor, headroomShare: point?.share,
          reachShare: point.flatMap { $0.scale > 0 ? $0.reach / $0.scale : nil },
          gradientShare: share(at: factor), verdict: point.map(Verdict.init))
      })
  }
}

extension HearingWeight {
  fileprivate static let factors: [Double] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
}

extension Diagnosis {
  /// What the verdict on a class rests on if its weight were so many times as large; `nil` where the
  /// headline does not add up its classes.
  fileprivate func weighing(_ c: Int, by factor: Double) -> VerdictBasis? {
    guard headline.formula.addsClasses, !headline.isScore, let scale,
      var basis = basis(of: classes[c])
    else { return nil }
    let (headroom, reach) = (basis.headroom, basis.reach)
    basis.headroom = factor * headroom
    basis.reach = factor * reach
    basis.scale = scale + (factor - 1) * reach
    basis.tolerance = tolerance(ofScale: basis.scale)
    let all = classes.filter { $0.overlap.truth > 0 }.compactMap(\.headroom).reduce(0, +)
    let gained = all + (factor - 1) * headroom
    basis.share = gained > 0 ? basis.headroom / gained : nil
    return basis
  }

  /// The least factor from 1 on with such a verdict: what a weight does to a verdict it does for good.
  fileprivate func leastFactor(of c: Int, _ isSeen: (Verdict) -> Bool) -> Double? {
    func holds(_ factor: Double) -> Bool {
      weighing(c, by: factor).map { isSeen(Verdict(of: $0)) } ?? false
    }
    if holds(1) { return 1 }
    var (low, high) = (1.0, 1e9)
    guard holds(high) else { return nil }
    while high / low > 1 + 1e-13 {
      let middle = (low * high).squareRoot()
      if middle <= low || middle >= high { break }
      if holds(middle) { high = middle } else { low = middle }
    }
    return high
  }
}
