import Core
import FuzzingSupport
import Raster

@testable import Decoding

/// NPZ archives: every array that is named can be read, or there is a problem that says why.
///
/// An input that begins with 0 is a file behind that byte, as it stands. In any other the members get the
/// checksums that they should have, which no mutation would find.
@main
enum FuzzNPZ: Fuzzing {
  static let longest = 1024

  private static let limit = 1 << 16

  static func read(_ input: [UInt8]) {
    let file = Bytes(input.first == 0 ? Array(input.dropFirst()) : withRightChecksums(input))
    let archive = attempt { () throws(Problem) in
      try NPZArchive(reading: file, inflatedLimit: limit)
    }
    guard let archive = archive.value else { return }
    claim(Set(archive.names).count == archive.names.count, "two arrays have one name")
    for name in archive.names {
      let array = attempt { () throws(Problem) in try archive.array(named: name) }
      guard let array = array.value else { continue }
      guard let array else { fatalError("an array that is named is not there") }
      claim(array.bytes.count <= max(limit, file.count), "it is larger than may be")
      claimIsReadable(array)
    }
  }

  private static func withRightChecksums(_ input: [UInt8]) -> [UInt8] {
    let bytes = Bytes(input)
    let members = attempt { () throws(Problem) in try ZIPMember.all(in: bytes) }.value
    var file = input
    for member in members ?? [] {
      var content = input[member.content]
      if member.method == .deflated, member.size <= limit,
        let inflated = inflate(bytes, member.content, to: member.size)
      {
        content = inflated.array(0..<inflated.count)[...]
      }
      let checksum = littleEndian(Array(content).crc32)
      // It stands in the member's own header and in its entry in the directory, 42 bytes into which its
      // start is named (APPNOTE.TXT 4.3.7 and 4.3.12).
      file.replaceSubrange(member.start + 14..<member.start + 18, with: checksum)
      let start = littleEndian(UInt32(truncatingIfNeeded: member.start))
      for entry in 0..<max(0, file.count - 45)
      where file[entry..<entry + 4] == [0x50, 0x4b, 1, 2] && start == file[entry + 42..<entry + 46]
      {
        file.replaceSubrange(entry + 16..<entry + 20, with: checksum)
      }
    }
    return file
  }

  private static func littleEndian(_ number: UInt32) -> ArraySlice<UInt8> {
    [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: number >> $0) }[...]
  }
}
