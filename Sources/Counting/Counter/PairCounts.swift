internal import Core
internal import Raster

/// How often each truth occurs with each prediction, counted by runs of equal pixels.
///
/// Neighbours in a label map are mostly the same: anything is added only where a run ends. All ends
/// of a piece are found first and added up afterwards: nested, the inner loop's length could not be
/// predicted.
struct PairCounts {
  /// Truth × prediction. After the classes comes *no class*, and in the truth after that what does
  /// not count.
  private(set) var cells: [Int]
  private let classes: Int
  private var ends = [UInt16](repeating: 0, count: PairCounts.pixelsAtOnce + 4)
  private static let pixelsAtOnce = 4096
  private var side: Int { classes + 2 }

  init(classes: Int) {
    self.classes = classes
    let (count, _) = (classes + 2).multipliedReportingOverflow(by: classes + 2)
    cells = .init(repeating: 0, count: count)
  }

  /// Where a label's row or column is.
  private func place(_ label: Label) -> Int {
    label == .ignored ? classes + 1 : min(Int(label), classes)
  }

  mutating func add(truth: Label, predicted: Label) {
    cells[place(truth) &* side &+ place(predicted)] &+= 1
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
    for truth in 0...classes {
      for predicted in 0...classes {
        let count = cells[truth * side + predicted]
        guard count > 0 else { continue }
        entries.append(.init(truth: truth, predicted: predicted, count: count))
        tally.pixels += count
        if truth == classes { tally.unclassed += count }
      }
    }
    tally.confusion = Confusion(entries)
    for c in 0..<classes { tally.classes[c].onIgnored = cells[(classes + 1) * side + c] }
  }
}
