internal import Core
internal import Raster

/// The numbers of a volume as a file has them: its header, and where they lie. What kind of file it is its first bytes
/// say.
struct VolumeSource {
  var header: VolumeHeader
  /// Of the file that has the numbers.
  var bytes: Bytes
  /// What is around them where they are compressed, and the byte at which that begins.
  var wrapping: GzipStream.Wrapping?
  var packedStart = 0

  /// What the numbers inflate to, from the first on.
  func stream() throws(Problem) -> GzipStream {
    let stream = GzipStream(bytes, from: packedStart, wrapping: wrapping ?? .gzip)
    try stream.skip(header.dataStart)
    return stream
  }

  /// - Parameter path: of the file that has these bytes; another may lie beside it.
  init(reading bytes: Bytes, at path: String) throws(Problem) {
    let start = bytes.start(NIfTIHeader.size)
    if start.isEmpty {
      throw Problem("is empty", remedy: "wait until it is written, or write it again")
    }
    if let format = FileFormat(ofFile: path), format != .nifti,
      !start.starts(with: NRRDHeader.magic), !MetaImageHeader.begins(start)
    {
      throw Problem("is no \(format.name) file", remedy: "write it again, or name it as what it is")
    }
    if start.starts(with: NRRDHeader.magic) {
      self = try VolumeSource(NRRDHeader(reading: bytes), in: bytes, at: path)
    } else if MetaImageHeader.begins(start) {
      self = try VolumeSource(MetaImageHeader(reading: bytes), in: bytes, at: path)
    } else if GzipStream.isGzip(start) {
      let start = try GzipStream(bytes).start(NIfTIHeader.size)
      self.init(header: try NIfTIHeader(reading: start).volume, bytes: bytes, wrapping: .gzip)
    } else {
      self.init(header: try NIfTIHeader(reading: Bytes(start)).volume, bytes: bytes)
    }
    try header.expectWithinLimits()
    try expectRoom()
  }

  private init(header: VolumeHeader, bytes: Bytes, wrapping: GzipStream.Wrapping? = nil) {
    self.header = header
    self.bytes = bytes
    self.wrapping = wrapping
  }

  private init(_ nrrd: NRRDHeader, in bytes: Bytes, at path: String) throws(Problem) {
    self.init(
      header: try VolumeHeader(
        nrrd.numbers, channelAxis: nrrd.channelAxis, affine: nrrd.affine),
      bytes: try VolumeSource.numbers(in: nrrd.dataFile, beside: bytes, at: path))
    try take(nrrd.numbers.packing, from: nrrd.start(in: self.bytes))
  }

  private init(_ meta: MetaImageHeader, in bytes: Bytes, at path: String) throws(Problem) {
    self.init(
      header: try VolumeHeader(
        meta.numbers, channelAxis: meta.channels > 1 ? 0 : nil, affine: meta.affine),
      bytes: try VolumeSource.numbers(in: meta.dataFile, beside: bytes, at: path))
    try take(meta.numbers.packing, from: meta.start(in: self.bytes))
  }

  private mutating func take(_ packing: VolumeNumbers.Packing, from start: Int) {
    switch packing {
    case .raw: header.dataStart = start
    case .gzip: (wrapping, packedStart) = (.gzip, start)
    case .zlib: (wrapping, packedStart) = (.zlib, start)
    }
  }

  /// The file beside this one that has its numbers; `nil` where it has them itself.
  ///
  /// - Throws: Problem: it cannot be read, or names a file that does not lie beside it.
  static func companion(of path: String) throws(Problem) -> String? {
    let bytes = try FileBytes.map(path)
    let start = bytes.start(NIfTIHeader.size)
    if start.starts(with: NRRDHeader.magic) {
      return try beside(path, named: NRRDHeader(reading: bytes).dataFile)
    }
    if MetaImageHeader.begins(start) {
      return try beside(path, named: MetaImageHeader(reading: bytes).dataFile)
    }
    return nil
  }

  /// This file, or the one beside it that its header names.
  private static func numbers(
    in name: String?, beside bytes: Bytes, at path: String
  ) throws(Problem) -> Bytes {
    guard let name, let numbers = try beside(path, named: name) else { return bytes }
    do throws(Problem) {
      return try FileBytes.map(numbers)
    } catch {
      // It is the header that people know as the file.
      throw Problem(
        "its file of numbers, '\(printable(name, most: 200))' beside it: \(error.what)",
        remedy: error.remedy)
    }
  }

  private static func beside(_ path: String, named name: String?) throws(Problem) -> String? {
    guard let name else { return nil }
    guard !name.contains("/"), name != "..", !name.isEmpty else {
      throw Problem(
        "has its numbers in '\(printable(name, most: 200))', which does not lie beside it",
        remedy: "save it as one file (.nrrd, .mha)")
    }
    return (path.lastIndex(of: "/").map { String(path[...$0]) } ?? "") + name
  }

  /// What claims more than the file can hold, or deflate can make of it, gets no memory.
  private func expectRoom() throws(Problem) {
    let isThere =
      wrapping == nil
      ? bytes.count - header.dataStart >= header.byteCount
      : header.byteCount / GzipStream.mostGain <= bytes.count
    guard isThere else {
      throw Problem(
        "ends before its last voxel", remedy: "wait until it is written, or write it again")
    }
  }
}

extension VolumeHeader {
  /// - Parameter channelAxis: the axis of a voxel's numbers, the first or the last.
  fileprivate init(
    _ numbers: VolumeNumbers, channelAxis: Int?, affine: Affine?
  ) throws(Problem) {
    var sizes = numbers.sizes
    let channels = channelAxis.map { sizes.remove(at: $0) } ?? 1
    while sizes.count > 3, let last = sizes.last, last == 1 { sizes.removeLast() }
    guard sizes.count <= 3, channelAxis ?? 0 == 0 || channelAxis == numbers.sizes.count - 1 else {
      throw Problem(
        "has \(numbers.sizes.map(String.init).joined(separator: " × ")) numbers: not columns, rows and slices, with the numbers of a voxel first or last",
        remedy: "save one volume a file")
    }
    while sizes.count < 3 { sizes.append(1) }
    self.init(
      element: numbers.element, isByteSwapped: numbers.isByteSwapped, sizes: sizes,
      channels: channels, channelsAreFastest: channelAxis == 0, dataStart: 0, affine: affine)
  }
}

extension NRRDHeader {
  /// The axis that is none of space; of a header that does not say it the fourth, as in NIfTI.
  fileprivate var channelAxis: Int? {
    let count = numbers.sizes.count
    if !spatialAxes.isEmpty, count > spatialAxes.count {
      return (0..<count).first { !spatialAxes.contains($0) }
    }
    let named = kinds.indices.first { index in
      kinds[index].map { !["domain", "space"].contains($0.lowercased()) } ?? false
    }
    return named ?? (count == 4 ? 3 : nil)
  }
}
