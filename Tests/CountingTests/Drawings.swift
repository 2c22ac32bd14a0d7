import Core
import Counting
import Raster
import Testing

/// A picture of one character a pixel, `0110/0011`: each row ends at a stroke.
struct Drawing {
  var pixels: [Character]
  var width: Int

  init(_ text: String) {
    let rows = text.split(separator: "/")
    width = rows.first?.count ?? 0
    pixels = rows.flatMap { Array($0) }
  }

  /// 1 where the class is.
  var mask: [UInt8] { pixels.map { $0 == "1" ? 1 : 0 } }

  /// Digits are classes, `.` is no class of the list, `-` does not count.
  var labels: [Label] {
    pixels.map { $0 == "-" ? .ignored : Label(String($0)) ?? .none }
  }
}

/// Numbers as a packed plane, rounded to `element`; 16-bit planes hold round(p · 65535).
func plane(_ numbers: [Double], _ element: Plane.Element = .f4, width: Int? = nil) -> Plane {
  let width = width ?? numbers.count
  let bytes = numbers.flatMap { number -> [UInt8] in
    switch element {
    case .f8: little(number.bitPattern)
    case .f4: little(Float(number).bitPattern)
    default: little(UInt16((number * 65535).rounded()))
    }
  }
  return Plane(
    packed: Bytes(bytes), element: element, width: width,
    height: width == 0 ? 0 : numbers.count / width)
}

private func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
  (0..<(Number.bitWidth / 8)).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
}

/// Numbers that look random and are the same at each run, in 0 ..< 1.
func drawn(_ count: Int, seed: UInt64 = 1) -> [Double] {
  var state = seed
  return (0..<count).map { _ in
    // Knuth's MMIX generator; its upper bits are good enough here.
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) * 0x1p-53
  }
}

/// One image of one row, unless a width is given.
func pair(_ prediction: Prediction, _ truth: Truth, width: Int? = nil) -> ImagePair {
  let pixels =
    switch truth {
    case .labels(let map): map.plane.pixels
    case .masks(let masks), .standings(let masks): masks.first?.pixels ?? 0
    }
  let width = width ?? pixels
  return ImagePair(
    name: "drawn", width: width, height: width == 0 ? 0 : pixels / width, prediction: prediction,
    truth: truth)
}

func measure(
  _ name: String, _ given: [String: Double] = [:], exclusive: Bool = false
) throws -> Measure {
  try #require(Catalogue.definition(named: name))
    .measure(given: given, areClassesExclusive: exclusive)
}

extension Measure {
  /// The value of a ratio.
  func value(of tally: ClassTally) -> Double? {
    func value<Of: AnyRatio>(_ ratio: Of) -> Double? {
      if case .each(let value) = ratio.ratio { value(Of.Cell(tally)) } else { nil }
    }
    return ratio.flatMap { value($0) }
  }
}

/// How classes a, b, c … are counted for some measures.
func scheme(
  _ classes: Int, _ measures: [Measure] = [], threshold: Double = 0.5, exclusive: Bool = false,
  softSums: Bool = false, repaired: Measure? = nil
) -> Scheme {
  let list = (0..<classes).map { c in
    ClassList.Entry(name: String(UnicodeScalar(UInt8(97 + c % 26))), value: Int64(c))
  }
  return Scheme(
    classes: ClassList(list), decision: exclusive ? .mostProbable : .above(threshold),
    losses: measures.compactMap(\.loss), repaired: repaired?.loss, softSums: softSums)
}

/// Everything that can be counted of a whole image.
func tally(
  _ pair: ImagePair, classes: Int, _ measures: [Measure] = [], threshold: Double = 0.5,
  exclusive: Bool = false, repairs: Int? = nil
) throws -> Tally {
  var counter = try Counter(
    for: Needs(
      scheme(
        classes, measures, threshold: threshold, exclusive: exclusive,
        softSums: pair.prediction.isSoft, repaired: repairs.map { measures[$0] })))
  return try counter.count(pair, in: Region(width: pair.width, height: pair.height))
}

extension Prediction {
  var isSoft: Bool {
    switch self {
    case .labels, .masks: false
    case .levels, .probabilities, .logits: true
    }
  }
}

/// Relative to what is expected; a sum is rounded to 2⁻⁶⁰, which shows where it is nearly 0.
func isClose(_ x: Double, _ expected: Double, within tolerance: Double = 1e-12) -> Bool {
  (x - expected).magnitude <= tolerance * expected.magnitude + 1e-17
}

func isClose(_ xs: [Double], _ expected: [Double], within tolerance: Double = 1e-12) -> Bool {
  xs.count == expected.count
    && zip(xs, expected).allSatisfy { isClose($0, $1, within: tolerance) }
}

/// What a problem says, if `body` throws one.
func problem(_ body: () throws -> Void) -> String? {
  do {
    try body()
    return nil
  } catch {
    return "\(error)"
  }
}
