package import Core
internal import Raster

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The text of a small file, such as a configuration or a list of names.
///
/// - Throws: Problem: the file cannot be read, or is not UTF-8.
package func readText(_ path: String) throws(Problem) -> String {
  let bytes = try FileBytes.read(path, upTo: Limits.listBytes)
  guard let text = String(validating: bytes.array(0..<bytes.count), as: UTF8.self) else {
    throw Problem("is not UTF-8 text", at: .file(path), remedy: "save it as UTF-8")
  }
  return text
}

/// The text on standard input, to its end.
///
/// - Throws: Problem: it cannot be read, is not UTF-8, or longer than any configuration.
package func readStandardInput() throws(Problem) -> String {
  let place = Problem.Place.file("standard input")
  var bytes: [UInt8] = []
  var room = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = unsafe room.withUnsafeMutableBytes { memory in
      unsafe read(STDIN_FILENO, memory.baseAddress, memory.count)
    }
    if count < 0 {
      if errno == EINTR { continue }
      throw Problem(
        "cannot be read", at: place, remedy: "give the configuration to it, as with: < pipeline.yml"
      )
    }
    if count == 0 { break }
    bytes += room.prefix(count)
    guard bytes.count <= 1 << 22 else {
      throw Problem(
        "is too long for a configuration", at: place, remedy: "check what is sent to it")
    }
  }
  guard let text = String(validating: bytes, as: UTF8.self) else {
    throw Problem("is not UTF-8 text", at: place, remedy: "save it as UTF-8")
  }
  return text
}
