import Core
import Counting
import Diagnosis
import Raster
import Tables
import TestSupport
import Testing

/// Predictions on the truths of other images, told from what an assignment finds in noise.
@Suite("Pairs that are exchanged")
struct MispairedTests {
  @Test("scenes in another order are found, whichever they are")
  func scenes() throws {
    for seed in 0..<50 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let scenes = (0..<10).map { _ in Picture(blocksBy: &generator) }
      let order = (0..<10).shuffled(using: &generator)
      let pairs = order.enumerated().map { place, other in
        scenes[place].pair(predicted: scenes[other].disturbed(by: &generator))
      }
      guard order.enumerated().count(where: { $0 != $1 }) >= 6 else { continue }
      #expect(try mispaired(pairs)?.severity == .error, "seed \(seed): \(order)")
    }
  }

  @Test("images of noise have no better partners than chance gives them")
  func noise() throws {
    for seed in 0..<500 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let (width, height) = (
        Int.random(in: 1...8, using: &generator), Int.random(in: 1...6, using: &generator)
      )
      let classes = Int.random(in: 2...6, using: &generator)
      func noise() -> Picture {
        Picture(
          labels: (0..<width * height).map { _ in
            Label(Int.random(in: 0..<classes, using: &generator))
          }, width: width)
      }
      let pairs = (0..<10).map { _ in noise().pair(predicted: noise()) }
      #expect(try mispaired(pairs) == nil, "seed \(seed), \(width) × \(height)")
    }
  }

  @Test("unrelated scenes, as large as they are and as alike, have none either")
  func unrelated() throws {
    for seed in 0..<50 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let pairs = (0..<10).map { _ in
        Picture(blocksBy: &generator).pair(predicted: Picture(blocksBy: &generator))
      }
      #expect(try mispaired(pairs) == nil, "seed \(seed)")
    }
  }

  @Test(
    "a weak model on scenes of one layout is found on the truth of the next or previous image",
    arguments: [1, -1])
  func weak(_ shift: Int) throws {
    for seed in 0..<30 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let streets = (0..<12).map { _ in Picture(streetBy: &generator) }
      let pairs = streets.indices.map { place in
        streets[place].pair(
          predicted: streets[(place + shift + 12) % 12].halfForgotten(by: &generator))
      }
      let found = try #require(try mispaired(pairs), "seed \(seed)")
      #expect(found.severity == .error)
      let (now, other) = try (
        #require(found.numbers["mean_iou"]), #require(found.numbers["of_others"])
      )
      #expect(now < other && other < 0.6, "seed \(seed): \(now), \(other)")
    }
  }

  @Test("nor is it where the model saw the image, or none at all")
  func rightOrBlind() throws {
    for seed in 0..<200 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let streets = (0..<12).map { _ in Picture(streetBy: &generator) }
      let one = Picture(streetBy: &generator)
      for sees in [true, false] {
        let pairs = streets.map {
          $0.pair(predicted: (sees ? $0 : one).halfForgotten(by: &generator))
        }
        #expect(try mispaired(pairs) == nil, "seed \(seed)")
      }
    }
  }

  private func mispaired(_ images: [ImagePair]) throws -> SetUpFault? {
    var run = try DrawnRun(classes: classes(6), images: images).measurements(of: measure("iou"))
    let counter = try Counter(for: Needs(run.scheme))
    for (index, pair) in images.enumerated() {
      run.evidence.images[index].glance = counter.glance(at: pair, levels: [], index: index)
    }
    return SetUp(of: run).faults.first { $0.kind == .mispaired }
  }
}

/// A label map that is drawn at random.
private struct Picture {
  var labels: [Label]
  var width: Int

  init(labels: [Label], width: Int) {
    self.labels = labels
    self.width = width
  }

  /// Eight blocks of a quarter of the side or more, each of one of three classes, on a fourth.
  init(blocksBy generator: inout SeededGenerator) {
    let side = 32
    self.init(labels: Array(repeating: 0, count: side * side), width: side)
    for block in 0..<8 {
      let (height, width) = (
        Int.random(in: 8...14, using: &generator), Int.random(in: 8...14, using: &generator)
      )
      let (top, left) = (
        Int.random(in: 0...side - height, using: &generator),
        Int.random(in: 0...side - width, using: &generator)
      )
      for y in top..<top + height {
        for x in left..<left + width { labels[y * side + x] = Label(1 + block % 3) }
      }
    }
  }

  /// A street: sky above, a road below between walks, and between them houses and a few objects.
  init(streetBy generator: inout SeededGenerator) {
    let side = 32
    func near(_ place: Int, _ spread: Int) -> Int {
      (0..<4).reduce(place) { sum, _ in sum + Int.random(in: -spread...spread, using: &generator) }
    }
    let (sky, road, walk) = (near(9, 1), near(20, 1), near(11, 1))
    var labels = (0..<side * side).map { pixel -> Label in
      let (y, x) = pixel.quotientAndRemainder(dividingBy: side)
      if y < sky { return 1 }
      return y < road ? 0 : abs(x - 16) > walk ? 3 : 2
    }
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      let (top, left) = (near(18, 1), Int.random(in: 0..<side - 8, using: &generator))
      let size = Int.random(in: 3...8, using: &generator)
      for y in top..<min(side, top + size) {
        for x in left..<left + size { labels[y * side + x] = 4 }
      }
    }
    self.init(labels: labels, width: side)
  }

  /// Half of its blocks hold what stands anywhere else.
  func halfForgotten(by generator: inout SeededGenerator) -> Picture {
    var picture = self
    for block in 0..<(labels.count / 16) where Bool.random(using: &generator) {
      let (row, column) = block.quotientAndRemainder(dividingBy: width / 4)
      for y in row * 4..<row * 4 + 4 {
        for x in column * 4..<column * 4 + 4 {
          picture.labels[y * width + x] = labels[Int.random(in: labels.indices, using: &generator)]
        }
      }
    }
    return picture
  }

  /// One pixel in ten is another class.
  func disturbed(by generator: inout SeededGenerator) -> Picture {
    var picture = self
    for pixel in labels.indices where Int.random(in: 0..<10, using: &generator) == 0 {
      picture.labels[pixel] = Label(Int.random(in: 0..<4, using: &generator))
    }
    return picture
  }

  func pair(predicted: Picture) -> ImagePair {
    ImagePair(
      name: "drawn", width: width, height: labels.count / width,
      prediction: .labels(LabelMap(predicted.labels, width: width)),
      truth: .labels(LabelMap(labels, width: width)))
  }
}
