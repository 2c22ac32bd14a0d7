/// How a row is written: every byte less a prediction of it (PNG specification, 9.2).
enum RowFilter: UInt8 {
  case none, sub, up, average, paeth
}

extension FilteredRows {
  /// Undoes the filters of all rows; false where there is one that does not exist.
  func unfilter(_ memory: inout MutableRawSpan) -> Bool {
    for first in Swift.stride(from: 0, to: count, by: rowsAtOnce) {
      let rows = first..<min(count, first + rowsAtOnce)
      for row in rows where filter(of: row, in: memory) == nil { return false }
      if isFasterAtOnce(rows, in: memory) {
        unfilterAtOnce(rows, of: &memory)
      } else {
        for row in rows { unfilter(row, of: &memory) }
      }
    }
    return true
  }

  func filter(of row: Int, in memory: borrowing MutableRawSpan) -> RowFilter? {
    RowFilter(rawValue: memory.load(filter(of: row)))
  }

  private func unfilter(_ number: Int, of memory: inout MutableRawSpan) {
    let row = Row(
      read: filter(of: number) + 1, written: samples(of: number), above: samples(of: number - 1),
      length: length)
    switch filter(of: number, in: memory) {
    case nil, RowFilter.none?: row.copy(&memory)
    case .sub: row.addLeft(&memory, step: step)
    case .up: row.addAbove(&memory)
    case .average: row.addAverage(&memory, step: step)
    case .paeth: row.addPaeth(&memory, step: step)
    }
  }

  /// Whether these rows are undone faster all at once than one by one: where more than a fifth of
  /// their bytes would go byte by byte. (Measured on noise, at once takes 0.7 ns a byte and byte by
  /// byte 3; copies and sums take less than 0.1.) One vector in eight is looked at.
  private func isFasterAtOnce(
    _ rows: Range<Int>, in memory: borrowing MutableRawSpan
  ) -> Bool {
    guard rows.count == rowsAtOnce, length >= 32 else { return false }
    var seen = 0
    var slow = 0
    for row in rows where row.isMultiple(of: 2) {
      let filter = filter(of: row, in: memory)
      let start = self.filter(of: row) + 1
      for byte in Swift.stride(from: start, to: start + length - 15, by: 64) {
        seen += 1
        switch filter {
        case .average: slow += 1
        case .paeth where step == 2 || !memory.load(byte, as: ByteVector.self).isZero: slow += 1
        default: break
        }
      }
    }
    return slow * 5 > seen
  }
}
