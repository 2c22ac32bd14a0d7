package import Core
package import Counting

/// A run's evidence, and what is decided after the counting: how its images make batches and what
/// its classes weigh.
package struct Measurements: Sendable {
  package var evidence: Evidence
  package var batching: Batching
  package var weighting: ClassWeighting

  /// - Parameter weighting: `nil` where all classes count alike.
  package init(evidence: Evidence, batching: Batching, weighting: ClassWeighting? = nil) {
    self.evidence = evidence
    self.batching = batching
    self.weighting = weighting ?? ClassWeighting(classes: evidence.classes.count)
  }

  package var scheme: Scheme { evidence.scheme }

  /// The images that count, which are all but those of a dropped batch.
  package var images: [ImageEvidence] {
    // Asked for again and again; a copy of 100,000 images is not free.
    guard batching.dropped(among: evidence.listed) > 0 else { return evidence.images }
    return evidence.images.filter { batching.batch(of: $0.index, among: evidence.listed) != nil }
  }

  /// Whether a batch that is not full is left out.
  package var dropsImages: Bool { batching.dropped(among: evidence.listed) > 0 }

  /// One measure of the run, image by image, or tile by tile where a chain names tiles.
  ///
  /// - Parameter reading: another one than `saved` is for losses that judge classes apart.
  package func table(
    of measure: Measure, byTile: Bool, as reading: Reading = .saved
  ) -> MeasureTable {
    let count = byTile ? images.reduce(0) { $0 + $1.tiles.count } : images.count
    func eachTally<Value>(_ value: (Tally) -> Value) -> [Value] {
      var all: [Value] = []
      all.reserveCapacity(count)
      forEachTally(byTile: byTile) { all.append(value($1)) }
      return all
    }
    func eachClass<Value>(_ value: (ClassTally) -> Value) -> [Value] {
      var all: [Value] = []
      all.reserveCapacity(count * evidence.classes.count)
      forEachTally(byTile: byTile) {
        let classes = $1.classes.span
        for c in classes.indices { all.append(value(classes[c])) }
      }
      return all
    }
    let hasShares = scheme.hasShares && measure.readsShares
    let layout = Layout(
      places: places(byTile: byTile),
      truth: eachClass { hasShares ? $0.soft.wholePixels : $0.overlap.truth },
      classes: evidence.classes.count, classWeights: weighting.averaging,
      positiveWeights: weighting.positive, isAveraged: weighting.isAveraged, hasShares: hasShares)
    func cells<Cell: Statistic>(_ cell: (ClassTally) -> Cell) -> PlaceTable<Cell> {
      PlaceTable(layout: layout, cells: eachClass(cell))
    }
    func weighted(_ index: Int) -> PlaceTable<WeightedSum>? {
      var hasWeights = false
      forEachTally(byTile: byTile) { hasWeights = hasWeights || $1.isWeighted }
      return hasWeights ? cells { $0.weighted.isEmpty ? .zero : $0.weighted[index] } : nil
    }
    switch measure.form {
    case .separable(let loss):
      let index = lossIndex(of: measure)
      let levels = byTile || hasShares ? nil : levels(of: loss, layout, as: reading)
      return .losses(
        Losses(
          table: LossTable(
            sums: cells { $0.loss(index, as: reading) }, terms: loss.terms, levels: levels,
            weighted: weighted(index)),
          formula: loss))
    case .categorical(let loss):
      let index = lossIndex(of: measure)
      var losses = Losses(
        table: LossTable(
          sums: cells { $0.losses[index] }, terms: hasShares ? .everyPixel : loss.terms,
          weighted: weighted(index)),
        formula: nil, repairs: measure.loss == scheme.repaired ? eachTally(\.repairs) : nil,
        overlapping: eachTally(\.overlapping).reduce(0, +))
      losses.weighsRepairs = scheme.weighsRepairs
      return .losses(losses)
    case .ratio(let ratio):
      func table<Of: AnyRatio>(_ of: Of) -> any Ratios {
        RatioTable(
          cells: cells(Of.Cell.init), ratio: of.ratio, worst: of.worst,
          confusions: of.countsDecisions && scheme.areClassesExclusive
            ? eachTally(\.confusion) : nil)
      }
      return .ratios(table(ratio))
    }
  }

  /// The overlaps of the whole run, one a class.
  package var overlaps: [Overlap] {
    var sums = [Overlap](repeating: .zero, count: evidence.classes.count)
    forEachTally(byTile: false) { _, tally in
      let classes = tally.classes.span
      for c in classes.indices { sums[c] += classes[c].overlap }
    }
    return sums
  }

  /// What the run has of each class, in one walk over its images.
  package var presences: [ClassPresence] {
    var all = [ClassPresence](repeating: ClassPresence(), count: evidence.classes.count)
    forEachTally(byTile: false) { _, tally in
      let classes = tally.classes.span
      for c in classes.indices {
        let overlap = classes[c].overlap
        all[c].overlap += overlap
        if overlap.truth > 0 { all[c].images += 1 }
        if overlap.both > 0 { all[c].imagesFound += 1 }
      }
    }
    return all
  }

  /// The overlaps of one class, image by image.
  package func overlaps(of c: Int) -> [Overlap] {
    var overlaps: [Overlap] = []
    overlaps.reserveCapacity(evidence.images.count)
    forEachTally(byTile: false) { overlaps.append($1.classes[c].overlap) }
    return overlaps
  }

  /// Where a `ClassTally` has the sums of a loss.
  package func lossIndex(of measure: Measure) -> Int {
    guard let index = measure.loss.flatMap(scheme.losses.firstIndex) else {
      preconditionFailure("'\(measure.name)' was not counted")
    }
    return index
  }

  private func levels(
    of loss: any SeparableLoss, _ layout: Layout, as reading: Reading
  ) -> LossTable.Levels? {
    let images = images
    guard let first = images.first, !first.levels.isEmpty else { return nil }
    let each = (0..<evidence.classes.count).map { c in
      let loss = loss.ofClass(c)
      return switch reading {
      case .saved, .capped: loss.levels(top: 255)
      case .lowest: loss.levelBounds(scheme.quantisation, top: 255).low
      case .highest: loss.levelBounds(scheme.quantisation, top: 255).high
      }
    }
    return LossTable.Levels(
      own: each.map(\.own), other: each.map(\.other),
      histograms: PlaceTable(layout: layout, cells: images.flatMap(\.levels)))
  }

  private func places(byTile: Bool) -> [Layout.Place] {
    var places: [Layout.Place] = []
    if !byTile { places.reserveCapacity(images.count) }
    var areas: ArraySlice<Int> = []
    forEachTally(byTile: byTile) { image, tally in
      if areas.isEmpty { areas = areasOfPlaces(of: image, byTile: byTile)[...] }
      places.append(
        Layout.Place(
          batch: batching.batch(of: image.index, among: evidence.listed) ?? 0, image: image.index,
          tile: places.count, pixels: tally.pixels, ignored: areas.removeFirst() - tally.pixels,
          sampleWeight: tally.meanWeight))
    }
    return places
  }

  /// How many pixels each place of an image has, counted or not.
  private func areasOfPlaces(of image: ImageEvidence, byTile: Bool) -> [Int] {
    guard byTile, let tiling = scheme.tile else { return [image.tally.pixels + image.ignored] }
    let ofSlice =
      switch tiling {
      case .slices: [image.width * image.height]
      case .side(let side):
        Region.tiles(width: image.width, height: image.height, side: side).map(\.pixels)
      }
    return (0..<image.slices).flatMap { _ in ofSlice }
  }

  /// Those of the images, or of their tiles.
  ///
  /// Through spans, because a loop over an array hands out copies, whose parts are counted one by one.
  func forEachTally(byTile: Bool, _ body: (ImageEvidence, Tally) -> Void) {
    let images = images
    let all = images.span
    for index in all.indices {
      if byTile {
        for tile in all[index].tiles { body(all[index], tile) }
      } else {
        body(all[index], all[index].tally)
      }
    }
  }
}

extension SoftSums {
  /// Σt, rounded up, so that a class is there wherever it has a share.
  fileprivate var wholePixels: Int { Int(Double(truth).rounded(.up)) }
}

extension Tally {
  fileprivate var isWeighted: Bool { !(classes.first?.weighted.isEmpty ?? true) }

  /// Of its pixels, 1 where they have no weights.
  fileprivate var meanWeight: Double {
    pixels > 0 && isWeighted ? Double(weight) / Double(pixels) : 1
  }
}

/// What a run has of a class.
package struct ClassPresence: Sendable {
  package var overlap = Overlap.zero
  /// Images whose truth has it.
  package var images = 0
  /// Images in which at least one of its pixels was found.
  package var imagesFound = 0
}
