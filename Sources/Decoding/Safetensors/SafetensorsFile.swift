import Core
import Raster

/// A safetensors file: named arrays of one kind each, in row-major order, least significant byte first.
///
/// They stay where they lie in the file, which need not be at a multiple of their size.
struct SafetensorsFile: ArrayArchive {
  private let bytes: Bytes
  private let header: SafetensorsHeader
  /// Of each name its place in the header.
  private let places: [String: Int]

  init(reading bytes: Bytes) throws(Problem) {
    self.bytes = bytes
    header = try SafetensorsHeader(reading: bytes)
    // No name is there twice.
    places = Dictionary(
      zip(header.entries.map(\.name), header.entries.indices),
      uniquingKeysWith: { first, _ in first })
  }

  /// In the order of the header.
  var names: [String] { header.entries.map(\.name) }

  func array(named name: String) throws(Problem) -> NumberArray? {
    guard let entry = places[name].map({ header.entries[$0] }) else { return nil }
    do throws(Problem) {
      return try array(entry)
    } catch {
      throw Problem("\(entry.words) \(error.what)", remedy: error.remedy)
    }
  }

  /// Nothing of it is packed, so the header is all that this looks at, too.
  func outline(named name: String) throws(Problem) -> NumberArray? { try array(named: name) }

  private func array(_ entry: SafetensorsEntry) throws(Problem) -> NumberArray {
    guard entry.shape.count <= Limits.axes.most else {
      throw Problem(
        "has more than \(Limits.axes.most) axes",
        remedy: "save the predictions or the truth: image, class, row and column")
    }
    let kind = try entry.type.read()
    var strides = entry.shape
    var size = kind.element.size
    for axis in entry.shape.indices.reversed() {
      strides[axis] = size
      // The whole array was seen to lie in the file; one without numbers may have any length.
      let (product, overflow) = size.multipliedReportingOverflow(by: entry.shape[axis])
      guard !overflow else {
        throw Problem(
          "claims more numbers than any memory holds", remedy: "save it again: it holds none")
      }
      size = product
    }
    return NumberArray(
      bytes: bytes, element: kind.element, isByteSwapped: 1 != 1.littleEndian, shape: entry.shape,
      strides: strides, offset: header.length + entry.start, narrow: kind.narrow)
  }
}
