internal import Core
internal import Decoding

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

extension Plan {
  /// That files which are to be written are none that the run reads, under whatever name.
  ///
  /// - Throws: Problem: one is.
  func expectNoInput(at paths: [String], configuration: String) throws(Problem) {
    var written: [FileIdentity: String] = [:]
    for path in paths { if let file = FileIdentity(of: path) { written[file] = path } }
    guard !written.isEmpty else { return }
    let inputs = [configuration] + images.flatMap { $0.truth.paths + $0.prediction.paths }
    for input in inputs {
      guard let path = FileIdentity(of: input).flatMap({ written[$0] }) else { continue }
      throw Problem(
        "is a file that the run reads", at: .file(path),
        remedy: "write to another file; this one would be lost")
    }
  }
}

/// A file, whatever it is called.
private struct FileIdentity: Hashable {
  var device: UInt64
  var number: UInt64

  init?(of path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    device = UInt64(truncatingIfNeeded: status.st_dev)
    number = UInt64(truncatingIfNeeded: status.st_ino)
  }
}
