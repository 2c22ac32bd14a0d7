internal import Core
internal import Raster

extension NumberPlane {
  /// The plane that a palette picture shows: of each pixel the grey of its index.
  ///
  /// Optimisers and quantisers keep what a picture looks like but not its indices, so a palette of
  /// greys is read by its greys. In a palette of colours the indices are the labels, and stay.
  ///
  /// - Throws: Problem: a pixel has an index for which the palette has no colour.
  func asShown() throws(Problem) -> NumberPlane {
    guard !palette.isEmpty, palette.allSatisfy(\.isGray) else { return self }
    let bytes = plane.levels
    if let lost = bytes.firstIndex(where: { Int($0) >= palette.count }) {
      let (row, column) = lost.quotientAndRemainder(dividingBy: plane.width)
      throw Problem(
        "has the index \(bytes[lost]) at row \(row), column \(column), for which its palette of \(palette.count) has no colour",
        at: .file(file), remedy: "save it as a grey PNG")
    }
    var shown = self
    shown.plane = Plane(
      packed: Bytes(bytes.map { palette[Int($0)].red }), element: .u1, width: plane.width,
      height: plane.height)
    shown.largest = 255
    shown.palette = []
    return shown
  }

  /// - Throws: Problem: the palette has colours, and `meaning` needs numbers.
  func expectNoColors(for meaning: String) throws(Problem) {
    guard palette.isEmpty else {
      throw Problem(
        "is a palette picture in colours, but \(meaning) holds one number a pixel",
        at: .file(file), remedy: "save it as a grey PNG, or as an array")
    }
  }
}

extension PNGImage.RGB {
  fileprivate var isGray: Bool { red == green && green == blue }
}
