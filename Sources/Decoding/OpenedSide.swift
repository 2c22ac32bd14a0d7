internal import Core
internal import Raster

/// One side of an image, open: its size is known and its pixels are not yet read, so that what cannot be used costs
/// no memory.
struct OpenedSide {
  /// As its first file states it; `nil` where there is none.
  var size: StatedSize?
  private var content: Content
  private var classes: Int
  private var dtype: NarrowFloat?

  private enum Content {
    case item(NumberArray, AxisOrder, index: Int, path: String)
    case file(OpenedFile)
    case classFiles([[String]], first: OpenedFile?)
  }

  /// Opens what `source` names.
  ///
  /// - Parameter size: width and height of the other side, where an array's axes depend on it.
  init(
    _ source: ImageSource, classes: Int, told: AxisOrder?, dtype: NarrowFloat? = nil,
    size: (width: Int, height: Int)?
  ) throws(Problem) {
    self.dtype = dtype
    self.classes = classes
    switch source {
    case .item(let array, let axes, let index, let path):
      try inFile(path) { () throws(Problem) in try array.expectRoomToWiden(axes) }
      content = .item(array, axes, index: index, path: path)
      self.size = axes.size(of: array, in: path)
    case .file(let path, let part):
      let file = try OpenedFile(
        path, part: part, classes: classes, told: told, dtype: dtype, size: size)
      content = .file(file)
      self.size = file.size
    case .classFiles(let paths):
      let first: OpenedFile? =
        if let path = paths.joined().first { try OpenedFile(ofOneClass: path, dtype) } else { nil }
      content = .classFiles(paths, first: first)
      self.size = first?.size
    }
  }

  /// The pixels.
  func decoded(by decoder: PNGDecoder) throws(Problem) -> DecodedSide {
    switch content {
    case .item(let array, let axes, let index, let path):
      return try DecodedSide(
        array, axes, image: index, classes: classes, path: "\(path), image \(index)")
    case .file(let file): return try file.decoded(classes: classes, by: decoder)
    case .classFiles(let paths, let first):
      var side = DecodedSide(planes: [], hasClasses: true)
      var opened = first
      for paths in paths {
        var parts: [NumberPlane] = []
        for path in paths {
          let file = if let opened { opened } else { try OpenedFile(ofOneClass: path, dtype) }
          opened = nil
          if let size, let own = file.size { try own.expect(sameAs: size) }
          let plane = try file.decoded(classes: 1, by: decoder).planes[0]
          if let first = side.planes.first ?? parts.first {
            try plane.size.expect(sameAs: first.size)
          }
          parts.append(plane)
        }
        try side.append(parts)
      }
      side.fillAbsent()
      return side
    }
  }
}

/// A file of one image, open.
private struct OpenedFile {
  var size: StatedSize?
  private var path: String
  private var content: Content

  private enum Content {
    case png(Bytes)
    case array(ArrayFile, part: String?, AxisOrder.Expected)
  }

  init(
    _ path: String, part: String?, classes: Int, told: AxisOrder?, dtype: NarrowFloat?,
    size: (width: Int, height: Int)?
  ) throws(Problem) {
    self.path = path
    guard isArray(path) else {
      let bytes = try FileBytes.read(path)
      content = .png(bytes)
      let header = try inFile(path) { () throws(Problem) in
        if let header = PNGHeader(startOf: bytes) { header } else { try PNGHeader(reading: bytes) }
      }
      self.size = StatedSize(file: path, width: header.width, height: header.height)
      return
    }
    let file = try ArrayFile(opening: path, dtype: dtype)
    // Where the axes are told the size is none of their business; it is compared later.
    let expected = AxisOrder.Expected(
      classes: classes, size: told == nil ? size : nil, holdsImages: false, told: told)
    let (outline, axes) = try file.outline(named: part, arrangedAs: expected)
    try inFile(path) { () throws(Problem) in try outline.expectRoomToWiden(axes) }
    content = .array(file, part: part, expected)
    self.size = axes.size(of: outline, in: path)
  }

  /// One plane.
  init(ofOneClass path: String, _ dtype: NarrowFloat?) throws(Problem) {
    try self.init(path, part: nil, classes: 1, told: .HW, dtype: dtype, size: nil)
  }

  func decoded(classes: Int, by decoder: PNGDecoder) throws(Problem) -> DecodedSide {
    switch content {
    case .png(let bytes):
      let image = try inFile(path) { () throws(Problem) in
        try PNGImage(decoding: bytes, by: decoder)
      }
      return DecodedSide(planes: [NumberPlane(image, from: path)], hasClasses: false)
    case .array(let file, let part, let expected):
      let (array, axes) = try file.array(named: part, arrangedAs: expected)
      return try DecodedSide(array, axes, image: 0, classes: classes, path: path)
    }
  }
}

extension AxisOrder {
  fileprivate func size(of array: NumberArray, in path: String) -> StatedSize? {
    guard let h = position(of: "H"), let w = position(of: "W") else { return nil }
    return StatedSize(file: path, width: array.shape[w], height: array.shape[h])
  }
}
