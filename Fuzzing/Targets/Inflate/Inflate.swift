import Core
import FuzzingSupport
import Inflating
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
    // In step with others: what it gives is what it gives alone.
    let streams = [Array(draws.rest), input.deflateStream, Array(draws.rest)]
    let counts = [count, input.count, count]
    for (index, together) in inflatedTogether(streams, counts).enumerated() {
      guard let together else {
        claim(index != 1, "what was deflated is not inflated in step")
        continue
      }
      let bytes = Bytes(streams[index])
      let alone = inflate(bytes, 0..<bytes.count, to: counts[index])
      claim(alone.map { $0.array(0..<$0.count) } == together, "in step it gives something else")
    }
    let packed = Bytes(input.deflateStream)
    let back = inflate(packed, 0..<packed.count, to: input.count)
    claim(back.map { $0.array(0..<$0.count) } == input, "what was deflated is not inflated")
  }
}

/// What each stream gives when all are inflated at once, nil where it is refused.
private func inflatedTogether(_ streams: [[UInt8]], _ counts: [Int]) -> [[UInt8]?] {
  let readable = 16
  let sources = unsafe streams.map { stream in
    let copy = UnsafeMutableRawBufferPointer.allocate(
      byteCount: stream.count + readable, alignment: 1)
    unsafe copy.copyBytes(from: stream + [UInt8](repeating: 0, count: readable))
    return unsafe copy
  }
  let targets = unsafe counts.map { count in
    UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
  }
  defer {
    for index in streams.indices {
      unsafe sources[index].deallocate()
      unsafe targets[index].deallocate()
    }
  }
  let isWhole = unsafe inflateTogether(
    streams.indices.map { index in
      unsafe InflatedStream(
        UnsafeRawBufferPointer(rebasing: sources[index].dropLast(readable)), readable: readable,
        into: targets[index])
    })
  return unsafe zip(isWhole, targets).map { isWhole, target in
    unsafe isWhole ? [UInt8](target) : nil
  }
}
