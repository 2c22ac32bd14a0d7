import Core
import Decoding
import Foundation
import Raster
import Testing

/// The NPY file with this header and these numbers; blanks pad it as NumPy's do.
func npy(
  header: String, data: [UInt8] = [], version: (UInt8, UInt8) = (1, 0)
) -> [UInt8] {
  let lengthSize = version.0 == 1 ? 2 : 4
  let blanks = 63 - (8 + lengthSize + header.utf8.count) % 64
  let text = Array(header.utf8) + [UInt8](repeating: 0x20, count: blanks) + [0x0a]
  return [0x93] + Array("NUMPY".utf8) + [version.0, version.1] + little(text.count, lengthSize)
    + text
    + data
}

func npy(
  _ descr: String, _ shape: String, fortran: Bool = false, data: [UInt8] = [],
  version: (UInt8, UInt8) = (1, 0)
) -> [UInt8] {
  npy(
    header: """
      {'descr': '\(descr)', 'fortran_order': \(fortran ? "True" : "False"), 'shape': \(shape), }
      """,
    data: data, version: version)
}

/// The lowest `size` bytes of `number`, the lowest first.
func little(_ number: Int, _ size: Int) -> [UInt8] {
  (0..<size).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
}

/// Runs `body` with the path of a file that holds `bytes` and is gone afterwards.
func withFile<Result>(_ bytes: [UInt8], _ body: (String) throws -> Result) throws -> Result {
  let file = FileManager.default.temporaryDirectory.appending(path: "unmask-\(UUID().uuidString)")
  try Data(bytes).write(to: file)
  defer { try? FileManager.default.removeItem(at: file) }
  return try body(file.path(percentEncoded: false))
}

/// The array of the file that `bytes` are.
func array(
  _ bytes: [UInt8], named name: String? = nil, dtype: NarrowFloat? = nil
) throws -> NumberArray {
  try withFile(bytes) { try ArrayFile(opening: $0, dtype: dtype).array(named: name) }
}

/// The safetensors file with this header, which blanks pad to a multiple of 8, and these numbers.
func safetensors(_ header: String, data: [UInt8] = []) -> [UInt8] {
  let text = Array(header.utf8)
  let blanks = [UInt8](repeating: 0x20, count: (8 - text.count % 8) % 8)
  return little(text.count + blanks.count, 8) + text + blanks + data
}

/// Why the file that `bytes` are, or an array in it, is not read: fault and byte; nil if it is.
func arrayRefusal(_ bytes: [UInt8], inflatedLimit: Int = 1 << 20) throws -> String? {
  try withFile(bytes) { path in
    try arrayRefusal(path, inflatedLimit: inflatedLimit)?.fault(of: path)
  }
}

func arrayRefusal(_ path: String, inflatedLimit: Int = 1 << 20) throws -> Problem? {
  do throws(Problem) {
    let file = try ArrayFile(opening: path, inflatedLimit: inflatedLimit)
    for name in file.names { _ = try file.array(named: name) }
    return nil
  } catch {
    return error
  }
}

extension Problem {
  /// The first line of the description, without the file.
  func fault(of path: String) -> String {
    let line = description.prefix { $0 != "\n" }
    #expect(line.hasPrefix("\(path): "), "the problem names the file")
    #expect(!remedy.isEmpty, "the problem has a remedy")
    return String(line.dropFirst(path.count + 2))
  }
}

/// All numbers in row-major order of the axes, whatever their order in the file.
func numbers(_ array: NumberArray) -> [Double] {
  var array = array
  // Axes of length 1 make a plane of what has fewer than two.
  while array.shape.count < 2 {
    array.shape.insert(1, at: 0)
    array.strides.insert(0, at: 0)
  }
  if array.shape.contains(0) { return [] }
  let outer = array.shape.dropLast(2)
  return (0..<outer.reduce(1, *)).flatMap { number in
    var index = [0, 0]
    var rest = number
    for length in outer.reversed() {
      index.insert(rest % length, at: 0)
      rest /= length
    }
    return numbers(
      array.plane(rowAxis: outer.count, columnAxis: outer.count + 1, at: index))
  }
}

func numbers(_ plane: Plane) -> [Double] {
  var result = [Double](repeating: .nan, count: plane.pixels)
  var span = result.mutableSpan
  plane.load(0..<plane.pixels, into: &span)
  return result
}

/// The folder of real data beside the repository, if it is there.
let sharedFolder: URL? = {
  var folder = URL(filePath: #filePath).deletingLastPathComponent()
  while folder.path() != "/" {
    if FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path()) {
      let shared = folder.deletingLastPathComponent().appending(path: "shared")
      return FileManager.default.fileExists(atPath: shared.path()) ? shared : nil
    }
    folder.deleteLastPathComponent()
  }
  return nil
}()

/// The path of a file of real data.
func sharedPath(_ path: String) throws -> String {
  try #require(sharedFolder).appending(path: path).path(percentEncoded: false)
}
