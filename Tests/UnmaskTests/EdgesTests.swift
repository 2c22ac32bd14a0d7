import Foundation
import Testing

/// Small sets with one edge each, of which `Oracle/edges` has what the frameworks themselves printed.
@Suite("The edges", .enabled(if: Edges.canBeMade, "python3 has no numpy"))
struct EdgesTests {
  @Test("no preset prints another number than its framework")
  func edges() throws {
    let folder = try Folder()
    try #require(
      try Edges.python("edges.py", "data", folder.url("").path(percentEncoded: false)) == 0)
    let sets = try FileManager.default.contentsOfDirectory(
      at: folder.url(""), includingPropertiesForKeys: nil
    ).filter { FileManager.default.fileExists(atPath: $0.appending(path: "truth.npy").path()) }
    #expect(sets.count >= 69)
    for set in sets {
      _ = try folder.unmask("run", "\(set.lastPathComponent)/pipeline.yml")
    }
    #expect(
      try Edges.python("compare_edges.py", folder.url("").path(percentEncoded: false)) == 0)
  }
}

private enum Edges {
  private static let oracle = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Oracle")

  static let canBeMade: Bool = (try? Child.python(["-c", "import numpy"], in: oracle)) == 0

  static func python(_ script: String, _ arguments: String...) throws -> Int32 {
    try Child.python([script] + arguments, in: oracle)
  }
}
