import Core
import Foundation
import Raster
import Testing

@Suite("Resizing")
struct ResizeTests {
  private let oracle = Result { try ResizeOracle.read() }

  /// The largest difference to the library, in parts of the range of the numbers. TensorFlow and Pillow are
  /// met bit by bit. The products of PyTorch and OpenCV are fused or not by machine and place, which is
  /// their last bit; PyTorch's bicubic weights are float32 besides.
  private static let errors = [
    "torch.bilinear": 1e-7, "torch.bilinear.align_corners": 1e-7, "torch.bicubic": 3e-7,
    "tf.bilinear": 0, "opencv.linear": 1e-7, "pillow.bilinear": 0,
  ]

  @Test("gives the numbers of the library", arguments: Interpolation.all.map(\.name))
  func library(name: String) throws {
    let oracle = try oracle.get()
    let results = oracle.results.filter { $0.function == name }
    try #require(results.count == oracle.planes.count)
    var most = 0.0
    for result in results {
      let source = oracle.planes[result.plane]
      let found = try source.plane.resized(by: name, width: result.width, height: result.height)
      #expect(found.element == .f4 && found.width == result.width && found.height == result.height)
      for (a, b) in zip(found.floats, result.numbers) {
        most = max(most, Double(abs(a - b)) / source.range)
      }
    }
    #expect(most <= Self.errors[name] ?? 0)
  }

  @Test("takes the columns that the library takes, also of odd sizes")
  func columns() throws {
    for row in try oracle.get().columns {
      guard case .nearest(let places) = try Interpolation.named(row.function).rule else {
        Issue.record("\(row.function) is not a nearest rule")
        continue
      }
      #expect(
        places(row.input, row.output) == row.taken,
        "\(row.function), \(row.input) to \(row.output)")
    }
  }

  @Test("is the textbook's sum over both axes", arguments: Textbook.all)
  func textbook(name: String, weight: @Sendable (Double, Double) -> Double) throws {
    for size in [(3, 2), (7, 5), (20, 9), (1, 1), (4, 13)] {
      let (width, height) = (7, 5)
      let numbers = (0..<width * height).map { Float($0 * 37 % 23) }
      let plane = Plane.floats(numbers, width: width)
      let found = try plane.resized(by: name, width: size.0, height: size.1).floats
      for y in 0..<size.1 {
        for x in 0..<size.0 {
          let expected = Textbook.value(
            of: numbers, (width, height), size, at: (x, y), name, weight)
          // Positions of up to 8 are float32 in most libraries: half of 2⁻²¹ off, by a scale that is off as
          // much; numbers and their differences are up to 22.
          #expect(abs(Double(found[y * size.0 + x]) - expected) < 22 * 0x1p-20)
        }
      }
    }
  }

  @Test("to the same size changes nothing", arguments: Interpolation.all.map(\.name))
  func identity(name: String) throws {
    let plane = try oracle.get().planes[0].plane
    #expect(try plane.resized(by: name, width: 7, height: 5).floats == plane.floats)
  }

  @Test("never leaves the plane, whatever the sizes", arguments: Interpolation.all)
  func inside(function: Interpolation) {
    for input in Array(1...40) + [255, 4096, 99_991] {
      for output in [1, 2, 3, 7, 16, 39, 40, 41, 1000, 65_537] {
        switch function.rule {
        case .nearest(let places):
          let places = places(input, output)
          #expect(places.count == output && places.allSatisfy((0..<input).contains))
          #expect(zip(places, places.dropFirst()).allSatisfy(<=))
        case .weighted(_, let taps):
          let taps = taps(input, output)
          #expect(taps.count == output)
          #expect(taps.allSatisfy { $0.allSatisfy { (0..<input).contains($0.place) } })
          #expect(taps.allSatisfy { abs($0.reduce(0) { $0 + $1.weight } - 1) < 1e-12 })
        }
      }
    }
  }

  @Test("makes levels probabilities before it adds them, and leaves the nearest as they are")
  func levels() throws {
    let bytes = Plane(packed: Bytes([0, 51, 255, 102]), element: .u1, width: 2, height: 2)
    let grown = try bytes.resized(by: "torch.bilinear", width: 4, height: 2)
    #expect(grown.element == .f4)
    #expect(grown.floats == [0, 0.05, 0.15, 0.2, 1, 0.85, 0.55, 0.4])
    let shorts = Plane(
      bytes: Bytes([0, 0, 0xff, 0xff]), element: .u2, isByteSwapped: true, rowStride: 4,
      columnStride: 2, width: 2, height: 1)
    #expect(
      try shorts.resized(by: "tf.bilinear", width: 4, height: 1).floats == [0, 0.25, 0.75, 1])
    let taken = try bytes.resized(by: "torch.nearest", width: 4, height: 1)
    #expect(taken.element == .u1 && taken.levels == [0, 0, 51, 51])
    let wide = try shorts.resized(by: "pillow.nearest", width: 1, height: 2)
    #expect(wide.element == .u2 && wide.floats == [65535, 65535])
  }

  @Test("reads planes where they lie: classes last, turned, every element")
  func strides() throws {
    let numbers = (0..<30).map { Float($0 * 7 % 30) }
    let last = Plane(
      bytes: Plane.floats(numbers, width: 30).bytes, element: .f4, offset: 4, rowStride: 40,
      columnStride: 8, width: 5, height: 3)
    let packed = Plane.floats(last.floats, width: 5)
    for function in Interpolation.all {
      let name = function.name
      #expect(
        try last.resized(by: name, width: 8, height: 2).floats
          == packed.resized(by: name, width: 8, height: 2).floats)
      #expect(
        try last.turned(.transposed).resized(by: name, width: 2, height: 8).turned(.transposed)
          .floats.count == 16)
    }
    for element in [Plane.Element.i1, .i2, .i4, .i8, .u4, .u8] {
      let bytes = (0..<4).flatMap { [UInt8($0)] + [UInt8](repeating: 0, count: element.size - 1) }
      let plane = Plane(packed: Bytes(bytes), element: element, width: 4, height: 1)
      #expect(try plane.resized(by: "torch.nearest", width: 2, height: 1).floats == [0, 2])
    }
  }

  @Test("carries what is no number to every pixel that it is part of")
  func nan() throws {
    let plane = Plane.floats([0, .nan, 1, 2], width: 4)
    let grown = try plane.resized(by: "torch.bilinear", width: 8, height: 1).floats
    #expect(grown.indices.filter { grown[$0].isNaN } == [0, 1, 2, 3, 4])
  }

  @Test("of what both sides mean keeps the meaning")
  func meaning() throws {
    func resizing(_ name: String) throws -> Resizing {
      Resizing(try Interpolation.named(name), from: (2, 1), to: (4, 1))
    }
    let nearest = try resizing("torch.nearest")
    guard case .labels(let map) = Prediction.labels([3, .none]).resized(by: nearest),
      case .labels(let truth) = Truth.labels([.ignored, 1]).resized(by: nearest),
      case .masks(let masks) = Truth.masks([[0, 1]]).resized(by: nearest),
      case .levels(let levels) = Prediction.levels([[9, 8]]).resized(by: nearest),
      case .probabilities(let shares) = Prediction.levels([[0, 255]])
        .resized(by: try resizing("torch.bilinear"))
    else {
      Issue.record("another meaning")
      return
    }
    #expect(map.labels == [3, 3, .none, .none] && map.plane.width == 4)
    #expect(truth.labels == [.ignored, .ignored, 1, 1])
    #expect(masks.map(\.levels) == [[0, 0, 1, 1]])
    #expect(levels.map(\.levels) == [[9, 9, 8, 8]])
    #expect(shares.map(\.floats) == [[0, 0.25, 0.75, 1]])
  }

  @Test("is known by its name")
  func names() throws {
    let names = Interpolation.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(Interpolation.all.filter(\.leavesRange).map(\.name) == ["torch.bicubic"])
    for function in Interpolation.all {
      let copy = try JSONDecoder().decode(
        Interpolation.self, from: JSONEncoder().encode(function))
      #expect(copy == function)
    }
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Interpolation.self, from: Data("\"torch.area\"".utf8))
    }
  }
}

/// The formulas in `Double`, over all pixels: the weight of a pixel follows from its distance to where
/// the result looks, in steps from pixel to pixel, and from how much larger the result's pixels are.
private enum Textbook {
  static let all: [(String, @Sendable (Double, Double) -> Double)] = [
    ("torch.bilinear", { d, _ in max(0, 1 - abs(d)) }),
    ("torch.bilinear.align_corners", { d, _ in max(0, 1 - abs(d)) }),
    ("tf.bilinear", { d, _ in max(0, 1 - abs(d)) }),
    ("opencv.linear", { d, _ in max(0, 1 - abs(d)) }),
    ("pillow.bilinear", { d, scale in max(0, 1 - abs(d) / max(scale, 1)) }),
    (
      "torch.bicubic",
      { d, _ in
        let (x, a) = (abs(d), -0.75)
        if x < 1 { return (a + 2) * x * x * x - (a + 3) * x * x + 1 }
        return x < 2 ? a * x * x * x - 5 * a * x * x + 8 * a * x - 4 * a : 0
      }
    ),
  ]

  static func value(
    of numbers: [Float], _ from: (Int, Int), _ to: (Int, Int), at place: (Int, Int),
    _ name: String, _ weight: (Double, Double) -> Double
  ) -> Double {
    func weights(_ input: Int, _ output: Int, _ place: Int) -> [Double] {
      let scale = Double(input) / Double(output)
      let isAligned = name.hasSuffix("align_corners")
      let position =
        isAligned
        ? output == 1 ? 0 : Double(place) * Double(input - 1) / Double(output - 1)
        : (Double(place) + 0.5) * scale - 0.5
      // Beyond the edges stands the last pixel again; Pillow has nothing there.
      let outside = name == "pillow.bilinear" ? 0 : 4
      var weights = [Double](repeating: 0, count: input)
      for other in -outside..<input + outside {
        weights[min(max(other, 0), input - 1)] += weight(Double(other) - position, scale)
      }
      let sum = weights.reduce(0, +)
      return weights.map { $0 / sum }
    }
    let columns = weights(from.0, to.0, place.0)
    let rows = weights(from.1, to.1, place.1)
    var sum = 0.0
    for (y, row) in rows.enumerated() {
      for (x, column) in columns.enumerated() {
        sum += row * column * Double(numbers[y * from.0 + x])
      }
    }
    return sum
  }
}
