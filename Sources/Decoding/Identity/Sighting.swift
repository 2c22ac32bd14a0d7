package import Hashing

/// Where an image's files lie, and what the system says of them: what decides, without reading any, whether they are as
/// they were.
package struct Sighting: Hashable, Sendable {
  /// Of their paths.
  package var place: ContentHash
  /// Of their sizes, times and numbers, and of what else is known of the image.
  package var stamp: ContentHash
  /// Whether a later change would be another stamp for sure.
  package var isSettled: Bool
  fileprivate var files: [File]

  fileprivate struct File: Hashable, Sendable {
    var path: String
    var stamp: FileStamp
  }

  /// Whether the system still says the same of every file.
  package var holds: Bool { files.allSatisfy { FileStamp(of: $0.path) == $0.stamp } }
}

extension ImageFiles {
  /// `nil` where a file is not there, or its header cannot be read: whoever decodes it says so.
  ///
  /// - Parameter moment: seconds since 1970, from before this.
  package func sighting(at moment: Int) -> Sighting? {
    var (place, stamp) = (ContentHasher(), ContentHasher())
    var isSettled = true
    var seenFiles: [Sighting.File] = []
    for (role, source) in sources {
      // What holds many images was opened before.
      let opened = role == "prediction" ? openedPrediction : role == "truth" ? openedTruth : nil
      guard source.isOwn || opened != nil else { return nil }
      place.add(role)
      place.add(source.paths.count)
      source.addPlace(to: &place)
      for path in source.paths {
        guard let files = try? filesBehind(path) else { return nil }
        for file in files {
          guard let seen = FileStamp(of: file), source.isOwn || seen == opened else { return nil }
          seenFiles.append(Sighting.File(path: file, stamp: seen))
          for number in seen.numbers { stamp.add(number) }
          isSettled = isSettled && seen.isSettled(at: moment)
        }
      }
    }
    addFacts(to: &stamp)
    return Sighting(
      place: place.finished(), stamp: stamp.finished(), isSettled: isSettled, files: seenFiles)
  }

  /// What the system says of each of its files, with nothing for one that is not there; `nil` where a file holds many
  /// images.
  package var stamps: [FileStamp?]? {
    guard sources.allSatisfy(\.source.isOwn) else { return nil }
    return sources.flatMap(\.source.paths).map(FileStamp.init(of:))
  }

  /// What numbers are made of, each with what it is.
  var sources: [(role: String, source: ImageSource)] {
    var sources = [("prediction", prediction), ("truth", truth)]
    if let valid { sources.append(("valid", valid)) }
    if let pixelWeights { sources.append(("weights", pixelWeights)) }
    return sources
  }

  /// What decides its numbers and is in none of its own files.
  func addFacts(to hasher: inout ContentHasher) {
    hasher.add(Int(bitPattern: UInt(weight.bitPattern)))
    for segments in [predictionSegments, truthSegments] {
      hasher.add(segments?.count ?? -1)
      for (object, label) in (segments ?? [:]).sorted(by: { $0.key < $1.key }) {
        hasher.add(Int(object))
        hasher.add(Int(label))
      }
    }
  }
}

extension ImageSource {
  /// Of all its files.
  package var paths: [String] {
    switch self {
    case .file(let path, _): [path]
    case .classFiles(let paths): paths.flatMap(\.self)
    case .item(_, _, _, let path), .runs(_, _, let path): [path]
    case .unknown: []
    }
  }

  /// Whether its files hold one image alone.
  var isOwn: Bool {
    switch self {
    case .file, .classFiles: true
    case .item, .runs, .unknown: false
    }
  }

  fileprivate func addPlace(to hasher: inout ContentHasher) {
    switch self {
    case .file(let path, let part):
      hasher.add(path)
      hasher.add(part)
    case .classFiles(let classes):
      hasher.add(classes.count)
      for paths in classes {
        hasher.add(paths.count)
        for path in paths { hasher.add(path) }
      }
    case .item(_, let axes, let index, let path):
      hasher.add(path)
      hasher.add(axes.rawValue)
      hasher.add(index)
    case .runs(_, let index, let path):
      hasher.add(path)
      hasher.add(index)
    case .unknown: hasher.add(0)
    }
  }
}

/// A file, and the one beside it that has its numbers.
func filesBehind(_ path: String) throws -> [String] {
  guard FileFormat(ofFile: path)?.mayBeInTwoFiles ?? true,
    let numbers = try VolumeSource.companion(of: path)
  else { return [path] }
  return [path, numbers]
}
