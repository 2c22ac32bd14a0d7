import Core
import FuzzingSupport
import Raster

@testable import Decoding

/// Panoptic JSON files, and texts within JSON: what is written is read.
@main
enum FuzzSegments: Fuzzing {
  static let longest = 512

  private static let file = HeldFile("segments.json")

  static func read(_ input: [UInt8]) {
    file.hold(input)
    let segments = attempt { () throws(Problem) in try PanopticSegments(reading: file.path) }.value
    _ = segments?.labels(of: .file("a.png", part: nil))

    let text = String(decoding: input, as: UTF8.self)
    let written = Bytes(Array(JSON.text(text).text().utf8))
    let again = attempt { () throws(Problem) in
      try JSONReader.read(written, file: "") { (reader) throws(Problem) in try reader.string() }
    }.value
    claim(again.map { Array($0.utf8) } == Array(text.utf8), "a text is written as another")

    // One value is also one in a list, unless it is told by what stands at the start of a file.
    guard input.first != 0xef else { return }
    claim(!isOneValue(input) || isOneValue([0x5b] + input + [0x5d]), "in a list it is no value")
  }

  private static func isOneValue(_ text: [UInt8]) -> Bool {
    attempt { () throws(Problem) -> Void in
      try JSONReader.read(Bytes(text), file: "") { (reader) throws(Problem) in
        try reader.skip()
        try reader.expectEnd()
      }
    }.value != nil
  }
}
