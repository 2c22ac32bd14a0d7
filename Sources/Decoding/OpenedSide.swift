internal import Core
internal import Raster

/// One side of an image, open: its size is known and its pixels are not yet read, so that what cannot be used costs
/// no memory.
struct OpenedSide {
  private var content: Content
  private let classes: Int

  private enum Content {
    case item(NumberArray, AxisOrder, index: Int, path: String)
    case file(OpenedFile)
    case classFiles(OpenedClassFiles)
    case runs(RunFile, index: Int, path: String, otherwise: StatedSize?)
    /// As large as the other side.
    case unknown(StatedSize?)
  }

  /// Opens what `source` names.
  ///
  /// - Parameters:
  ///   - size: of the other side, where an array's axes depend on it.
  ///   - hasColors: whether colours of a picture mean something.
  init(
    _ source: ImageSource, classes: Int, told: AxisOrder?, dtype: NarrowFloat? = nil,
    size: StatedSize?, hasColors: Bool = true
  ) throws(Problem) {
    self.classes = classes
    switch source {
    case .item(let array, let axes, let index, let path):
      try inFile(path) { () throws(Problem) in try array.expectRoomToWiden(axes) }
      content = .item(array, axes, index: index, path: path)
    case .file(let path, let part):
      content = .file(
        try OpenedFile(
          path, part: part, classes: classes, told: told, dtype: dtype, size: size,
          hasColors: hasColors))
    case .classFiles(let paths): content = .classFiles(try OpenedClassFiles(paths, dtype))
    case .runs(let file, let index, let path):
      content = .runs(file, index: index, path: path, otherwise: size)
    case .unknown: content = .unknown(size)
    }
  }

  /// As its first file states it; `nil` where there is none.
  var size: StatedSize? {
    switch content {
    case .item(let array, let axes, _, let path): axes.size(of: array, in: path)
    case .file(let file): file.size
    case .classFiles(let files): files.size
    case .runs(let file, let index, let path, let otherwise):
      file.images[index].size.map { StatedSize(file: path, width: $0.width, height: $0.height) }
        ?? otherwise.map { StatedSize(file: path, width: $0.width, height: $0.height) }
    case .unknown(let size): size
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
    case .runs(let file, let index, let path, _):
      try DecodedSide(file, image: index, size: size, path: path)
    case .unknown(let size): try DecodedSide(unknown: size)
    }
  }

  /// The same with the size that its files may leave to the other side.
  func sized(as other: StatedSize?) -> OpenedSide {
    var side = self
    switch content {
    case .runs(let file, let index, let path, nil):
      side.content = .runs(file, index: index, path: path, otherwise: other)
    case .unknown: side.content = .unknown(other)
    default: break
    }
    return side
  }

  /// Those of its files that are volumes, none of them where one is something else.
  var volumes: [VolumeFile] {
    switch content {
    case .item, .runs, .unknown: []
    case .file(let file): file.volume.map { [$0] } ?? []
    case .classFiles(let files): files.volumes
    }
  }
}
