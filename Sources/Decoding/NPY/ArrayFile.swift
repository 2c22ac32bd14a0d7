package import Core
internal import Raster

/// A file of arrays: NPY with one, NPZ or safetensors with several; its content decides which, not its name.
///
/// Every problem names the file.
package struct ArrayFile: Sendable {
  /// The names of the arrays; that of an NPY file's only array is empty.
  package let names: [String]
  private let path: String
  private let content: Content
  /// What the configuration says that raw bytes are.
  private let dtype: NarrowFloat?

  private enum Content {
    case single(NumberArray)
    case archive(any ArrayArchive)
  }

  /// `inflatedLimit` is the most bytes that a compressed array may take in memory.
  ///
  /// - Throws: Problem: the file cannot be read, is none of them, is damaged or empty.
  package init(
    opening path: String, dtype: NarrowFloat? = nil,
    inflatedLimit: Int = Limits.inflatedBytes.most
  ) throws(Problem) {
    self.path = path
    self.dtype = dtype
    let bytes = try FileBytes.map(path)
    do throws(Problem) {
      content = try Self.content(of: bytes, inflatedLimit: inflatedLimit)
    } catch {
      throw error.inFile(path)
    }
    switch content {
    case .single: names = [""]
    case .archive(let archive): names = archive.names
    }
    if names.isEmpty {
      throw Problem(
        "holds no arrays", at: .file(path),
        remedy: "save some; in an NPZ file their members end in .npy")
    }
  }

  private static func content(
    of bytes: Bytes, inflatedLimit: Int
  ) throws(Problem) -> Content {
    let start = bytes.array(0..<min(bytes.count, NPYHeader.magic.count))
    if start == NPYHeader.magic {
      return .single(try NumberArray(readingNPY: bytes, in: 0..<bytes.count))
    }
    // An archive begins with its first member, an empty one with its end record.
    if ["PK\u{3}\u{4}", "PK\u{5}\u{6}"].contains(where: { start.starts(with: $0.utf8) }) {
      return .archive(try NPZArchive(reading: bytes, inflatedLimit: inflatedLimit))
    }
    if start.isEmpty {
      throw Problem("is empty", remedy: "wait until it is written, or write it again")
    }
    if SafetensorsHeader.begins(bytes) { return .archive(try SafetensorsFile(reading: bytes)) }
    throw Problem(
      "is neither NPY, NPZ nor safetensors",
      remedy: "save it with np.save, np.savez or safetensors")
  }

  /// The array called `name`; without a name the only one.
  ///
  /// An NPZ file's checksums are checked, and its deflated arrays inflated, at each call.
  ///
  /// - Throws: Problem: the array is missing, damaged or unsupported, or a name is needed.
  package func array(named name: String?) throws(Problem) -> NumberArray {
    try member(name) { archive, name throws(Problem) in try archive.array(named: name) }
  }

  /// The same without its numbers, as the header alone describes it: nothing is inflated.
  func outline(named name: String?) throws(Problem) -> NumberArray {
    try member(name) { archive, name throws(Problem) in try archive.outline(named: name) }
  }

  private func member(
    _ name: String?, _ find: (any ArrayArchive, String) throws(Problem) -> NumberArray?
  ) throws(Problem) -> NumberArray {
    guard let name = name ?? (names.count == 1 ? names.first : nil) else {
      throw Problem(
        "holds \(names.count) arrays", at: .file(path), remedy: "name one of \(listing)")
    }
    let array: NumberArray?
    do throws(Problem) {
      let found: NumberArray? =
        switch content {
        case .single(let array): name.isEmpty ? array : nil
        case .archive(let archive): try find(archive, name)
        }
      array = try found?.taken(as: dtype)
    } catch {
      throw error.inFile(path)
    }
    guard let array else { throw unknown(name) }
    return array
  }

  private func unknown(_ name: String) -> Problem {
    let remedy =
      switch content {
      case .single: "an NPY file holds one array, without a name: leave the name out"
      case .archive: "the arrays are \(listing)"
      }
    return Problem(
      "holds no array '\(printable(name, most: 100))'", at: .file(path), remedy: remedy)
  }

  /// The names, so many that the message stays readable.
  private var listing: String {
    let shown = names.prefix(10).map { "'\(printable($0, most: 100))'" }.joined(separator: ", ")
    return names.count > 10 ? "\(shown) and \(names.count - 10) more" : shown
  }
}

extension ArrayFile {
  /// The array with the only order of its axes that fits; the numbers are looked at only where the header does.
  ///
  /// - Throws: Problem: as `array`, or no order fits, or several do.
  func array(
    named name: String?, arrangedAs expected: AxisOrder.Expected
  ) throws(Problem) -> (array: NumberArray, axes: AxisOrder) {
    _ = try outline(named: name, arrangedAs: expected)
    let array = try array(named: name)
    return try inFile(path) { () throws(Problem) in try array.arranged(as: expected) }
  }

  func outline(
    named name: String?, arrangedAs expected: AxisOrder.Expected
  ) throws(Problem) -> (array: NumberArray, axes: AxisOrder) {
    let outline = try outline(named: name)
    return try inFile(path) { () throws(Problem) in try outline.arranged(as: expected) }
  }
}
