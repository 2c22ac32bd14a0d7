import Foundation
import Testing

/// What the finding `sequences` says to write is written, on the run for which it was said.
@Suite("Advice for frames of one sequence")
struct SequenceAdviceTests {
  @Test("names the sequence in the paths, and the run then says what was foretold")
  func groups() throws {
    let folder = try Folder()
    for (clip, scene) in [3, 8, 1, 6, 9, 2, 5, 0, 7, 4, 8, 2].enumerated() {
      for frame in 0..<6 {
        // A row of the class in each image, of which a scene's part and one pixel more or less is found.
        let found = scene + (clip * frame) % 2
        let name = "clip_\(clip)_\(frame).png"
        try folder.write(gray("1111111111/0000000000"), to: "truth/\(name)")
        let row = String(repeating: "1", count: found) + String(repeating: "0", count: 10 - found)
        try folder.write(gray("\(row)/0000000000"), to: "predictions/\(name)")
      }
    }
    func configuration(_ path: String, _ more: String) -> String {
      """
      decode:
        predictions: predictions/\(path).png
        truth: truth/\(path).png
        kind: labels
        classes: [ground, object]
        \(more)
      diagnose: {headline: {measure: iou, reduce: mIoU}}
      measure: [iou]
      reduce: {mIoU: "pool(batch, image, pixel) > score > mean(class)"}
      """
    }
    try folder.write(configuration("{image}", ""), to: "pipeline.yml")
    #expect(try folder.unmask("run").code == 0)
    let before = try report(folder)
    let finding = try #require(before.findings.first { $0.kind == "sequences" })
    #expect(finding.snippet == "group: sequence")
    #expect(finding.remedy.contains("{sequence}_{image:\\d+}"))
    #expect(finding.numbers["groups"] == 12)
    try folder.write(
      configuration("{sequence}_{image:\\d+}", try #require(finding.snippet)), to: "pipeline.yml")
    #expect(try folder.unmask("run").code == 0)
    let after = try report(folder)
    #expect(!after.findings.contains { $0.kind == "sequences" })
    #expect(after.headline.value == before.headline.value)
    #expect(after.headline.valueLo == finding.numbers["headline_lo"])
    #expect(after.headline.valueHi == finding.numbers["headline_hi"])
  }

  private func report(_ folder: Folder) throws -> Report {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Report.self, from: Data(folder.bytes("out/report.json")))
  }

  private struct Report: Decodable {
    var headline: Headline
    var findings: [Finding]

    struct Headline: Decodable {
      var value: Double
      var valueLo: Double?
      var valueHi: Double?
    }

    struct Finding: Decodable {
      var kind: String
      var remedy: String
      var snippet: String?
      var numbers: [String: Double]
    }
  }
}
