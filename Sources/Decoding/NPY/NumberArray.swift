package import Core

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
