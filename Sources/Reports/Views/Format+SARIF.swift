internal import Core

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension Format {
  /// SARIF 2.1.0, for code scanning: each check that fails, at its line in the configuration.
  package static let sarif = Format(
    "sarif", isUsual: false,
    views: [
      ReportFile("findings.sarif") { view throws(Problem) in
        try recordText(of: SARIF(view), "SARIF log", keys: .useDefaultKeys)
      }
    ])
}

/// The part of OASIS' SARIF 2.1.0 that GitHub shows.
private struct SARIF: Encodable {
  var schema = "https://json.schemastore.org/sarif-2.1.0.json"
  var version = "2.1.0"
  var runs: [Run]

  enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version, runs
  }

  init(_ view: RecordView) {
    let notices = view.notices
    var ids: [String] = []
    for notice in notices where !ids.contains(notice.id) { ids.append(notice.id) }
    runs = [
      Run(
        tool: Tool(
          driver: Driver(
            version: view.record.tool.version,
            rules: ids.map { id in Rule(id, in: notices) })),
        results: notices.map { Result($0, in: view) })
    ]
  }

  struct Run: Encodable {
    var tool: Tool
    var results: [Result]
  }

  struct Tool: Encodable {
    var driver: Driver
  }

  struct Driver: Encodable {
    var name = "unmask"
    var version: String
    var rules: [Rule]
  }

  struct Rule: Encodable {
    var id: String
    var shortDescription: Text
    var fullDescription: Text
    var help: Text

    init(_ id: String, in notices: [Notice]) {
      self.id = id
      let (short, full) =
        switch id {
        case "set-up":
          ("The set-up is wrong", "The files are not what the configuration says they are.")
        case "inputs":
          (
            "Images could not be used",
            "Some images are missing or damaged; every number is without them."
          )
        default:
          ("The check \(id) does not pass", "A limit of check: in the configuration is broken.")
        }
      shortDescription = Text(text: short)
      fullDescription = Text(text: full)
      help = Text(text: "\(full) The report says why, where, and what to do.")
    }
  }

  struct Result: Encodable {
    var ruleId: String
    var level: String
    var message: Text
    var locations: [Location]
    var partialFingerprints: Fingerprints

    init(_ notice: Notice, in view: RecordView) {
      ruleId = notice.id
      level = notice.kind == .error ? "error" : "warning"
      message = Text(text: notice.text)
      locations = [
        Location(
          physicalLocation: PhysicalLocation(
            artifactLocation: Artifact(uri: uri(view.configuration)),
            region: Region(startLine: notice.line ?? 1)))
      ]
      let identity = [notice.id, notice.className ?? "", view.configuration]
      partialFingerprints = Fingerprints(
        primaryLocationLineHash: "\(fingerprintText(identity)):1")
    }
  }

  struct Fingerprints: Encodable {
    var primaryLocationLineHash: String
  }

  struct Location: Encodable {
    var physicalLocation: PhysicalLocation
  }

  struct PhysicalLocation: Encodable {
    var artifactLocation: Artifact
    var region: Region
  }

  struct Artifact: Encodable {
    var uri: String
  }

  struct Region: Encodable {
    var startLine: Int
    var startColumn = 1
    var endLine: Int
    var endColumn = 2

    init(startLine: Int) { (self.startLine, endLine) = (startLine, startLine) }
  }

  struct Text: Encodable {
    var text: String
  }
}

/// A path as a URI has it.
private func uri(_ path: String) -> String {
  path.utf8.reduce(into: "") { result, byte in
    let character = Character(UnicodeScalar(byte))
    if character.isASCII
      && (character.isLetter || character.isNumber || "-._~/".contains(character))
    {
      result.append(character)
    } else {
      let digits = String(byte, radix: 16, uppercase: true)
      result += "%" + (digits.count < 2 ? "0" : "") + digits
    }
  }
}
