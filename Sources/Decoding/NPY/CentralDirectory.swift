import Core
import Raster

/// Where a ZIP archive's table of contents lies; its end record, last in the file, says so.
struct CentralDirectory {
  var entries: Int
  var range: Range<Int>

  init(findingIn bytes: Bytes) throws(Problem) {
    let place = try Self.endRecord(of: bytes)
    var end = try EndRecord(readingAt: place, of: bytes)
    // Some writers add the wide record without need; it is what the others then end before.
    if let wide = try EndRecord(readingWideBefore: place, of: bytes) { end = wide }

    guard end.disk == 0, end.directoryDisk == 0, end.entriesHere == end.entries else {
      throw Self.split(place)
    }
    guard end.start <= end.place, end.size == end.place - end.start else {
      throw .damagedArchive(place, "its directory does not end where its end record begins")
    }
    entries = end.entries
    range = end.start..<end.place
  }

  /// Searches backwards, because a comment of up to 64 KiB may follow.
  private static func endRecord(of bytes: Bytes) throws(Problem) -> Int {
    let last = bytes.count - 22
    for start in stride(from: last, through: max(0, last - 0xffff), by: -1)
    where bytes.littleEndian(at: start, as: UInt32.self) == 0x0605_4b50 {
      let comment = bytes.littleEndian(at: start + 20, as: UInt16.self)
      if comment.map(Int.init) == last - start { return start }
    }
    throw .atByte(
      bytes.count, "the archive is truncated or still being written: its end record is missing",
      remedy: "wait until it is written, or write it again")
  }

  static func split(_ byte: Int) -> Problem {
    .atByte(
      byte, "the archive is split over several files", remedy: "write it as one file (np.savez)")
  }
}

/// The end record (4.3.16), or the one of ZIP64 (4.3.14) that stands in for it.
private struct EndRecord {
  var place: Int
  var disk, directoryDisk, entriesHere, entries, size, start: Int

  init(readingAt place: Int, of bytes: Bytes) throws(Problem) {
    self.place = place
    var fields = ZIPFields(bytes, in: place..<bytes.count)
    try fields.signature(0x0605_4b50, of: "end record")
    disk = try fields.two()
    directoryDisk = try fields.two()
    entriesHere = try fields.two()
    entries = try fields.two()
    size = try fields.four()
    start = try fields.four()
  }

  /// The locator (4.3.15) right before the end record points to the wide one; nil without it.
  init?(readingWideBefore end: Int, of bytes: Bytes) throws(Problem) {
    let locator = end - 20
    guard bytes.littleEndian(at: locator, as: UInt32.self) == 0x0706_4b50 else { return nil }
    var fields = ZIPFields(bytes, in: locator..<end)
    try fields.skip(4)
    let diskOfRecord = try fields.four()
    place = try fields.eight()
    let disks = try fields.four()
    guard diskOfRecord == 0, disks <= 1 else { throw CentralDirectory.split(locator) }
    guard place <= locator else {
      throw .damagedArchive(locator, "its ZIP64 end record is not before its locator")
    }

    fields = ZIPFields(bytes, in: place..<locator)
    try fields.signature(0x0606_4b50, of: "ZIP64 end record")
    try fields.skip(12)  // its size, version made by, version needed
    disk = try fields.four()
    directoryDisk = try fields.four()
    entriesHere = try fields.eight()
    entries = try fields.eight()
    size = try fields.eight()
    start = try fields.eight()
  }
}
