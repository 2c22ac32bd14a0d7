internal import Core
internal import Decoding

/// Files whose names have one form, as a path with `{image}` says it.
struct FileForm: Sendable {
  /// `gtFine/val/*/`: as a path of the configuration writes it, with a slash at its end.
  var directory: String
  /// In front of the image's name, and behind it.
  var head = ""
  var tail: String
  var ending: String
  /// Where the class stands, where there is a file for each.
  var grid: Grid?
  /// The directory between that of an image and its classes: `segmentations`.
  var middle = ""
  /// The one file that has the masks of all images as runs.
  var runs: String?
  /// In the order of their paths.
  var files: [File]

  enum Grid: Hashable, Sendable {
    /// `{image}/{class}.png`, `{class}/{image}.png`, `{image}_{class}.png`
    case directoryOfImage, directoryOfClass
    case behind(separator: String)
  }

  struct File: Hashable, Sendable {
    var path: String
    var image: String
    var className: String?
  }

  /// The path for pipeline.yml.
  var pattern: String {
    if let patternOfRuns { return patternOfRuns }
    return switch grid {
    case nil:
      "\(directory)\(head.literalInPattern){image}\(tail.literalInPattern)\(ending.literalInPattern)"
    case .directoryOfImage:
      "\(directory){image}/\(middle.isEmpty ? "" : "\(middle.literalInPattern)/"){class}\(ending.literalInPattern)"
    case .directoryOfClass:
      "\(directory){class}/\(head.literalInPattern){image}\(tail.literalInPattern)\(ending.literalInPattern)"
    case .behind(let separator):
      "\(directory){image}\(separator.literalInPattern){class}\(ending.literalInPattern)"
    }
  }

  /// The one file that this is; it may be an array of all images.
  var single: String? { runs ?? (files.count == 1 ? files[0].path : nil) }

  var images: Set<String> { Set(files.map(\.image)) }
  var classNames: [String] { Set(files.compactMap(\.className)).sorted() }

  /// The first, the last, and evenly spaced ones between.
  func samples(_ most: Int) -> [File] {
    guard files.count > most, most > 1 else { return Array(files.prefix(most)) }
    return (0..<most).map { files[$0 * (files.count - 1) / (most - 1)] }
  }
}

extension FileForm {
  /// The same files with a head that is no part of the images' names.
  var withoutHead: FileForm? {
    let head = grid == .directoryOfImage ? "" : Array(images).commonHead
    guard !head.isEmpty, head.contains(where: { !$0.isASCIIDigit && !$0.isSeparator }) else {
      return nil
    }
    if case .behind = grid { return nil }
    var form = self
    form.head = head
    for index in files.indices { form.files[index].image.removeFirst(head.count) }
    return form
  }
}
