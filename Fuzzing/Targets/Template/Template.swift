import Core
import FuzzingSupport

@testable import Decoding

/// Path templates: what a path has in the place of each name makes that path again, and a path that is
/// written as a pattern fits itself.
///
/// An input is a template, a zero byte and a path.
@main
enum FuzzTemplate: Fuzzing {
  static let longest = 128

  static func read(_ input: [UInt8]) {
    let parts = input.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
    let text = String(decoding: parts[0], as: UTF8.self)
    claimFitsItself(text)
    guard let template = attempt({ () throws(Problem) in try PathTemplate(parsing: text) }).value
    else { return }
    _ = (template.isPattern, template.fixedDirectory, template.depth)
    var path = parts.count > 1 ? Array(parts[1]) : Array(text.utf8)
    if template.isTriedOften { path = Array(path.prefix(16)) }
    let captures = attempt { () throws(Problem) in
      try template.captures(of: path, where: [:])
    }.value
    guard case let captures?? = captures else { return }
    claim(Set(captures.keys) == Set(template.names), "other names than those of the template")
    claim(captures.values.allSatisfy { !$0.isEmpty }, "an empty capture")
    guard !template.hasWildcards, String(validating: path, as: UTF8.self) != nil else { return }
    let again = template.filling(captures).map { Array($0.utf8) }
    claim(again == path, "'\(text)' filled with \(captures) is another path")
  }

  private static func claimFitsItself(_ text: String) {
    let odd = ["", ".", ".."]
    guard !text.utf8.contains(0), text.utf8.count < 64,
      text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy({
        !odd.contains(String($0))
      })
    else { return }
    let pattern = attempt { () throws(Problem) in
      try PathTemplate(parsing: text.literalInPattern)
    }.value
    claim(pattern?.match(text) == [:], "'\(text)' does not fit '\(text.literalInPattern)'")
  }
}

extension PathTemplate {
  /// Whether a path may be split in up to a million ways, which have a limit but take longer than is allowed
  /// here, or an expression of the user's own may take as long as it likes.
  fileprivate var isTriedOften: Bool {
    parts.contains {
      if case .capture(let name) = $0 { name.isRepeat || name.pattern != nil } else { false }
    }
  }
}
