import Core

/// Where the rows of an image lie when its pixels are inflated: for each row a byte that names its
/// filter, then its samples (PNG specification, 7.2).
///
/// Undoing the filters moves the samples to the front, where rows follow each other without gaps.
/// Before them is a row of zeros, which is what the first row has above it, and behind all is room
/// for vectors that reach beyond the last row.
struct FilteredRows {
  /// Bytes of a row's samples.
  let length: Int
  let count: Int
  /// Bytes from a sample to the next, as the filters see it: 2 for 16 bits, otherwise 1.
  let step: Int
}

extension FilteredRows {
  /// nil where the sizes leave `Int`.
  init?(of header: PNGHeader) {
    let (bits, isTooLong) = header.width.multipliedReportingOverflow(by: header.bitDepth)
    guard !isTooLong, bits <= .max - 7 else { return nil }
    let length = (bits + 7) / 8
    // Twice the rows are more than all of the memory below.
    let (size, isTooLarge) = (length + 1).multipliedReportingOverflow(by: 2 * header.height + 1)
    guard !isTooLarge, size <= .max - Self.room else { return nil }
    self.init(length: length, count: header.height, step: header.bitDepth == 16 ? 2 : 1)
  }

  private static let room = 32

  /// Where a row's samples are in the end; those of the row above stand `length` bytes before.
  func samples(of row: Int) -> Int { (row + 1) * length }

  /// Where the inflated pixels go: far enough back that rows undone at once never overwrite what is
  /// still to be read.
  var inflated: Range<Int> {
    let start = samples(of: count < rowsAtOnce ? 0 : rowsAtOnce)
    return start..<start + count * (length + 1)
  }

  /// Where a row's filter stands; what it made of the samples follows.
  func filter(of row: Int) -> Int { inflated.lowerBound + row * (length + 1) }

  /// Bytes that all of it takes.
  var memory: Int { inflated.upperBound + Self.room }

  /// Zeros for what is neither inflated nor written before it is read.
  func clearAround(_ memory: inout MutableRawSpan) {
    for byte in 0..<samples(of: 0) { memory.store(0 as UInt8, at: byte) }
    for byte in inflated.upperBound..<self.memory { memory.store(0 as UInt8, at: byte) }
  }
}
