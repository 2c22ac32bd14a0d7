import Core
import Counting
import Raster
import Testing

@Suite("Classes that lie side by side")
struct StrandTests {
  @Test(
    "are counted where they lie, to the same bits as planes with gaps",
    arguments: [1, 2, 5, 8, 9, 19], [8, 16, 248, 256, 264, 4096, 4104, 5000])
  func sameBits(classes: Int, pixels: Int) throws {
    let drawing = StrandDrawing(classes: classes, pixels: pixels)
    let expected = try drawing.tally(.gaps)
    #expect(try drawing.tally(.sideBySide) == expected)
    #expect(try drawing.tally(.oneAfterTheOther) == expected)
  }

  @Test("may have any number of pixels and be cut into any tiles", arguments: [1, 7, 12, 100, 999])
  func tails(pixels: Int) throws {
    let drawing = StrandDrawing(classes: 3, pixels: pixels)
    #expect(try drawing.tally(.sideBySide) == drawing.tally(.gaps))
    let square = StrandDrawing(classes: 3, pixels: 96 * 40, width: 96)
    let tile = Region(x: 8, y: 3, width: 56, height: 33, imageWidth: 96)
    #expect(try square.tally(.sideBySide, in: tile) == square.tally(.gaps, in: tile))
  }

  @Test("may be saturated; which of them are wrong is counted")
  func saturated() throws {
    let drawing = StrandDrawing(classes: 5, pixels: 512, saturated: true)
    let expected = try drawing.tally(.gaps)
    #expect(try drawing.tally(.sideBySide) == expected)
    #expect(try drawing.tally(.oneAfterTheOther) == expected)
    #expect(expected.classes.allSatisfy { $0.saturated.wrong > 0 })
  }

  @Test(
    "with a probability that is none are refused in the same words", arguments: [-0.1, 1.5, .nan])
  func outside(value: Double) throws {
    var drawing = StrandDrawing(classes: 5, pixels: 512)
    drawing.probabilities[3][77] = value
    for layout in [StrandDrawing.Layout.sideBySide, .oneAfterTheOther] {
      let problem = #expect(throws: Problem.self) { try drawing.tally(layout) }
      let expected = #expect(throws: Problem.self) { try drawing.tally(.gaps) }
      #expect(problem?.description == expected?.description)
    }
  }

  @Test("may be −0, which is 0")
  func negativeZero() throws {
    var drawing = StrandDrawing(classes: 5, pixels: 512)
    drawing.probabilities[3][77] = 0
    let expected = try drawing.tally(.gaps)
    drawing.probabilities[3][77] = -0.0
    for layout in [StrandDrawing.Layout.sideBySide, .oneAfterTheOther, .gaps] {
      #expect(try drawing.tally(layout) == expected)
    }
  }

  @Test(
    "with truth that overlaps are told apart pixel by pixel",
    arguments: [2, 7, 8, 9, 20, 56, 57, 70])
  func overlaps(classes: Int) throws {
    var drawing = StrandDrawing(classes: classes, pixels: 24)
    drawing.truth = drawing.truth.map { $0.map { _ in 0 } }
    drawing.truth[0][3] = 1
    drawing.truth[classes - 1][3] = 255
    drawing.truth[classes - 1][4] = 2
    let tally = try drawing.tally(.sideBySide)
    #expect((tally.overlapping, tally.unclassed, tally.pixels) == (1, 22, 24))
    #expect(tally.classes.map(\.first).reduce(0, +) == 2)
    #expect(tally.classes[0].first == 1)
    #expect(try tally == drawing.tally(.gaps))
  }
}

/// Probabilities and truth of some classes, which can be laid out in several ways.
private struct StrandDrawing {
  var probabilities: [[Double]]
  var truth: [[UInt8]]
  var width: Int

  enum Layout { case gaps, sideBySide, oneAfterTheOther }

  init(classes: Int, pixels: Int, width: Int? = nil, saturated: Bool = false) {
    self.width = width ?? pixels
    probabilities = (0..<classes).map { c in
      drawn(pixels, seed: UInt64(c + 1)).map { p -> Double in
        saturated ? min(max(1.2 * p - 0.1, 0), 1) : p * 0.998 + 0.001
      }
    }
    truth = (0..<classes).map { c in
      drawn(pixels, seed: UInt64(c + 101)).map { x -> UInt8 in x < 0.1 ? 255 : x < 0.3 ? 1 : 0 }
    }
  }

  func pair(_ layout: Layout) -> ImagePair {
    let classes = probabilities.count
    let pixels = probabilities[0].count
    // A gap is one more class, which nobody reads.
    let stride = layout == .gaps ? classes + 1 : classes
    var values = [Float](repeating: 0.5, count: stride * pixels)
    var bytes = [UInt8](repeating: 1, count: stride * pixels)
    for c in 0..<classes {
      for pixel in 0..<pixels {
        let place = layout == .oneAfterTheOther ? c * pixels + pixel : pixel * stride + c
        values[place] = Float(probabilities[c][pixel])
        bytes[place] = truth[c][pixel]
      }
    }
    let step = layout == .oneAfterTheOther ? 1 : stride
    func planes(_ bytes: Bytes, _ element: Plane.Element) -> [Plane] {
      (0..<classes).map { c in
        Plane(
          bytes: bytes, element: element,
          offset: element.size * (layout == .oneAfterTheOther ? c * pixels : c),
          rowStride: element.size * step * width, columnStride: element.size * step, width: width,
          height: pixels / width)
      }
    }
    let floats = plane(values.map(Double.init)).bytes
    return CountingTests.pair(
      .probabilities(planes(floats, .f4)), .masks(planes(Bytes(bytes), .u1)), width: width)
  }

  func tally(_ layout: Layout, in region: Region? = nil) throws -> Tally {
    let pair = pair(layout)
    var counter = try Counter(
      for: Needs(
        scheme(
          probabilities.count, [measure("bce"), measure("bce", ["epsilon": 1e-3])], softSums: true))
    )
    return try counter.count(pair, in: region ?? Region(width: pair.width, height: pair.height))
  }
}
