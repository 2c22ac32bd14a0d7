import Core
import FuzzingSupport
import Raster

@testable import Decoding

/// Safetensors files: every array that is named lies in the file and can be read, or there is a problem that says why.
///
/// The header's length is made to fit, which no mutation of the text would find, unless an input begins with 0: such a
/// one is a file behind that byte, as it stands.
@main
enum FuzzSafetensors: Fuzzing {
  static let longest = 1024

  static func read(_ input: [UInt8]) {
    let file = Bytes(input.first == 0 ? Array(input.dropFirst()) : withLength(input))
    let read = attempt { () throws(Problem) in try SafetensorsFile(reading: file) }
    guard let read = read.value else { return }
    claim(Set(read.names).count == read.names.count, "two arrays have one name")
    for name in read.names {
      let array = attempt { () throws(Problem) in try read.array(named: name) }
      guard let array = array.value else { continue }
      guard let array else { fatalError("an array that is named is not there") }
      claimIsReadable(array)
      if array.narrow != nil, !array.shape.contains(0) {
        guard let wide = array.widened() else { fatalError("no room for a small array") }
        claim(wide.bytes.count == wide.shape.reduce(4, *), "it is wider than its numbers")
        claimIsReadable(wide)
      }
    }
  }

  /// The text as far as its last bracket is the header.
  private static func withLength(_ input: [UInt8]) -> [UInt8] {
    let length = input.lastIndex(of: UInt8(ascii: "}")).map { $0 + 1 } ?? 0
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + input
  }
}
