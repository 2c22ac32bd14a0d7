internal import Core

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
  var values: Plane
  var truth: Plane

  /// The strands of a pair; none where numbers have to be converted, picked out or put together.
  static func strands(of pair: ImagePair) -> [Strand] {
    guard case .probabilities(let values) = pair.prediction, case .masks(let truth) = pair.truth,
      values.count == truth.count
    else { return [] }
    let alone = values.indices.map {
      Strand(first: $0, classes: 1, values: values[$0], truth: truth[$0])
    }
    if alone.allSatisfy(\.isGapless) { return alone }
    guard let value = values.first, let mask = truth.first else { return [] }
    let together = Strand(first: 0, classes: values.count, values: value, truth: mask)
    let areSideBySide = values.indices.allSatisfy {
      values[$0].isBeside(value, by: $0) && truth[$0].isBeside(mask, by: $0)
    }
    return areSideBySide && together.isGapless ? [together] : []
  }

  private var isGapless: Bool {
    values.element == .f4 && !values.isByteSwapped && truth.element.size == 1
      && values.isGapless(every: classes) && truth.isGapless(every: classes)
  }

  /// Shows the values and the truth of a run of pixels.
  func withMemory(_ run: Range<Int>, _ body: (UnsafeRawPointer, UnsafeRawPointer) -> Void) {
    unsafe values.withMemory(run, every: classes) { values in
      unsafe truth.withMemory(run, every: classes) { truth in unsafe body(values, truth) }
    }
  }
}

extension Plane {
  fileprivate func isGapless(every classes: Int) -> Bool {
    columnStride == classes * element.size && rowStride == width * columnStride
  }

  /// Whether it is the same array's plane, so many elements further.
  fileprivate func isBeside(_ other: Plane, by elements: Int) -> Bool {
    bytes === other.bytes && element == other.element && isByteSwapped == other.isByteSwapped
      && offset == other.offset + elements * element.size && columnStride == other.columnStride
      && rowStride == other.rowStride && width == other.width && height == other.height
  }

  fileprivate func withMemory(
    _ run: Range<Int>, every classes: Int, _ body: (UnsafeRawPointer) -> Void
  ) {
    let size = classes * element.size
    bytes.withSpan { bytes in
      // Cutting out the run checks that it is inside.
      unsafe bytes.extracting(
        (offset + run.lowerBound * size)..<(offset + run.upperBound * size)
      ).withUnsafeBytes { bytes in
        guard let start = bytes.baseAddress else { return }
        unsafe body(start)
      }
    }
  }
}
