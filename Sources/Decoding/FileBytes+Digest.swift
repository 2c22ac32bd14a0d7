package import Core
internal import Raster

extension FileBytes {
  /// Of a whole file, such as one with weights.
  ///
  /// - Throws: Problem: the file cannot be read.
  package static func digest(_ path: String) throws(Problem) -> Digest {
    let bytes = try read(path)
    return Digest(of: bytes.array(0..<bytes.count))
  }
}
