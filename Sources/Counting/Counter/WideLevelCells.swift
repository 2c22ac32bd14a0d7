internal import Core
internal import Raster

/// How often each level of a 16-bit plane occurs, apart for each standing of the truth.
///
/// One table of 32-bit counts: at up to 768 KB it is as large as the near caches allow.
struct WideLevelCells {
  // One part of an image never has 2³² pixels of a level.
  private var cells: [UInt32]
  /// For each byte of the truth, where the cells of its standing begin.
  private let rows: [Int]

  init(for truth: ClassTruth) {
    rows = truth.standings.map { Int($0) << 16 }
    cells = .init(repeating: 0, count: max(2 << 16, (rows.max() ?? 0) + 1 << 16))
  }

  /// - Parameter levels: two bytes for each of the truth.
  mutating func add(_ truth: Span<UInt8>, _ levels: RawSpan, areByteSwapped: Bool) {
    precondition(levels.byteCount == truth.count * 2)
    // The order of four numbers does not matter: swapping all eight bytes reverses it as well.
    if areByteSwapped {
      add(truth, levels, four: { $0.byteSwapped }, one: { $0.byteSwapped })
    } else {
      add(truth, levels, four: { $0 }, one: { $0 })
    }
  }

  @inline(__always)
  private mutating func add(
    _ truth: Span<UInt8>, _ levels: RawSpan, four: (UInt64) -> UInt64, one: (UInt16) -> UInt16
  ) {
    let words = truth.count / 8
    let standings = rows
    let (t, rows) = unsafe (truth.bytes, standings.span)
    var cells = cells.mutableSpan
    for index in 0..<words {
      let word = unsafe t.unsafeLoadUnaligned(fromByteOffset: index &* 8, as: UInt64.self)
      if word == (word & 255) &* 0x0101_0101_0101_0101 {
        // Away from borders, and that is nearly everywhere.
        let row = rows[Int(truncatingIfNeeded: word & 255)]
        for half in 0..<2 {
          let numbers = unsafe four(
            levels.unsafeLoadUnaligned(fromByteOffset: index &* 16 &+ half &* 8, as: UInt64.self))
          for place in 0..<4 as Range<UInt64> {
            let level = Int(truncatingIfNeeded: numbers &>> (place &* 16) & 0xffff)
            // Each row has 2¹⁶ levels.
            unsafe cells[unchecked: row | level] &+= 1
          }
        }
        continue
      }
      for pixel in index &* 8..<index &* 8 &+ 8 {
        let level = unsafe one(
          levels.unsafeLoadUnaligned(fromByteOffset: pixel &* 2, as: UInt16.self))
        cells[rows[Int(truth[pixel])] | Int(level)] &+= 1
      }
    }
    for pixel in words * 8..<truth.count {
      let level = unsafe one(
        levels.unsafeLoadUnaligned(fromByteOffset: pixel &* 2, as: UInt16.self))
      cells[rows[Int(truth[pixel])] | Int(level)] &+= 1
    }
  }

  /// Own and other pixels; those that do not count are gone.
  var counts: LevelCounts {
    LevelCounts(own: levels(of: Standing.own), other: levels(of: Standing.other))
  }

  /// How many pixels that do not count have a level above a probability.
  func ignored(above threshold: Float) -> Int {
    let first = Int(Standing.ignored) << 16
    guard cells.count > first else { return 0 }
    return (0..<1 << 16).reduce(0) { sum, level in
      cells[first | level] > 0 && Float(level) / 65535 > threshold
        ? sum + Int(cells[first | level]) : sum
    }
  }

  private func levels(of standing: UInt8) -> [Int] {
    let cells = cells.span.extracting(Int(standing) << 16..<Int(standing + 1) << 16)
    return unsafe .init(unsafeUninitializedCapacity: cells.count) { levels, count in
      for level in cells.indices { unsafe levels[level] = Int(cells[level]) }
      count = cells.count
    }
  }
}
