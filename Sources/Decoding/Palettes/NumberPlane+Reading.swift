internal import Core
internal import Raster

extension NumberPlane {
  /// A label map of few colours with the numbers that `reading` means.
  ///
  /// - Parameter areColored: whether the classes have colours, by which a palette of colours can be
  ///   read.
  /// - Throws: Problem: a pixel has an index without a colour, or the palette shows colours that no
  ///   class has.
  func read(by reading: PaletteReading?, areColored: Bool) throws(Problem) -> NumberPlane {
    guard reading == .shown, colors == nil else { return self }
    if palette.isEmpty { return widened }
    if palette.allSatisfy(\.isGray) { return try asShown() }
    guard areColored else {
      throw Problem(
        "has a palette of colours, but the palettes of its side are read by the greys that they show",
        at: .file(file),
        remedy: "save all files of the side the same way, or say under decode: palette: index")
    }
    return colored
  }

  /// Of fewer than 8 bits, the grey of 8 bits that is shown.
  private var widened: NumberPlane {
    guard plane.element == .u1, largest < 255, largest > 0 else { return self }
    let factor = UInt8(255 / largest)
    var wide = self
    wide.plane = Plane(
      packed: Bytes(plane.levels.map { $0 &* factor }), element: .u1, width: plane.width,
      height: plane.height)
    wide.largest = 255
    return wide
  }

  /// The picture in colours that a palette shows; an index without a colour is black.
  private var colored: NumberPlane {
    let indices = plane.levels
    func channel(_ part: (PNGImage.RGB) -> UInt8) -> Plane {
      let parts = palette.map(part)
      return Plane(
        packed: Bytes(indices.map { Int($0) < parts.count ? parts[Int($0)] : 0 }), element: .u1,
        width: plane.width, height: plane.height)
    }
    var shown = self
    let planes = [channel(\.red), channel(\.green), channel(\.blue)]
    shown.plane = planes[0]
    shown.colors = planes
    shown.palette = []
    return shown
  }
}
