package import Core
internal import Raster

/// The text of a small file, such as a configuration or a list of names.
///
/// - Throws: Problem: the file cannot be read, or is not UTF-8.
package func readText(_ path: String) throws(Problem) -> String {
  let bytes = try FileBytes.read(path)
  guard let text = String(validating: bytes.array(0..<bytes.count), as: UTF8.self) else {
    throw Problem("is not UTF-8 text", at: .file(path), remedy: "save it as UTF-8")
  }
  return text
}
