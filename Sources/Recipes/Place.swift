package import Core

/// Where a recipe is asked for.
package struct Place: Sendable {
  /// The working directory, from the root of the file system.
  package var directory: String
  /// The checkout that it lies in.
  package var root: String

  package init(directory: String, root: String) {
    self.directory = directory
    self.root = root
  }
}

extension Place {
  /// A path that a user gives here, as a job there has it.
  ///
  /// - Throws: Problem: it lies outside of the checkout.
  package func path(_ given: String, for home: Recipe.Home) throws(Problem) -> String {
    let whole = tidied(given.hasPrefix("/") ? given : "\(directory)/\(given)")
    guard home == .checkout else { return whole }
    let start = root.hasSuffix("/") ? root : root + "/"
    guard whole.hasPrefix(start), whole != start else {
      throw Problem(
        "lies outside of \(printable(root)), which is all that a CI system checks out",
        at: .file(given), remedy: "name a path in the repository")
    }
    let inside = String(whole.dropFirst(start.count))
    // No option.
    return inside.hasPrefix("-") ? "./" + inside : inside
  }
}

/// Without `.`, without `..`, and without a slash too many.
private func tidied(_ path: String) -> String {
  var parts: [Substring] = []
  for part in path.split(separator: "/") where part != "." {
    if part == ".." { _ = parts.popLast() } else { parts.append(part) }
  }
  return "/" + parts.joined(separator: "/")
}
