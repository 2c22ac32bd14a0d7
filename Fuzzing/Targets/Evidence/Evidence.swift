import Core
import Foundation
import FuzzingEvidence
import FuzzingSupport
import Store

/// Evidence files with any byte changed: read, or refused with a problem.
///
/// An input is a list of changes to the file of a small run, each a place in three bytes and eight bytes to put
/// there. The last line has the checksum that it should have, which no mutation would find.
@main
enum FuzzEvidence: Fuzzing {
  static let longest = 128

  private static let file = HeldFile("evidence.sqlite")
  /// Without its last line.
  private static let pages: [UInt8] = {
    let path = file.path + "-whole"
    do {
      let writer = try EvidenceWriter(creating: path, run: sampleRun)
      for image in sampleImages { try writer.add(image) }
      try writer.finish(problems: [sampleProblem], levels: sampleLevels)
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
      try FileManager.default.removeItem(atPath: path)
      claim(bytes == sealed(bytes.dropLast(seal(of: []).count)), "the seal is another")
      return bytes.dropLast(seal(of: []).count)
    } catch { fatalError("\(error)") }
  }()

  static func read(_ input: [UInt8]) {
    var draws = Draws(input)
    var pages = pages
    while draws.rest.count > 3 {
      let place = draws.bytes(3).reduce(0) { $0 << 8 | Int($1) } % pages.count
      let bytes = draws.bytes(min(8, pages.count - place))
      pages.replaceSubrange(place..<place + bytes.count, with: bytes)
    }
    file.hold(sealed(pages))
    _ = attempt { () throws(Problem) in try EvidenceStore.read(file.path) }
  }

  private static func sealed(_ pages: [UInt8]) -> [UInt8] { pages + seal(of: pages) }

  private static func seal(of pages: [UInt8]) -> [UInt8] {
    let digits = String(pages.crc32, radix: 16)
    let zeros = String(repeating: "0", count: 8 - digits.count)
    return Array("unmask evidence crc32 \(zeros)\(digits)\n".utf8)
  }
}
