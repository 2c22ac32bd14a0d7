package import Core
internal import Raster

/// A file of one image, open. One reader at a time.
final class OpenedFile {
  private let stated: StatedSize
  private let path: String
  private let content: Content
  /// An array that was read, which takes inflating it.
  private var loaded: (array: NumberArray, axes: AxisOrder)?
  /// A picture that was decoded together with others, until it is asked for.
  private var picture: PNGImage?

  private enum Content {
    case png(Bytes)
    case array(ArrayFile, part: String?, AxisOrder.Expected)
    case volume(VolumeFile)
    case tiff(OpenedTIFF)
  }

  /// - Parameters:
  ///   - told: the axes of an array, where the configuration says them.
  ///   - dtype: what raw bytes are, where it says that.
  ///   - hasColors: whether colours of a picture mean something.
  ///   - size: of the other side, where an array's axes depend on it.
  init(
    _ path: String, part: String?, classes: Int, told: AxisOrder?, dtype: NarrowFloat?,
    size: StatedSize?, isOneClass: Bool = false, hasColors: Bool = true
  ) throws(Problem) {
    self.path = path
    // Where the axes are told the size is none of their business; it is compared later.
    let known = told == nil ? size : nil
    var expected = AxisOrder.Expected(
      classes: classes, size: known?.extent, slices: known?.slices, holdsImages: false, told: told)
    expected.isOneClass = isOneClass
    switch try FileFormat(opening: path) {
    case .png:
      let bytes = try FileBytes.read(path)
      content = .png(bytes)
      let header = try inFile(path) { () throws(Problem) in
        if let header = PNGHeader(startOf: bytes) { header } else { try PNGHeader(reading: bytes) }
      }
      stated = StatedSize(file: path, width: header.width, height: header.height)
    case .npy, .npz, .safetensors:
      let file = try ArrayFile(opening: path, dtype: dtype)
      let (outline, axes) = try file.outline(named: part, arrangedAs: expected)
      try inFile(path) { () throws(Problem) in try outline.expectRoomToWiden(axes) }
      content = .array(file, part: part, expected)
      stated = axes.size(of: outline, in: path)
    case .nifti, .nrrd, .metaImage:
      let volume = try VolumeFile(opening: path)
      content = .volume(volume)
      stated = volume.size
    case .tiff:
      let file = try OpenedTIFF(opening: path, arrangedAs: expected, hasColors: hasColors)
      content = .tiff(file)
      stated = file.size
    }
  }

  /// One plane.
  convenience init(ofOneClass path: String, _ dtype: NarrowFloat?) throws(Problem) {
    try self.init(
      path, part: nil, classes: 1, told: nil, dtype: dtype, size: nil, isOneClass: true)
  }

  /// As its header states it.
  var size: StatedSize { volume?.size ?? stated }

  /// The volume, whose order of voxels may be changed before its slices are read.
  var volume: VolumeFile? { if case .volume(let volume) = content { volume } else { nil } }

  /// The pixels of a slice; a picture has one.
  func decoded(
    slice: Int, classes: Int, by decoder: PNGDecoder
  ) throws(Problem) -> DecodedSide {
    switch content {
    case .png(let bytes):
      let image = try inFile(path) { () throws(Problem) in
        if let picture { picture } else { try PNGImage(decoding: bytes, by: decoder) }
      }
      picture = nil
      return DecodedSide(planes: [NumberPlane(image, from: path)], hasClasses: false)
    case .array(let file, let part, let expected):
      let (array, axes) =
        if let loaded { loaded } else { try file.array(named: part, arrangedAs: expected) }
      loaded = (array, axes)
      return try DecodedSide(array, axes, image: 0, slice: slice, classes: classes, path: path)
    case .volume(let volume):
      return try DecodedSide(volume, slice: slice, classes: classes)
    case .tiff(let file): return try file.decoded(slice: slice, classes: classes)
    }
  }
}

extension OpenedFile {
  /// Decodes those that are pictures at once, which is faster than one after the other; one with a fault is left to be
  /// met when it is asked for.
  static func decodeTogether(_ files: [OpenedFile]) {
    let pictures = files.compactMap { file in
      if case .png(let bytes) = file.content { (file: file, bytes: bytes) } else { nil }
    }
    for (picture, image) in zip(pictures, PNGImage.plain(pictures.map(\.bytes))) {
      picture.file.picture = image
    }
  }
}

extension AxisOrder {
  func size(of array: NumberArray, in path: String) -> StatedSize {
    StatedSize(
      file: path, width: length(of: "W", in: array.shape), height: length(of: "H", in: array.shape),
      slices: length(of: "D", in: array.shape))
  }
}

/// How large the image in a file is; `nil` where that takes knowing what the axes of an array are.
///
/// - Throws: Problem: the file cannot be read, or its header is damaged.
package func statedSize(of path: String) throws(Problem) -> StatedSize? {
  switch try FileFormat(opening: path) {
  case .npy, .npz, .safetensors:
    _ = try ArrayFile(opening: path)
    return nil
  case .nifti, .nrrd, .metaImage: return try VolumeFile(opening: path).size
  case .tiff:
    let file = try TIFFFile(opening: path)
    return file.isPicture ? StatedSize(file: path, width: file.width, height: file.height) : nil
  case .png:
    let header = try inFile(path) { () throws(Problem) in
      try PNGHeader(reading: try FileBytes.map(path))
    }
    return StatedSize(file: path, width: header.width, height: header.height)
  }
}
