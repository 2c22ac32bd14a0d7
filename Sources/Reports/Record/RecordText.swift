internal import Core

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A record as it is published: sorted keys in snake case, every digit, `null` for what is undefined.
///
/// - Parameter what: what it is the record of: `report`.
/// - Throws: Problem: a number is not finite, which is a fault of the program.
func recordText(of record: some Encodable, _ what: String) throws(Problem) -> String {
  let encoder = JSONEncoder()
  encoder.keyEncodingStrategy = .convertToSnakeCase
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  do {
    return String(decoding: try encoder.encode(record), as: UTF8.self) + "\n"
  } catch {
    throw Problem(
      "the \(what) holds a number that JSON cannot: \(error)",
      remedy: "this is a fault of the program; please report it")
  }
}
