/// The numbers of one image and one class (or one label map): height × width elements that lie
/// at fixed strides somewhere in a file's bytes.
///
/// Nothing is copied to make a plane: a channels-last array has one per class, each with a column
/// stride of C elements; a decoded PNG is a plane with no gaps.
package struct Plane: Sendable {
  package var bytes: Bytes
  package var element: Element
  /// Whether the file's byte order is not this machine's.
  package var isByteSwapped: Bool
  /// Byte of row 0, column 0.
  package var offset: Int
  /// Bytes from a row to the next, and from a column to the next.
  package var rowStride: Int
  package var columnStride: Int
  package var width: Int
  package var height: Int

  /// How one number is written.
  package enum Element: String, CaseIterable, Codable, Sendable {
    case b1, u1, u2, u4, u8, i1, i2, i4, i8, f2, f4, f8

    package var size: Int {
      switch self {
      case .b1, .u1, .i1: 1
      case .u2, .i2, .f2: 2
      case .u4, .i4, .f4: 4
      case .u8, .i8, .f8: 8
      }
    }

    package var isFloat: Bool { self == .f2 || self == .f4 || self == .f8 }
  }

  package init(
    bytes: Bytes, element: Element, isByteSwapped: Bool = false, offset: Int = 0,
    rowStride: Int, columnStride: Int, width: Int, height: Int
  ) {
    self.bytes = bytes
    self.element = element
    self.isByteSwapped = isByteSwapped
    self.offset = offset
    self.rowStride = rowStride
    self.columnStride = columnStride
    self.width = width
    self.height = height
  }

  /// Rows one after the other without a gap.
  package init(packed bytes: Bytes, element: Element, width: Int, height: Int) {
    self.init(
      bytes: bytes, element: element, rowStride: width * element.size,
      columnStride: element.size, width: width, height: height)
  }

  package var pixels: Int { width * height }
}
