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
  fileprivate let start: UnsafeMutableRawPointer
  fileprivate let count: Int
  fileprivate var isTaken = false

  /// nil where there is no memory.
  init?(count: Int) {
    guard let start = unsafe malloc(max(1, count)) else { return nil }
    unsafe (self.start, self.count) = unsafe (start, count)
  }

  deinit { if !isTaken { unsafe free(start) } }

  var target: UnsafeMutableRawBufferPointer {
    unsafe UnsafeMutableRawBufferPointer(start: start, count: count)
  }
}

extension Bytes {
  /// The same memory, which nobody writes to any more; once.
  convenience init(_ memory: UnclearedBytes) {
    precondition(!memory.isTaken)
    memory.isTaken = true
    unsafe self.init(taking: UnsafeRawBufferPointer(start: memory.start, count: memory.count)) {
      unsafe free(UnsafeMutableRawPointer(mutating: $0.baseAddress))
    }
  }

  /// `count` bytes, which `write` fills before they are read; nil where there is no memory for
  /// them, or `write` gives up.
  convenience init?<Failure: Error>(
    uncleared count: Int,
    filledBy write: (UnsafeMutableRawBufferPointer) throws(Failure) -> Bool
  ) throws(Failure) {
    guard let memory = UnclearedBytes(count: count), try unsafe write(memory.target) else {
      return nil
    }
    self.init(memory)
  }
}
