package import Core
package import Raster

/// What the axes of an array are, outermost first: N images, H rows, W columns, C classes.
package enum AxisOrder: String, CaseIterable, Codable, Sendable {
  case NHWC, NCHW, NHW, HWC, CHW, HW

  package var hasImages: Bool { self == .NHWC || self == .NCHW || self == .NHW }
  package var hasClasses: Bool { !(self == .NHW || self == .HW) }

  /// The place of an axis, from 0.
  package func position(of axis: Character) -> Int? {
    Array(rawValue).firstIndex(of: axis)
  }

  /// The only order that fits; no order is ever guessed.
  ///
  /// - Parameters:
  ///   - size: width and height where another file tells them.
  ///   - holdsImages: whether the array holds many images.
  /// - Throws: Problem: no order fits the shape, or several do.
  package static func deriving(
    from shape: [Int], classes: Int, size: (width: Int, height: Int)?, holdsImages: Bool,
    told: AxisOrder?
  ) throws(Problem) -> AxisOrder {
    let text = "(\(shape.map(String.init).joined(separator: ", ")))"
    let orders = allCases.filter { order in
      order.rawValue.count == shape.count && order.hasImages == holdsImages
        && (told == nil || order == told)
    }
    let fitting = orders.filter { order in
      if let c = order.position(of: "C"), shape[c] != classes { return false }
      guard let size, let h = order.position(of: "H"), let w = order.position(of: "W") else {
        return true
      }
      return shape[h] == size.height && shape[w] == size.width
    }
    if fitting.count == 1 { return fitting[0] }
    let expected = size.map { " and images of \($0.width) × \($0.height)" } ?? ""
    guard let first = fitting.first else {
      throw Problem(
        "an array of shape \(text) does not fit \(classes) classes\(expected)"
          + (told.map { " as \($0.rawValue)" } ?? ""),
        remedy: told == .HW
          ? "one class of one image is an array of height × width"
          : holdsImages
            ? "an array of many images is NHWC, NCHW, or NHW for label maps"
            : "an array of one image is HWC, CHW, or HW for label maps")
    }
    throw Problem(
      "an array of shape \(text) could be \(fitting.map(\.rawValue).joined(separator: " or "))",
      remedy: "say which: decode: {axes: \(first.rawValue)}")
  }
}

extension NumberArray {
  /// The array with only this image, read into memory, as image 0. It stays as it is where it is in
  /// memory already, or the image's numbers are scattered in the file or very many.
  ///
  /// - Throws: Problem: the file cannot be read, or is shorter now.
  package func loadingImage(
    _ image: Int, _ axes: AxisOrder
  ) throws(Problem) -> (array: Self, image: Int) {
    // The header of a non-empty array was checked to claim no more than memory can hold.
    guard !shape.contains(0) else { return (self, image) }
    let axis = axes.position(of: "N")
    let others = shape.indices.filter { $0 != axis }
    let count = others.reduce(element.size) { $0 * shape[$1] }
    let last = others.reduce(0) { $0 + (shape[$1] - 1) * strides[$1] }
    let start = offset + (axis.map { image * strides[$0] } ?? 0)
    guard count <= Self.mostRead, last + element.size == count,
      let part = try bytes.read(start..<start + count)
    else { return (self, image) }
    var loaded = self
    loaded.bytes = part
    loaded.offset = 0
    if let axis { loaded.shape[axis] = 1 }
    return (loaded, 0)
  }

  /// As much as the allocator keeps for the next image, in bytes; memory that is new costs more than
  /// the file's own pages.
  private static let mostRead = 32 << 20

  /// One class of one image; for a label map `c` is not looked at.
  package func plane(_ axes: AxisOrder, image: Int, class c: Int) -> Plane {
    let index = axes.rawValue.map { $0 == "N" ? image : $0 == "C" ? c : 0 }
    return plane(
      rowAxis: axes.position(of: "H") ?? 0, columnAxis: axes.position(of: "W") ?? 1, at: index)
  }
}
