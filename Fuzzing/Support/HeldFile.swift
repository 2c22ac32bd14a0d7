#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A file for readers that want a path, in the directory TMPDIR; one that is held open and written over is
/// much faster than a new one for each input.
package final class HeldFile: Sendable {
  package let path: String
  private let number: CInt

  package init(_ name: String) {
    let directory = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    path = "\(directory)/\(getpid())-\(name)"
    number = unsafe open(path, O_RDWR | O_CREAT | O_TRUNC, 0o600)
    claim(number >= 0, "\(path) cannot be written")
  }

  package func hold(_ bytes: [UInt8]) {
    let written = unsafe bytes.withUnsafeBytes { bytes in
      unsafe pwrite(number, bytes.baseAddress, bytes.count, 0)
    }
    claim(written == bytes.count && ftruncate(number, off_t(bytes.count)) == 0, "the disk is full")
  }
}
