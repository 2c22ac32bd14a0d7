import Core
import Raster

extension TIFFPage {
  /// All samples in memory, row by row without gaps, and plane by plane where they lie in planes.
  func unpacked(fill: [UInt8]) throws(Problem) -> Bytes {
    try expectSource()
    let room = bytes
    let unpacked = try unsafe Bytes(uncleared: room) { target throws(Problem) in
      var writing = ChunkWriting(page: self, fill: fill)
      for band in 0..<grid.count / grid.across {
        try unsafe writing.write(band: band, into: target)
      }
      return true
    }
    guard let unpacked else {
      throw Problem(
        "there is no memory for the \(room) bytes of a page",
        remedy: "decode fewer images at a time, or cut the image into smaller files")
    }
    try directory.source.bytes.expectUnchanged()
    return unpacked
  }

  /// What the file is too short for gets no memory.
  private func expectSource() throws(Problem) {
    let chunks = TIFFChunks(self)
    for index in 0..<grid.count {
      guard let range = try chunks.range(index) else { continue }
      guard bytes(ofChunk: index) / compression.mostBytes <= range.count else {
        throw damaged(index, range)
      }
    }
  }
}
