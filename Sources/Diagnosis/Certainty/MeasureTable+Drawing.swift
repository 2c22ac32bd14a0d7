internal import Core
internal import Tables

extension MeasureTable {
  /// Some places of the table, as often as they are named; each is an image of its own.
  func drawing(_ places: [Int]) -> MeasureTable {
    switch self {
    case .losses(var losses):
      let table = losses.table
      losses.table = LossTable(
        sums: table.sums.drawing(places), terms: table.terms, levels: nil,
        weighted: table.weighted?.drawing(places))
      losses.repairs = nil
      return .losses(losses)
    case .ratios(let ratios): return .ratios(ratios.drawing(places))
    }
  }
}

extension Ratios {
  fileprivate func drawing(_ places: [Int]) -> Self {
    var drawn = self
    drawn.cells = cells.drawing(places)
    drawn.confusions = nil
    return drawn
  }
}

extension PlaceTable {
  fileprivate func drawing(_ drawn: [Int]) -> PlaceTable {
    let classes = layout.classes
    return PlaceTable(
      layout: layout.drawing(drawn),
      cells: drawn.flatMap { cells[($0 * classes)..<(($0 + 1) * classes)] })
  }
}
