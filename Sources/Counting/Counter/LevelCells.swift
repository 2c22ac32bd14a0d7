internal import Core
internal import Raster

/// How often each level of an 8-bit plane occurs, apart for each standing of the truth.
///
/// Reading a count that was just written stalls, and neighbours are often equal, so each of eight
/// neighbours has its own table.
struct LevelCells {
  // 32 bits, so that all tables (24 KB) fit the nearest cache. No image has 2³² pixels of one level
  // in one of them.
  private var cells = [UInt32](repeating: 0, count: LevelCells.tables * LevelCells.size)
  /// For each byte of the truth, where the cells of its standing begin.
  private let rows: [Int]

  private static let tables = 8
  /// Three standings of 256 levels.
  private static let size = 768

  init(for truth: ClassTruth) { rows = truth.standings.map { Int($0) << 8 } }

  mutating func add(_ truth: Span<UInt8>, _ levels: Span<UInt8>) {
    precondition(truth.count == levels.count)
    let words = levels.count / 8
    let (t, l) = unsafe (truth.bytes, levels.bytes)
    let standings = rows
    let rows = standings.span
    unsafe cells.withUnsafeMutableBufferPointer { cells in
      guard let cells = cells.baseAddress else { return }
      for index in 0..<words {
        let word = unsafe t.unsafeLoadUnaligned(fromByteOffset: index &* 8, as: UInt64.self)
        let level = unsafe l.unsafeLoadUnaligned(fromByteOffset: index &* 8, as: UInt64.self)
        if word == (word & 255) &* 0x0101_0101_0101_0101 {
          // Away from borders, and that is nearly everywhere.
          let row = unsafe cells + rows[Int(truncatingIfNeeded: word & 255)]
          if level == (level & 255) &* 0x0101_0101_0101_0101 {
            // Sure of it, or sure that it is not: 0 or 255.
            unsafe row[Int(truncatingIfNeeded: level & 255)] &+= 8
            continue
          }
          unsafe LevelCells.count(level, 0, row)
          unsafe LevelCells.count(level, 1, row)
          unsafe LevelCells.count(level, 2, row)
          unsafe LevelCells.count(level, 3, row)
          unsafe LevelCells.count(level, 4, row)
          unsafe LevelCells.count(level, 5, row)
          unsafe LevelCells.count(level, 6, row)
          unsafe LevelCells.count(level, 7, row)
          continue
        }
        for place in 0..<8 as Range<UInt64> {
          let row = rows[Int(truncatingIfNeeded: word &>> (place &* 8) & 255)]
          unsafe LevelCells.count(level, place, cells + row)
        }
      }
      for index in words * 8..<levels.count {
        unsafe cells[rows[Int(truth[index])] + Int(levels[index])] &+= 1
      }
    }
  }

  /// Counts the level at `place` of the word.
  ///
  /// - Parameter row: the first cell of the standing; the tables have eight places, three rows and
  ///   256 levels.
  @inline(__always)
  private static func count(_ word: UInt64, _ place: UInt64, _ row: UnsafeMutablePointer<UInt32>) {
    let level = Int(truncatingIfNeeded: word &>> (place &* 8) & 255)
    unsafe row[Int(truncatingIfNeeded: place) &* size &+ level] &+= 1
  }

  /// Own and other pixels; those that do not count are gone.
  var histogram: LevelHistogram {
    LevelHistogram(own: levels(of: Standing.own), other: levels(of: Standing.other))
  }

  /// How often each level occurs where the truth does not count.
  var ignored: [Int] { levels(of: Standing.ignored) }

  private func levels(of standing: UInt8) -> [Int] {
    var levels = [Int](repeating: 0, count: 256)
    var sums = levels.mutableSpan
    for table in 0..<LevelCells.tables {
      let first = table * LevelCells.size + (Int(standing) << 8)
      let cells = cells.span.extracting(first..<first + 256)
      for level in cells.indices { sums[level] &+= Int(cells[level]) }
    }
    return levels
  }
}
