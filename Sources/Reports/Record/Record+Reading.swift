package import Core

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension Record {
  /// Whether every image could be used.
  package var isComplete: Bool { status.complete }

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
        remedy: "make it again from the run's evidence: `unmask report --from DIR --out DIR`")
    }
  }

  private struct Version: Decodable {
    var schemaVersion: String
  }

  /// Where it does not have the form, and how.
  private static func fault(_ error: any Error) -> String {
    guard let error = error as? DecodingError else { return "it has not the form of a report" }
    func place(_ path: [any CodingKey]) -> String {
      let parts = path.map { key in
        key.intValue.map { "[\($0)]" }
          ?? ".\(key.stringValue.reduce(into: "") { $0 += $1.isUppercase ? "_\($1.lowercased())" : String($1) })"
      }
      return String(parts.joined().drop { $0 == "." })
    }
    switch error {
    case .keyNotFound(let key, let context):
      return "'\(place(context.codingPath + [key]))' is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "'\(place(context.codingPath))' is something else than it should be"
    case .dataCorrupted(let context):
      return context.codingPath.isEmpty
        ? "it is no JSON" : "'\(place(context.codingPath))' cannot be read"
    @unknown default: return "it has not the form of a report"
    }
  }
}
