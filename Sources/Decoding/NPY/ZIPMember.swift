import Core
import Raster

/// A member of a ZIP archive, as the central directory describes it.
///
/// The format: PKWARE APPNOTE.TXT 6.3.10, section 4.3 (records), 4.4 (fields), 4.5.3 (ZIP64).
struct ZIPMember: Sendable {
  var name: String
  var method: Method
  var crc: UInt32
  /// Bytes of the member once inflated.
  var size: Int
  /// Byte of the local header.
  var start: Int
  /// Where the member's data lies, deflated or not.
  var content: Range<Int>

  enum Method: Hashable {
    case stored, deflated
    case other(Int)

    init(_ number: Int) {
      self =
        switch number {
        case 0: .stored
        case 8: .deflated
        default: .other(number)
        }
    }
  }
}

extension ZIPMember {
  /// All members of the archive, in the order of its central directory.
  static func all(in bytes: Bytes) throws(Problem) -> [ZIPMember] {
    let directory = try CentralDirectory(findingIn: bytes)
    var fields = ZIPFields(bytes, in: directory.range)
    var members: [ZIPMember] = []
    var names: Set<String> = []
    for _ in 0..<directory.entries {
      let place = fields.place
      let entry = try Entry(reading: &fields)
      let content = try entry.locateContent(in: bytes, before: directory.range.lowerBound)
      guard let name = String(validating: entry.header.name, as: UTF8.self) else {
        throw .damagedArchive(place, "a member's name is not UTF-8")
      }
      guard names.insert(name).inserted else {
        throw .damagedArchive(place, "two members are called '\(printable(name, most: 100))'")
      }
      members.append(
        ZIPMember(
          name: name, method: Method(entry.header.method), crc: UInt32(entry.header.crc),
          size: entry.header.size, start: entry.start, content: content))
    }
    guard fields.isAtEnd else {
      throw .damagedArchive(fields.place, "its directory is longer than its members need")
    }
    try checkOverlap(members)
    return members
  }

  /// Overlapping members are how a small archive claims a huge content.
  private static func checkOverlap(_ members: [ZIPMember]) throws(Problem) {
    let sorted = members.sorted { $0.start < $1.start }
    for (member, next) in zip(sorted, sorted.dropFirst()) {
      guard member.content.upperBound <= next.start else {
        throw .damagedArchive(next.start, "two of its members overlap")
      }
    }
  }
}

/// What the local header and the entry in the central directory both say.
private struct SharedFields {
  var flags, method, crc, compressedSize, size: Int
  var name: [UInt8] = []

  /// Bit 0: encrypted; 6: strongly; 13: its directory is.
  var isEncrypted: Bool { flags & 0x2041 != 0 }
  /// Bit 3: written to a pipe, so that checksum and sizes follow the data.
  var isStreamed: Bool { flags & 0x0008 != 0 }

  init(reading fields: inout ZIPFields) throws(Problem) {
    try fields.skip(2)  // version needed
    flags = try fields.two()
    method = try fields.two()
    try fields.skip(4)  // time and date
    crc = try fields.four()
    compressedSize = try fields.four()
    size = try fields.four()
  }
}

/// An entry of the central directory (4.3.12).
private struct Entry {
  var header: SharedFields
  var start: Int

  init(reading fields: inout ZIPFields) throws(Problem) {
    let place = fields.place
    try fields.signature(0x0201_4b50, of: "directory entry")
    try fields.skip(2)  // version made by
    header = try SharedFields(reading: &fields)
    let nameCount = try fields.two()
    let extraCount = try fields.two()
    let commentCount = try fields.two()
    var disk = try fields.two()
    try fields.skip(6)  // attributes
    start = try fields.four()
    header.name = try fields.bytes(nameCount)
    var wide = try fields.wideNumbers(in: extraCount)
    try fields.skip(commentCount)

    header.size = try wide.eight(insteadOf: header.size)
    header.compressedSize = try wide.eight(insteadOf: header.compressedSize)
    start = try wide.eight(insteadOf: start)
    disk = try wide.four(insteadOf: disk)
    guard disk == 0 else { throw CentralDirectory.split(place) }
    guard !header.isEncrypted else {
      throw .atByte(
        place, "the archive is encrypted", remedy: "write it with np.savez, without a password")
    }
    guard Method(header.method) != .stored || header.size == header.compressedSize else {
      throw .damagedArchive(place, "a stored member has two different sizes")
    }
  }

  private typealias Method = ZIPMember.Method

  /// Reads the local header (4.3.7), which must agree; the data follows it.
  func locateContent(in bytes: Bytes, before end: Int) throws(Problem) -> Range<Int> {
    guard start <= end else { throw disagreement }
    var fields = ZIPFields(bytes, in: start..<end)
    try fields.signature(0x0403_4b50, of: "member")
    var local = try SharedFields(reading: &fields)
    let nameCount = try fields.two()
    let extraCount = try fields.two()
    local.name = try fields.bytes(nameCount)
    var wide = try fields.wideNumbers(in: extraCount)
    local.size = try wide.eight(insteadOf: local.size)
    local.compressedSize = try wide.eight(insteadOf: local.compressedSize)

    func agrees(_ field: KeyPath<SharedFields, Int>) -> Bool {
      local[keyPath: field] == header[keyPath: field]
        || local.isStreamed && local[keyPath: field] == 0
    }
    guard local.name == header.name, local.method == header.method, !local.isEncrypted,
      agrees(\.crc), agrees(\.size), agrees(\.compressedSize)
    else { throw disagreement }
    let content = fields.place
    try fields.skip(header.compressedSize)
    return content..<fields.place
  }

  private var disagreement: Problem {
    .damagedArchive(start, "a member's own header and the directory disagree")
  }
}
