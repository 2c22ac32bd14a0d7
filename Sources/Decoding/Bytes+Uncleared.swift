import Core
import Raster

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

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
