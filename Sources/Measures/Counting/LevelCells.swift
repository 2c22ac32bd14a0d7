internal import Core

/// How often each level of an 8-bit plane occurs, apart for each standing of the truth.
///
/// A count that was just written cannot be read at once, so neighbours, which are often alike, count
/// in tables of their own; eight that are alike are counted together.
struct LevelCells {
  private var cells = [Int](repeating: 0, count: LevelCells.tables * LevelCells.size)

  private static let tables = 4
  /// Three standings of 256 levels.
  private static let size = 768

  mutating func add(_ standings: Span<UInt8>, _ levels: Span<UInt8>) {
    precondition(standings.count == levels.count)
    let words = levels.count / 8
    let (s, l) = unsafe (standings.bytes, levels.bytes)
    var cells = cells.mutableSpan
    for index in 0..<words {
      let standing = unsafe s.unsafeLoadUnaligned(fromByteOffset: index &* 8, as: UInt64.self)
      let level = unsafe l.unsafeLoadUnaligned(fromByteOffset: index &* 8, as: UInt64.self)
      if standing == LevelCells.repeated(standing) {
        // Away from borders, and that is nearly everywhere.
        let row = Int(truncatingIfNeeded: (standing & 3) &<< 8)
        if level == LevelCells.repeated(level) {
          cells[row | Int(truncatingIfNeeded: level & 255)] &+= 8
          continue
        }
        cells[LevelCells.cell(row, level, 0)] &+= 1
        cells[LevelCells.cell(row, level, 1)] &+= 1
        cells[LevelCells.cell(row, level, 2)] &+= 1
        cells[LevelCells.cell(row, level, 3)] &+= 1
        cells[LevelCells.cell(row, level, 4)] &+= 1
        cells[LevelCells.cell(row, level, 5)] &+= 1
        cells[LevelCells.cell(row, level, 6)] &+= 1
        cells[LevelCells.cell(row, level, 7)] &+= 1
        continue
      }
      for place in 0..<8 as Range<UInt64> {
        let row = Int(truncatingIfNeeded: (standing &>> (place &* 8) & 3) &<< 8)
        cells[LevelCells.cell(row, level, place)] &+= 1
      }
    }
    for index in words * 8..<levels.count {
      cells[Int(standings[index]) &<< 8 | Int(levels[index])] &+= 1
    }
  }

  /// Where the level at `place` of the word is counted, of a standing's row.
  @inline(__always)
  private static func cell(_ row: Int, _ level: UInt64, _ place: UInt64) -> Int {
    (row &+ Int(truncatingIfNeeded: place & 3) &* size)
      | Int(truncatingIfNeeded: level &>> (place &* 8) & 255)
  }

  @inline(__always)
  private static func repeated(_ word: UInt64) -> UInt64 {
    (word & 255) &* 0x0101_0101_0101_0101
  }

  /// Own and other pixels; those that do not count are gone.
  var histogram: LevelHistogram {
    var histogram = LevelHistogram.zero
    for level in 0..<256 {
      for table in 0..<LevelCells.tables {
        histogram.other[level] += cells[table * LevelCells.size + level]
        histogram.own[level] += cells[table * LevelCells.size + 256 + level]
      }
    }
    return histogram
  }
}
