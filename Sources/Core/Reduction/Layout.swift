/// Where the values of a run lie: its images, cut into tiles or not, in order, and what each covers.
package struct Layout: Sendable {
  package var places: [Place]
  package var classes: Int
  /// `class-weights`, one a class.
  package var classWeights: [Double]
  /// `positive-weights`, one a class.
  package var positiveWeights: [Double]

  /// An image, or a tile of it.
  package struct Place: Sendable {
    package var batch: Int
    package var image: Int
    package var tile: Int
    /// Counted pixels.
    package var pixels: Int
    /// Each class's own pixels.
    package var truth: [Int]
    /// The mean of its pixels' sample weights.
    package var sampleWeight: Double

    package init(
      batch: Int, image: Int, tile: Int, pixels: Int, truth: [Int], sampleWeight: Double = 1
    ) {
      self.batch = batch
      self.image = image
      self.tile = tile
      self.pixels = pixels
      self.truth = truth
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
    places: [Place], classes: Int, classWeights: [Double], positiveWeights: [Double]? = nil
  ) {
    self.places = places
    self.classes = classes
    self.classWeights = classWeights
    self.positiveWeights = positiveWeights ?? .init(repeating: 1, count: classes)
  }

  /// Neighbouring places that form one batch, one image, one tile, or everything.
  package struct Group: Sendable {
    package var places: Range<Int>
    package var images: Int
    package var pixels: Int
    package var truth: [Int]
    /// The mean of its pixels' sample weights.
    package var sampleWeight: Double
  }

  /// Because the axes are nested, the innermost one that is left alone decides the groups.
  package func groups(at innermost: Axis?) -> [Group] {
    var groups: [Group] = []
    for (index, place) in places.enumerated() {
      if var last = groups.popLast() {
        let previous = places[index - 1]
        if previous.isTogether(with: place, at: innermost) {
          last.places = last.places.lowerBound..<(index + 1)
          last.images += previous.image == place.image ? 0 : 1
          let pixels = last.pixels + place.pixels
          if last.sampleWeight != place.sampleWeight, pixels > 0 {
            last.sampleWeight +=
              (place.sampleWeight - last.sampleWeight) * Double(place.pixels) / Double(pixels)
          }
          last.pixels = pixels
          for c in 0..<classes { last.truth[c] += place.truth[c] }
          groups.append(last)
          continue
        }
        groups.append(last)
      }
      groups.append(
        Group(
          places: index..<(index + 1), images: 1, pixels: place.pixels, truth: place.truth,
          sampleWeight: place.sampleWeight))
    }
    return groups
  }

  /// Each class's share of the counted pixels.
  package var prevalence: [Double] {
    let pixels = places.reduce(0) { $0 + $1.pixels }
    return (0..<classes).map { c in
      pixels == 0 ? 0 : Double(places.reduce(0) { $0 + $1.truth[c] }) / Double(pixels)
    }
  }
}

extension Layout {
  /// Everything as one place.
  package var merged: Layout {
    let all = groups(at: nil).map {
      Place(
        batch: 0, image: 0, tile: 0, pixels: $0.pixels, truth: $0.truth,
        sampleWeight: $0.sampleWeight)
    }
    return Layout(
      places: all, classes: classes, classWeights: classWeights, positiveWeights: positiveWeights)
  }
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

  /// The same table with each class's cells changed.
  @_specialize(where Cell == Overlap)
  @_specialize(where Cell == LossSum)
  @_specialize(where Cell == SoftSums)
  @_specialize(where Cell == WeightedSum)
  package func mapping(_ change: (_ cell: Cell, _ place: Int, _ class: Int) -> Cell) -> PlaceTable {
    var changed = self
    for place in layout.places.indices {
      for c in 0..<layout.classes {
        let index = place * layout.classes + c
        changed.cells[index] = change(cells[index], place, c)
      }
    }
    return changed
  }
}
