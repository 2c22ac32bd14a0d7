package import Core
package import Raster

/// What a MetaImage file says before its numbers begin: of one file (.mha), or of a header (.mhd) with the numbers
/// beside it.
///
/// The format: MetaIO's documentation, "MetaImage", with what `metaImage.cxx` and ITK's `itkMetaImageIO.cxx` make of
/// it.
package struct MetaImageHeader: Hashable, Sendable {
  /// Where a voxel has several channels, these are the fastest axis.
  package var numbers: VolumeNumbers
  package var channels: Int
  /// Of each axis but that of the channels, from a voxel to the next.
  package var spacings: [Double]
  /// Where the voxels lie, by the indices of the first three axes but that of the channels; `nil` of what has fewer.
  var affine: Affine?
  /// The name of the file with the numbers, which lies beside the header; `nil` where they follow it.
  package var dataFile: String?
  /// The byte after the header, where the numbers follow it.
  package var length: Int
  /// Bytes to leave out before the numbers of another file; -1 stands for all but the numbers.
  var skippedBytes: Int
  /// The bytes of packed numbers, where the header says it.
  package var packedSize: Int?
}

extension MetaImageHeader {
  /// Whether a file that begins so may be one: its first line is one of the fields that MetaIO writes first.
  static func begins(_ start: [UInt8]) -> Bool {
    let text = String(decoding: start.prefix(64), as: UTF8.self)
    return ["ObjectType", "NDims", "Comment"].contains { name in
      text.hasPrefix(name) && text.dropFirst(name.count).drop { $0 == " " }.hasPrefix("=")
    }
  }

  /// The affine's three rows of four.
  package var matrix: [Double]? { affine?.matrix }

  /// - Throws: Problem: the header is damaged, or of something that is not read.
  package init(reading bytes: Bytes) throws(Problem) {
    var lines = HeaderLines(bytes)
    let fields = try MetaImageFields(from: &lines)
    length = lines.place
    try fields.expectImage()
    let axes = try fields.axes()
    let sizes = try fields.sizes(axes)
    channels = try fields.channels()
    let isPacked = try fields.truth("CompressedData") ?? false
    let element = try fields.element()
    numbers = try VolumeNumbers(
      element, isByteSwapped: try fields.isByteSwapped,
      sizes: (channels > 1 ? [channels] : []) + sizes, packing: isPacked ? .zlib : .raw)
    spacings = try fields.spacings(axes)
    affine = try fields.affine(axes, spacings)
    dataFile = try fields.dataFile()
    packedSize = isPacked ? try fields.packedSize() : nil
    skippedBytes = try fields.skippedBytes()
    // It is counted from the start of the file, header and all.
    guard dataFile != nil || skippedBytes <= 0 else {
      throw fields.problem(
        "HeaderSize", "is of numbers in another file, but they follow the header",
        remedy: "write it again without HeaderSize")
    }
    guard skippedBytes == 0 || !isPacked else {
      throw fields.problem(
        "HeaderSize", "leaves out bytes of packed numbers, which is not read",
        remedy: "write it again without HeaderSize, or without compression")
    }
  }

  /// Where the numbers, packed or not, begin in the file that has them.
  ///
  /// - Parameter file: this file, or the one that `dataFile` names.
  /// - Throws: Problem: it has too few bytes for them, or too many.
  package func start(in file: Bytes) throws(Problem) -> Int {
    var start = dataFile == nil ? length : 0
    if skippedBytes == -1, file.count - start >= numbers.size { return file.count - numbers.size }
    let (place, overflow) = start.addingReportingOverflow(max(0, skippedBytes))
    start = overflow ? file.count : min(place, file.count)
    try numbers.expectEnd(at: file.count, from: start)
    if let packedSize, packedSize != file.count - start {
      throw .atByte(
        start,
        file.count - start < packedSize
          ? "the file is truncated or still being written: its header says \(packedSize) bytes of packed numbers, but \(file.count - start) follow it"
          : "\(file.count - start - packedSize) bytes are left over: the header says \(packedSize) bytes of packed numbers",
        remedy: "wait until it is written, or write it again")
    }
    return start
  }
}
