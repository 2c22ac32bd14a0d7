/// How truth and prediction of one class meet: the four cells of its two-by-two table, in pixels.
package struct Overlap: ColumnStatistic {
  /// True positives.
  package var both = 0
  /// False negatives.
  package var onlyTrue = 0
  /// False positives.
  package var onlyPredicted = 0
  /// True negatives.
  package var neither = 0

  package init(both: Int = 0, onlyTrue: Int = 0, onlyPredicted: Int = 0, neither: Int = 0) {
    self.both = both
    self.onlyTrue = onlyTrue
    self.onlyPredicted = onlyPredicted
    self.neither = neither
  }

  package mutating func forEachColumn(_ column: inout some ColumnVisitor) {
    column("tp_px", &both)
    column("fn_px", &onlyTrue)
    column("fp_px", &onlyPredicted)
    column("tn_px", &neither)
  }

  package static let zero = Overlap()

  package static func + (a: Overlap, b: Overlap) -> Overlap {
    Overlap(
      both: a.both + b.both, onlyTrue: a.onlyTrue + b.onlyTrue,
      onlyPredicted: a.onlyPredicted + b.onlyPredicted, neither: a.neither + b.neither)
  }

  package var truth: Int { both + onlyTrue }
  package var predicted: Int { both + onlyPredicted }
  package var union: Int { both + onlyTrue + onlyPredicted }
  package var pixels: Int { union + neither }
}
