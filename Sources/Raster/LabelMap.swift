/// One number a pixel, and which class each number means.
///
/// The numbers stay as they lie in the file: a map is looked at only where it is counted.
package struct LabelMap: Sendable {
  private let content: Content

  private enum Content {
    case plane(Plane, meanings: [Label])
    case runs(RunMap)
  }

  /// Bytes (`u1`, `b1`), or `u2` whose numbers are labels already.
  package var plane: Plane {
    switch content {
    case .plane(let plane, _): plane
    case .runs(let map): map.map.plane
    }
  }

  /// For each byte the class that it means; empty where the numbers are labels.
  package var meanings: [Label] {
    switch content {
    case .plane(_, let meanings): meanings
    case .runs(let map): map.map.meanings
    }
  }

  /// The same labels as runs, where they were saved so.
  package var runs: LabelRuns? {
    if case .runs(let map) = content { map.runs } else { nil }
  }

  package init(_ runs: LabelRuns) { content = .runs(RunMap(runs)) }

  /// A map of bytes.
  package init(_ plane: Plane, meaning meanings: [Label]) {
    precondition(plane.element.size == 1 && meanings.count == 256)
    content = .plane(plane, meanings: meanings)
  }

  /// A map of labels, row by row.
  package init(_ labels: [Label], width: Int) {
    let bytes = Bytes(count: labels.count * 2) { target in
      for (pixel, label) in labels.enumerated() {
        target[2 * pixel] = UInt8(truncatingIfNeeded: label)
        target[2 * pixel + 1] = UInt8(truncatingIfNeeded: label >> 8)
      }
    }
    let plane = Plane(
      bytes: bytes, element: .u2, isByteSwapped: 1 != 1.littleEndian, rowStride: width * 2,
      columnStride: 2, width: width, height: width == 0 ? 0 : labels.count / width)
    content = .plane(plane, meanings: [])
  }

  package var areBytes: Bool { !meanings.isEmpty }

  /// The labels of a run of pixels.
  package func load(_ run: Range<Int>, into target: inout MutableSpan<Label>) {
    if areBytes {
      plane.load(run, through: meanings, into: &target)
    } else {
      plane.load(run, into: &target)
    }
  }

  /// All labels, row by row.
  package var labels: [Label] {
    var labels = [Label](repeating: .none, count: plane.pixels)
    var span = labels.mutableSpan
    load(0..<plane.pixels, into: &span)
    return labels
  }
}

/// A class as its place in the list.
package typealias Label = UInt16

extension Label {
  /// The pixel has no class of the list.
  package static var none: Label { 0xfffe }
  /// A pixel that does not count, for any class.
  package static var ignored: Label { 0xffff }
}
