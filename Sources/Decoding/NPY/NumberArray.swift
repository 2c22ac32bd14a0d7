internal import Core
package import Raster

/// The numbers of one saved array, where they lie in a file's bytes.
package struct NumberArray: Sendable {
  package var bytes: Bytes
  package var element: Plane.Element
  /// Whether the file's byte order is not this machine's.
  package var isByteSwapped: Bool
  /// The length along each axis.
  package var shape: [Int]
  /// Bytes from an element to the next along each axis.
  package var strides: [Int]
  /// Byte of the element whose indices are all 0.
  package var offset: Int
  /// What each number is where `element` is only the room of its bits, u1 or u2; to be widened before a plane is
  /// taken of it.
  package var narrow: NarrowFloat?
  /// Whether the file does not say what its numbers are, but only of how many bytes: those of u1 or u2.
  package var isRaw = false

  /// The numbers of an array of one axis; `nil` where it has more, or whole numbers.
  package var numbers: [Double]? {
    guard shape.count == 1, read.isFloat, let array = widened() else { return nil }
    let element = array.element
    let row = Plane(
      bytes: array.bytes, element: element, isByteSwapped: array.isByteSwapped,
      offset: array.offset, rowStride: 0, columnStride: array.strides[0], width: shape[0], height: 1
    )
    var numbers = [Double](repeating: 0, count: shape[0])
    if element == .f8 {
      var span = numbers.mutableSpan
      row.load(0..<shape[0], into: &span)
    } else {
      var singles = [Float](repeating: 0, count: shape[0])
      var span = singles.mutableSpan
      row.load(0..<shape[0], into: &span)
      numbers = singles.map(Double.init)
    }
    return numbers
  }

  /// The plane that two axes span where the others stand at `index`.
  ///
  /// `index` has one entry per axis; what it says for the two axes is ignored.
  package func plane(rowAxis: Int, columnAxis: Int, at index: [Int]) -> Plane {
    precondition(index.count == shape.count && rowAxis != columnAxis)
    var start = offset
    for axis in shape.indices where axis != rowAxis && axis != columnAxis {
      precondition(shape[axis] > index[axis] && index[axis] >= 0, "outside the array")
      start += index[axis] * strides[axis]
    }
    return Plane(
      bytes: bytes, element: element, isByteSwapped: isByteSwapped, offset: start,
      rowStride: strides[rowAxis], columnStride: strides[columnAxis],
      width: shape[columnAxis], height: shape[rowAxis])
  }
}
