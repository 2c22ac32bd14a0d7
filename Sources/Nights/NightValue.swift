/// What one night says of a score or a loss.
package struct NightValue: Hashable, Sendable {
  /// `nil` where there was none that night; one that is not finite is none either.
  package var value: Double?
  /// The evidence was the same as the night before, so this is no new measurement.
  package var isRepeat: Bool

  package init(_ value: Double?, isRepeat: Bool = false) {
    self.value = value
    self.isRepeat = isRepeat
  }
}

/// The smallest step that matters in practice, however small the noise.
package enum PracticalFloor: Hashable, Sendable {
  /// In the unit of the values.
  case absolute(Double)
  /// A share of the level.
  case relative(Double)

  /// A fifth of a point of a score from 0 to 1: reports round to tenths of a point, and two runs of
  /// one model on two kinds of processor differ by less.
  package static let score = PracticalFloor.absolute(0.002)
  /// One in a hundred: a loss has no unit of its own.
  package static let loss = PracticalFloor.relative(0.01)

  func step(at level: Double) -> Double {
    switch self {
    case .absolute(let step): step
    case .relative(let share): share * level.magnitude
    }
  }
}

/// The nights that measured something.
struct MeasuredNights {
  var values: [Double] = []
  /// The night of each.
  var nights: [Int] = []
  /// The last night of each that still had its value: its own, or that of its last repeat.
  var lastNights: [Int] = []

  /// A repeat with nothing to repeat, or with another value, is a measurement.
  init(of nights: [NightValue]) {
    for (night, measured) in nights.enumerated() {
      guard let value = measured.value, value.isFinite else { continue }
      if measured.isRepeat, value == values.last {
        lastNights[lastNights.count - 1] = night
      } else {
        values.append(value)
        self.nights.append(night)
        lastNights.append(night)
      }
    }
  }
}
