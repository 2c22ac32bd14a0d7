internal import Core
internal import Tables

/// What a chain that looks at images one by one makes of drawn images: the value of each is the same
/// in every draw, so it is computed once.
struct DrawnValues {
  /// For each change the values of all images, image by image and class by class.
  private let values: [Values]
  private let rest: ArraySlice<Chain.Reduction>
  private let layout: Layout
  private let worst: Worst

  /// `nil` where the chain combines images before they have values, or a change leaves none.
  init?(_ table: MeasureTable, _ changes: [ChainResampling.Change], _ chain: Chain) {
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

  /// The value with each change, of places as often as they are named.
  func callAsFunction(_ places: [Int]) -> [Double?] {
    let drawn = layout.drawing(places)
    return values.map { values in
      let classes = values.classes
      let cells = places.lazy.flatMap { values.cells[($0 * classes)..<(($0 + 1) * classes)] }
      return Values(
        axes: values.axes, groups: drawn.groups(at: values.axes.innermost), classes: classes,
        cells: Values.Cells(cells)
      ).reduced(by: rest, in: drawn, worst: worst, after: [], describing: false).scalar
    }
  }
}

extension Layout {
  /// Some places, as often as they are named; each is an image of its own.
  func drawing(_ drawn: [Int]) -> Layout {
    let copies = drawn.enumerated().map { index, place in
      var copy = places[place]
      copy.image = index
      copy.tile = index
      return copy
    }
    return replacing(
      places: copies, truth: drawn.flatMap { truth[($0 * classes)..<(($0 + 1) * classes)] })
  }
}
