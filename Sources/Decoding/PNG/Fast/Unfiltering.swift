/// How a row is written: every byte less a prediction of it (PNG specification, 9.2).
enum RowFilter: UInt8 {
  case none, sub, up, average, paeth
}

extension FilteredRows {
  /// Undoes the filters of all rows, in place; false where there is one that does not exist.
  func unfilter(_ memory: inout MutableRawSpan) -> Bool {
    for first in Swift.stride(from: 0, to: count, by: rowsAtOnce) {
      let rows = first..<min(count, first + rowsAtOnce)
      guard let filters = filters(of: rows, in: memory) else { return false }
      if isFasterAtOnce(rows, filters, in: memory) {
        unfilterAtOnce(rows, filters, of: &memory)
      } else {
        for (row, filter) in zip(rows, filters) { unfilter(row, filter, of: &memory) }
      }
    }
    return true
  }

  private func filters(
    of rows: Range<Int>, in memory: borrowing MutableRawSpan
  ) -> [RowFilter]? {
    var filters: [RowFilter] = []
    for row in rows {
      guard let filter = RowFilter(rawValue: memory.load(start(of: row) - 1)) else { return nil }
      filters.append(filter)
    }
    return filters
  }

  private func unfilter(_ row: Int, _ filter: RowFilter, of memory: inout MutableRawSpan) {
    let bytes = start(of: row)..<start(of: row) + length
    switch filter {
    case .none: break
    case .sub: addLeft(bytes, &memory)
    case .up: addAbove(bytes, &memory)
    case .average: addAverage(bytes, &memory)
    case .paeth: addPaeth(bytes, &memory)
    }
  }

  /// Whether these rows are sooner undone all at once than one by one: where more than a fifth of
  /// them would go byte by byte. (Measured on noise, at once takes 0.7 ns a byte and byte by byte
  /// 3; copies and sums take less than 0.1.) One vector in eight is looked at.
  private func isFasterAtOnce(
    _ rows: Range<Int>, _ filters: [RowFilter], in memory: borrowing MutableRawSpan
  ) -> Bool {
    guard rows.count == rowsAtOnce, length >= 32 else { return false }
    var seen = 0
    var slow = 0
    for (row, filter) in zip(rows, filters) where row.isMultiple(of: 2) {
      for byte in Swift.stride(from: start(of: row), to: start(of: row) + length - 15, by: 64) {
        seen += 1
        switch filter {
        case .none, .sub, .up: break
        case .paeth where step == 1 && memory.load(byte, as: ByteVector.self).isZero: break
        case .average, .paeth: slow += 1
        }
      }
    }
    return slow * 5 > seen
  }
}
