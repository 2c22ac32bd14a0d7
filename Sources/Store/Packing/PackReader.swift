import Core

/// Reads what a `PackWriter` wrote. What it did not write is noticed: then everything is 0 from there on, and
/// `isWhole` false.
struct PackReader {
  private let content: [UInt8]
  private var place = 0
  private var isDamaged = false

  /// No list of an image is longer.
  private static let mostItems = 1 << 26

  init(_ content: [UInt8]) { self.content = content }

  /// Whether every byte was read, and was what was expected.
  var isWhole: Bool { !isDamaged && place == content.count }

  mutating func count() -> Int {
    var (bits, shift) = (UInt64(0), 0)
    while let byte = next() {
      bits |= UInt64(byte & 0x7f) &<< UInt64(shift)
      if byte < 0x80 { return Int(truncatingIfNeeded: bits) }
      shift += 7
      if shift > 63 { break }
    }
    return damaged(0)
  }

  /// Of what there can be in an image.
  mutating func pixels() -> Int {
    let count = count()
    return (0...StoredRow.mostPixels).contains(count) ? count : damaged(0)
  }

  mutating func signed() -> Int {
    let bits = UInt(bitPattern: count())
    return Int(bitPattern: bits >> 1) ^ -Int(bits & 1)
  }

  mutating func sum() -> ExactSum {
    var (bits, shift) = (UInt128(0), 0)
    while let byte = next() {
      bits |= UInt128(byte & 0x7f) << UInt128(shift)
      if byte < 0x80 {
        let units = Int128(truncatingIfNeeded: bits >> 1) ^ -Int128(truncatingIfNeeded: bits & 1)
        return ExactSum(units: units)
      }
      shift += 7
      if shift > 127 { break }
    }
    return damaged(.zero)
  }

  mutating func text() -> String { String(decoding: bytes(), as: UTF8.self) }

  mutating func bytes() -> ArraySlice<UInt8> {
    let length = items()
    defer { place += length }
    return content[place..<place + length]
  }

  /// How many of something follow.
  mutating func items() -> Int {
    let count = count()
    // Each takes a byte at least.
    guard (0...min(content.count - place, Self.mostItems)).contains(count) else {
      return damaged(0)
    }
    return count
  }

  mutating func list<Item>(_ item: (inout PackReader) -> Item) -> [Item] {
    let count = items()
    var list: [Item] = []
    list.reserveCapacity(count)
    for _ in 0..<count { list.append(item(&self)) }
    return list
  }

  mutating func statistic<S: ColumnStatistic>(_: S.Type = S.self) -> S {
    var columns = ReadColumns(reader: self)
    var statistic = S.zero
    statistic.forEachColumn(&columns)
    self = columns.reader
    return statistic
  }

  private mutating func next() -> UInt8? {
    guard !isDamaged, place < content.count else { return nil }
    defer { place += 1 }
    return content[place]
  }

  mutating func damaged<Value>(_ value: Value) -> Value {
    isDamaged = true
    return value
  }
}

private struct ReadColumns: ColumnVisitor {
  var reader: PackReader

  mutating func callAsFunction(_: String, _ count: inout Int, _: String) { count = reader.pixels() }
  mutating func callAsFunction(_: String, _ sum: inout ExactSum, _: String) { sum = reader.sum() }
}
