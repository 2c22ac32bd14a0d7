internal import Core
internal import Raster

/// Probabilities and truth that lie side by side in files without a gap: single-precision floats of
/// one class, or of all classes pixel by pixel, and a byte of truth for each.
///
/// Nothing is taken apart to read them. A strand of C classes repeats itself after eight pixels:
/// each lane of the C vectors of such a period belongs to one class and to one pixel of eight,
/// which are the lanes that a class has when it lies alone. So the sums are the same, bit by bit.
struct Strand {
  /// The first of its classes.
  var first: Int
  var classes: Int
  private let values: Plane
  private let truth: Plane

  /// The strands of a pair; none where numbers have to be converted, picked out or put together.
  static func strands(of pair: ImagePair) -> [Strand] {
    guard case .probabilities(let values) = pair.prediction, case .masks(let truth) = pair.truth,
      values.count == truth.count
    else { return [] }
    if let together = Strand(first: 0, values, truth) { return [together] }
    let alone = values.indices.compactMap { Strand(first: $0, [values[$0]], [truth[$0]]) }
    return alone.count == values.count ? alone : []
  }

  private init?(first: Int, _ values: [Plane], _ truth: [Plane]) {
    guard let joined = Plane(joining: values), let mask = Plane(joining: truth),
      joined.element == .f4, !joined.isByteSwapped, mask.element.size == 1
    else { return nil }
    self.first = first
    classes = values.count
    self.values = joined
    self.truth = mask
  }

  /// Shows the values and the truth of a run of pixels.
  func withMemory(_ run: Range<Int>, _ body: (UnsafeRawPointer, UnsafeRawPointer) -> Void) {
    let elements = run.lowerBound * classes..<run.upperBound * classes
    unsafe values.withMemory(elements) { values in
      unsafe truth.withMemory(elements) { truth in unsafe body(values, truth) }
    }
  }
}

extension Plane {
  /// Shows elements of a plane without gaps.
  fileprivate func withMemory(_ elements: Range<Int>, _ body: (UnsafeRawPointer) -> Void) {
    bytes.withSpan { bytes in
      // Cutting them out checks that they are inside.
      let place = elements.lowerBound * element.size..<elements.upperBound * element.size
      unsafe bytes.extracting(offset + place.lowerBound..<offset + place.upperBound)
        .withUnsafeBytes { bytes in
          guard let start = bytes.baseAddress else { return }
          unsafe body(start)
        }
    }
  }
}
