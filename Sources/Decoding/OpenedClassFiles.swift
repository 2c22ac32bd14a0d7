internal import Core
internal import Raster

/// The files of one side of an image that has one for each class, or the parts of one, open. One reader at a time.
///
/// Of pictures one is open at a time; the files of a volume stay open, because their slices are read in turn.
final class OpenedClassFiles {
  private let first: OpenedFile?
  private let paths: [[String]]
  private let dtype: NarrowFloat?
  private var opened: [String: OpenedFile] = [:]

  init(_ paths: [[String]], _ dtype: NarrowFloat?) throws(Problem) {
    self.paths = paths
    self.dtype = dtype
    guard let path = paths.joined().first else {
      first = nil
      return
    }
    let first = try OpenedFile(ofOneClass: path, dtype)
    self.first = first
    opened[path] = first
    guard isVolume else { return }
    for path in paths.joined().dropFirst() {
      opened[path] = try OpenedFile(ofOneClass: path, dtype)
    }
    for file in opened.values { try expectSize(of: file) }
  }

  var size: StatedSize? { first?.size }

  private var isVolume: Bool { first.map { $0.size.slices > 1 } ?? false }

  var volumes: [VolumeFile] {
    let volumes = opened.values.compactMap(\.volume)
    return isVolume && volumes.count == opened.count ? volumes : []
  }

  func decoded(slice: Int, by decoder: PNGDecoder) throws(Problem) -> DecodedSide {
    if !isVolume, decoder == .fast { decodeTogether() }
    var side = DecodedSide(planes: [], hasClasses: true)
    for paths in paths {
      var parts: [NumberPlane] = []
      for path in paths {
        let file =
          if let file = opened[path] { file } else { try OpenedFile(ofOneClass: path, dtype) }
        if !isVolume { opened[path] = nil }
        try expectSize(of: file)
        let plane = try file.decoded(slice: slice, classes: 1, by: decoder).planes[0]
        if let first = side.planes.first ?? parts.first {
          try plane.size.expect(sameAs: first.size)
        }
        parts.append(plane)
      }
      try side.append(parts)
    }
    side.fillAbsent()
    return side
  }

  /// The pictures that can be opened and have the size of the first. What is wrong with others is said in their turn.
  private func decodeTogether() {
    for path in paths.joined() where opened[path] == nil {
      opened[path] = try? OpenedFile(ofOneClass: path, dtype)
    }
    OpenedFile.decodeTogether(
      opened.values.filter { file in
        size.map { (try? file.size.expect(sameAs: $0)) != nil } ?? false
      })
  }

  private func expectSize(of file: OpenedFile) throws(Problem) {
    if let size { try file.size.expect(sameAs: size) }
  }
}
