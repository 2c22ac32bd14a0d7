package import Core
package import Hashing
internal import Raster

extension ImageFiles {
  /// What the image's numbers are made of: its own bytes, wherever they lie.
  ///
  /// Of an array or a list that holds many images only the image's own part is taken. The same content, read by the
  /// same rules, gives the same evidence.
  ///
  /// - Returns: `nil` where an array has the numbers of one image in many places.
  /// - Throws: Problem: a file cannot be read.
  package func content() throws(Problem) -> ContentHash? {
    var hasher = ContentHasher()
    for (role, source) in sources {
      hasher.add(role)
      guard try source.addContent(to: &hasher) else { return nil }
    }
    addFacts(to: &hasher)
    return hasher.finished()
  }
}

extension ImageSource {
  /// - Returns: whether it could be told.
  fileprivate func addContent(to hasher: inout ContentHasher) throws(Problem) -> Bool {
    switch self {
    case .file(let path, let part):
      hasher.add(part)
      try hasher.addFile(path)
    case .unknown: hasher.add(0)
    case .classFiles(let classes):
      hasher.add(classes.count)
      for paths in classes {
        hasher.add(paths.count)
        for path in paths { try hasher.addFile(path) }
      }
    case .item(let array, let axes, let index, _):
      guard let own = array.item(index, along: axes) else { return false }
      hasher.add(axes.rawValue)
      hasher.add(array.kind)
      for axis in array.shape.indices where axis != axes.position(of: "N") {
        hasher.add(array.shape[axis])
        hasher.add(array.strides[axis])
      }
      try hasher.add(array.bytes, own)
    case .runs(let file, let index, _):
      try file.addContent(of: index, to: &hasher)
    }
    return true
  }
}

extension ContentHasher {
  /// - Throws: Problem: the file cannot be read.
  fileprivate mutating func addFile(_ path: String) throws(Problem) {
    let files: [String]
    do {
      files = try filesBehind(path)
    } catch let problem as Problem {
      throw problem
    } catch {
      files = [path]
    }
    for file in files {
      // The ending decides by which rules it is read.
      add(FileFormat(ofFile: file)?.rawValue)
      let bytes = try FileBytes.readOrMap(file, atMost: ContentHasher.partSize)
      add(bytes.count)
      try add(bytes, 0..<bytes.count)
      try bytes.expectUnchanged()
    }
  }

  /// A mapped file is read in parts, because one that shrinks would end the process.
  mutating func add(_ bytes: Bytes, _ range: Range<Int>) throws(Problem) {
    var start = range.lowerBound
    while start < range.upperBound {
      let part = start..<min(range.upperBound, start + ContentHasher.partSize)
      if let read = try bytes.read(part) {
        read.withSpan { update($0) }
      } else {
        bytes.withSpan { update($0.extracting(part)) }
      }
      start = part.upperBound
    }
  }

  private static let partSize = 1 << 20
}

extension NumberArray {
  /// What its numbers are.
  fileprivate var kind: String {
    "\(element) \(isByteSwapped) \(narrow.map { "\($0)" } ?? "") \(isRaw)"
  }

  /// The bytes of one of its images; `nil` where those of others lie between them.
  fileprivate func item(_ index: Int, along axes: AxisOrder) -> Range<Int>? {
    guard let images = axes.position(of: "N"), shape.count == axes.rawValue.count else {
      return nil
    }
    var (first, last, count) = (offset + index * strides[images], 0, 1)
    for axis in shape.indices where axis != images {
      let reach = (shape[axis] - 1) * strides[axis]
      if reach < 0 { first += reach } else { last += reach }
      if reach < 0 { last -= reach }
      count *= shape[axis]
    }
    let length = last + element.size
    guard length == count * element.size, first >= 0, first + length <= bytes.count else {
      return nil
    }
    return first..<first + length
  }
}
