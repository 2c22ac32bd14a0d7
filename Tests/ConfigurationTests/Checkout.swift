import Foundation
import Testing

/// The checkout, found from this file.
private let checkout = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()

func text(_ path: String) throws -> String {
  try String(contentsOf: checkout.appending(path: path), encoding: .utf8)
}

/// That a file of the checkout is what the program makes; `UPDATE_GOLDEN=1` makes it so.
func expectGolden(_ path: String, is made: (String) throws -> String) throws {
  let kept = try? text(path)
  let now = try made(kept ?? "")
  if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1", now != kept {
    try now.write(to: checkout.appending(path: path), atomically: true, encoding: .utf8)
  }
  #expect(
    try text(path) == now, "if the change is meant: UPDATE_GOLDEN=1 make test, and read it")
}
