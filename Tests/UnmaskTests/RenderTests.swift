import Foundation
import Testing

/// Forms for CI systems, from a run and again from its record.
@Suite("Rendering")
struct RenderTests {
  private static let files = [
    "markdown": "report.md", "html": "report.html", "junit": "junit.xml",
    "code-quality": "gl-code-quality-report.json", "gitlab-metrics": "metrics.txt",
    "openmetrics": "unmask.prom", "sarif": "findings.sarif", "json": "report.json",
  ]

  /// Scenes with a file that is no picture, a class that fails, and names that a CI system might obey.
  private static func folder() throws -> Folder {
    let folder = try ChecksTests.folder(
      """
        - {id: each, measure: iou, min: 0.9}
        - {id: unseen, verdict: {not: [HIDDEN, MUTED]}, level: warn}
      """, isFound: { _ in false })
    let name = "::error::x\n::set-output name=a::b"
    try folder.write(Array("x".utf8), to: "pred/\(name).png")
    try folder.write(try folder.bytes("truth/10.png"), to: "truth/\(name).png")
    return folder
  }

  @Test("each form is the same from the run and from its record")
  func same() throws {
    let folder = try Self.folder()
    let formats = Self.files.keys.sorted().joined(separator: ", ")
    let ending = try folder.unmask("run", "--set", "report.formats=[\(formats)]")
    #expect(ending.code == 3, "\(ending.error)")
    for (format, file) in Self.files {
      let rendered = try folder.unmask("render", "out/report.json", "--format", format)
      #expect(rendered.code == 0, "\(rendered.error)")
      #expect(try rendered.out == folder.text("out/\(file)"), "\(format)")
    }
    let all = try folder.unmask(
      "render", "out/report.json", "--format",
      Self.files.keys.sorted().joined(separator: ","), "--out", "again")
    #expect(all.code == 0)
    for file in Self.files.values {
      #expect(try folder.bytes("again/\(file)") == folder.bytes("out/\(file)"))
    }
  }

  @Test("what is no record, or needs the images, is said with what to do")
  func slips() throws {
    let folder = try Self.folder()
    _ = try folder.unmask("run")
    for (arguments, message) in [
      (["out/report.json", "--format", "csv"], "it needs the images"),
      (["out/report.json", "--format", "sarfi"], "did you mean 'sarif'?"),
      (["out/report.json", "--format", "junit,sarif"], "name a directory with --out"),
      (["pipeline.yml", "--format", "junit"], "pipeline.yml: is no report of a run"),
      (["nowhere.json", "--format", "junit"], "nowhere.json: does not exist"),
    ] {
      let ending = try folder.shell("unmask render '\(arguments.joined(separator: "' '"))'")
      #expect(ending.code == 2 && ending.error.contains(message), "\(ending.error)")
    }
    var text = try folder.text("out/report.json")
    try folder.write(
      text.replacing("\"schema_version\" : \"1.0\"", with: "\"schema_version\" : \"2.0\""),
      to: "new.json")
    #expect(
      try folder.unmask("render", "new.json", "--format", "junit").fault
        == "new.json: is of version 2.0, and this program reads 1.0")
    text.replace("\"images_used\" : ", with: "\"images_used\" : \"x\", \"x\" : ")
    try folder.write(text, to: "bad.json")
    #expect(
      try folder.unmask("render", "bad.json", "--format", "junit").fault.hasPrefix(
        "bad.json: is damaged: 'inputs.images_used' is something else"))
  }

  @Test("GitLab's job gets what it reads, and the others nothing of it")
  func gitLab() throws {
    let folder = try Self.folder()
    let ending = try folder.shell("GITLAB_CI=true unmask check")
    #expect(ending.code == 3, "\(ending.error)")
    let issues = try folder.text("out/gl-code-quality-report.json")
    for part in [
      "\"check_name\" : \"each\"", "\"severity\" : \"major\"", "\"path\" : \"pipeline.yml\"",
    ] {
      #expect(issues.contains(part))
    }
    #expect(
      try folder.text("out/metrics.txt").split(separator: "\n").allSatisfy {
        $0 == "# EOF"
          || $0.wholeMatch(of: /unmask_[a-z_]+(\{class="[A-Za-z0-9_.-]+"\})? -?[0-9.e-]+/) != nil
      })
    #expect(try folder.shell("GITLAB_CI=true unmask check --ci none").code == 3)
    #expect(try !folder.names(in: "out").contains("metrics.txt"))
  }

  @Test("the schema of report.json is printed as it is published, and a report has its form")
  func schema() throws {
    let published = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "docs/report.schema.json")
    let folder = try Self.folder()
    let ending = try folder.unmask("schema", "report")
    #expect(ending.code == 0)
    let text = try String(contentsOf: published, encoding: .utf8)
    #expect(ending.out == text)
    _ = try folder.unmask("run")
    let schema = try JSONSerialization.jsonObject(with: Data(text.utf8))
    let report = try JSONSerialization.jsonObject(with: Data(folder.bytes("out/report.json")))
    #expect(faults(of: report, by: schema, at: "").isEmpty)
  }

  /// What a schema of this form does not allow; a key that it does not know is a fault here.
  private func faults(of value: Any, by schema: Any, at path: String) -> [String] {
    guard let schema = schema as? [String: Any] else { return ["\(path): no schema"] }
    if schema["$ref"] != nil { return value is [String: Any] ? [] : ["\(path): no block"] }
    let types = schema["type"] as? [String] ?? [schema["type"] as? String ?? ""]
    switch value {
    case is NSNull: return types.contains("null") ? [] : ["\(path): null"]
    case let object as [String: Any]:
      if let each = schema["additionalProperties"] {
        return object.flatMap { faults(of: $1, by: each, at: "\(path).\($0)") }
      }
      let properties = schema["properties"] as? [String: Any] ?? [:]
      let missing = (schema["required"] as? [String] ?? []).filter { object[$0] == nil }
      return missing.map { "\(path).\($0): missing" }
        + object.flatMap { key, value in
          properties[key].map { faults(of: value, by: $0, at: "\(path).\(key)") }
            ?? ["\(path).\(key): unknown"]
        }
    case let list as [Any]:
      guard let items = schema["items"] else { return ["\(path): no list"] }
      return list.flatMap { faults(of: $0, by: items, at: "\(path)[]") }
    case is String: return types.contains("string") ? [] : ["\(path): a text"]
    case is NSNumber:
      return types.contains { ["number", "integer", "boolean"].contains($0) }
        ? [] : ["\(path): a number"]
    default: return ["\(path): what is this?"]
    }
  }
}
