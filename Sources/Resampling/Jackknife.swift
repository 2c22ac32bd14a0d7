/// An estimate, what it would be without each of the clusters, and how much each of them counts in it.
///
/// Its interval holds where replicates fall short: with few clusters, and where some of them have most
/// of a class. There a bootstrap draws the same few clusters again and again, and its interval is too
/// narrow (measured in docs/diagnosis.md). The standard error here is the jackknife's, which for a ratio
/// of sums is that of the residuals over 1 − leverage (CR3: Bell and McCaffrey, "Bias reduction in
/// standard errors for linear regression with multi-stage samples", Survey Methodology 28, 2002), and
/// the factor before it follows from how unequal the clusters are (`StudentQuantile`).
package struct Jackknife: Sendable {
  package let estimate: Double
  /// θ₍ᵢ₎: without cluster i, in the order of the clusters.
  package let others: [Double]
  /// The part of all that is in cluster i; they sum to 1.
  package let shares: [Double]

  /// Which values there are: an interval is made where errors are alike on both sides, and never
  /// leaves them.
  package enum Scale: Sendable {
    case unbounded
    /// 0 or more.
    case positive
    /// 0…1.
    case unit
  }

  /// `nil` where nothing counts, or where one cluster decides whether there is an estimate and has not
  /// more than half.
  package init?(_ left: LeftOut) {
    precondition(left.others.count == left.sizes.count)
    let whole = left.sizes.reduce(0, +)
    guard let estimate = left.estimate, estimate.isFinite, whole > 0, whole.isFinite else {
      return nil
    }
    self.estimate = estimate
    shares = left.sizes.map { $0 / whole }
    // Without the cluster that has most there may be nothing; it has no interval for that reason.
    let isDominated = shares.contains { $0 > Jackknife.largestShare }
    var known: [Double] = []
    known.reserveCapacity(left.others.count)
    for value in left.others {
      guard let value = value ?? (isDominated ? estimate : nil) else { return nil }
      known.append(value)
    }
    others = known
  }
}

/// What an estimate is without each of the clusters, in their order.
package struct LeftOut: Sendable {
  /// Of all clusters, added up in the same order.
  package var estimate: Double?
  /// `nil` where there is none.
  package var others: [Double?] = []
  /// How much each cluster counts in the estimate: 0 or more, on any scale.
  package var sizes: [Double] = []

  package init(estimate: Double?, others: [Double?], sizes: [Double]) {
    (self.estimate, self.others, self.sizes) = (estimate, others, sizes)
  }

  init(estimate: Double?, capacity: Int) {
    self.estimate = estimate
    others.reserveCapacity(capacity)
    sizes.reserveCapacity(capacity)
  }
}

extension Jackknife {
  /// A cluster with a larger part than this is most of what there is, and nothing in the others says
  /// how much it differs from its kind.
  package static let largestShare = 0.5

  /// The cluster that has more than half, by its place.
  package var dominating: Int? { shares.firstIndex { $0 > Jackknife.largestShare } }

  /// √Σ(θ₍ᵢ₎ − θ)²
  package var standardError: Double {
    others.reduce(0) { $0 + ($1 - estimate) * ($1 - estimate) }.squareRoot()
  }

  /// The minimal detectable change: a difference as large as this is told from 0, at `level`, in 80 %
  /// of the runs with such images (Bloom: "Minimum detectable effects", Evaluation Review 19, 1995).
  /// `nil` where one cluster has more than half, or nothing differs.
  package func detectable(level: Double) -> Double? {
    guard dominating == nil, standardError > 0 else { return nil }
    let power = 0.8
    return (StudentQuantile.of(shares, level: level) + Normal.quantile(power)) * standardError
  }

  /// `nil` where one cluster has more than half.
  package func interval(level: Double, on scale: Scale) -> Interval? {
    guard dominating == nil else { return nil }
    let error = standardError
    // What no cluster changes is certain.
    guard error > 0 else { return Interval(low: estimate, high: estimate) }
    let reach = StudentQuantile.of(shares, level: level) * error
    switch scale {
    case .unit where estimate > 0 && estimate < 1:
      // On the scale of the logit, whose slope is 1 / (θ(1 − θ)).
      let odds = estimate / (1 - estimate)
      let factor = exponential(-min(700, reach / (estimate * (1 - estimate))))
      return Interval(low: odds * factor / (1 + odds * factor), high: odds / (odds + factor))
    case .positive where estimate > 0:
      let factor = exponential(-min(700, reach / estimate))
      return Interval(low: estimate * factor, high: estimate / factor)
    case .unit:
      return Interval(low: max(0, estimate - reach), high: min(1, estimate + reach))
    case .unbounded, .positive:
      return Interval(low: estimate - reach, high: estimate + reach)
    }
  }
}
