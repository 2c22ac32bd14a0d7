internal import Core
internal import Tables

extension MeasureTable {
  /// The chain's value of the table with an imagined change; `nil` where the change cannot be
  /// imagined or leaves no value.
  ///
  /// - Parameter change: changes each image by itself. While the chain treats images apart, a few
  ///   at a time are changed and dropped: they fit the cache, and a changed copy of 100,000 images
  ///   would take as much memory as their evidence.
  func value(
    by chain: Chain, imagining change: (MeasureTable) -> MeasureTable?
  ) -> Double? {
    guard layout.places.count > MeasureTable.placesAtOnce, let split = chain.splitAtImages else {
      return change(self)?.value(by: chain)
    }
    guard let values = values(by: split.image, imagining: change) else { return nil }
    return values.reduced(
      by: split.rest, in: layout, worst: worst, after: [], describing: false
    ).scalar
  }

  /// What is left of each image after the steps that look at one at a time.
  func values(by chain: Chain, imagining change: (MeasureTable) -> MeasureTable?) -> Values? {
    let images = layout.groups(at: .image)
    var all: Values?
    for first in stride(from: 0, to: images.count, by: MeasureTable.placesAtOnce) {
      let last = min(first + MeasureTable.placesAtOnce, images.count) - 1
      let places = images[first].places.lowerBound..<images[last].places.upperBound
      guard let changed = change(self[places]) else { return nil }
      let values = changed.reduced(by: chain, describing: false).values
      if all == nil {
        all = Values(
          axes: values.axes, groups: layout.groups(at: values.axes.innermost),
          classes: values.classes, cells: [])
        all?.cells.reserveCapacity(images.count * values.cells.count / (last - first + 1))
      }
      all?.cells += values.cells
    }
    return all
  }

  private static let placesAtOnce = 256
}
