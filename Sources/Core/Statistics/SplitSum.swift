/// A sum over a class's own pixels, and one over all others.
package struct SplitSum: ColumnStatistic {
  package var own: ExactSum
  package var other: ExactSum

  package init(own: ExactSum = .zero, other: ExactSum = .zero) {
    self.own = own
    self.other = other
  }

  package mutating func forEachColumn(_ column: inout some ColumnVisitor) {
    column("own", &own)
    column("other", &other)
  }

  package static let zero = SplitSum()

  package static func + (a: SplitSum, b: SplitSum) -> SplitSum {
    SplitSum(own: a.own + b.own, other: a.other + b.other)
  }
}
