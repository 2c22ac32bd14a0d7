import Core
import Foundation

/// Sums: the units in two's complement, 16 bytes each, the most significant first.
extension Data {
  /// Nothing at all where all sums are 0, as most rows of a square of repairs are.
  init(sums: ArraySlice<ExactSum>) {
    self.init(sums.allSatisfy { $0 == .zero } ? [] : sums.flatMap(\.bigEndianBytes))
  }
}

extension ExactSum {
  fileprivate var bigEndianBytes: [UInt8] {
    unsafe withUnsafeBytes(of: units.bigEndian) { unsafe [UInt8]($0) }
  }

  init?(stored bytes: Data) {
    guard bytes.count == 16 else { return nil }
    let units = bytes.reduce(UInt128(0)) { $0 &<< 8 | UInt128($1) }
    self.init(units: Int128(truncatingIfNeeded: units))
  }

  /// The `count` sums that `Data(sums:)` was made of; nothing where it was not.
  static func sums(stored bytes: Data, count: Int) -> [ExactSum]? {
    if bytes.isEmpty { return [ExactSum](repeating: .zero, count: count) }
    let sums = stride(from: bytes.startIndex, to: bytes.endIndex, by: 16)
      .compactMap { ExactSum(stored: bytes[$0...].prefix(16)) }
    return sums.count == count && bytes.count == 16 * count ? sums : nil
  }
}

/// Counts: LEB128, 7 bits a byte and the lowest first (DWARF version 5, 7.6), because most counts
/// of a histogram are small. Zeros at the end are left out.
extension Data {
  init(counts: [Int]) {
    let end = counts.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0
    // Room for the longest; appending asks at each byte for whom it is.
    var bytes = [UInt8](repeating: 0, count: end * 10)
    var room = bytes.mutableSpan
    var length = 0
    for index in 0..<end {
      var rest = UInt(bitPattern: counts[index])
      while rest >= 0x80 {
        room[length] = UInt8(truncatingIfNeeded: rest) | 0x80
        length += 1
        rest >>= 7
      }
      room[length] = UInt8(truncatingIfNeeded: rest)
      length += 1
    }
    self.init(bytes[..<length])
  }

  /// The `total` counts that `Data(counts:)` was made of; nothing where it was not.
  func counts(_ total: Int) -> [Int]? {
    guard let counts, counts.count <= total else { return nil }
    return counts + [Int](repeating: 0, count: total - counts.count)
  }

  /// Those of them before the zeros at the end.
  var counts: [Int]? {
    var counts: [Int] = []
    counts.reserveCapacity(count)
    var (count, shift) = (0, 0)
    for byte in self {
      // Eight times 7 bits hold every count below 2⁵⁶, which is more than may be.
      guard shift < 56 else { return nil }
      count |= Int(byte & 0x7f) << shift
      shift += 7
      if byte < 0x80 {
        counts.append(count)
        (count, shift) = (0, 0)
      }
    }
    return shift == 0 ? counts : nil
  }
}
