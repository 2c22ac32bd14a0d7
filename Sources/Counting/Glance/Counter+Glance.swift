package import Core
package import Raster

extension Counter {
  /// What a first look at an image shows of its set-up; see ``Glance``.
  ///
  /// - Parameter levels: of 8-bit planes, one histogram a class.
  package func glance(at pair: ImagePair, levels: [LevelHistogram]) -> Glance {
    let most = pair.prediction.mostLatticePlaces
    let lattice = Lattice(width: pair.width, height: pair.height, most: most)
    let sample = Sample(of: pair, on: lattice, needs)
    var glance = Glance()
    glance.pixels = lattice.count
    glance.labels = sample.labels
    if needs.classes <= Counter.mostTurned {
      glance.turned = sample.turned
      glance.planes = sample.planes
    }
    glance.values = sample.values
    glance.values.look(at: levels)
    return glance
  }

  /// Of more classes, a turned image and planes in another order are not looked for.
  private static let mostTurned = 400
}

extension Prediction {
  /// How many rows and columns are looked at: an image in planes has as many numbers at each place as
  /// it has classes, so fewer places take as long.
  fileprivate var mostLatticePlaces: Int {
    switch self {
    case .labels: 48
    case .masks(let planes), .levels(let planes), .probabilities(let planes), .logits(let planes):
      max(8, min(32, Int((20_000 / Double(max(1, planes.count))).squareRoot())))
    }
  }

  /// Those that hold numbers rather than decisions.
  fileprivate var planes: [Plane]? {
    switch self {
    case .labels, .masks: nil
    case .levels(let planes), .probabilities(let planes), .logits(let planes): planes
    }
  }

  /// By what the numbers of its planes are divided.
  fileprivate var scale: Double {
    switch self {
    case .levels: 255
    case .probabilities(let planes) where planes.first?.element == .u2: 65535
    default: 1
    }
  }
}

/// An image's truth, decisions and numbers on a lattice, row by row.
private struct Sample {
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
    let numbers = pair.prediction.planes.map { $0.map { lattice.numbers(of: $0) } }
    if let numbers { look(at: numbers, dividedBy: pair.prediction.scale) }
    truth = Marks(of: pair.truth, on: lattice)
    predicted = Marks(of: pair.prediction, numbers ?? [], on: lattice, needs)
    labels = pairs(of: pair)
  }

  /// What the truth's numbers meet: those of a label map, or else the class that is chosen.
  private func pairs(of pair: ImagePair) -> LabelPairs {
    guard let truth = pair.truthNumbers.flatMap(lattice.labels) else { return LabelPairs() }
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
    for pixel in 0..<lattice.count {
      var sum = 0.0
      var isOpen = true
      for plane in planes {
        let value = plane[pixel] / scale
        sum += value
        if value >= 0.99 { isOpen = false }
        guard value.isFinite else { continue }
        values.count += 1
        if (0...1).contains(value) { values.inUnit += 1 }
        if value == 0 || value == 1 { values.decided += 1 }
        values.least = min(values.least ?? value, value)
        values.most = max(values.most ?? value, value)
      }
      values.pixels += 1
      if sum.isFinite { values.millionths += Int(max(-1000, min(1000, sum)) * 1_000_000) }
      if isOpen { values.open += 1 }
      if isOpen, (sum - 1).magnitude <= tolerance { values.summingToOne += 1 }
    }
  }

  /// Of each two planes of classes that may overlap, how often both are there.
  var planes: LabelPairs {
    guard case .masks(let truth) = truth, case .masks(let predicted) = predicted else {
      return LabelPairs()
    }
    var counts: [LabelPairs.Pair: Int] = [:]
    for place in 0..<lattice.count {
      let there = predicted.indices.filter { predicted[$0][place] }
      for t in truth.indices where truth[t][place] {
        for p in there {
          counts[LabelPairs.Pair(truth: Int64(t), predicted: Int64(p)), default: 0] += 1
        }
      }
    }
    return LabelPairs(counts)
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

/// Which class stands at each place, or which classes.
private enum Marks {
  case labels([Label])
  /// For each class whether it is there.
  case masks([[Bool]])

  init(of truth: Truth, on lattice: Lattice) {
    switch truth {
    case .labels(let map): self = .labels(lattice.labels(of: map))
    case .masks(let masks): self = .masks(masks.map { lattice.numbers(of: $0).map { $0 != 0 } })
    case .standings(let planes):
      let own = Double(Standing.own)
      self = .masks(planes.map { lattice.numbers(of: $0).map { $0 == own } })
    }
  }

  init(of prediction: Prediction, _ numbers: [[Double]], on lattice: Lattice, _ needs: Needs) {
    switch prediction {
    case .labels(let map): self = .labels(lattice.labels(of: map))
    case .masks(let masks): self = .masks(masks.map { lattice.numbers(of: $0).map { $0 != 0 } })
    case .levels, .probabilities, .logits:
      if needs.areClassesExclusive {
        self = .labels(
          (0..<lattice.count).map { pixel in
            var best = 0
            for c in 1..<max(1, numbers.count) where numbers[c][pixel] > numbers[best][pixel] {
              best = c
            }
            return Label(best)
          })
      } else {
        let isLogit = needs.scheme.kind == .logits
        self = .masks(
          zip(numbers, needs.thresholds).map { plane, threshold in
            plane.map { number in
              let p = isLogit ? sigmoid(number) : number / prediction.scale
              return p > threshold
            }
          })
      }
    }
  }

  /// - Parameter places: for each place where the prediction is read that meets it.
  func meeting(_ predicted: Marks, at places: [Int], classes: Int) -> [TurnedClass] {
    var cells = [TurnedClass](repeating: .zero, count: classes)
    for (place, source) in places.enumerated() where !isIgnored(place) {
      switch predicted {
      case .labels(let labels):
        let c = Int(labels[source])
        guard c < classes else { break }
        cells[c].predicted += 1
        if has(c, at: place) { cells[c].both += 1 }
      case .masks(let masks):
        for c in 0..<classes where masks[c][source] {
          cells[c].predicted += 1
          if has(c, at: place) { cells[c].both += 1 }
        }
      }
      switch self {
      case .labels(let labels):
        if Int(labels[place]) < classes { cells[Int(labels[place])].truth += 1 }
      case .masks(let masks):
        for c in 0..<classes where masks[c][place] { cells[c].truth += 1 }
      }
    }
    return cells
  }

  private func isIgnored(_ place: Int) -> Bool {
    if case .labels(let labels) = self { labels[place] == .ignored } else { false }
  }

  private func has(_ c: Int, at place: Int) -> Bool {
    switch self {
    case .labels(let labels): labels[place] == Label(c)
    case .masks(let masks): masks[c][place]
    }
  }
}

private func sigmoid(_ logit: Double) -> Double {
  Probability(sigmoidOf: Lanes(repeating: logit), precision: .double).p[0]
}

extension Lattice {
  /// Where each place finds the prediction that a turn brings there.
  func places(of turn: Turn) -> [Int] {
    let (height, width) = (rows.count, columns.count)
    func place(_ row: Int, _ column: Int) -> Int { row * width + column }
    return (0..<height).flatMap { i in
      (0..<width).map { j in
        let from = turn.source(row: i, column: j, height: height, width: width)
        return place(from.row, from.column)
      }
    }
  }

  func numbers(of plane: Plane) -> [Double] {
    var number = [0.0]
    return rows.flatMap { y in
      columns.map { x in
        let pixel = y * plane.width + x
        var span = number.mutableSpan
        plane.load(pixel..<(pixel + 1), into: &span)
        return number[0]
      }
    }
  }

  func labels(of map: LabelMap) -> [Label] {
    var label = [Label.none]
    return rows.flatMap { y in
      columns.map { x in
        let pixel = y * map.plane.width + x
        var span = label.mutableSpan
        map.load(pixel..<(pixel + 1), into: &span)
        return label[0]
      }
    }
  }

  /// The numbers of a label map; `nil` where one is no whole number.
  func labels(of plane: Plane) -> [Int64]? {
    var number: [Int64] = [0]
    var labels: [Int64] = []
    for y in rows {
      for x in columns {
        let pixel = y * plane.width + x
        var span = number.mutableSpan
        guard plane.loadLabels(pixel..<(pixel + 1), into: &span) == nil else { return nil }
        labels.append(number[0])
      }
    }
    return labels
  }
}

extension ValueRange {
  /// Whether 8-bit planes reach both ends in a few pixels only.
  fileprivate mutating func look(at levels: [LevelHistogram]) {
    planes += levels.count
    stretched += levels.count { $0.isStretched }
  }
}

extension LevelHistogram {
  /// Scaled from least to most, a plane has both ends, and the upper one where its greatest value
  /// was and hardly anywhere else; saturated probabilities have many of them.
  fileprivate var isStretched: Bool {
    let counts = zip(own, other).map(+)
    let few = max(2, counts.reduce(0, +) / 500)
    return counts[0] > 0 && (1...few).contains(counts[255])
  }
}
