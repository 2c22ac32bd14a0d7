internal import Core
internal import Tables

extension MeasureTable {
  /// Some places of the table alone.
  func choosing(_ places: [Int]) -> MeasureTable {
    switch self {
    case .losses(var losses):
      let table = losses.table
      losses.table = LossTable(
        sums: table.sums.choosing(places), terms: table.terms, levels: nil,
        weighted: table.weighted?.choosing(places))
      losses.repairs = nil
      return .losses(losses)
    case .ratios(let ratios): return .ratios(ratios.choosing(places))
    }
  }
}

extension Ratios {
  fileprivate func choosing(_ places: [Int]) -> Self {
    var some = self
    some.cells = cells.choosing(places)
    some.confusions = nil
    return some
  }
}

extension PlaceTable {
  fileprivate func choosing(_ places: [Int]) -> PlaceTable {
    let classes = layout.classes
    return PlaceTable(
      layout: layout.choosing(places),
      cells: places.flatMap { cells[($0 * classes)..<(($0 + 1) * classes)] })
  }
}
