import Core

/// Where the rows of an image lie when its pixels are inflated: for each row a byte that names its
/// filter, then its samples (PNG specification, 7.2).
///
/// In front of them is a row of zeros, which is what the first row has above it, and behind them
/// room for vectors that reach beyond the last row.
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
    let (size, isTooLarge) = (length + 1).multipliedReportingOverflow(by: header.height + 1)
    guard !isTooLarge, size <= .max - Self.room else { return nil }
    self.init(length: length, count: header.height, step: header.bitDepth == 16 ? 2 : 1)
  }

  private static let room = 32

  /// Bytes from a row to the next.
  var stride: Int { length + 1 }

  /// Where the inflated pixels go.
  var place: Range<Int> { stride..<stride + count * stride }

  /// Bytes that it takes in all.
  var memory: Int { place.upperBound + Self.room }

  /// Where a row's samples begin; its filter stands before them.
  func start(of row: Int) -> Int { (row + 1) * stride + 1 }

  /// Zeros for what is not inflated.
  func clearAround(_ memory: inout MutableRawSpan) {
    for byte in 0..<place.lowerBound { memory.store(0 as UInt8, at: byte) }
    for byte in place.upperBound..<self.memory { memory.store(0 as UInt8, at: byte) }
  }
}
