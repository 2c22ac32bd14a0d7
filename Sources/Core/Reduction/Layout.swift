/// Where the values of a run lie: its images, cut into tiles or not, in order, and what each covers.
///
/// It never changes, and every table has it: shared, so that a table is handed on at little cost.
package final class Layout: Sendable {
  package let places: [Place]
  /// The own pixels of each class at each place: place by place, class by class.
  package let truth: Counts
  package let classes: Int
  /// `class-weights`, one a class, from 0.
  package let classWeights: [Double]
  /// `positive-weights`, one a class, from 0.
  package let positiveWeights: [Double]
  /// Whether a class enters where classes are combined.
  package let isAveraged: [Bool]
  /// Whether the truth is soft, and `truth` its sum, rounded up: what a class has is not counted in pixels.
  package let hasShares: Bool

  /// An image, or a tile of it.
  package struct Place: Sendable {
    package var batch: Int
    package var image: Int
    package var tile: Int
    /// Counted pixels.
    package var pixels: Int
    /// Pixels that the truth ignores.
    package var ignored: Int
    /// The mean of its pixels' sample weights.
    package var sampleWeight: Double

    package init(
      batch: Int, image: Int, tile: Int, pixels: Int, ignored: Int = 0, sampleWeight: Double = 1
    ) {
      self.batch = batch
      self.image = image
      self.tile = tile
      self.pixels = pixels
      self.ignored = ignored
      self.sampleWeight = sampleWeight
    }

    fileprivate func isTogether(with other: Place, at axis: Axis?) -> Bool {
      switch axis {
      case nil: true
      case .batch: batch == other.batch
      case .image: image == other.image
      default: false
      }
    }
  }

  package init(
    places: [Place], truth: [Int], classes: Int, classWeights: [Double],
    positiveWeights: [Double]? = nil, isAveraged: [Bool]? = nil, hasShares: Bool = false
  ) {
    precondition(truth.count == places.count * classes)
    self.places = places
    self.truth = Counts(truth)
    self.classes = classes
    self.classWeights = classWeights
    self.positiveWeights = positiveWeights ?? .init(repeating: 1, count: classes)
    self.isAveraged = isAveraged ?? .init(repeating: true, count: classes)
    self.hasShares = hasShares
  }

  /// Neighbouring places that form one batch, one image, one tile, or everything.
  package struct Group: Sendable {
    package var places: Range<Int>
    package var images: Int
    package var pixels: Int
    package var ignored: Int
    /// The mean of its pixels' sample weights.
    package var sampleWeight: Double
  }

  /// Because the axes are nested, the innermost one that is left alone decides the groups.
  package func groups(at innermost: Axis?) -> [Group] {
    var groups: [Group] = []
    if innermost != nil { groups.reserveCapacity(places.count) }
    for (index, place) in places.enumerated() {
      if index > 0, places[index - 1].isTogether(with: place, at: innermost) {
        groups[groups.count - 1].add(
          place, at: index, isNewImage: places[index - 1].image != place.image)
      } else {
        groups.append(
          Group(
            places: index..<(index + 1), images: 1, pixels: place.pixels, ignored: place.ignored,
            sampleWeight: place.sampleWeight))
      }
    }
    return groups
  }

  /// The own pixels of a class in neighbouring places.
  package func truth(of c: Int, in places: Range<Int>) -> Int {
    places.reduce(0) { $0 + truth[$1 * classes + c] }
  }

  /// Each class's share of the counted pixels, 0…1.
  package var prevalence: [Double] {
    let pixels = places.reduce(0) { $0 + $1.pixels }
    return (0..<classes).map { c in
      pixels == 0 ? 0 : Double(truth(of: c, in: places.indices)) / Double(pixels)
    }
  }
}

extension Layout.Group {
  fileprivate mutating func add(_ place: Layout.Place, at index: Int, isNewImage: Bool) {
    places = places.lowerBound..<(index + 1)
    images += isNewImage ? 1 : 0
    ignored += place.ignored
    let pixels = pixels + place.pixels
    if sampleWeight != place.sampleWeight, pixels > 0 {
      sampleWeight += (place.sampleWeight - sampleWeight) * Double(place.pixels) / Double(pixels)
    }
    self.pixels = pixels
  }
}

extension Layout {
  /// Everything as one place.
  package var merged: Layout {
    let all = groups(at: nil).map {
      Place(
        batch: 0, image: 0, tile: 0, pixels: $0.pixels, ignored: $0.ignored,
        sampleWeight: $0.sampleWeight)
    }
    return replacing(
      places: all,
      truth: all.isEmpty ? [] : (0..<classes).map { truth(of: $0, in: places.indices) })
  }

  /// Neighbouring places alone.
  package subscript(range: Range<Int>) -> Layout {
    replacing(
      places: Array(places[range]),
      truth: truth[(range.lowerBound * classes)..<(range.upperBound * classes)])
  }

  /// Other places with the same classes; `truth` is place by place, class by class.
  package func replacing(places: [Place], truth: [Int]) -> Layout {
    Layout(
      places: places, truth: truth, classes: classes, classWeights: classWeights,
      positiveWeights: positiveWeights, isAveraged: isAveraged, hasShares: hasShares)
  }

  /// The classes that a step which combines classes has.
  package var averagedClasses: [Int] { isAveraged.indices.filter { isAveraged[$0] } }
}

/// A statistic at every place and class of a layout.
///
/// Other modules call these methods, and cannot specialise them; unspecialised they take five times
/// as long, hence the lists of what they are called with.
package struct PlaceTable<Cell: Statistic>: Sendable {
  package var layout: Layout
  /// Place by place, class by class.
  package var cells: [Cell]

  package init(layout: Layout, cells: [Cell]) {
    precondition(cells.count == layout.places.count * layout.classes)
    self.layout = layout
    self.cells = cells
  }

  /// The sums of one class over neighbouring places.
  @_specialize(where Cell == Overlap)
  @_specialize(where Cell == LossSum)
  @_specialize(where Cell == SoftSums)
  @_specialize(where Cell == WeightedSum)
  package func sum(_ places: Range<Int>, class c: Int) -> Cell {
    places.reduce(.zero) { $0 + cells[$1 * layout.classes + c] }
  }

  /// Everything as one place.
  package var merged: PlaceTable {
    let all = layout.places.indices
    let cells = all.isEmpty ? [] : (0..<layout.classes).map { sum(all, class: $0) }
    return PlaceTable(layout: layout.merged, cells: cells)
  }

  /// Neighbouring places alone.
  package subscript(range: Range<Int>) -> PlaceTable {
    PlaceTable(
      layout: layout[range],
      cells: Array(
        cells[(range.lowerBound * layout.classes)..<(range.upperBound * layout.classes)]))
  }

  /// The same table with each class's cells changed.
  @_specialize(where Cell == Overlap)
  @_specialize(where Cell == LossSum)
  @_specialize(where Cell == SoftSums)
  @_specialize(where Cell == WeightedSum)
  package func mapping(_ change: (_ cell: Cell, _ place: Int, _ class: Int) -> Cell) -> PlaceTable {
    var changed = self
    for c in 0..<layout.classes { changed.change(c) { cell, place in change(cell, place, c) } }
    return changed
  }

  /// Changes one class everywhere.
  @_specialize(where Cell == Overlap)
  @_specialize(where Cell == LossSum)
  @_specialize(where Cell == SoftSums)
  @_specialize(where Cell == WeightedSum)
  package mutating func change(_ c: Int, _ change: (_ cell: Cell, _ place: Int) -> Cell) {
    for place in layout.places.indices {
      let index = place * layout.classes + c
      cells[index] = change(cells[index], place)
    }
  }
}
