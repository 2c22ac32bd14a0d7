internal import Core
internal import Raster

/// One side of an image as its files hold it: planes of numbers, not yet given a meaning.
struct DecodedSide {
  /// One plane a class, or a single one for a label map.
  var planes: [NumberPlane]
  var hasClasses: Bool
  var remarks = Remarks()
  /// The classes for which no file was there.
  var absent: [Int] = []

  var width: Int { planes.first?.plane.width ?? 0 }
  var height: Int { planes.first?.plane.height ?? 0 }
}

/// A plane and where it came from.
struct NumberPlane {
  var plane: Plane
  var file: String
  /// The largest number the format can hold where that is not the element's own: 15 in a 4-bit PNG.
  var largest: Int64
  /// Red, green and blue of a picture that codes labels as colours; `plane` is then red.
  var colors: [Plane]?
  /// How opaque a picture is, where it says so.
  var alpha: Plane?
  /// The colours of a palette picture's indices, which are what `plane` holds; else empty.
  var palette: [PNGImage.RGB] = []
}

extension DecodedSide {
  /// Opens what `source` names.
  ///
  /// - Parameter size: width and height of the other side, where an array's axes depend on it.
  init(
    opening source: ImageSource, classes: Int, told: AxisOrder?,
    size: (width: Int, height: Int)?, by decoder: PNGDecoder
  ) throws(Problem) {
    switch source {
    case .item(let array, let axes, let index, let path):
      try self.init(
        array, axes, image: index, classes: classes, path: "\(path), image \(index)")
    case .file(let path, let part) where isArray(path):
      let array = try ArrayFile(opening: path).array(named: part)
      let (arranged, axes) = try inFile(path) { () throws(Problem) in
        // Where the axes are told the size is none of their business; it is compared later.
        try array.arranged(
          as: .init(
            classes: classes, size: told == nil ? size : nil, holdsImages: false, told: told))
      }
      try self.init(arranged, axes, image: 0, classes: classes, path: path)
    case .file(let path, _):
      self.init(planes: [try NumberPlane(png: path, by: decoder)], hasClasses: false)
    case .classFiles(let paths):
      self.init(planes: [], hasClasses: true)
      for paths in paths {
        var parts: [NumberPlane] = []
        for path in paths {
          let plane = try DecodedSide(
            opening: .file(path, part: nil), classes: 1, told: .HW, size: size, by: decoder
          ).planes[0]
          if let first = planes.first ?? parts.first {
            try plane.expect(width: first.plane.width, height: first.plane.height, like: first.file)
          }
          parts.append(plane)
        }
        try append(parts)
      }
      fillAbsent()
    }
  }

  private init(
    _ array: NumberArray, _ axes: AxisOrder, image: Int, classes: Int, path: String
  ) throws(Problem) {
    let (array, image) = try array.loadingImage(image, axes)
    let count = axes.hasClasses ? classes : 1
    let largest: Int64 = array.element == .b1 ? 1 : array.element == .u1 ? 255 : .max
    let planes = (0..<count).map {
      NumberPlane(plane: array.plane(axes, image: image, class: $0), file: path, largest: largest)
    }
    self.init(planes: planes, hasClasses: axes.hasClasses)
  }
}

extension NumberPlane {
  init(png path: String, by decoder: PNGDecoder) throws(Problem) {
    let bytes = try FileBytes.read(path)
    let image = try inFile(path) { () throws(Problem) in
      try PNGImage(decoding: bytes, by: decoder)
    }
    let isColored = image.color == .rgb || image.color == .rgba
    self.init(
      plane: image.planes[0], file: path, largest: (1 << Int64(image.bitDepth)) - 1,
      colors: isColored ? Array(image.planes.prefix(3)) : nil,
      alpha: image.color.hasAlpha ? image.planes.last : nil, palette: image.palette)
  }

  func expect(
    width: Int, height: Int, like other: String, remedy: String = "save both at the same size"
  ) throws(Problem) {
    guard plane.width == width, plane.height == height else {
      throw Problem(
        "is \(plane.width) × \(plane.height) pixels, but \(printable(other)) is \(width) × \(height)",
        at: .file(file),
        remedy: plane.width == height && plane.height == width
          ? "if rows and columns were exchanged when it was saved, say so under decode: orientation: {predictions: transposed}"
          : remedy)
    }
  }

  /// A picture in colours has no number a pixel.
  func expectGray(for meaning: String) throws(Problem) {
    guard colors == nil else {
      throw Problem(
        "is a colour picture, but \(meaning) holds one number a pixel", at: .file(file),
        remedy: "save it as a grey PNG, or as an array")
    }
  }
}

/// Runs `body`; its problems are about `file`.
func inFile<Result>(
  _ file: String, _ body: () throws(Problem) -> Result
) throws(Problem) -> Result {
  do {
    return try body()
  } catch {
    throw error.inFile(file)
  }
}
