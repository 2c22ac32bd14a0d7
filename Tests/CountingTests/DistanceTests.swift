import Core
import Counting
import Raster
import Testing

@Suite("Distances between boundaries")
struct DistanceTests {
  @Test("of a square and the same one pixel to the right are what MONAI 1.6.1 prints")
  func shifted() throws {
    let drawn = try distances(
      "00000000/00000000/00011110/00011110/00011110/00011110/00000000/00000000",
      "00000000/00000000/00111100/00111100/00111100/00111100/00000000/00000000")
    // Of 12 boundary pixels on either side 6 lie on the other's, and 6 beside it.
    #expect(
      drawn
        == SurfaceDistances(
          predicted: DistanceCounts(squared: [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1]),
          truth: DistanceCounts(squared: [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1])))
    #expect(try value("hd", of: drawn) == 1)
    #expect(try value("hd95", of: drawn) == 1)
    #expect(try value("assd", of: drawn) == 0.5)
    #expect(try value("nsd", of: drawn) == 1)
    #expect(try value("nsd", ["tolerance": 0.5], of: drawn) == 0.5)
  }

  @Test("HD95 is not one number: a part that is missed counts in one direction or in both")
  func conventions() throws {
    // Of the truth's 8 pixels 4 are found, and 4 lie 6 rows below and 6 columns beside.
    let drawn = try distances(
      "11000000/11000000/00000000/00000000/00000000/00000000/00000000/00000000",
      "11000000/11000000/00000000/00000000/00000000/00000000/00000011/00000011")
    let far = [50.0, 61, 61, 72].map { $0.squareRoot() }
    #expect(try isClose(value("hd", of: drawn), far[3]))
    #expect(try value("hd", ["directed": 1], of: drawn) == 0)
    #expect(try isClose(value("hd", ["directed": 2], of: drawn), far[3]))
    // 0.95 · 7 = 6.65 of the eight, 0.95 · 11 = 10.45 of the twelve.
    #expect(try isClose(value("hd95", of: drawn), far[2] + 0.65 * (far[3] - far[2])))
    #expect(try isClose(value("hd95", ["joint": 1], of: drawn), far[2] + 0.45 * (far[3] - far[2])))
    #expect(try value("hd95", ["directed": 1], of: drawn) == 0)
    let sum = far.reduce(0, +)
    #expect(try value("asd", of: drawn) == 0)
    #expect(try isClose(value("asd", ["directed": 2], of: drawn), sum / 8))
    #expect(try isClose(value("assd", of: drawn), sum / 12))
    #expect(try isClose(value("masd", of: drawn), sum / 16))
    #expect(try value("nsd", of: drawn) == 8.0 / 12)
  }

  @Test("the image's edge is boundary, and a hole behind a rim of one pixel is not seen")
  func edges() throws {
    #expect(
      try distances("1111/1001/1001/1111", "1111/1111/1111/1111")
        == SurfaceDistances(
          predicted: DistanceCounts(coinciding: 12), truth: DistanceCounts(coinciding: 12)))
  }

  @Test("a class that only one mask has is at no distance, or at the one that is asked for")
  func oneEmpty() throws {
    let none = "000/000/000"
    let some = "000/011/011"
    for (drawn, is1) in [
      (try distances(none, some), false), (try distances(some, none), true),
    ] {
      #expect(drawn.isOneSided)
      #expect((is1 ? drawn.predicted : drawn.truth) == DistanceCounts(unreached: 4))
      #expect((is1 ? drawn.truth : drawn.predicted) == .zero)
      for name in ["hd", "hd95", "asd", "assd", "masd"] {
        #expect(try value(name, of: drawn) == nil)
        #expect(try value(name, ["one_empty": 181], of: drawn) == 181)
      }
      #expect(try value("hd", ["directed": 1, "one_empty": 181], of: drawn) == 181)
      #expect(try value("hd95", ["joint": 1], of: drawn) == nil)
      #expect(try value("nsd", of: drawn) == 0)
    }
    let nothing = try distances(none, none)
    #expect(nothing == .zero && !nothing.isOneSided)
    for name in ["hd", "hd95", "asd", "assd", "masd", "nsd"] {
      #expect(try value(name, of: nothing) == nil)
      if name != "nsd" { #expect(try value(name, ["one_empty": 181], of: nothing) == nil) }
    }
  }

  @Test("levels, floats, logits, masks and label maps are decided as elsewhere")
  func inputs() throws {
    let truth = Drawing("001100/001100/000000").mask
    let predicted = Drawing("000110/000110/000010").mask
    let expected = try distances("000110/000110/000010", "001100/001100/000000")
    let floats = predicted.map { $0 == 1 ? 0.9 : 0.2 }
    let inputs: [Prediction] = [
      .masks([predicted]), .levels([predicted.map { $0 * 200 }]),
      .probabilities([plane(floats, .f4, width: 6)]),
      .probabilities([plane(floats, .u2, width: 6)]),
      .logits([plane(predicted.map { $0 == 1 ? 2 : -3 }, .f4, width: 6)]),
    ]
    for input in inputs {
      #expect(try counted(input, .masks([truth]), width: 6) == [expected])
    }
    let labels = try counted(
      .labels(predicted.map { 1 - Label($0) }), .labels(truth.map { 1 - Label($0) }), width: 6,
      classes: 2, exclusive: true)
    #expect(labels[0] == expected)
    let planes = try counted(
      .probabilities([plane(floats, .f4, width: 6), plane(floats.map { 1 - $0 }, .f4, width: 6)]),
      .labels(truth.map { 1 - Label($0) }), width: 6, classes: 2, exclusive: true)
    #expect(planes == labels)
  }

  @Test("a pixel that does not count is in neither mask")
  func ignored() throws {
    let counted = try counted(
      .labels([0, 0, 0, 0]), .labels([0, 0, .ignored, .none]), width: 4, classes: 1,
      exclusive: true)
    #expect(
      counted == [
        SurfaceDistances(
          predicted: DistanceCounts(squared: [0, 0, 4]), truth: DistanceCounts(squared: [0, 0]))
      ])
  }

  @Test("an image of no pixels, of one, of one row and of one column")
  func small() throws {
    #expect(try counted(.masks([[]]), .masks([[]]), width: 0) == [.zero])
    let one = DistanceCounts(coinciding: 1)
    #expect(try distances("1", "1") == SurfaceDistances(predicted: one, truth: one))
    let apart = DistanceCounts(squared: [36])
    #expect(
      try distances("1000000", "0000001") == SurfaceDistances(predicted: apart, truth: apart))
    #expect(
      try distances("1/0/0/0/0/0/0", "0/0/0/0/0/0/1")
        == SurfaceDistances(predicted: apart, truth: apart))
  }

  @Test("the truth itself is at 0, and what is never predicted at none")
  func imagined() throws {
    let drawn = try distances("0110/0000", "0011/0011")
    #expect(drawn.perfect == (try distances("0011/0011", "0011/0011")))
    #expect(drawn.neverPredicted == (try distances("0000/0000", "0011/0011")))
  }

  private func distances(_ predicted: String, _ truth: String) throws -> SurfaceDistances {
    let (predicted, truth) = (Drawing(predicted), Drawing(truth))
    return try #require(
      counted(.masks([predicted.mask]), .masks([truth.mask]), width: truth.width).first)
  }

  private func counted(
    _ prediction: Prediction, _ truth: Truth, width: Int, classes: Int = 1, exclusive: Bool = false
  ) throws -> [SurfaceDistances] {
    var counter = try Counter(for: Needs(scheme(classes, exclusive: exclusive)))
    return try counter.distances(of: pair(prediction, truth, width: width))
  }

  private func value(
    _ name: String, _ given: [String: Double] = [:], of distances: SurfaceDistances
  ) throws -> Double? {
    try measure(name, given).value(of: ClassTally(distances: distances))
  }

  private func isClose(_ value: Double?, _ expected: Double) -> Bool {
    value.map { CountingTests.isClose($0, expected) } ?? false
  }
}

/// Every pixel against every pixel, in `Double`, as the definitions say.
@Suite("Distances between boundaries, against the textbook")
struct DistanceTextbookTests {
  @Test("of masks that look random, in images of every shape", arguments: 0..<60)
  func random(seed: Int) throws {
    let (width, height) = (1 + seed * 7 % 23, 1 + seed * 5 % 17)
    // From nearly empty to nearly full, in patches and in single pixels.
    let shares = drawn(2, seed: UInt64(seed))
    let masks = shares.enumerated().map { index, share in
      mask(width, height, share: share, seed: UInt64(100 * seed + index), patch: 1 + seed % 4)
    }
    var counter = try Counter(for: Needs(scheme(1)))
    let found = try #require(
      counter.distances(of: pair(.masks([masks[0]]), .masks([masks[1]]), width: width)).first)
    let predicted = PairwiseDistances(masks[0], to: masks[1], width)
    let truth = PairwiseDistances(masks[1], to: masks[0], width)
    let all = predicted.distances + truth.distances
    func value(_ name: String, _ given: [String: Double] = [:]) throws -> Double? {
      try measure(name, given).value(of: ClassTally(distances: found))
    }
    #expect(found.predicted.pixels == predicted.distances.count)
    #expect(found.truth.pixels == truth.distances.count)
    guard !predicted.distances.isEmpty, !truth.distances.isEmpty else {
      #expect(try value("hd") == nil && value("assd") == nil)
      return
    }
    try expect(value("hd"), all.max())
    try expect(value("hd95"), max(predicted.percentile95, truth.percentile95))
    try expect(value("hd95", ["joint": 1]), PairwiseDistances(all).percentile95)
    try expect(value("asd"), predicted.mean)
    try expect(value("asd", ["directed": 2]), truth.mean)
    try expect(value("assd"), PairwiseDistances(all).mean)
    try expect(value("masd"), (predicted.mean + truth.mean) / 2)
    for tolerance in [0, 1, 1.5, 2, 3] {
      let near = all.count { $0 <= tolerance }
      try expect(value("nsd", ["tolerance": tolerance]), Double(near) / Double(all.count))
    }
  }

  private func expect(_ value: Double?, _ expected: Double?) throws {
    #expect(isClose(try #require(value), try #require(expected)))
  }

  private func mask(
    _ width: Int, _ height: Int, share: Double, seed: UInt64, patch: Int
  ) -> [UInt8] {
    let numbers = drawn(width * height, seed: seed)
    return (0..<width * height).map { pixel in
      let (x, y) = (pixel % width / patch, pixel / width / patch)
      return numbers[y * width + x] < share ? 1 : 0
    }
  }
}

/// The distances from a mask's boundary to another's.
private struct PairwiseDistances {
  var distances: [Double]

  init(_ distances: [Double]) { self.distances = distances.sorted() }

  init(_ mask: [UInt8], to other: [UInt8], _ width: Int) {
    let (own, others) = (
      PairwiseDistances.boundary(mask, width), PairwiseDistances.boundary(other, width)
    )
    func distance(_ a: (x: Int, y: Int), _ b: (x: Int, y: Int)) -> Double {
      let (x, y) = (Double(a.x - b.x), Double(a.y - b.y))
      return (x * x + y * y).squareRoot()
    }
    self.init(own.map { a in others.map { distance(a, $0) }.min() ?? .infinity })
  }

  var mean: Double { distances.reduce(0, +) / Double(distances.count) }

  var percentile95: Double {
    let position = 0.95 * Double(distances.count - 1)
    let (lower, upper) = (distances[Int(position)], distances[Int(position.rounded(.up))])
    return lower + (position - position.rounded(.down)) * (upper - lower)
  }

  private static func boundary(_ mask: [UInt8], _ width: Int) -> [(x: Int, y: Int)] {
    let height = mask.count / width
    func isIn(_ x: Int, _ y: Int) -> Bool {
      x >= 0 && x < width && y >= 0 && y < height && mask[y * width + x] != 0
    }
    return (0..<mask.count).map { ($0 % width, $0 / width) }.filter { x, y in
      isIn(x, y) && !(isIn(x - 1, y) && isIn(x + 1, y) && isIn(x, y - 1) && isIn(x, y + 1))
    }
  }
}
