internal import Core
package import Raster

/// How the numbers of a volume lie in its file, whatever is written before them.
package struct VolumeNumbers: Hashable, Sendable {
  package var element: Plane.Element
  package var isByteSwapped: Bool
  /// The length along each axis, the fastest first.
  package var sizes: [Int]
  /// Of all numbers, in bytes.
  package private(set) var size: Int
  package var packing: Packing

  package enum Packing: Hashable, Sendable {
    case raw
    /// A gzip member (RFC 1952).
    case gzip
    /// A zlib stream (RFC 1950).
    case zlib
  }

  /// - Throws: Problem: an axis has no length, or no memory holds them all.
  init(
    _ element: Plane.Element, isByteSwapped: Bool, sizes: [Int], packing: Packing
  ) throws(Problem) {
    guard sizes.count <= Limits.axes.most else {
      throw Problem(
        "has \(sizes.count) axes; the limit is \(Limits.axes.most)",
        remedy: "save each volume in a file of its own")
    }
    var size = element.size
    for length in sizes {
      let (product, overflow) = size.multipliedReportingOverflow(by: length)
      guard !overflow else {
        throw Problem(
          "its header claims more numbers than any memory holds",
          remedy: "the file is damaged; write it again")
      }
      size = product
    }
    self.element = element
    self.isByteSwapped = element.size > 1 && isByteSwapped
    self.sizes = sizes
    self.size = size
    self.packing = packing
  }

  /// The numbers that begin at `start` of bytes that are not packed, the fastest axis last as NumPy has it.
  package func array(in bytes: Bytes, at start: Int) -> NumberArray {
    var strides: [Int] = []
    var stride = element.size
    for length in sizes {
      strides.append(stride)
      stride *= length
    }
    return NumberArray(
      bytes: bytes, element: element, isByteSwapped: isByteSwapped, shape: sizes.reversed(),
      strides: strides.reversed(), offset: start)
  }

  /// That raw numbers end where their file does.
  func expectEnd(at end: Int, from start: Int) throws(Problem) {
    guard packing == .raw else { return }
    let there = end - start
    guard there >= size else {
      throw .atByte(
        end,
        "the file is truncated or still being written: its header says \(size) bytes of numbers, but \(max(0, there)) follow it",
        remedy: "wait until it is written, or write it again")
    }
    guard there == size else {
      throw .atByte(
        start + size,
        "\(there - size) bytes are left over: the header says \(size) bytes of numbers",
        remedy: "the sizes or the type in the header are not those of the numbers; write it again")
    }
  }
}
