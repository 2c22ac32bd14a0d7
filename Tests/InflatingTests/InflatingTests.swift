import CDeflate
import CZlib
import Inflating
import TestSupport
import Testing

@Suite("Streams that are inflated in step")
struct InflatingTests {
  @Test(
    "give what was deflated, whatever deflated it, however many they are",
    arguments: Content.allCases)
  func whole(content: Content) {
    var generator = SeededGenerator(seed: 7)
    // One block and many, with tails shorter and longer than what a lane's room is.
    let sizes = [1, 2, 40, 319, 320, 321, 5_000, 70_000, 200_000]
    var streams: [(stream: [UInt8], bytes: [UInt8])] = []
    for size in sizes {
      let bytes = content.bytes(size, using: &generator)
      for strategy in [Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED] {
        streams.append((zlibStream(bytes, level: 6, strategy: strategy), bytes))
      }
      for level in [0, 1, 9] as [Int32] {
        streams.append((zlibStream(bytes, level: level, strategy: Z_DEFAULT_STRATEGY), bytes))
      }
      for level in [0, 1, 6, 12] as [Int32] {
        streams.append((libdeflateStream(bytes, level: level), bytes))
      }
    }
    streams.shuffle(using: &generator)
    for group in [1, 2, 3, 5, 6, 11, streams.count] {
      for first in stride(from: 0, to: streams.count, by: group) {
        let some = streams[first..<min(streams.count, first + group)]
        let answers = inflated(some.map { ($0.stream, $0.bytes.count) })
        #expect(answers.map { $0 } == some.map { $0.bytes })
      }
    }
  }

  @Test(
    "are taken only if they are what libdeflate takes, and nothing beside is touched: 120,000 damaged ones"
  )
  func damaged() {
    var generator = SeededGenerator(seed: 11)
    var (taken, refused, left) = (0, 0, 0)
    for round in 0..<400 {
      let content = Content.allCases[round % Content.allCases.count]
      let bytes = content.bytes(Int.random(in: 1...3_000, using: &generator), using: &generator)
      let whole =
        round % 3 == 0
        ? libdeflateStream(bytes, level: Int32.random(in: 0...12, using: &generator))
        : zlibStream(
          bytes, level: Int32.random(in: 0...9, using: &generator),
          strategy: Int32.random(in: 0...4, using: &generator))
      let damaged = (0..<300).map { _ -> (stream: [UInt8], count: Int) in
        var stream = whole
        var count = bytes.count
        switch UInt8.random(in: 0...5, using: &generator) {
        case 0: stream.removeLast(Int.random(in: 1...stream.count, using: &generator))
        case 1: count = max(0, count + Int.random(in: -300...300, using: &generator))
        case 2: stream.append(UInt8.random(in: 0...255, using: &generator))
        default:
          for _ in 0...Int.random(in: 0...2, using: &generator) {
            // Headers are worth more than what follows.
            let end = Bool.random(using: &generator) ? stream.count : min(stream.count, 80)
            let place = Int.random(in: 0..<end, using: &generator)
            stream[place] ^= 1 << UInt8.random(in: 0...7, using: &generator)
          }
        }
        return (stream, count)
      }
      for first in stride(from: 0, to: damaged.count, by: 6) {
        let some = Array(damaged[first..<first + 6])
        for (stream, answer) in zip(some, inflated(some)) {
          let expected = judged(stream.stream, stream.count)
          if let answer {
            #expect(answer == expected)
            taken += 1
          } else if expected == nil {
            refused += 1
          } else {
            left += 1
          }
        }
      }
    }
    #expect(taken + refused + left == 120_000)
    #expect(taken > 500)
    // Codes that are not complete, which libdeflate lets pass.
    #expect(left < 600, "\(left) of \(taken + left) need the other reader")
  }

  @Test("need room behind them")
  func room() {
    let bytes = [UInt8](repeating: 3, count: 1_000)
    let stream = libdeflateStream(bytes, level: 6)
    #expect(inflated([(stream, 1_000)], readable: 16) == [bytes])
    #expect(inflated([(stream, 1_000)], readable: 15) == [nil])
  }

  #if arch(x86_64)
    @Test("are read alike by every processor")
    func builds() {
      var generator = SeededGenerator(seed: 3)
      let streams = (0..<40).map { index -> (stream: [UInt8], count: Int) in
        let content = Content.allCases[index % Content.allCases.count]
        let bytes = content.bytes(1_000 * (index + 1), using: &generator)
        var stream = zlibStream(bytes, level: 6, strategy: Z_DEFAULT_STRATEGY)
        if index % 4 == 3 { stream[stream.count / 2] ^= 4 }
        return (stream, bytes.count)
      }
      #expect(inflated(streams, here: false) == inflated(streams))
    }
  #endif
}

/// What each stream gives, nil where it is refused.
private func inflated(
  _ streams: [(stream: [UInt8], count: Int)], readable: Int = 16, here: Bool = true
) -> [[UInt8]?] {
  // Bytes around each target that must stay as they are.
  let guardBytes = 64
  let sources = streams.map { $0.stream + [UInt8](repeating: 0xa5, count: readable) }
  let total = streams.reduce(0) { $0 + $1.count + guardBytes } + guardBytes
  var memory = [UInt8](repeating: 0x5a, count: total)
  // Each where it is in memory of its own, so that a sanitizer sees what is read beyond it.
  let copies = unsafe sources.map { source in
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: source.count, alignment: 1)
    unsafe copy.copyBytes(from: source)
    return unsafe copy
  }
  defer { for index in unsafe copies.indices { unsafe copies[index].deallocate() } }
  return unsafe memory.withUnsafeMutableBytes { memory in
    var starts: [Int] = []
    var next = guardBytes
    for stream in streams {
      starts.append(next)
      next += stream.count + guardBytes
    }
    let targets = unsafe zip(starts, streams).map { start, stream in
      unsafe UnsafeMutableRawBufferPointer(rebasing: memory[start..<start + stream.count])
    }
    let inner = unsafe zip(copies, streams).map { copy, stream in
      unsafe UnsafeRawBufferPointer(rebasing: copy[..<stream.stream.count])
    }
    var isWhole = [Bool](repeating: false, count: streams.count)
    if here {
      isWhole = unsafe inflateTogether(
        zip(inner, targets).map { source, target in
          unsafe InflatedStream(source, readable: readable, into: target)
        })
    } else {
      unsafe inflateInStep(
        inner, readable: [Int](repeating: readable, count: streams.count), into: targets,
        count: streams.count, isWhole: &isWhole)
    }
    for (start, stream) in zip(starts, streams) {
      let before = unsafe memory[start - guardBytes..<start]
      let after = unsafe memory[start + stream.count..<start + stream.count + guardBytes]
      unsafe #expect(before.allSatisfy { $0 == 0x5a } && after.allSatisfy { $0 == 0x5a })
    }
    return unsafe zip(isWhole, targets).map { isWhole, target in
      unsafe isWhole ? [UInt8](target) : nil
    }
  }
}
