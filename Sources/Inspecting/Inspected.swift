package import Core
internal import Decoding
package import Pages

/// What `unmask inspect` says of a path.
///
/// - Throws: Problem: it cannot be read.
package func inspected(_ path: String) throws(Problem) -> Page {
  isDirectory(path) ? try Tree(at: path).page : try Look(at: path).page
}
