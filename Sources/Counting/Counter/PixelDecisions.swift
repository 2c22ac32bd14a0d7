package import Core
package import Raster

/// Which classes are predicted at each pixel of an image.
enum PixelDecisions {
  case labels([Label])
  case masks([[Bool]])

  func has(_ c: Int, at pixel: Int) -> Bool {
    switch self {
    case .labels(let labels): labels[pixel] == Label(c)
    case .masks(let masks): masks[c][pixel]
    }
  }

  /// Writes 1 where a class is predicted, and 0 elsewhere.
  func write(_ c: Int, into mask: inout [UInt8]) {
    switch self {
    case .labels(let labels):
      let own = Label(c)
      for pixel in mask.indices { mask[pixel] = labels[pixel] == own ? 1 : 0 }
    case .masks(let masks):
      let own = masks[c]
      for pixel in mask.indices { mask[pixel] = own[pixel] ? 1 : 0 }
    }
  }
}

extension Counter {
  /// The class that is predicted at each pixel, row by row: of several the first, `nil` where there is none.
  ///
  /// - Throws: Problem: a probability outside 0…1, or a logit that is not finite.
  package mutating func predictedClasses(on pair: ImagePair) throws(Problem) -> [Int?] {
    switch try decisions(on: pair) {
    case .labels(let labels):
      return labels.map { Int($0) < needs.classes ? Int($0) : nil }
    case .masks(let masks):
      return (0..<pair.pixels).map { pixel in masks.firstIndex { $0[pixel] } }
    }
  }

  /// Where one class is predicted, row by row.
  ///
  /// - Throws: Problem: a probability outside 0…1, or a logit that is not finite.
  package mutating func predicted(_ c: Int, on pair: ImagePair) throws(Problem) -> [Bool] {
    var mask = [UInt8](repeating: 0, count: pair.pixels)
    try decisions(on: pair).write(c, into: &mask)
    return mask.map { $0 == 1 }
  }

  /// - Throws: Problem: a probability outside 0…1, or a logit that is not finite.
  mutating func decisions(on pair: ImagePair) throws(Problem) -> PixelDecisions {
    switch pair.prediction {
    case .labels(let map): return .labels(map.labels)
    case .masks(let masks): return .masks(masks.map { $0.levels.map { $0 != 0 } })
    case .levels, .probabilities, .logits: break
    }
    if blocks.isEmpty { blocks = .init(repeating: ClassBlock(), count: needs.classes) }
    let region = Region(width: pair.width, height: pair.height)
    var labels: [Label] = []
    var masks = [[Bool]](repeating: [], count: needs.areClassesExclusive ? 0 : needs.classes)
    for runs in (0..<region.blocks).map(region.runs) {
      let count = runs.reduce(0) { $0 + $1.count }
      for c in 0..<needs.classes {
        try blocks[c].load(pair, class: c, runs: runs, areExclusive: needs.areClassesExclusive)
      }
      if needs.areClassesExclusive {
        choose()
        labels += chosen[..<count]
      } else {
        for c in masks.indices {
          masks[c] += blocks[c].decisions(count, above: needs.thresholds[c])
        }
      }
    }
    return needs.areClassesExclusive ? .labels(labels) : .masks(masks)
  }
}
