import Core
import Raster
import Testing

@Suite("Loading the numbers of a plane")
struct PlaneLoadingTests {
  /// Where the six pixels of a plane of 2 rows and 3 columns lie, counted in elements.
  enum Layout: CaseIterable {
    case packed, gapsBetweenRows, channelsLast, columnMajor, bottomUp

    var steps: (offset: Int, row: Int, column: Int) {
      switch self {
      case .packed: (0, 3, 1)
      case .gapsBetweenRows: (1, 5, 1)
      case .channelsLast: (2, 12, 4)
      case .columnMajor: (0, 1, 2)
      case .bottomUp: (3, -3, 1)
      }
    }
  }

  @Test(
    "a run of any element, byte order and layout gives the values saved",
    arguments: Plane.Element.allCases, Layout.allCases)
  func values(element: Plane.Element, layout: Layout) {
    let values = samples(of: element)
    for isByteSwapped in [false, true] {
      let plane = plane(of: values, element, layout, isByteSwapped: isByteSwapped)
      for first in 0...6 {
        for end in first...6 {
          let expected = Array(values[first..<end])
          #expect(floats(plane, first..<end) == expected.map(Float.init))
          #expect(doubles(plane, first..<end) == expected)
          #expect(labels(plane, first..<end) == expected.map { Int64($0) })
        }
      }
    }
  }

  @Test("8-bit levels load as they are", arguments: [Plane.Element.b1, .u1], Layout.allCases)
  func levels(element: Plane.Element, layout: Layout) {
    let values = samples(of: element)
    let plane = plane(of: values, element, layout)
    var levels = [UInt8](repeating: 7, count: 4)
    var span = levels.mutableSpan
    plane.load(2..<5, into: &span)
    #expect(levels == values[2..<5].map { UInt8($0) } + [7])
  }

  @Test("16-bit levels load as they are", arguments: [Plane.Element.b1, .u1, .u2], [false, true])
  func wideLevels(element: Plane.Element, isByteSwapped: Bool) {
    let values = samples(of: element)
    let plane = plane(of: values, element, .channelsLast, isByteSwapped: isByteSwapped)
    var levels = [UInt16](repeating: 0, count: 6)
    var span = levels.mutableSpan
    plane.load(0..<6, into: &span)
    #expect(levels == values.map { UInt16($0) })
  }

  @Test("an empty run of an empty plane loads nothing")
  func empty() {
    let plane = Plane(packed: Bytes([]), element: .f4, width: 0, height: 4)
    #expect(floats(plane, 0..<0) == [])
    #expect(labels(plane, 0..<0) == [])
  }

  @Test("a number too fine for Float is rounded to the nearest")
  func rounding() {
    let tenth = row([(0.1 as Double).bitPattern], .f8)
    #expect(floats(tenth, 0..<1) == [0.1 as Float])
    #expect(doubles(tenth, 0..<1) == [0.1])
    let large = row([1 << 53 | 1, .max], .u8)
    #expect(doubles(large, 0..<2) == [0x1p53, 0x1p64])
    #expect(floats(large, 0..<2) == [0x1p53, 0x1p64])
  }

  @Test("infinity and NaN stay what they are")
  func notFinite() {
    let single = floats(row([0x7f80_0000, 0xff80_0000, 0x7fc0_0000], .f4), 0..<3)
    let half = floats(row([0x7c00, 0xfc00, 0x7e00], .f2), 0..<3)
    for values in [single, half] {
      #expect(values[0] == .infinity && values[1] == -.infinity && values[2].isNaN)
    }
  }

  // Float16 does not exist there.
  #if !(os(macOS) && arch(x86_64))
    @Test("every half has its IEEE 754 value")
    func halves() {
      let patterns = UInt16.min...UInt16.max
      let values = floats(row(patterns.map(UInt64.init), .f2), 0..<patterns.count)
      let different = zip(patterns, values).filter { pattern, value in
        let expected = Float(Float16(bitPattern: pattern))
        return expected.isNaN ? !value.isNaN : value.bitPattern != expected.bitPattern
      }
      #expect(different.isEmpty)
    }
  #endif

  @Test("a label is an integer that 64 bits hold; the first pixel that has none is named")
  func labelFaults() {
    #expect(firstFault(row([0, UInt64(Int64.max), 1 << 63], .u8), 0..<3) == 2)
    #expect(firstFault(row([UInt64(bitPattern: .min)], .i8), 0..<1) == nil)
    let halves = row([0x3c00, 0x3800, 0x7c00], .f2)  // 1, 0.5, ∞
    #expect(firstFault(halves, 0..<1) == nil)
    #expect(firstFault(halves, 0..<3) == 1)
    #expect(firstFault(halves, 2..<3) == 2)
    let singles = [255, Float.nan].map { UInt64($0.bitPattern) }
    #expect(firstFault(row(singles, .f4), 0..<2) == 1)
    let edges = [-0x1p63, -0.0, 0x1p63.nextDown, 0x1p63, 3]
    #expect(firstFault(row(edges.map(\.bitPattern), .f8), 0..<5) == 3)
    #expect(labels(row(edges.map(\.bitPattern), .f8), 0..<2) == [.min, 0])
  }

  @Test("a fault in a later row is named by its place in the plane")
  func faultInRow() {
    // The columns of x are left out: 0 0 x / 1 ½ x.
    var plane = row([0, 0, 0.5, 1, 0.5, 0.5].map(\.bitPattern), .f8)
    (plane.width, plane.height, plane.rowStride) = (2, 2, 24)
    #expect(firstFault(plane, 0..<3) == nil)
    #expect(firstFault(plane, 1..<4) == 3)
  }
}

// MARK: - Planes by hand

/// Six values that the element holds, its extremes among them where all elements of the kind
/// have them.
private func samples(of element: Plane.Element) -> [Double] {
  switch element {
  case .b1: [0, 1, 1, 0, 1, 0]
  case .u1, .u2, .u4, .u8: [0, 1, 2, 127, 128, 255]
  case .i1, .i2, .i4, .i8, .f2, .f4, .f8: [0, 1, -1, 2, 127, -128]
  }
}

private func plane(
  of values: [Double], _ element: Plane.Element, _ layout: PlaneLoadingTests.Layout,
  isByteSwapped: Bool = false
) -> Plane {
  let size = element.size
  let steps = layout.steps
  var bytes = [UInt8](repeating: 0xa5, count: 24 * size)
  for (pixel, value) in values.enumerated() {
    let place = (steps.offset + pixel / 3 * steps.row + pixel % 3 * steps.column) * size
    let number = littleEndian(pattern(of: value, element), size)
    bytes.replaceSubrange(place..<place + size, with: isByteSwapped ? number.reversed() : number)
  }
  return Plane(
    bytes: Bytes(bytes), element: element, isByteSwapped: isByteSwapped,
    offset: steps.offset * size, rowStride: steps.row * size, columnStride: steps.column * size,
    width: 3, height: 2)
}

/// A plane of one row.
private func row(_ patterns: [UInt64], _ element: Plane.Element) -> Plane {
  let bytes = patterns.flatMap { littleEndian($0, element.size) }
  return Plane(packed: Bytes(bytes), element: element, width: patterns.count, height: 1)
}

private func pattern(of value: Double, _ element: Plane.Element) -> UInt64 {
  switch element {
  case .f8: return value.bitPattern
  case .f4: return UInt64(Float(value).bitPattern)
  case .f2:
    // Of a normal number or 0 that a half holds exactly.
    let bits = Float(value).bitPattern
    let magnitude = value == 0 ? 0 : (bits & 0x7fff_ffff) >> 13 - 112 << 10
    return UInt64(bits >> 16 & 0x8000 | magnitude)
  default: return UInt64(bitPattern: Int64(value))
  }
}

private func littleEndian(_ pattern: UInt64, _ size: Int) -> [UInt8] {
  (0..<size).map { UInt8(truncatingIfNeeded: pattern >> (8 * $0)) }
}

// MARK: - Runs as arrays

private func floats(_ plane: Plane, _ run: Range<Int>) -> [Float] {
  var result = [Float](repeating: -7, count: run.count)
  var span = result.mutableSpan
  plane.load(run, into: &span)
  return result
}

private func doubles(_ plane: Plane, _ run: Range<Int>) -> [Double] {
  var result = [Double](repeating: -7, count: run.count)
  var span = result.mutableSpan
  plane.load(run, into: &span)
  return result
}

private func labels(_ plane: Plane, _ run: Range<Int>) -> [Int64] {
  var result = [Int64](repeating: -7, count: run.count)
  var span = result.mutableSpan
  #expect(plane.loadLabels(run, into: &span) == nil)
  return result
}

private func firstFault(_ plane: Plane, _ run: Range<Int>) -> Int? {
  var result = [Int64](repeating: -7, count: run.count)
  var span = result.mutableSpan
  return plane.loadLabels(run, into: &span)
}
