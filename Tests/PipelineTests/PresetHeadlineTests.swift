import Core
import Diagnosis
import Foundation
import Pipeline
import Reports
import Testing

@Suite("A run whose headline is a preset")
struct PresetHeadlineTests {
  private func run(_ headline: String, _ scratch: Scratch) throws -> Report {
    try scratch.run(
      try samplePipeline().replacing(
        "headline: {measure: bce, reduce: keras}", with: "headline: \(headline)")
    ).report
  }

  @Test(
    "gives the founding question's own loss a verdict, with intervals, and says what it leaves out")
  func sum() throws {
    let scratch = try Scratch()
    let report = try run("question.bce_minus_1_plus_dice", scratch)
    let pole = try #require(report.headline.classes.last)
    #expect(pole.verdict == .hidden)
    #expect(pole.headroomInterval != nil && pole.reachInterval != nil)
    // Adding two perfect terms takes away what pole has in each.
    let bce = try #require(try run("keras.binary_crossentropy", scratch).headline.classes.last)
    #expect(try #require(pole.headroom) > (try #require(bce.headroom)))
    _ = try run("question.bce_minus_1_plus_dice", scratch)
    let text = try scratch.text("out/report.md")
    #expect(text.hasPrefix("# ❌ HIDDEN: `question.bce_minus_1_plus_dice` does not show that"))
    #expect(text.contains("This headline is a sum"))
    #expect(text.contains("| `question.bce_minus_1_plus_dice` | `preset` ="))
  }

  @Test("of one measure says what the measure by its chain says")
  func single() throws {
    let scratch = try Scratch()
    let preset = try run("keras.binary_crossentropy", scratch).headline
    let named = try run("{measure: bce, reduce: keras}", scratch).headline
    #expect(isClose(preset.printed, try #require(named.printed), within: 1e-12))
    for (a, b) in zip(preset.classes, named.classes) {
      #expect(a.verdict == b.verdict)
      #expect(isClose(a.headroom, try #require(b.headroom), within: 1e-9))
      #expect(isClose(a.reach, try #require(b.reach), within: 1e-9))
    }
  }

  @Test(
    "that is no number of these predictions is refused where it is written",
    arguments: [
      (
        "torch.CrossEntropyLoss",
        "diagnose.headline: 'torch.CrossEntropyLoss' does not fit these predictions: it takes logits of exclusive classes"
      ),
      ("keras.binary_crosentropy", "diagnose.headline: unknown preset 'keras.binary_crosentropy'"),
      ("MONAI", "diagnose.headline: unknown preset 'MONAI'"),
    ])
  func refused(headline: String, fault: String) throws {
    let scratch = try Scratch()
    let failure = #expect(throws: Failure.self) { try run(headline, scratch) }
    #expect(failure?.code == .configuration)
    #expect(failure?.problem.what == fault)
  }
}
