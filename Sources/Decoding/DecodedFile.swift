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
  /// What the file's numbers were, where `plane` has them widened.
  var narrow: NarrowFloat?
  /// The masks of a label map that was saved as runs; `plane` is then empty and only as large as the image.
  var masks: [RunMask]?
  /// The classes that have masks anywhere in its file.
  var categories: Set<RunFile.Category?> = []
  /// Red, green and blue of a picture that codes labels as colours; `plane` is then red.
  var colors: [Plane]?
  /// How opaque a picture is, where it says so.
  var alpha: Plane?
  /// What stands for no number at all, where the file says that.
  var noData: Double?
  /// By what its numbers were multiplied, where the file gives a scale.
  var slope: Double?
  /// The colours of a palette picture's indices, which are what `plane` holds; else empty.
  var palette: [PNGImage.RGB] = []
}

extension DecodedSide {
  init(
    _ array: NumberArray, _ axes: AxisOrder, image: Int, slice: Int, classes: Int, path: String
  ) throws(Problem) {
    let narrow = array.narrow
    let array = try inFile(path) { () throws(Problem) in
      try array.reading(image: image, slice: slice, axes)
    }
    let count = axes.hasClasses ? classes : 1
    let largest: Int64 = array.element == .b1 ? 1 : array.element == .u1 ? 255 : .max
    let planes = (0..<count).map {
      NumberPlane(
        plane: array.plane(axes, image: 0, class: $0), file: path, largest: largest,
        narrow: narrow)
    }
    self.init(planes: planes, hasClasses: axes.hasClasses)
  }
}

extension NumberPlane {
  init(_ image: PNGImage, from path: String) {
    let isColored = image.color == .rgb || image.color == .rgba
    self.init(
      plane: image.planes[0], file: path, largest: (1 << Int64(image.bitDepth)) - 1,
      colors: isColored ? Array(image.planes.prefix(3)) : nil,
      alpha: image.color.hasAlpha ? image.planes.last : nil, palette: image.palette)
  }

  var size: StatedSize { StatedSize(file: file, width: plane.width, height: plane.height) }

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
