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
  /// That a file which is to be written is none that the run reads, under whatever name.
  ///
  /// - Throws: Problem: it is one.
  func expectNoInput(at path: String, configuration: String) throws(Problem) {
    var written = stat()
    guard unsafe stat(path, &written) == 0 else { return }
    let inputs = [configuration] + images.flatMap { $0.truth.paths + $0.prediction.paths }
    for input in inputs {
      var status = stat()
      guard unsafe stat(input, &status) == 0, status.st_dev == written.st_dev,
        status.st_ino == written.st_ino
      else { continue }
      throw Problem(
        "is a file that the run reads", at: .file(path),
        remedy: "write to another file; this one would be lost")
    }
  }
}

extension ImageSource {
  fileprivate var paths: [String] {
    switch self {
    case .file(let path, _): [path]
    case .classFiles(let paths): paths.flatMap(\.self)
    case .item(_, _, _, let path): [path]
    }
  }
}
