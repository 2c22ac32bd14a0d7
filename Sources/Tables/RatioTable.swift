package import Core

/// One ratio of a run, everywhere.
package struct RatioTable<Cell: RatioCell>: Ratios {
  package var cells: PlaceTable<Cell>
  package var ratio: Ratio<Cell>
  package var worst: Worst
  package var confusions: [Confusion]?

  package init(
    cells: PlaceTable<Cell>, ratio: Ratio<Cell>, worst: Worst? = nil,
    confusions: [Confusion]? = nil
  ) {
    self.cells = cells
    self.ratio = ratio
    self.worst = worst ?? ratio.worst
    self.confusions = confusions
  }
}

/// One ratio of a run, of whatever statistic.
package protocol Ratios: AnyRatio {
  var cells: PlaceTable<Cell> { get set }
  /// Each place's, where decisions of classes exclude each other.
  var confusions: [Confusion]? { get set }
}

extension Ratios {
  package var layout: Layout { cells.layout }

  /// Everything as one place.
  package var merged: Self {
    var merged = self
    merged.cells = cells.merged
    merged.confusions = confusions.map { [Confusion.sum($0)] }
    return merged
  }

  /// Neighbouring places alone.
  package subscript(places: Range<Int>) -> Self {
    var some = self
    some.cells = cells[places]
    some.confusions = confusions.map { Array($0[places]) }
    return some
  }

  package func reduced(by chain: Chain, describing: Bool) -> Outcome {
    cells.reduced(by: chain, worst: worst, score: ratio, describing: describing)
  }
}
