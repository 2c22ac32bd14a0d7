import Core

/// Numbers one after the other, small ones in few bytes: counts in LEB128 (DWARF version 5, 7.6), differences and sums
/// the same way with the sign in the lowest bit.
struct PackWriter {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ count: Int) { add(bits: UInt64(UInt(bitPattern: count))) }

  /// A number that is mostly 0 or near it.
  mutating func add(signed number: Int) { add((number << 1) ^ (number >> (Int.bitWidth - 1))) }

  mutating func add(_ sum: ExactSum) {
    let units = sum.units
    var rest = UInt128(truncatingIfNeeded: (units << 1) ^ (units >> 127))
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func add(_ text: String) { add(bytes: text.utf8) }

  mutating func add(bytes more: some Collection<UInt8>) {
    add(more.count)
    bytes += more
  }

  mutating func add(_ counts: [Int]) {
    add(counts.count)
    for count in counts { add(count) }
  }

  mutating func add<S: ColumnStatistic>(_ statistic: S) {
    var columns = WrittenColumns(writer: self)
    bytes = []
    var statistic = statistic
    statistic.forEachColumn(&columns)
    self = columns.writer
  }

  /// All of them, where any is.
  mutating func add<S: ColumnStatistic>(_ statistics: [S]) {
    add(statistics.count)
    for statistic in statistics { add(statistic) }
  }

  private mutating func add(bits: UInt64) {
    var rest = bits
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

private struct WrittenColumns: ColumnVisitor {
  var writer: PackWriter

  mutating func callAsFunction(_: String, _ count: inout Int, _: String) { writer.add(count) }
  mutating func callAsFunction(_: String, _ sum: inout ExactSum, _: String) { writer.add(sum) }
}
