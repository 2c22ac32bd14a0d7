/// A small ZIP archive, written record by record; the places of its records are kept, so that a
/// test can damage a field by its offset (APPNOTE.TXT 4.3).
struct ZIPFixture {
  struct Member {
    var name: String
    var content: [UInt8]
    var isDeflated = false
    /// The local header says its sizes in 64 bits, as NumPy writes it.
    var isWide = false
    /// Checksum and sizes follow the data.
    var isStreamed = false
  }

  private(set) var bytes: [UInt8] = []
  private(set) var locals: [Int] = []
  private(set) var entries: [Int] = []
  private(set) var end = 0

  /// With `isWide`, all numbers of the directory and its end record are written in 64 bits.
  init(_ members: [Member], comment: String = "", isWide: Bool = false) {
    for member in members {
      locals.append(bytes.count)
      bytes += Self.local(member)
    }
    let directory = bytes.count
    for (member, start) in zip(members, locals) {
      entries.append(bytes.count)
      bytes += Self.entry(member, at: start, isWide: isWide)
    }
    let size = bytes.count - directory
    let count = members.count
    if isWide {
      let place = bytes.count
      bytes += little(0x0606_4b50, 4) + little(44, 8) + little(45, 2) + little(45, 2)
      bytes += little(0, 8) + little(count, 8) + little(count, 8)
      bytes += little(size, 8) + little(directory, 8)
      bytes += little(0x0706_4b50, 4) + little(0, 4) + little(place, 8) + little(1, 4)
    }
    end = bytes.count
    let counts = little(isWide ? -1 : count, 2)
    bytes += little(0x0605_4b50, 4) + little(0, 4) + counts + counts
    bytes += little(isWide ? -1 : size, 4) + little(isWide ? -1 : directory, 4)
    bytes += little(comment.utf8.count, 2) + Array(comment.utf8)
  }

  private static func local(_ member: Member) -> [UInt8] {
    let data = data(of: member)
    let (size, packed) = (member.content.count, data.count)
    let wide =
      member.isWide ? little(1, 2) + little(16, 2) + little(size, 8) + little(packed, 8) : []
    let sums =
      member.isStreamed
      ? little(0, 12)
      : crc(member.content) + little(member.isWide ? -1 : packed, 4)
        + little(member.isWide ? -1 : size, 4)
    return little(0x0403_4b50, 4) + shared(member) + sums
      + little(member.name.utf8.count, 2) + little(wide.count, 2) + Array(member.name.utf8) + wide
      + data
      // The data descriptor (4.3.9).
      + (member.isStreamed
        ? little(0x0807_4b50, 4) + crc(member.content) + little(packed, 4) + little(size, 4) : [])
  }

  private static func entry(_ member: Member, at start: Int, isWide: Bool) -> [UInt8] {
    let (size, packed) = (member.content.count, data(of: member).count)
    // A field of another kind first, which readers skip.
    let wide =
      isWide
      ? little(0x5455, 2) + little(1, 2) + [0]
        + little(1, 2) + little(24, 2) + little(size, 8) + little(packed, 8) + little(start, 8)
      : []
    return little(0x0201_4b50, 4) + little(45, 2) + shared(member) + crc(member.content)
      + little(isWide ? -1 : packed, 4) + little(isWide ? -1 : size, 4)
      + little(member.name.utf8.count, 2) + little(wide.count, 2) + little(0, 2)
      + little(0, 2) + little(0, 6) + little(isWide ? -1 : start, 4)
      + Array(member.name.utf8) + wide
  }

  /// Version needed, flags, method, time and date.
  private static func shared(_ member: Member) -> [UInt8] {
    little(45, 2) + little(member.isStreamed ? 8 : 0, 2) + little(member.isDeflated ? 8 : 0, 2)
      + little(0, 4)
  }

  /// A deflate stream may be one block that is stored (RFC 1951, 3.2.4).
  private static func data(of member: Member) -> [UInt8] {
    let count = member.content.count
    return member.isDeflated
      ? [1] + little(count, 2) + little(~count, 2) + member.content : member.content
  }

  /// CRC-32, bit by bit (ISO 3309).
  private static func crc(_ bytes: [UInt8]) -> [UInt8] {
    var crc: UInt32 = .max
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 1 ? 0xedb8_8320 : 0) }
    }
    return little(Int(~crc), 4)
  }

  /// The archive with other bytes at one place.
  func patched(at place: Int, _ new: [UInt8]) -> [UInt8] {
    var result = bytes
    result.replaceSubrange(place..<place + new.count, with: new)
    return result
  }
}
