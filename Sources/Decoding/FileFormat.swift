/// What a file is read as, by the ending of its name.
package enum FileFormat: String, CaseIterable, Sendable {
  case png, npy, npz, safetensors

  /// `nil` for any other ending, and for a name that is nothing but an ending.
  package init?(ofFile path: String) {
    let path = path.lowercased()
    guard
      let format = FileFormat.allCases.first(where: {
        path.hasSuffix($0.ending) && path.utf8.count > $0.ending.utf8.count
      })
    else { return nil }
    self = format
  }

  private var ending: String { ".\(rawValue)" }

  /// Whether a file may hold many images.
  package var isArray: Bool { self != .png }

  /// Whether a file holds several arrays, of which `#name` says which.
  package var isArchive: Bool { self == .npz || self == .safetensors }
}

/// Arrays go by their name; all else is taken for a PNG. Either reader says so when a file's content
/// is not what its name promises.
package func isArray(_ path: String) -> Bool { FileFormat(ofFile: path)?.isArray ?? false }
