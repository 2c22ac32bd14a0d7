internal import Core
internal import Tables

/// The values of single images and classes, of a chain that takes the mean over the images of each
/// class and then goes over the classes, as mIoU^C does.
struct ClassMeanColumns: SummedColumns {
  /// For each change the value of each image and class, where there is one.
  private let values: [Values.Cells]
  private let rest: ArraySlice<Chain.Reduction>
  private let layout: Layout
  /// All images as one.
  private let whole: [Layout.Group]
  private let worst: Worst
  private let sizes: [Double]

  /// `nil` where the chain is of another kind.
  init?(_ table: MeasureTable, _ changes: [ChainJackknife.Change], _ chain: Chain) {
    guard let split = chain.splitAtImages, !split.image.axes.contains(.class),
      !split.image.axes.contains(.tile), let images = split.rest.first,
      images == .init(.mean, images.axes), AxisSet(images.axes) == [.image, .batch]
    else { return nil }
    let rest = split.rest.dropFirst()
    guard rest.allSatisfy({ $0.axes == [.class] && $0.weight == nil && $0.factor == nil })
    else { return nil }
    let values = changes.compactMap { table.values(by: split.image, imagining: $0)?.cells }
    guard values.count == changes.count else { return nil }
    self.values = values
    self.rest = rest
    layout = table.layout
    whole = layout.groups(at: nil)
    worst = table.worst
    sizes = ClassMeanColumns.sizes(of: values[0], layout)
  }

  private static func sizes(of values: Values.Cells, _ layout: Layout) -> [Double] {
    let classes = layout.classes
    var counts = [Double](repeating: 0, count: classes)
    for place in layout.places.indices {
      for c in 0..<classes where values[place * classes + c] != nil { counts[c] += 1 }
    }
    let present = Double(counts.count { $0 > 0 })
    return layout.places.indices.map { place in
      (0..<classes).reduce(0) { sum, c in
        values[place * classes + c] == nil ? sum : sum + 1 / counts[c] / present
      }
    }
  }

  private var classes: Int { layout.classes }

  /// For each change and class the sum of the values and how many there are.
  var count: Int { values.count * 2 * classes }

  func row(_ place: Int) -> [Double] {
    values.flatMap { values in
      values[(place * classes)..<((place + 1) * classes)].flatMap { [$0 ?? 0, $0 == nil ? 0 : 1] }
    }
  }

  /// The mean of its parts in the classes' means.
  func size(_ place: Int) -> Double { sizes[place] }

  func values(_ sums: Span<Double>) -> [Double?] {
    values.indices.map { value(of: $0, sums) }
  }

  private func value(of change: Int, _ sums: Span<Double>) -> Double? {
    let means = (0..<classes).map { c -> Double? in
      let (sum, count) = (sums[2 * (change * classes + c)], sums[2 * (change * classes + c) + 1])
      return count > 0 ? sum / count : nil
    }
    let values = Values(
      axes: [.class], groups: whole, classes: classes, cells: Values.Cells(means))
    return values.reduced(by: rest, in: layout, worst: worst, after: [], describing: false).scalar
  }
}
