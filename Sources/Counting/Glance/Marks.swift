internal import Core
internal import Raster

/// Which class stands at each place, or which classes.
enum Marks {
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
    if case .masks(let truth) = self, case .masks(let predicted) = predicted {
      return zip(truth, predicted).map { truth, predicted in
        var cell = TurnedClass.zero
        // Each place is met once, so what is found is as much as lies there.
        for isFound in predicted { cell.predicted += isFound ? 1 : 0 }
        for place in truth.indices where truth[place] {
          cell.truth += 1
          cell.both += predicted[places[place]] ? 1 : 0
        }
        return cell
      }
    }
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

  /// For each class those of some places that have it, as their numbers among these.
  func classes(_ count: Int, at places: [Int]) -> [[Int]] {
    (0..<count).map { c in places.indices.filter { has(c, at: places[$0]) } }
  }

  func isIgnored(_ place: Int) -> Bool {
    if case .labels(let labels) = self { labels[place] == .ignored } else { false }
  }

  private func has(_ c: Int, at place: Int) -> Bool {
    switch self {
    case .labels(let labels): labels[place] == Label(c)
    case .masks(let masks): masks[c][place]
    }
  }
}

func sigmoid(_ logit: Double) -> Double {
  Probability(sigmoidOf: Lanes(repeating: logit), precision: .double).p[0]
}
