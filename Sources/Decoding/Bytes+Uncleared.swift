import Core
import Raster

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Memory that is filled before it is read, and then becomes `Bytes`.
@safe
final class UnclearedBytes {
  private let start: UnsafeMutableRawPointer
  private let count: Int
  private var isTaken = false

  /// nil where there is no memory.
  init?(count: Int) {
    guard let start = unsafe malloc(max(1, count)) else { return nil }
    unsafe (self.start, self.count) = unsafe (start, count)
  }

  deinit { if !isTaken { unsafe free(start) } }

  var target: UnsafeMutableRawBufferPointer {
    unsafe UnsafeMutableRawBufferPointer(start: start, count: count)
  }

  /// The same memory, which nobody writes to any more; to be asked once.
  func taken() -> Bytes {
    precondition(!isTaken)
    isTaken = true
    return unsafe Bytes(taking: UnsafeRawBufferPointer(start: start, count: count)) {
      unsafe free(UnsafeMutableRawPointer(mutating: $0.baseAddress))
    }
  }
}

extension Bytes {
  /// `count` bytes, which `write` fills before they are read; nil where there is no memory for
  /// them, or `write` gives up.
  convenience init?<Failure: Error>(
    uncleared count: Int,
    filledBy write: (UnsafeMutableRawBufferPointer) throws(Failure) -> Bool
  ) throws(Failure) {
    guard let start = unsafe malloc(max(1, count)) else { return nil }
    var isFilled = false
    defer { if !isFilled { unsafe free(start) } }
    isFilled = try unsafe write(UnsafeMutableRawBufferPointer(start: start, count: count))
    guard isFilled else { return nil }
    unsafe self.init(taking: UnsafeRawBufferPointer(start: start, count: count)) {
      unsafe free(UnsafeMutableRawPointer(mutating: $0.baseAddress))
    }
  }
}
