internal import Core
internal import Raster

/// How often each truth occurs with each prediction, counted by runs of equal pixels.
///
/// Neighbours in a label map are mostly the same: anything is added only where a run ends. All ends
/// of a piece are found first and added up afterwards: nested, the inner loop's length could not be
/// predicted.
struct PairCounts {
  /// Truth × prediction. After the classes comes *no class*, and in the truth after that what does
  /// not count. Empty where there are too many classes for a table of all pairs.
  var cells: [Int]
  /// Those pairs that occur, where the table would be too large.
  var few: [Int: Int]?
  let classes: Int
  private var ends = [UInt16](repeating: 0, count: PairCounts.pixelsAtOnce + 4)
  private static let pixelsAtOnce = 4096
  /// A table of more classes would take more than 32 MB for each worker.
  private static let mostInTable = 2046
  var side: Int { classes + 2 }

  init(classes: Int) {
    self.classes = classes
    let isTable = classes <= PairCounts.mostInTable
    cells = .init(repeating: 0, count: isTable ? (classes + 2) * (classes + 2) : 0)
    few = isTable ? nil : [:]
  }

  /// Where a label's row or column is.
  private func place(_ label: Label) -> Int {
    label == .ignored ? classes + 1 : min(Int(label), classes)
  }

  mutating func add(truth: Label, predicted: Label) {
    add(1, at: place(truth) &* side &+ place(predicted))
  }

  mutating func add(_ count: Int, at cell: Int) {
    if few == nil {
      cells[cell] &+= count
    } else {
      few?[cell, default: 0] += count
    }
  }

  /// For each byte of two maps the row and the column that it means.
  struct Places {
    fileprivate var rows: [Int]
    fileprivate var columns: [Int]
  }

  func places(truth: LabelMap, predicted: LabelMap) -> Places {
    Places(
      rows: truth.meanings.map { place($0) * side }, columns: predicted.meanings.map(place))
  }

  /// Adds the pixels of two pieces of equal length.
  mutating func add(_ truth: Span<UInt8>, _ predicted: Span<UInt8>, by places: Places) {
    precondition(truth.count == predicted.count)
    for first in stride(from: 0, to: truth.count, by: PairCounts.pixelsAtOnce) {
      let some = first..<min(first + PairCounts.pixelsAtOnce, truth.count)
      addAtOnce(truth.extracting(some), predicted.extracting(some), by: places)
    }
  }

  private mutating func addAtOnce(
    _ truth: Span<UInt8>, _ predicted: Span<UInt8>, by places: Places
  ) {
    let count = unsafe truth.withUnsafeBytes { truth in
      unsafe predicted.withUnsafeBytes { predicted in
        unsafe self.ends.withUnsafeMutableBytes { ends in
          guard let t = truth.baseAddress, let p = predicted.baseAddress,
            let ends = ends.baseAddress
          else { return 0 }
          return unsafe findEndsHere(t, p, count: truth.count, into: ends)
        }
      }
    }
    var start = 0
    let (rows, columns) = (places.rows.span, places.columns.span)
    let found = self.ends
    let ends = found.span.extracting(first: count)
    if few != nil {
      for index in ends.indices {
        let last = Int(ends[index])
        add(last + 1 - start, at: rows[Int(truth[last])] + columns[Int(predicted[last])])
        start = last + 1
      }
      return
    }
    var cells = cells.mutableSpan
    for index in ends.indices {
      let last = Int(ends[index])
      cells[rows[Int(truth[last])] &+ columns[Int(predicted[last])]] &+= last &+ 1 &- start
      start = last &+ 1
    }
  }

  /// What a tally takes: counted pixels, and of the others what is predicted there.
  func write(into tally: inout Tally) {
    var entries: [Confusion.Entry] = []
    func take(_ count: Int, at cell: Int, into tally: inout Tally) {
      let (truth, predicted) = cell.quotientAndRemainder(dividingBy: side)
      guard truth <= classes else {
        if predicted < classes { tally.classes[predicted].onIgnored = count }
        return
      }
      guard predicted <= classes else { return }
      entries.append(.init(truth: truth, predicted: predicted, count: count))
      tally.pixels += count
      if truth == classes { tally.unclassed += count }
    }
    if let few {
      for (cell, count) in few.sorted(by: { $0.key < $1.key }) {
        take(count, at: cell, into: &tally)
      }
    } else {
      for cell in cells.indices where cells[cell] > 0 { take(cells[cell], at: cell, into: &tally) }
    }
    tally.confusion = Confusion(entries)
  }
}
