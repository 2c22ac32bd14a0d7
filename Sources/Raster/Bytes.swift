package import Core

/// Bytes that do not change: a file that was read or mapped, or what was decoded from one.
///
/// Reached through a `RawSpan` only, so nothing outside this page sees a pointer.
@safe
package final class Bytes: Sendable {
  // Written once, in `init`, and never changed: safe to read from any thread.
  private nonisolated(unsafe) let memory: UnsafeRawBufferPointer
  private let release: @Sendable (UnsafeRawBufferPointer) -> Void

  private let reading: Reading?
  private let checking: Checking?
  package typealias Reading = @Sendable (Range<Int>) throws(Problem) -> Bytes
  package typealias Checking = @Sendable () throws(Problem) -> Void

  package var count: Int { unsafe memory.count }

  /// Takes over `memory`; `release` gives it back when the last reader is gone.
  package init(
    taking memory: UnsafeRawBufferPointer, reading: Reading? = nil, checking: Checking? = nil,
    release: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
  ) {
    unsafe self.memory = memory
    self.reading = reading
    self.checking = checking
    unsafe self.release = release
  }

  /// A copy of `bytes`.
  package convenience init(_ bytes: [UInt8]) {
    self.init(count: bytes.count) { target in
      for index in bytes.indices { target[index] = bytes[index] }
    }
  }

  /// `count` bytes that `write` fills; they are zero before.
  package convenience init<Failure: Error>(
    count: Int, filledBy write: (inout MutableSpan<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    let memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: count)
    unsafe memory.initialize(repeating: 0)
    var span = unsafe MutableSpan(_unsafeElements: memory)
    do {
      try write(&span)
    } catch {
      unsafe memory.deallocate()
      throw error
    }
    unsafe self.init(taking: UnsafeRawBufferPointer(memory)) { unsafe $0.deallocate() }
  }

  /// `count` numbers in the order of this machine's bytes that `write` fills; they are zero before.
  package convenience init<Number: BitwiseCopyable>(
    count: Int, of type: Number.Type, filledBy write: (inout MutableSpan<Number>) -> Void
  ) {
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: count * MemoryLayout<Number>.stride, alignment: MemoryLayout<Number>.alignment)
    _ = unsafe memory.initializeMemory(as: UInt8.self, repeating: 0)
    var span = unsafe MutableSpan(_unsafeElements: memory.bindMemory(to: Number.self))
    write(&span)
    unsafe self.init(taking: UnsafeRawBufferPointer(memory)) { unsafe $0.deallocate() }
  }

  deinit { unsafe release(memory) }

  /// Reads a part of the file that these bytes are mapped from into memory of its own; `nil` for
  /// bytes that are not a mapped file.
  ///
  /// For bytes that are read once and completely, this is faster than mapping page by page, and a
  /// file that shrinks meanwhile is a problem and not the end of the process.
  ///
  /// - Throws: Problem: the file cannot be read, or is shorter now.
  package func read(_ range: Range<Int>) throws(Problem) -> Bytes? { try reading?(range) }

  /// To be asked after the last look at them: what was read from a file that was written to
  /// meanwhile is a mixture of two.
  ///
  /// - Throws: Problem: these bytes are a mapped file that has changed since it was opened.
  package func expectUnchanged() throws(Problem) { try checking?() }

  package func withSpan<Result, Failure: Error>(
    _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(unsafe RawSpan(_unsafeBytes: memory))
  }
}
