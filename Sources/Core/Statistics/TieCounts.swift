/// How many of a class's probabilities are exactly at the threshold, on its own pixels and on the
/// others.
///
/// Here such a pixel is not predicted, as in torchmetrics; smp, Keras' BinaryIoU and MONAI predict it.
package struct TieCounts: ColumnStatistic {
  package var own: Int
  package var other: Int

  package init(own: Int = 0, other: Int = 0) {
    self.own = own
    self.other = other
  }

  package mutating func forEachColumn(_ column: inout some ColumnVisitor) {
    column("own_at_threshold_px", &own, "own pixels whose probability is exactly the threshold")
    column("other_at_threshold_px", &other)
  }

  package static let zero = TieCounts()

  package static func + (a: TieCounts, b: TieCounts) -> TieCounts {
    TieCounts(own: a.own + b.own, other: a.other + b.other)
  }
}

extension Overlap {
  /// What is predicted besides where a lower threshold predicts more.
  package func ties(below lower: Overlap) -> TieCounts {
    TieCounts(own: lower.both - both, other: lower.onlyPredicted - onlyPredicted)
  }
}
