import Core
import Raster

extension TIFFPage {
  /// Whether the bytes of a sample in the file are in the other order than this machine's.
  var isByteSwapped: Bool {
    element.size > 1 && directory.source.isBigEndian != (1 == 1.bigEndian)
  }

  /// Whether they are also in memory: sums are made in the order of this machine.
  var keepsSwappedBytes: Bool { isByteSwapped && predictor == .none }

  /// The samples, where they lie in the file or in memory; `fill` is what they have where nothing was written.
  func array(fill: [UInt8]) throws(Problem) -> NumberArray {
    if let place = try placeInFile() { return array(directory.source.bytes, at: place) }
    var array = array(try unpacked(fill: fill), at: 0)
    array.isByteSwapped = keepsSwappedBytes
    return array
  }

  /// The image at `index` behind the one that the directory describes.
  func array(following index: Int) throws(Problem) -> NumberArray {
    guard let place = try placeInFile(),
      index < (directory.source.bytes.count - place) / bytes
    else { throw .damagedTIFF(directory.source.bytes.count, "image \(index) is not there") }
    return array(directory.source.bytes, at: place + index * bytes)
  }

  private func array(_ bytes: Bytes, at place: Int) -> NumberArray {
    let size = element.size
    let strides =
      grid.planes > 1
      ? [width * size, size, width * height * size]
      : [width * samples * size, samples * size, size]
    let axes = samples > 1 ? 3 : 2
    return NumberArray(
      bytes: bytes, element: element, isByteSwapped: isByteSwapped,
      shape: Array([height, width, samples].prefix(axes)), strides: Array(strides.prefix(axes)),
      offset: place)
  }

  /// Where the samples begin that lie in the file as they are, row by row and without gaps; nil where they do not.
  func placeInFile() throws(Problem) -> Int? {
    guard compression == .none, !isBitReversed, bits >= 8, grid.chunkWidth == width,
      !grid.isTiled || height % grid.chunkHeight == 0
    else { return nil }
    let chunks = TIFFChunks(self)
    guard let first = try chunks.range(0) else { return nil }
    var next = first.lowerBound
    for index in 0..<grid.count {
      guard let range = try chunks.range(index), range.lowerBound == next else { return nil }
      next += bytes(ofChunk: index)
      guard next <= range.upperBound else { throw damaged(index, range) }
    }
    return first.lowerBound
  }

  func damaged(_ chunk: Int, _ range: Range<Int>) -> Problem {
    .damagedTIFF(
      range.lowerBound,
      "\(name(ofChunk: chunk)) (\(compression.name), \(range.count) bytes) does not give the \(bytes(ofChunk: chunk)) bytes of its pixels"
    )
  }
}
