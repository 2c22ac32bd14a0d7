/// A row of counts, in four bytes each as long as all of them fit.
///
/// A table has one for each image and class of a run, and no image has 2³² pixels of a class.
package struct Counts: Hashable, Sendable {
  private var narrow: [UInt32] = []
  private var wide: [Int] = []

  package init(_ counts: [Int]) {
    narrow.reserveCapacity(counts.count)
    for count in counts {
      guard let count = UInt32(exactly: count) else {
        (narrow, wide) = ([], counts)
        return
      }
      narrow.append(count)
    }
  }

  package var count: Int { wide.isEmpty ? narrow.count : wide.count }

  package subscript(place: Int) -> Int { wide.isEmpty ? Int(narrow[place]) : wide[place] }

  /// The counts of neighbouring places.
  package subscript(places: Range<Int>) -> [Int] {
    wide.isEmpty ? narrow[places].map { Int($0) } : Array(wide[places])
  }
}
