internal import Dispatch

/// How fast this machine reads memory that no cache holds, in bytes a second: sums over 512 MiB, the
/// median of seven.
func readBandwidth(threads: Int) -> Double {
  let count = 1 << 26
  let words = unsafe [UInt64](unsafeUninitializedCapacity: count) { memory, initialised in
    for index in 0..<count { unsafe memory[index] = UInt64(index) }
    initialised = count
  }
  let times = (0..<7).map { _ in
    let start = seconds()
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      keep(sum(words, count / threads * thread..<count / threads * (thread + 1)))
    }
    return seconds() - start
  }
  return Double(count * 8) / times.median
}

/// Four sums of eight lanes: enough additions in flight that memory is what is waited for.
private func sum(_ words: [UInt64], _ range: Range<Int>) -> UInt64 {
  unsafe words.withUnsafeBytes { bytes in
    var sums = (SIMD8<UInt64>(), SIMD8<UInt64>(), SIMD8<UInt64>(), SIMD8<UInt64>())
    for word in stride(from: range.lowerBound, to: range.upperBound &- 31, by: 32) {
      let start = word &* 8
      sums.0 &+= unsafe bytes.loadUnaligned(fromByteOffset: start, as: SIMD8<UInt64>.self)
      sums.1 &+= unsafe bytes.loadUnaligned(fromByteOffset: start &+ 64, as: SIMD8<UInt64>.self)
      sums.2 &+= unsafe bytes.loadUnaligned(fromByteOffset: start &+ 128, as: SIMD8<UInt64>.self)
      sums.3 &+= unsafe bytes.loadUnaligned(fromByteOffset: start &+ 192, as: SIMD8<UInt64>.self)
    }
    return (sums.0 &+ sums.1 &+ sums.2 &+ sums.3).wrappedSum()
  }
}

/// Makes the compiler believe that the sum is needed.
@inline(never)
private func keep(_ sum: UInt64) { if sum == 1 { say("") } }
