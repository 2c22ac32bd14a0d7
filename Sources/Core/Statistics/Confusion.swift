/// How many pixels of each true class were predicted as each class, for exclusive classes.
///
/// Sparse, because of C² cells an image fills few. A row or column equal to the number of classes
/// stands for *no class of the list*.
package struct Confusion: Statistic {
  /// Sorted by cell; no count is 0.
  package private(set) var entries = Entries([])

  package struct Entry: Hashable, Sendable {
    package var truth: Int
    package var predicted: Int
    package var count: Int

    package init(truth: Int, predicted: Int, count: Int) {
      self.truth = truth
      self.predicted = predicted
      self.count = count
    }

    fileprivate var cell: (Int, Int) { (truth, predicted) }
  }

  package init() {}

  /// Cells that stand more than once are added up.
  package init(_ entries: [Entry]) {
    var cells: [Entry] = []
    for entry in entries.sorted(by: { $0.cell < $1.cell }) where entry.count != 0 {
      if let last = cells.last, last.cell == entry.cell {
        cells[cells.count - 1].count += entry.count
      } else {
        cells.append(entry)
      }
    }
    self.entries = Entries(cells)
  }

  package static let zero = Confusion()

  /// Pixels predicted as no class of the list; each is a miss.
  package func unlisted(classes: Int) -> Int {
    entries.reduce(0) { $0 + ($1.predicted == classes ? $1.count : 0) }
  }

  package static func + (a: Confusion, b: Confusion) -> Confusion {
    if a.entries.isEmpty { return b }
    if b.entries.isEmpty { return a }
    let (a, b) = (a.entries, b.entries)
    var cells: [Entry] = []
    cells.reserveCapacity(a.count + b.count)
    var (i, j) = (0, 0)
    while i < a.count || j < b.count {
      if j == b.count || (i < a.count && a[i].cell < b[j].cell) {
        cells.append(a[i])
        i += 1
      } else if i == a.count || b[j].cell < a[i].cell {
        cells.append(b[j])
        j += 1
      } else {
        var entry = a[i]
        entry.count += b[j].count
        cells.append(entry)
        (i, j) = (i + 1, j + 1)
      }
    }
    var sum = Confusion()
    sum.entries = Entries(cells)
    return sum
  }

  /// Of all of them. A run has one an image, so they are added up in a table of all pairs of classes, unless that
  /// were larger than they are.
  package static func sum(_ all: some Collection<Confusion>) -> Confusion {
    let largest = all.reduce(0) { $1.entries.reduce($0) { max($0, $1.truth, $1.predicted) } }
    guard largest < mostTabled else { return all.reduce(.zero, +) }
    let side = largest + 1
    var counts = [Int](repeating: 0, count: side * side)
    for confusion in all {
      for entry in confusion.entries { counts[entry.truth * side + entry.predicted] += entry.count }
    }
    var sum = Confusion()
    sum.entries = Entries(
      counts.indices.filter { counts[$0] != 0 }.map {
        Entry(truth: $0 / side, predicted: $0 % side, count: counts[$0])
      })
    return sum
  }

  /// Classes whose pairs take a table of 8 MB at most.
  private static let mostTabled = 1000

  /// What the pixels of one true class were predicted as.
  package func forEachPrediction(
    ofTruth truth: Int, _ body: (_ predicted: Int, _ count: Int) -> Void
  ) {
    entries.forEach(ofTruth: truth, body)
  }

  /// Each class's own two-by-two table, of `classes` classes.
  package func overlaps(classes: Int) -> [Overlap] {
    var overlaps = [Overlap](repeating: .zero, count: classes)
    var total = 0
    for entry in entries {
      total += entry.count
      if entry.truth == entry.predicted {
        if entry.truth < classes { overlaps[entry.truth].both += entry.count }
      } else {
        if entry.truth < classes { overlaps[entry.truth].onlyTrue += entry.count }
        if entry.predicted < classes { overlaps[entry.predicted].onlyPredicted += entry.count }
      }
    }
    for index in overlaps.indices { overlaps[index].neither = total - overlaps[index].union }
    return overlaps
  }
}

extension Confusion {
  /// A run has these for each image, so they take 8 bytes each where classes and counts are small
  /// enough, as those of an image nearly always are.
  package struct Entries: Hashable, Sendable, RandomAccessCollection {
    private var narrow: [Narrow] = []
    private var wide: [Entry] = []

    private struct Narrow: Hashable, Sendable {
      var truth: UInt16
      var predicted: UInt16
      var count: UInt32

      init?(_ entry: Entry) {
        guard let truth = UInt16(exactly: entry.truth),
          let predicted = UInt16(exactly: entry.predicted),
          let count = UInt32(exactly: entry.count)
        else { return nil }
        (self.truth, self.predicted, self.count) = (truth, predicted, count)
      }
    }

    fileprivate init(_ entries: [Entry]) {
      narrow.reserveCapacity(entries.count)
      for entry in entries {
        guard let entry = Narrow(entry) else {
          (narrow, wide) = ([], entries)
          return
        }
        narrow.append(entry)
      }
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { wide.isEmpty ? narrow.count : wide.count }

    package subscript(place: Int) -> Entry {
      guard wide.isEmpty else { return wide[place] }
      let entry = narrow[place]
      return Entry(
        truth: Int(entry.truth), predicted: Int(entry.predicted), count: Int(entry.count))
    }

    /// The first of so many places from which on something holds.
    private static func first(of count: Int, where holds: (Int) -> Bool) -> Int {
      var (low, high) = (0, count)
      while low < high {
        let middle = (low + high) / 2
        if holds(middle) { high = middle } else { low = middle + 1 }
      }
      return low
    }

    /// Through spans, because an iterator is a copy, and a run of 100,000 images is asked for each class.
    fileprivate func forEach(ofTruth truth: Int, _ body: (_ predicted: Int, _ count: Int) -> Void) {
      let (narrow, wide) = (narrow.span, wide.span)
      var place = Entries.first(of: narrow.count) { narrow[$0].truth >= truth }
      while place < narrow.count, narrow[place].truth == truth {
        body(Int(narrow[place].predicted), Int(narrow[place].count))
        place += 1
      }
      place = Entries.first(of: wide.count) { wide[$0].truth >= truth }
      while place < wide.count, wide[place].truth == truth {
        body(wide[place].predicted, wide[place].count)
        place += 1
      }
    }
  }
}
