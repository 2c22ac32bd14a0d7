internal import Core
internal import Tables

/// What a chain that looks at images one by one makes of some of them: the value of each is the same
/// whichever others there are, so it is computed once.
struct ValuesOfImages {
  /// For each change the values of all images, image by image and class by class.
  private let values: [Values]
  private let rest: ArraySlice<Chain.Reduction>
  private let layout: Layout
  private let worst: Worst

  /// `nil` where the chain combines images before they have values, or a change leaves none.
  init?(_ table: MeasureTable, _ changes: [ChainJackknife.Change], _ chain: Chain) {
    guard let split = chain.splitAtImages else { return nil }
    let values = changes.compactMap { table.values(by: split.image, imagining: $0) }
    guard values.count == changes.count,
      values.allSatisfy({ $0.groups.count == table.layout.places.count })
    else { return nil }
    self.values = values
    rest = split.rest
    layout = table.layout
    worst = table.worst
  }

  /// The value with each change, of some places.
  func callAsFunction(_ places: [Int]) -> [Double?] {
    let chosen = layout.choosing(places)
    return values.map { values in
      let classes = values.classes
      let cells = places.lazy.flatMap { values.cells[($0 * classes)..<(($0 + 1) * classes)] }
      return Values(
        axes: values.axes, groups: chosen.groups(at: values.axes.innermost), classes: classes,
        cells: Values.Cells(cells)
      ).reduced(by: rest, in: chosen, worst: worst, after: [], describing: false).scalar
    }
  }
}

extension Layout {
  /// Some places alone.
  func choosing(_ chosen: [Int]) -> Layout {
    replacing(
      places: chosen.map { places[$0] },
      truth: chosen.flatMap { truth[($0 * classes)..<(($0 + 1) * classes)] })
  }
}
