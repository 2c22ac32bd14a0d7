/// Turns a uniform 64-bit word into a Poisson(1) count, by inversion of the distribution function.
///
/// A count above 16, which one word in 10¹⁵ would have, becomes 16.
package struct Poisson: Sendable {
  /// P(X ≤ k) · 2⁶⁴ for k = 0 … 15: the count is the number of bounds that a word is not below.
  let bounds: [UInt64]
  /// The count of all words that begin with the same twelve bits, where they have the same.
  private var counts = [UInt8](repeating: Poisson.undecided, count: 4096)
  private static let undecided = UInt8.max

  package init() {
    var term = 0.36787944117144233  // 1/e
    var sum = 0.0
    bounds = (1...16).map { k in
      sum += term
      term /= Double(k)
      return UInt64(sum * 0x1p64)
    }
    for begin in counts.indices {
      let first = search(UInt64(begin) &<< 52)
      let last = search(UInt64(begin) &<< 52 | (1 &<< 52 - 1))
      if first == last { counts[begin] = first }
    }
  }

  @inline(__always)
  package func count(_ word: UInt64) -> UInt8 {
    let count = counts[Int(word &>> 52)]
    // A bound lies among the words that begin so: 16 of 4096 at most.
    return count == Poisson.undecided ? search(word) : count
  }

  private func search(_ word: UInt64) -> UInt8 {
    bounds.reduce(0) { word < $1 ? $0 : $0 + 1 }
  }
}
