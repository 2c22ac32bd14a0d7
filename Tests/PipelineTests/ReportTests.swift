import Diagnosis
import Foundation
import Pipeline
import Reports
import Testing

@Suite("A report")
struct ReportTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  // MARK: Weights

  @Test("has no section on weights where there are none")
  func noWeights() throws {
    _ = try scratch.run(samplePipeline())
    #expect(try !scratch.text("out/report.md").contains("## Weights"))
    #expect(try json()["weights"] == nil)
  }

  @Test("says which weights came into force, and what became of them")
  func weights() throws {
    _ = try scratch.run(
      samplePipeline().replacing(
        "mean(class) > mean(pixel) > mean(image) > mean(batch, by: images)",
        with: "mean(class) > mean(pixel, image, times: sample-weights) > mean(batch, by: images)")
        + "\nsample_weight: {first_class: [0, 1, 2, 3, 4]}\nweights: {pole: 1000}\n")
    let text = try scratch.text("out/report.md")
    for part in [
      "| class | class weight | sample weight | its pixels | that got it | that got another class's |",
      "| pole | 1000 | 4 | 1,604 | 1,604 | 0 |",
      "* The weights in force are 0, 1, 2, 3, 4: these are the positions of the classes",
      "* No step of this chain weighs by class-weights, so the class weights change nothing.",
    ] { #expect(text.contains(part), "\(part)") }
    let weights = try #require(try json()["weights"] as? [String: Any])
    #expect((weights["sentences"] as? [String])?.count == 5)
    #expect((weights["uses"] as? [String: String])?["class-weights"] == "unused")
    #expect((weights["classes"] as? [[String: Any]])?.last?["reached_px"] as? Int == 1604)
  }

  @Test("says once that weights are not divided out, with the remedy")
  func undivided() throws {
    _ = try scratch.run(
      samplePipeline().replacing(
        "mean(class) > mean(pixel) >", with: "mean(class, times: class-weights) > mean(pixel) >")
        + "\nweights: {pole: 1000}\n")
    let text = try scratch.text("out/report.md")
    #expect(text.contains("## Weights\n\n| class | class weight |\n|---|--:|\n| sky | 1 |\n"))
    #expect(text.split(separator: "divide them out").count == 2)
    #expect(!text.contains("are not divided out"))
  }

  // MARK: Batches

  @Test("says what shuffled batches would print, where a preset depends on them")
  func shuffled() throws {
    let report = try scratch.run(samplePipeline()).report
    for printed in report.presets {
      #expect((printed.spread != nil) == printed.preset.dependsOnBatches, "\(printed.preset.id)")
    }
    #expect(
      try scratch.text("out/report.md").contains(
        "Depends on which images make a batch: shuffled 0.00959 to 0.0106. |"))
    let presets = try #require(try json()["presets"] as? [[String: Any]])
    let old = presets.first { $0["id"] as? String == "keras-3.0.binary_crossentropy" }
    #expect((old?["shuffled"] as? [String: Any])?["batchings"] as? Int == 20)
  }

  @Test("does not speak of shuffling where the run is one batch")
  func oneBatch() throws {
    _ = try scratch.run(samplePipeline().replacing("batch: {size: 16}\n", with: ""))
    #expect(try !scratch.text("out/report.md").contains("shuffled"))
  }

  // MARK: Draws

  @Test("says how many draws its verdicts rest on")
  func draws() throws {
    let report = try scratch.run(samplePipeline()).report
    #expect(report.page.markdown.contains("verdicts by 2,000 draws of the images (seed 1)"))
    let headline = try #require(try json()["headline"] as? [String: Any])
    let bootstrap = try #require(headline["bootstrap"] as? [String: Any])
    #expect(bootstrap["replicates"] as? Int == 2000)
    #expect(bootstrap["seed"] as? String == "1" && bootstrap["level"] as? Double == 0.95)
  }

  @Test("has intervals for what it says of the pole, hidden by the loss and shown by mIoU^D")
  func intervals() throws {
    let report = try scratch.run(samplePipeline()).report
    let shown = try #require(
      report.others.first { $0.headline.name == "iou" && $0.headline.reduction == "global" }
    )
    for (diagnosis, verdict) in [(report.headline, Verdict.hidden), (shown, .exposed)] {
      let pole = diagnosis.classes[4]
      #expect(pole.verdict == verdict && pole.certainty?.poorProbability == 1)
      let (score, headline) = (
        try #require(pole.certainty?.score), try #require(diagnosis.printedInterval)
      )
      #expect(score.low < 0.2197 && 0.2197 < score.high && score.high < 0.5)
      let printed = try #require(diagnosis.printed)
      #expect(headline.low < printed && printed < headline.high)
      let (room, reach) = (
        try #require(pole.headroomInterval), try #require(pole.reachInterval)
      )
      let (headroom, tolerance) = (try #require(pole.headroom), try #require(diagnosis.tolerance))
      #expect(room.low < headroom && headroom < room.high)
      // The loss hides the pole by little, and mIoU^D shows it whatever images there are.
      #expect((reach.low < tolerance) == (verdict == .hidden) && reach.high >= tolerance)
      #expect(diagnosis.isBorderline(pole) == (verdict == .hidden))
    }
  }

  @Test("says that a chain which keeps tiles has no interval")
  func tiles() throws {
    _ = try scratch.run(
      samplePipeline().replacing(
        "mean(class) > mean(pixel) > mean(image) >",
        with: "mean(class) > mean(pixel) > max(tile) > mean(image) >") + "\ntile: 64\n")
    #expect(
      try scratch.text("out/report.md").contains(
        "The headline has no interval, because its chain keeps tiles."))
  }

  // MARK: What is said once

  @Test("says nothing twice: what stands above the tables is left out below")
  func once() throws {
    _ = try scratch.run(samplePipeline())
    let text = try scratch.text("out/report.md")
    for said in [
      "It is missed rather than invented", "by: balanced) > mean(class)`.", "2.47 on its own",
      "other reductions", "`bce` by `keras`\n",
    ] { #expect(text.split(separator: said).count <= 2, "\(said)") }
    #expect(!text.contains("* pole: its loss is"))
    // In findings.csv and report.json they are all.
    let findings = try scratch.text("out/findings.csv")
    #expect(findings.contains("revealing,pole") && findings.contains("polarity,pole"))
  }

  @Test("gives a chain to add where none of the file shows the class")
  func noneShows() throws {
    _ = try scratch.run(
      samplePipeline().replacing("[bce, iou, dice, {focal: {gamma: 2}}]", with: "[bce]")
        .replacing("  balanced:", with: "  #").replacing("iou < 0.5", with: "iou < 0.5"))
    let text = try scratch.text("out/report.md")
    #expect(text.contains("No chain of this file shows it. pole: 7 of 11 other reductions show it"))
    #expect(text.contains("`revealing: \"mean(pixel, image, batch, by: balanced) > mean(class)\"`"))
    #expect(text.split(separator: "other reductions").count == 2)
  }

  private func json() throws -> [String: Any] {
    let data = Data(try scratch.text("out/report.json").utf8)
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }
}
