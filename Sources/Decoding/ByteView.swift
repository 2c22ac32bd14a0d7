internal import Core
internal import Raster

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Bytes at a known place, for readers that look at each: a look at one is no call into another module.
///
/// Lives only within `Bytes.withView`, as long as which the memory does.
@safe
struct ByteView {
  private let memory: UnsafeBufferPointer<UInt8>

  fileprivate init(_ memory: UnsafeRawBufferPointer) {
    unsafe self.memory = memory.bindMemory(to: UInt8.self)
  }

  var count: Int { unsafe memory.count }

  subscript(place: Int) -> UInt8 {
    precondition(place >= 0 && place < count, "the place is outside")
    return unsafe memory[place]
  }

  /// Where `byte` comes next.
  func first(_ byte: UInt8, in range: Range<Int>) -> Int? {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "the range is outside")
    guard !range.isEmpty, let start = unsafe memory.baseAddress,
      let found = unsafe memchr(start + range.lowerBound, CInt(byte), range.count)
    else { return nil }
    return unsafe UnsafeRawPointer(found) - UnsafeRawPointer(start)
  }

  /// `nil` where they are not UTF-8.
  func text(_ range: Range<Int>) -> String? {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "the range is outside")
    return unsafe String(
      validating: UnsafeBufferPointer(rebasing: memory[range]), as: UTF8.self)
  }

  func array(_ range: Range<Int>) -> [UInt8] {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "the range is outside")
    return unsafe Array(memory[range])
  }

  /// Copies a part to the end of `target`.
  func append(_ range: Range<Int>, to target: inout [UInt8]) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "the range is outside")
    unsafe target.append(contentsOf: UnsafeBufferPointer(rebasing: memory[range]))
  }
}

extension Bytes {
  func withView<Result>(
    _ body: (ByteView) throws(Problem) -> Result
  ) throws(Problem) -> Result {
    try withSpan { span throws(Problem) in
      try unsafe span.withUnsafeBytes { memory throws(Problem) in
        try body(unsafe ByteView(memory))
      }
    }
  }
}
