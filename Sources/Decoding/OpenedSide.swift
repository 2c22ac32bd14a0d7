internal import Core
internal import Raster

/// One side of an image, open: its size is known and its pixels are not yet read, so that what cannot be used costs
/// no memory.
struct OpenedSide {
  private let content: Content
  private let classes: Int

  private enum Content {
    case item(NumberArray, AxisOrder, index: Int, path: String)
    case file(OpenedFile)
    case classFiles(OpenedClassFiles)
  }

  /// Opens what `source` names.
  ///
  /// - Parameter size: of the other side, where an array's axes depend on it.
  init(
    _ source: ImageSource, classes: Int, told: AxisOrder?, dtype: NarrowFloat? = nil,
    size: StatedSize?
  ) throws(Problem) {
    self.classes = classes
    switch source {
    case .item(let array, let axes, let index, let path):
      try inFile(path) { () throws(Problem) in try array.expectRoomToWiden(axes) }
      content = .item(array, axes, index: index, path: path)
    case .file(let path, let part):
      content = .file(
        try OpenedFile(path, part: part, classes: classes, told: told, dtype: dtype, size: size))
    case .classFiles(let paths): content = .classFiles(try OpenedClassFiles(paths, dtype))
    }
  }

  /// As its first file states it; `nil` where there is none.
  var size: StatedSize? {
    switch content {
    case .item(let array, let axes, _, let path): axes.size(of: array, in: path)
    case .file(let file): file.size
    case .classFiles(let files): files.size
    }
  }

  /// The pixels of a slice; a picture has one.
  func decoded(slice: Int, by decoder: PNGDecoder) throws(Problem) -> DecodedSide {
    switch content {
    case .item(let array, let axes, let index, let path):
      try DecodedSide(
        array, axes, image: index, slice: slice, classes: classes, path: "\(path), image \(index)")
    case .file(let file): try file.decoded(slice: slice, classes: classes, by: decoder)
    case .classFiles(let files): try files.decoded(slice: slice, by: decoder)
    }
  }

  /// Those of its files that are volumes, none of them where one is something else.
  var volumes: [VolumeFile] {
    switch content {
    case .item: []
    case .file(let file): file.volume.map { [$0] } ?? []
    case .classFiles(let files): files.volumes
    }
  }
}
