import Foundation
import Pipeline
import Testing

/// Whether golden files are to be written instead of compared.
let updatesGolden = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"

/// Compares a text with the file of that name in Golden, line by line.
func expectGolden(_ found: String, _ file: String) throws {
  let path = "\(checkout)/Tests/PipelineTests/Golden/\(file)"
  if updatesGolden { try found.write(toFile: path, atomically: true, encoding: .utf8) }
  let expected = try String(contentsOfFile: path, encoding: .utf8)
  let difference = firstDifference(expected, found)
  #expect(
    difference == nil,
    "\(file): if the change is meant: UPDATE_GOLDEN=1 make test, and read the difference")
}

/// Compares a text with the part of a page of the documentation that is made from it: what stands between
/// `<!-- name: … -->` and `<!-- /name -->`.
func expectGenerated(_ text: String, _ name: String, in file: String) throws {
  let path = "\(checkout)/\(file)"
  let page = try String(contentsOfFile: path, encoding: .utf8)
  let opening = try #require(page.range(of: "<!-- \(name): made from "))
  let start = try #require(page.range(of: "-->\n", range: opening.upperBound..<page.endIndex))
  let end = try #require(page.range(of: "<!-- /\(name) -->"))
  let now = page.replacingCharacters(in: start.upperBound..<end.lowerBound, with: text)
  if updatesGolden { try now.write(toFile: path, atomically: true, encoding: .utf8) }
  #expect(
    now == (try String(contentsOfFile: path, encoding: .utf8)),
    "if the change is meant: UPDATE_GOLDEN=1 make test, and read the difference")
}

/// The first line that is not the same, as it was and as it is.
private func firstDifference(_ expected: String, _ found: String) -> String? {
  let lines = [expected, found].map { $0.split(separator: "\n", omittingEmptySubsequences: false) }
  for number in 0..<max(lines[0].count, lines[1].count) {
    let (old, new) = (lines[0].dropFirst(number).first, lines[1].dropFirst(number).first)
    if old != new { return "line \(number + 1)\n- \(old ?? "(end)")\n+ \(new ?? "(end)")" }
  }
  return expected == found ? nil : "line ends"
}

extension Scratch {
  /// A text in which neither this checkout, this directory nor the program's version is seen.
  func anonymous(_ text: String) -> String {
    [path, checkout].reduce(text) { text, path in
      text.replacing("\(path)/", with: "")
        .replacing("\(path)/".replacing("/", with: "\\/"), with: "")
    }
    .replacing("unmask \(unmaskVersion)", with: "unmask VERSION")
    .replacing("\"version\" : \"\(unmaskVersion)\"", with: "\"version\" : \"VERSION\"")
  }
}
