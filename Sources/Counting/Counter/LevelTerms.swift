internal import Core

/// A term for each level, which a histogram counts once for each pixel at that level.
///
/// Kept as digits of 32 bits, because a processor multiplies several such numbers at once. The sums
/// are exact, so the result is the same as with whole terms.
struct LevelTerms: Sendable {
  private var low: [UInt32] = []
  private var high: [UInt32] = []
  /// What lies above, where there is anything: a term of 16 or more.
  private var rest: [(level: Int, digit: Int64)] = []

  init(_ terms: [ExactSum]) {
    for (level, term) in terms.enumerated() {
      low.append(UInt32(truncatingIfNeeded: term.units))
      high.append(UInt32(truncatingIfNeeded: term.units >> 32))
      let digit = Int64(truncatingIfNeeded: term.units >> 64)
      if digit != 0 { rest.append((level, digit)) }
    }
  }

  init(_ terms: [Double]) {
    // What one pixel adds is far below the limit of `ExactSum`.
    self.init(terms.map { ExactSum($0) ?? .zero })
  }

  var levels: Int { low.count }

  subscript(level: Int) -> ExactSum {
    let digit = rest.first { $0.level == level }?.digit ?? 0
    return ExactSum(
      units: Int128(digit) << 64 | Int128(high[level]) << 32 | Int128(low[level]))
  }

  /// - Parameters:
  ///   - counts: one for each level, none of them negative.
  ///   - pixels: their sum.
  func sum(_ counts: [Int], pixels: Int) -> ExactSum {
    precondition(counts.count == levels, "a count for each level")
    // Up to here the sums of products fit 64 bits.
    guard pixels < 1 << 32 else {
      return counts.indices.reduce(.zero) { $0 + self[$1] * counts[$1] }
    }
    let (lows, highs) = LevelTerms.sums(counts.span, low.span, high.span)
    var units = Int128(lows) &+ Int128(highs) << 32
    for (level, digit) in rest { units &+= (Int128(digit) << 64) &* Int128(counts[level]) }
    return ExactSum(units: units)
  }

  /// There are 256 levels or 65,536.
  private static func sums(
    _ counts: Span<Int>, _ low: Span<UInt32>, _ high: Span<UInt32>
  ) -> (UInt64, UInt64) {
    precondition(counts.count.isMultiple(of: 8))
    return unsafe counts.withUnsafeBytes { counts in
      unsafe low.withUnsafeBytes { low in
        unsafe high.withUnsafeBytes { high in
          guard let count = counts.baseAddress, let low = low.baseAddress,
            let high = high.baseAddress
          else { return (0, 0) }
          return unsafe sumDigitsHere(count, low, high, count: counts.count / 8)
        }
      }
    }
  }
}
