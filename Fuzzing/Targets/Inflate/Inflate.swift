import Core
import FuzzingSupport
import Raster

@testable import Decoding

/// Raw deflate streams: one that claims another length than it has is refused, and what was deflated is
/// inflated.
@main
enum FuzzInflate: Fuzzing {
  static let longest = 512

  static func read(_ input: [UInt8]) {
    var draws = Draws(input)
    let count = draws.number(0...65_535)
    let stream = Bytes(Array(draws.rest))
    if let bytes = inflate(stream, 0..<stream.count, to: count) {
      claim(bytes.count == count, "\(bytes.count) bytes instead of \(count)")
      for other in [count - 1, count + 1] where other >= 0 {
        claim(inflate(stream, 0..<stream.count, to: other) == nil, "it has two lengths")
      }
      claim(inflate(stream, 0..<stream.count - 1, to: count) == nil, "its last byte is not needed")
    }
    let packed = Bytes(input.deflateStream)
    let back = inflate(packed, 0..<packed.count, to: input.count)
    claim(back.map { $0.array(0..<$0.count) } == input, "what was deflated is not inflated")
  }
}
