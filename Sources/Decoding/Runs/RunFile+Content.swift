internal import Core
internal import Hashing

extension RunFile {
  /// What one image's masks are made of: their runs as they are written, and which classes the file knows.
  func addContent(of index: Int, to hasher: inout ContentHasher) throws(Problem) {
    let image = images[index]
    hasher.add(image.size?.width ?? -1)
    hasher.add(image.size?.height ?? -1)
    for category in categories.map({ $0?.description ?? "" }).sorted() { hasher.add(category) }
    hasher.add(image.masks.count)
    for mask in image.masks {
      hasher.add(mask.category?.description)
      let (kind, range) = mask.runs.written
      hasher.add(kind)
      hasher.add(range.count)
      try hasher.add(bytes, range)
    }
  }
}

extension RunFile.Place {
  fileprivate var written: (kind: Int, range: Range<Int>) {
    switch self {
    case .text(let range): (0, range)
    case .list(let range): (1, range)
    case .pairs(let range): (2, range)
    }
  }
}
