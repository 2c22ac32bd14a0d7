internal import Core
internal import Counting

/// Where the levels of planes lie among probabilities: in half units of the logit, with 0 and 1 apart, and what is predicted apart
/// from what is not.
///
/// Wide enough that some pixels of a labelled run are in each, on fine grids too; and the same for planes of every kind, so that one
/// kind can be judged by another.
struct ProbabilityPlaces: Sendable {
  /// One a level.
  let place: [Int]
  let probability: [Double]
  let isPredicted: [Bool]

  static let count = 2 * rows
  /// ±12, beyond which a logit is in the last row; and 0 and 1.
  private static let rows = 50

  init(_ kind: RunLevels.Kind, above threshold: Double) {
    let scale = LevelScale(kind)
    let limit = scale.rounded(threshold)
    var (place, probability, isPredicted) = ([Int](), [Double](), [Bool]())
    for level in 0..<scale.levels {
      let range = scale.probabilities(of: level)
      let middle = range.lowerBound + (range.upperBound - range.lowerBound) / 2
      probability.append(middle)
      isPredicted.append(middle > limit)
      place.append(
        ProbabilityPlaces.row(of: middle) + (middle > limit ? ProbabilityPlaces.rows : 0))
    }
    (self.place, self.probability, self.isPredicted) = (place, probability, isPredicted)
  }

  private static func row(of p: Double) -> Int {
    if p <= 0 { return 0 }
    if p >= 1 { return rows - 1 }
    let logit = naturalLogarithm(p / (1 - p))
    return 25 + Int(min(max((2 * logit).rounded(.down), -24), 23))
  }
}

/// How often a class is true at each probability.
struct ProbabilityWorth: Sendable {
  /// Place by place; `nil` where no pixel of the reference was. Empty where probabilities say it themselves.
  private let shares: [Double?]
  /// Taken there.
  private let otherwise: Decided?

  /// Probabilities are taken for what they say.
  static let saysItself = ProbabilityWorth(shares: [], otherwise: nil)

  private init(shares: [Double?], otherwise: Decided?) {
    (self.shares, self.otherwise) = (shares, otherwise)
  }

  /// As a labelled run had it.
  ///
  /// - Parameter otherwise: as it had it without regard to the probability.
  init(_ counts: LevelCounts, at places: ProbabilityPlaces, otherwise: Decided) {
    var own = [Int](repeating: 0, count: ProbabilityPlaces.count)
    var all = own
    for level in 0..<counts.levels {
      own[places.place[level]] += counts.own[level]
      all[places.place[level]] += counts.own[level] + counts.other[level]
    }
    shares = zip(own, all).map { $1 == 0 ? nil : Double($0) / Double($1) }
    self.otherwise = otherwise
  }

  /// `nil` where nothing says what some of the pixels are worth.
  func expected(
    _ own: [Int], _ other: [Int], at places: ProbabilityPlaces
  ) -> Worth.Expected? {
    var expected = Worth.Expected(both: 0, truth: 0)
    for level in own.indices where own[level] + other[level] > 0 {
      let share =
        shares.isEmpty
        ? places.probability[level]
        : shares[places.place[level]]
          ?? (places.isPredicted[level] ? otherwise?.predicted : otherwise?.rest)
      guard let share else { return nil }
      let found = Double(own[level] + other[level]) * share
      expected.truth += found
      if places.isPredicted[level] { expected.both += found }
    }
    return expected
  }

  func unseen(_ counts: LevelCounts, at places: ProbabilityPlaces) -> Double? {
    var (unseen, all) = (0, 0)
    for level in 0..<counts.levels {
      let pixels = counts.own[level] + counts.other[level]
      all += pixels
      if shares[places.place[level]] == nil { unseen += pixels }
    }
    return all == 0 ? nil : Double(unseen) / Double(all)
  }
}
