internal import Core

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A record as it is published: sorted keys, every digit, `null` for what is undefined.
///
/// - Parameters:
///   - what: what it is the record of: `report`.
///   - keys: in snake case, where the record is our own and not in a form that others define.
/// - Throws: Problem: a number is not finite, which is a fault of the program.
func recordText(
  of record: some Encodable, _ what: String,
  keys: JSONEncoder.KeyEncodingStrategy = .convertToSnakeCase
) throws(Problem) -> String {
  let encoder = JSONEncoder()
  encoder.keyEncodingStrategy = keys
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  do {
    return String(decoding: try encoder.encode(record), as: UTF8.self) + "\n"
  } catch {
    throw Problem(
      "the \(what) holds a number that JSON cannot: \(error)",
      remedy: "this is a fault of the program; please report it")
  }
}
