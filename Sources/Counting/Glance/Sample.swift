internal import Core
internal import Raster

/// An image's truth, decisions and numbers on a lattice, row by row.
struct Sample {
  let lattice: Lattice
  let isSquare: Bool
  let classes: Int
  var labels = LabelPairs()
  var values = ValueRange()
  private var truth: Marks
  private var predicted: Marks

  init(of pair: ImagePair, on lattice: Lattice, _ needs: Needs) {
    self.lattice = lattice
    isSquare = pair.width == pair.height
    classes = needs.classes
    truth = .labels([])
    predicted = .labels([])
    let numbers = pair.prediction.numberPlanes.map { $0.map { lattice.numbers(of: $0) } }
    if let numbers { look(at: numbers, dividedBy: pair.prediction.scale) }
    truth = Marks(of: pair.truth, on: lattice)
    predicted = Marks(of: pair.prediction, numbers ?? [], on: lattice, needs)
    labels = pairs(of: pair)
  }

  /// What the truth's numbers meet: those of a label map, or else the class that is chosen.
  private func pairs(of pair: ImagePair) -> LabelPairs {
    guard let truth = pair.truthNumbers.flatMap(lattice.labels) else { return LabelPairs() }
    // Runs have no number at a pixel, but the category of its mask.
    if case .labels(let map) = pair.prediction, map.runs != nil { return LabelPairs() }
    let predicted: [Int64]
    if let numbers = pair.predictionNumbers {
      guard let labels = lattice.labels(of: numbers) else { return LabelPairs() }
      predicted = labels
    } else if case .labels(let chosen) = self.predicted {
      predicted = chosen.map(Int64.init)
    } else {
      return LabelPairs()
    }
    var counts: [LabelPairs.Pair: Int] = [:]
    for (truth, predicted) in zip(truth, predicted) {
      counts[LabelPairs.Pair(truth: truth, predicted: predicted), default: 0] += 1
    }
    return LabelPairs(counts)
  }

  private mutating func look(at planes: [[Double]], dividedBy scale: Double) {
    values.levels = scale > 1 ? Int(scale) : nil
    // What rounding to levels, or to half precision, makes of a sum.
    let tolerance = 0.003 + (scale == 255 ? Double(planes.count) / 255 : 0)
    let bound = Bound(of: planes.lazy.map { $0.map { $0 / scale } })
    for pixel in 0..<lattice.count {
      var sum = 0.0
      var isOpen = true
      var isNegative = true
      var above = 0.0
      for plane in planes {
        let value = plane[pixel] / scale
        sum += value
        if value > 0 { isNegative = false }
        if value > bound.least { above += value }
        if value >= 0.99 { isOpen = false }
        guard value.isFinite else { continue }
        values.count += 1
        if (0...1).contains(value) { values.inUnit += 1 }
        if value == 0 || value == 1 { values.decided += 1 }
        if value == 0 { values.zeros += 1 }
        values.least = min(values.least ?? value, value)
        values.most = max(values.most ?? value, value)
      }
      values.pixels += 1
      if sum.isFinite { values.millionths += Int(max(-1000, min(1000, sum)) * 1_000_000) }
      if isOpen { values.open += 1 }
      if isOpen, (sum - 1).magnitude <= tolerance { values.summingToOne += 1 }
      if isNegative, (sumOfExponentials(planes, pixel) - 1).magnitude <= tolerance {
        values.logarithms += 1
      }
      // What was cut off at the bound had between nothing and the bound.
      if bound.isClip, ((1 - (sum - above) - tolerance)...(1 + tolerance)).contains(above) {
        values.clippedSums += 1
      }
    }
  }

  /// Of each two planes of classes that may overlap, how often both are there.
  var planes: LabelPairs {
    guard case .masks(let truth) = truth, case .masks(let predicted) = predicted else {
      return LabelPairs()
    }
    var counts: [LabelPairs.Pair: Int] = [:]
    for (t, own) in truth.enumerated() {
      // One plane after the other: a class is on few of the places.
      let places = own.indices.filter { own[$0] }
      for (p, found) in predicted.enumerated() {
        let both = places.count { found[$0] }
        if both > 0 { counts[.init(truth: Int64(t), predicted: Int64(p))] = both }
      }
    }
    return LabelPairs(counts)
  }

  /// What stands where, on at most 16 × 16 places of the lattice.
  func view(of index: Int) -> ImageView {
    let most = ImageView.side
    let few = Lattice(width: lattice.columns.count, height: lattice.rows.count, most: most)
    let places = few.rows.flatMap { y in few.columns.map { y * lattice.columns.count + $0 } }
    return ImageView(
      index: index, rows: few.rows.count, columns: few.columns.count,
      truth: truth.classes(classes, at: places), predicted: predicted.classes(classes, at: places),
      ignored: places.indices.filter { truth.isIgnored(places[$0]) })
  }

  /// For each way of turning that the image allows, how the two sides meet.
  var turned: [Turn: [TurnedClass]] {
    var all: [Turn: [TurnedClass]] = [:]
    for turn in Turn.allCases where isSquare || !turn.exchangesSides {
      let places = lattice.places(of: turn)
      all[turn] = truth.meeting(predicted, at: places, classes: classes)
    }
    return all
  }
}

/// The least value of an image's planes, and whether values were cut off there.
private struct Bound {
  var least = Double.infinity
  var isClip = false

  init(of planes: some Sequence<[Double]>) {
    var most = -Double.infinity
    var values = 0
    var atLeast = 0
    for plane in planes {
      for value in plane where value.isFinite {
        values += 1
        if value < least { (least, atLeast) = (value, 0) }
        if value == least { atLeast += 1 }
        most = max(most, value)
      }
    }
    // Nothing comes out of an activation at one number again and again, above 0.
    isClip = least > 0 && atLeast * 10 >= values && (least <= 0.1 || most <= 1 - least + 1e-6)
  }
}

/// Of a pixel's values, none of which is above 0.
private func sumOfExponentials(_ planes: [[Double]], _ pixel: Int) -> Double {
  planes.reduce(0) { sum, plane in
    // σ(z) = eᶻ / (1 + eᶻ)
    let share = sigmoid(plane[pixel])
    return sum + share / (1 - share)
  }
}
