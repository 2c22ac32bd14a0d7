/// How many pixels of each true class were predicted as each class, for exclusive classes.
///
/// Sparse, because of C² cells an image fills few. A row or column equal to the number of classes
/// stands for *no class of the list*.
package struct Confusion: Statistic {
  /// Sorted by cell; no count is 0.
  package private(set) var entries: [Entry] = []

  package struct Entry: Hashable, Sendable {
    // A run has a confusion for each image: two thirds of the room that three integers take.
    private var row: Int32
    private var column: Int32
    package var count: Int

    /// Classes beyond 2³¹ are held at that; no list has as many.
    package init(truth: Int, predicted: Int, count: Int) {
      row = Int32(clamping: truth)
      column = Int32(clamping: predicted)
      self.count = count
    }

    package var truth: Int {
      get { Int(row) }
      set { row = Int32(clamping: newValue) }
    }

    package var predicted: Int {
      get { Int(column) }
      set { column = Int32(clamping: newValue) }
    }

    fileprivate var cell: (Int, Int) { (truth, predicted) }
  }

  package init() {}

  /// Cells that stand more than once are added up.
  package init(_ entries: [Entry]) {
    // No more room than is needed: this is what stays of an image.
    self.entries.reserveCapacity(entries.count)
    for entry in entries.sorted(by: { $0.cell < $1.cell }) where entry.count != 0 {
      if let last = self.entries.last, last.cell == entry.cell {
        self.entries[self.entries.count - 1].count += entry.count
      } else {
        self.entries.append(entry)
      }
    }
  }

  package static let zero = Confusion()

  /// Pixels predicted as no class of the list; each is a miss.
  package func unlisted(classes: Int) -> Int {
    entries.reduce(0) { $0 + ($1.predicted == classes ? $1.count : 0) }
  }

  package static func + (a: Confusion, b: Confusion) -> Confusion {
    if a.entries.isEmpty { return b }
    if b.entries.isEmpty { return a }
    var sum = Confusion()
    sum.entries.reserveCapacity(a.entries.count + b.entries.count)
    var (i, j) = (0, 0)
    while i < a.entries.count || j < b.entries.count {
      if j == b.entries.count || (i < a.entries.count && a.entries[i].cell < b.entries[j].cell) {
        sum.entries.append(a.entries[i])
        i += 1
      } else if i == a.entries.count || b.entries[j].cell < a.entries[i].cell {
        sum.entries.append(b.entries[j])
        j += 1
      } else {
        var entry = a.entries[i]
        entry.count += b.entries[j].count
        sum.entries.append(entry)
        (i, j) = (i + 1, j + 1)
      }
    }
    return sum
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
