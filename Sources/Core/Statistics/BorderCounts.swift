/// What is wrong with a class within some pixels of its border in the truth.
package struct BorderCounts: ColumnStatistic {
  /// Own pixels there.
  package var own: Int
  /// Own pixels there that were not predicted.
  package var missed: Int
  /// Other pixels there that were predicted as the class.
  package var taken: Int

  package init(own: Int = 0, missed: Int = 0, taken: Int = 0) {
    self.own = own
    self.missed = missed
    self.taken = taken
  }

  package mutating func forEachColumn(_ column: inout some ColumnVisitor) {
    column(
      "border_own_px", &own, "own pixels near the class's border; 0 where it was not counted")
    column("border_fn_px", &missed)
    column("border_fp_px", &taken)
  }

  package static let zero = BorderCounts()

  package static func + (a: BorderCounts, b: BorderCounts) -> BorderCounts {
    BorderCounts(own: a.own + b.own, missed: a.missed + b.missed, taken: a.taken + b.taken)
  }
}
