import Core
import Counting
import Raster
import Testing

@Suite("Near a class's border")
struct BorderTests {
  @Test("own pixels, missed ones and those taken for the class are counted")
  func square() throws {
    // A square of 6 by 6 in 10 by 10; predicted one column to the right.
    let truth = mask { x, y in (2..<8).contains(x) && (2..<8).contains(y) }
    let predicted = mask { x, y in (3..<9).contains(x) && (2..<8).contains(y) }
    let counts = try borders(.masks([predicted]), .masks([truth]), within: 1)
    // Of 36 own pixels the inner 16 have only own pixels around them.
    #expect(counts == [BorderCounts(own: 20, missed: 6, taken: 6)])
  }

  @Test("a hole in the middle is not at the border of a wide class, a larger band reaches it")
  func hole() throws {
    let truth = mask { x, _ in x < 8 }
    let predicted = mask { x, y in x < 8 && !(x == 3 && y == 3) }
    for (radius, missed) in [(1, 0), (4, 0), (5, 1)] {
      let counts = try borders(.masks([predicted]), .masks([truth]), within: radius)
      #expect(counts[0].missed == missed, "\(radius)")
      #expect(counts[0].own == 10 * radius, "\(radius)")
    }
  }

  @Test("a class that fills the image, or is not there, has no border", arguments: [true, false])
  func everywhere(_ fills: Bool) throws {
    let counts = try borders(
      .masks([mask { _, _ in !fills }]), .masks([mask { _, _ in fills }]), within: 3)
    #expect(counts == [.zero])
  }

  @Test("levels, floats, logits and label maps are decided as elsewhere")
  func inputs() throws {
    let truth = mask { x, y in (2..<8).contains(x) && (2..<8).contains(y) }
    let predicted = mask { x, y in (3..<9).contains(x) && (2..<8).contains(y) }
    let floats = predicted.map { $0 == 1 ? 0.9 : 0.2 }
    let expected = BorderCounts(own: 20, missed: 6, taken: 6)
    let inputs: [Prediction] = [
      .levels([predicted.map { $0 * 200 }]), .probabilities([plane(floats, .f4, width: 10)]),
      .probabilities([plane(floats, .u2, width: 10)]),
      .logits([plane(predicted.map { $0 == 1 ? 2 : -3 }, .f4, width: 10)]),
    ]
    for input in inputs {
      #expect(try borders(input, .masks([truth]), within: 1) == [expected])
    }
    let labels = try borders(
      .labels(predicted.map { 1 - Label($0) }), .labels(truth.map { 1 - Label($0) }), within: 1,
      classes: 2, exclusive: true)
    #expect(labels[0] == expected)
    #expect(labels[1].missed == 6 && labels[1].taken == 6)
    let planes = try borders(
      .probabilities([plane(floats, .f4, width: 10), plane(floats.map { 1 - $0 }, .f4, width: 10)]),
      .labels(truth.map { 1 - Label($0) }), within: 1, classes: 2, exclusive: true)
    #expect(planes == labels)
  }

  @Test("pixels that do not count are neither missed nor taken")
  func ignored() throws {
    let truth: [Label] = [0, 0, .ignored, .none]
    let predicted: [Label] = [0, .none, 0, 0]
    let counts = try borders(
      .labels(predicted), .labels(truth), within: 1, classes: 1, exclusive: true, width: 4)
    #expect(counts == [BorderCounts(own: 1, missed: 1, taken: 0)])
  }

  private func mask(_ isThere: (Int, Int) -> Bool) -> [UInt8] {
    (0..<100).map { isThere($0 % 10, $0 / 10) ? 1 : 0 }
  }

  private func borders(
    _ prediction: Prediction, _ truth: Truth, within radius: Int, classes: Int = 1,
    exclusive: Bool = false, width: Int = 10
  ) throws -> [BorderCounts] {
    var counter = try Counter(
      for: Needs(scheme(classes, exclusive: exclusive)))
    return try counter.borders(of: pair(prediction, truth, width: width), within: radius)
  }
}
