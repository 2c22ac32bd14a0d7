package import Core

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension Record {
  /// A record that was published as report.json.
  ///
  /// - Throws: Problem: it is none, or one of a version that this program does not know.
  package init(reading text: String, from path: String) throws(Problem) {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let bytes = Data(text.utf8)
    guard let version = try? decoder.decode(Version.self, from: bytes).schemaVersion else {
      throw Problem(
        "is no report of a run", at: .file(path),
        remedy: "name the report.json that a run wrote into its directory")
    }
    guard version.split(separator: ".").first == Record.version.split(separator: ".").first else {
      throw Problem(
        "is of version \(printable(version)), and this program reads \(Record.version)",
        at: .file(path), remedy: "render it with the program that wrote it, or run again")
    }
    do {
      self = try decoder.decode(Record.self, from: bytes)
    } catch {
      throw Problem(
        "is damaged: \(Record.fault(error))", at: .file(path),
        remedy: "make it again: unmask report --from the run's directory")
    }
  }

  private struct Version: Decodable {
    var schemaVersion: String
  }

  /// Where it does not have the form, and how.
  private static func fault(_ error: any Error) -> String {
    guard let error = error as? DecodingError else { return "\(error)" }
    let context: DecodingError.Context
    switch error {
    case .dataCorrupted(let its), .keyNotFound(_, let its), .typeMismatch(_, let its),
      .valueNotFound(_, let its):
      context = its
    @unknown default: return "\(error)"
    }
    let parts = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }
    let place = String(parts.joined().drop { $0 == "." })
    return place.isEmpty ? context.debugDescription : "\(place): \(context.debugDescription)"
  }
}
