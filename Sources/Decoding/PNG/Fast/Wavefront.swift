// Paeth and Average go from sample to sample, each waiting for the one before. But a sample needs
// only what lies to its left and above. So sixteen rows (eight where a sample has two bytes) are
// undone at once, each a sample behind the row above it:
//
//     . . . . x
//     . . . x
//     . . x            x: what one step gives
//     . x
//
// What lies above a sample is what the row above gave a step ago, and what lies to its upper left
// is what that gave two steps ago.

extension FilteredRows {
  /// How many rows are undone at once: as many as there are samples in a vector.
  var rowsAtOnce: Int { 16 / step }

  /// Undoes `rowsAtOnce` rows, each by its own filter.
  func unfilterAtOnce(_ rows: Range<Int>, of memory: inout MutableRawSpan) {
    precondition(rows.count == rowsAtOnce && length >= 16)
    let filters = FilterMasks(rows.map { memory.load(filter(of: $0)) }, step: step)
    // The step as a literal: a loop for each.
    if step == 1 {
      unfilterAtOnce(from: rows.lowerBound, filters, step: 1, &memory)
    } else {
      unfilterAtOnce(from: rows.lowerBound, filters, step: 2, &memory)
    }
  }

  /// The rows are taken in squares of samples, a vector of each row; turned, the vectors of the
  /// square are the steps.
  @inline(__always)
  private func unfilterAtOnce(
    from row: Int, _ filters: FilterMasks, step: Int, _ memory: inout MutableRawSpan
  ) {
    var vectors = InlineArray<32, ByteVector>(repeating: ByteVector())
    var square = vectors.mutableSpan
    var left = ByteVector()
    var upperLeft = ByteVector()
    // The last row is the last to end.
    for first in Swift.stride(from: 0, to: length + 16 - step, by: 16) {
      var (byte, column) = (filter(of: row) + 1 + first, first)
      for index in 0..<16 / step {
        // What lies before a row must be 0, which is what its first sample has to the left.
        square[index] = inRow(column, memory.load(byte), else: ByteVector())
        byte += length + 1 - step
        column -= step
      }

      turn(&square, step: step)
      byte = samples(of: row - 1) + first
      for index in 0..<16 / step {
        let above =
          step == 1
          ? left.moved(behind: memory.load(byte, as: UInt8.self))
          : left.moved(behind: memory.load(byte, as: UInt16.self))
        left =
          square[index]
          &+ prediction(by: filters, left: left, above: above, upperLeft: upperLeft)
        square[index] = left
        upperLeft = above
        byte += step
      }
      turn(&square, step: step)

      (byte, column) = (samples(of: row) + first, first)
      for index in 0..<16 / step {
        memory.store(inRow(column, square[index], else: memory.load(byte)), at: byte)
        byte += length - step
        column -= step
      }
    }
  }

  /// `inner` where a vector that begins at `column` lies in the row, and `outer` elsewhere.
  @inline(__always)
  private func inRow(_ column: Int, _ inner: ByteVector, else outer: ByteVector) -> ByteVector {
    if column >= 0, column + 16 <= length { return inner }
    let first = ByteVector(repeating: UInt8(max(0, min(16, -column))))
    let end = ByteVector(repeating: UInt8(max(0, min(16, length - column))))
    return
      inner
      .replacing(with: outer, where: ByteVector.places .< first)
      .replacing(with: outer, where: ByteVector.places .>= end)
  }
}

/// For each filter, all bits set in the places of the rows that have it.
private struct FilterMasks {
  let sub, up, average, paeth: ByteVector

  /// - Parameter filters: of each row the number.
  init(_ filters: [UInt8], step: Int) {
    var numbers = ByteVector()
    for filter in filters.reversed() {
      for _ in 0..<step { numbers = numbers.moved(behind: filter) }
    }
    func places(of filter: RowFilter) -> ByteVector {
      ByteVector(where: numbers .== ByteVector(repeating: filter.rawValue))
    }
    (sub, up) = (places(of: .sub), places(of: .up))
    (average, paeth) = (places(of: .average), places(of: .paeth))
  }
}

@inline(__always)
private func prediction(
  by filters: FilterMasks, left: ByteVector, above: ByteVector, upperLeft: ByteVector
) -> ByteVector {
  let half = (left & above) &+ (left ^ above) &>> 1
  let nearest = paeth(left: left, above: above, upperLeft: upperLeft)
  return left & filters.sub | above & filters.up | half & filters.average
    | nearest & filters.paeth
}

/// Makes columns of the rows of a square: 16 × 16 bytes, or 8 × 8 pairs of bytes. What lies behind
/// it in `square` is room to work in.
///
/// The place of a sample is a number whose upper bits are its row and whose lower bits its column.
/// When the first half of the rows is interleaved with the second, these bits turn by one: after as
/// many times as a row has bits, row and column have changed places.
@inline(__always)
private func turn(_ square: inout MutableSpan<ByteVector>, step: Int) {
  if step == 1 {
    interleaveBytes(&square, from: 0, to: 16)
    interleaveBytes(&square, from: 16, to: 0)
    interleaveBytes(&square, from: 0, to: 16)
    interleaveBytes(&square, from: 16, to: 0)
  } else {
    interleavePairs(&square, from: 0, to: 16)
    interleavePairs(&square, from: 16, to: 8)
    interleavePairs(&square, from: 8, to: 0)
  }
}

@inline(__always)
private func interleaveBytes(_ square: inout MutableSpan<ByteVector>, from: Int, to: Int) {
  for index in 0..<8 {
    let (a, b) = (square[from + index], square[from + index + 8])
    square[to + 2 * index] = a.firstBytes(with: b)
    square[to + 2 * index + 1] = a.lastBytes(with: b)
  }
}

@inline(__always)
private func interleavePairs(_ square: inout MutableSpan<ByteVector>, from: Int, to: Int) {
  for index in 0..<4 {
    let (a, b) = (square[from + index], square[from + index + 4])
    square[to + 2 * index] = a.firstPairs(with: b)
    square[to + 2 * index + 1] = a.lastPairs(with: b)
  }
}
