import Core
import Counting
import Raster
import Testing

@Suite("Parts of an image")
struct PartsTests {
  /// Four blocks of 4096 pixels, the last one not full.
  private let width = 131
  private let height = 97

  @Test(
    "the whole is the sum of its parts, to the last bit, wherever it is cut",
    arguments: Kind.allCases)
  func cuts(kind: Kind) throws {
    let pair = try kind.pair(width: width, height: height)
    let needs = try kind.needs
    let region = Region(width: width, height: height)
    #expect(region.blocks == 4)
    var counter = Counter(for: needs)
    let whole = try counter.count(pair, in: region, blocks: 0..<4)
    // Bit b of `cuts` says whether there is a cut behind block b.
    for cuts in 0..<8 {
      var parts: [Counted] = []
      var first = 0
      for block in 0..<4 where block == 3 || cuts >> block & 1 == 1 {
        var other = Counter(for: needs)
        parts.append(try other.count(pair, in: region, blocks: first..<(block + 1)))
        first = block + 1
      }
      #expect(parts.reduce(.zero, +) == whole)
      #expect(parts.reversed().reduce(.zero, +) == whole)
    }
    #expect(try counter.count(pair, in: region) == counter.finished(whole).tally)
  }

  @Test("what a counter counted before does not matter", arguments: Kind.allCases)
  func scratch(kind: Kind) throws {
    let large = try kind.pair(width: width, height: height)
    let small = try kind.pair(width: 5, height: 3)
    var used = Counter(for: try kind.needs)
    _ = try used.count(large, in: Region(width: width, height: height))
    var fresh = Counter(for: try kind.needs)
    let region = Region(width: 5, height: 3)
    #expect(try used.count(small, in: region) == fresh.count(small, in: region))
  }

  @Test(
    "the tiles' pixels, overlaps and confusions add up to the image's", arguments: Kind.allCases)
  func tiles(kind: Kind) throws {
    let pair = try kind.pair(width: width, height: height)
    var counter = Counter(for: try kind.needs)
    let image = Region(width: width, height: height)
    let whole = try counter.count(pair, in: image)
    let wholeLevels = try counter.count(pair, in: image, blocks: 0..<image.blocks).levels
    for side in [10, 64, 97, 131, 200] {
      var sum = Tally.zero
      var levels: [LevelHistogram] = []
      for tile in Region.tiles(width: width, height: height, side: side) {
        sum += try counter.count(pair, in: tile)
        let counted = try counter.count(pair, in: tile, blocks: 0..<tile.blocks)
        levels = levels.isEmpty ? counted.levels : zip(levels, counted.levels).map(+)
      }
      #expect(levels == wholeLevels)
      #expect(sum.pixels == whole.pixels)
      #expect(sum.unclassed == whole.unclassed)
      #expect(sum.overlapping == whole.overlapping)
      #expect(sum.confusion == whole.confusion)
      #expect(sum.classes.map(\.overlap) == whole.classes.map(\.overlap))
      for (part, image) in zip(sum.classes, whole.classes) {
        #expect(isClose(Double(part.soft.truth), Double(image.soft.truth)))
        #expect(kind.hasShares || part.soft.truth == image.soft.truth)
        #expect(isClose(Double(part.soft.both), Double(image.soft.both)))
        #expect(isClose(Double(part.soft.predicted), Double(image.soft.predicted)))
        for (a, b) in zip(part.losses, image.losses) {
          #expect((a.positives, a.negatives) == (b.positives, b.negatives))
          #expect(isClose(Double(a.positive), Double(b.positive)))
          #expect(isClose(Double(a.negative), Double(b.negative)))
        }
      }
    }
  }

  @Test("the runs of an image's blocks, or of all its tiles' blocks, cover every pixel once")
  func runs() {
    for (width, height) in [(1, 1), (1, 5000), (5000, 1), (64, 64), (131, 97), (4096, 2)] {
      let image = [Region(width: width, height: height)]
      let tilings = [1, 7, 64, 100, 5000].filter { width * height / $0 / $0 < 5000 }
        .map { Region.tiles(width: width, height: height, side: $0) }
      for regions in [image] + tilings {
        var visits = [Int](repeating: 0, count: width * height)
        for region in regions {
          var count = 0
          for block in 0..<region.blocks {
            let runs = region.runs(ofBlock: block)
            let pixels = runs.reduce(0) { $0 + $1.count }
            #expect(pixels == min(4096, region.pixels - block * 4096))
            for pixel in runs.joined() { visits[pixel] += 1 }
            count += pixels
          }
          #expect(count == region.pixels)
        }
        #expect(visits.allSatisfy { $0 == 1 })
      }
    }
  }

  /// What is predicted, and what is true.
  enum Kind: CaseIterable {
    case labels, masks, levels, exclusiveLevels, probabilities, exclusiveProbabilities, doubles
    case logits, exclusiveLogits
    /// Against a soft truth.
    case shares, shareLevels, exclusiveShares

    var isExclusive: Bool {
      switch self {
      case .labels, .exclusiveLevels, .exclusiveProbabilities, .exclusiveLogits, .exclusiveShares:
        true
      case .masks, .levels, .probabilities, .doubles, .logits, .shares, .shareLevels: false
      }
    }

    var hasShares: Bool { self == .shares || self == .shareLevels || self == .exclusiveShares }

    var needs: Needs {
      get throws {
        if hasShares {
          var scheme = scheme(
            3, [try measure("bce"), try measure("ce")], exclusive: isExclusive, softSums: true)
          (scheme.hasShares, scheme.truthThreshold) = (true, 0.5)
          return try Needs(scheme)
        }
        let hasLosses = self != .labels && self != .masks
        let measures = hasLosses ? [try measure("bce"), try measure("ce"), try measure("mse")] : []
        return try Needs(
          scheme(
            3, measures, exclusive: isExclusive, softSums: hasLosses,
            repaired: hasLosses && isExclusive ? measures[1] : nil))
      }
    }

    func pair(width: Int, height: Int) throws -> ImagePair {
      let count = width * height
      let numbers = (0..<3).map { drawn(count, seed: UInt64($0 + 3)) }
      let planes = { (element: Plane.Element) in
        numbers.map { plane($0, element, width: width) }
      }
      let levels = numbers.map { $0.map { UInt8($0 * 255) } }
      let standings: [Label] = [0, 1, 1, 2, .none, .ignored]
      let labels = drawn(count, seed: 11).map { standings[Int($0 * 6)] }
      let masks = (0..<3).map { c in drawn(count, seed: UInt64(c + 20)).map { UInt8($0 * 2) } }
      let prediction: Prediction =
        switch self {
        case .labels: .labels(numbers[0].map { [0, 1, 2, .none][Int($0 * 4)] as Label })
        case .masks: .masks(numbers.map { $0.map { UInt8($0 * 2) } })
        case .levels, .exclusiveLevels, .shareLevels: .levels(levels)
        case .probabilities, .exclusiveProbabilities, .shares: .probabilities(planes(.f4))
        case .doubles: .probabilities(planes(.f8))
        case .logits, .exclusiveLogits, .exclusiveShares: .logits(planes(.f4))
        }
      var pair = CountingTests.pair(
        prediction, isExclusive ? .labels(labels) : .masks(masks), width: width)
      if hasShares {
        pair.shares = (0..<3).map { plane(drawn(count, seed: UInt64($0 + 40)), width: width) }
      }
      return pair
    }
  }
}
