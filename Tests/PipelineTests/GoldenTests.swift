import Explaining
import Foundation
import Pages
import Pipeline
import Reports
import Testing

@Suite("Outputs that a person has read and found good")
struct GoldenTests {
  /// Each is pinned, byte for byte, in a file of that name in Golden; a new one is a line here.
  private static let all: KeyValuePairs<String, @Sendable (StreetOutputs) throws -> String> = [
    "street.md": { try $0.file("a/report.md") },
    "street.json": { try $0.file("a/report.json") },
    "street-summary.txt": { $0.summary },
    "street-classes.csv": { try $0.file("a/classes.csv") },
    "street-images.csv": { try $0.file("a/images.csv") },
    "street-reductions.csv": { try $0.file("a/reductions.csv") },
    "street-findings.csv": { try $0.file("a/findings.csv") },
    "street-curves.csv": { try $0.file("a/curves.csv") },
    "compare.md": { try $0.file("comparison/compare.md") },
    "compare.json": { try $0.file("comparison/compare.json") },
    "compare.csv": { try $0.file("comparison/compare.csv") },
    "compare-summary.txt": { $0.comparison },
    "total.txt": {
      try total(of: [.init(parsing: "seg=\($0.a):1"), .init(parsing: "edge=\($0.b):0.5")]).terminal
    },
    "presets.txt": { _ in listPresets() },
    "explain-bce.txt": { _ in try explain("keras.binary_crossentropy", evidence: nil).terminal },
    "explain-bce-run.txt": { try explain("keras.binary_crossentropy", evidence: $0.a).terminal },
    "explain-dice-metric-run.txt": { try explain("monai.DiceMetric", evidence: $0.a).terminal },
    "explain-class.txt": { try explain(class: "pole", of: nil, evidence: $0.a).terminal },
    "explain-class-bce.txt": {
      try explain(class: "pole", of: "keras.binary_crossentropy", evidence: $0.a).terminal
    },
    "explain-printed.txt": { try explain(printed: "0.0102", evidence: $0.a).terminal },
    "explain-hidden.txt": { _ in try explain("hidden", evidence: nil).terminal },
    "explain-hidden-run.txt": { try explain("hidden", evidence: $0.a).terminal },
    "explain-finding-run.txt": { try explain("audibility", evidence: $0.a).terminal },
  ]

  @Test("are the same today")
  func all() throws {
    let outputs = try StreetOutputs()
    for (file, text) in Self.all { try expectGolden(outputs.anonymous(text(outputs)), file) }
  }

  @Test("are all compared: Golden has no file that nothing pins")
  func complete() throws {
    let files = try FileManager.default.contentsOfDirectory(
      atPath: checkout + "/Tests/PipelineTests/Golden")
    #expect(Set(files) == Set(Self.all.map(\.key) + [RealDataGoldenTests.file]))
  }
}

/// Two runs of the sample street, of the checkout's own pipeline.yml, and what changed between them.
private struct StreetOutputs {
  private let scratch: Scratch
  let summary: String
  let comparison: String

  var a: String { "\(scratch.path)/a" }
  var b: String { "\(scratch.path)/b" }

  init() throws {
    scratch = try Scratch()
    let (pipeline, path) = (try samplePipeline(), scratch.path)
    let first = try scratch.run(pipeline, to: "a")
    summary = first.report.summary(written: first.mainFile)
    _ = try scratch.run(pipeline.replacing("/run-a/", with: "/run-b/"), to: "b")
    let compared = try compare(
      CompareRequest(before: "\(path)/a", after: "\(path)/b", output: "\(path)/comparison", jobs: 2)
    )
    try write(compared, to: "\(path)/comparison")
    comparison = compared.summary(written: "\(path)/comparison/compare.md")
  }

  func file(_ name: String) throws -> String { try scratch.text(name) }

  func anonymous(_ text: String) -> String { scratch.anonymous(text) }
}
