internal import Core

/// The form of the names that a file of runs gives its images: `{image}_leftImg8bit.png`, or what stands between the
/// last slash and the last point.
struct RunNames {
  private let template: PathTemplate?

  /// - Parameter form: as the configuration has it behind `#`, where it was parsed before.
  init(_ form: String?) {
    template = form.flatMap { try? PathTemplate(parsing: $0) }
  }

  /// `nil` for a name of another form.
  func captures(of name: String) -> [String: String]? {
    let pieces = name.split(separator: "/", omittingEmptySubsequences: true)
    guard let template else {
      guard let last = pieces.last else { return nil }
      let stem = last.lastIndex(of: ".").map { last[..<$0] } ?? last
      return ["image": String(stem.isEmpty ? last : stem)]
    }
    // The form is that of the end of the path, of as many directories as it has.
    let depth = template.text.split(separator: "/").count
    return template.match(pieces.suffix(depth).joined(separator: "/"))
  }
}
