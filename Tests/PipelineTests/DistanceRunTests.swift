import Core
import Foundation
import Pipeline
import Testing

/// The sample's label maps; the numbers are MONAI 1.6.1's of the same files.
@Suite("A run with distances between boundaries")
struct DistanceRunTests {
  private static let configuration = """
    version: 1
    decode:
      predictions: "\(checkout)/samples/street/run-a-labels/{image}.png"
      truth: "\(checkout)/samples/street/truth-labels/{image}.png"
      kind: labels
      classes: [sky, building, road, vegetation, pole]
    batch: {size: 16}
    measure: [iou, hd95, {nsd: {tolerance: 2}}]
    reduce:
      images: "pool(pixel) > score > mean(class) > mean(image, batch)"
    diagnose: {headline: {measure: hd95, reduce: images}}
    presets: [monai.HausdorffDistanceMetric, monai.HausdorffDistanceMetric.percentile-95, medpy.hd95]
    report: {to: out, formats: [json, markdown, html, csv]}

    """

  /// `HausdorffDistanceMetric(percentile=95)` and `SurfaceDiceMetric(class_thresholds=[2] * 5)`, both
  /// with `reduction="mean"`.
  private static let hd95 = 3.9362435340881348
  private static let nsd = 0.893398106098175

  @Test("prints what MONAI prints, and is the same from its evidence and by any number of workers")
  func values() throws {
    let scratch = try Scratch()
    let report = try scratch.run(Self.configuration, jobs: 3).report
    #expect(isClose(report.headline.printed, Self.hd95))
    let nsd = report.reductions.first { $0.measure == "nsd(tolerance: 2)" }
    #expect(isClose(nsd?.value, Self.nsd))
    let record = try scratch.text("out/report.json")
    _ = try scratch.run(Self.configuration, jobs: 1, to: "alone")
    #expect(try scratch.text("alone/report.json") == record)
    _ = try Pipeline.report(
      from: "\(scratch.path)/out", configuration: "\(scratch.path)/pipeline.yml",
      to: "\(scratch.path)/again")
    #expect(try scratch.text("again/report.json") == record)
  }

  @Test("says ∞ where MONAI does, and names the class that is missed")
  func infinite() throws {
    let scratch = try Scratch()
    let report = try scratch.run(Self.configuration).report
    let infinite = try #require(report.presets.first)
    #expect(infinite.value == nil && infinite.prints == .inf)
    #expect(infinite.obstacle?.what.hasPrefix("∞: MONAI's distance is infinite") == true)
    #expect(isClose(report.presets[1].value, Self.hd95))
    #expect(try scratch.text("out/report.json").contains(#""state" : "inf""#))
    let found = report.findings.filter { $0.kind == .oneSided }.map(\.sentence.plain)
    #expect(
      found.contains(
        "pole: `hd95` has no value in 11 of the 27 images that have it: in 6 only the truth does, in 5 only the prediction."
      ), "\(found)")
    let preset = Self.configuration.replacing(
      "headline: {measure: hd95, reduce: images}", with: "headline: monai.HausdorffDistanceMetric")
    let headline = try scratch.run(preset, to: "preset").report.headline
    #expect(headline.printed == nil && headline.skill == nil)
  }

  @Test("has no value by a chain that joins or cuts images, and refuses a number that is none")
  func refused() throws {
    let scratch = try Scratch()
    let chains = [
      "tiles": "pool(pixel) > score > mean(tile, class, image, batch)",
      "dataset": "pool(batch, image, pixel) > score > mean(class)",
      "micro": "pool(pixel, class) > score > mean(image, batch)",
    ]
    let list = chains.sorted { $0.key < $1.key }.map { "\n  \($0.key): \"\($0.value)\"" }.joined()
    let run = try scratch.run(Self.configuration.replacing("reduce:\n", with: "reduce:\(list)\n"))
    for (name, what) in [
      ("tiles", "names tiles"), ("dataset", "pools images"), ("micro", "pools classes"),
    ] {
      let reduced = try #require(
        run.report.reductions.first { $0.measure == "hd95" && $0.reduction == name })
      #expect(reduced.value == nil && reduced.steps.isEmpty)
      #expect(
        reduced.obstacle?.what
          == "a distance between boundaries is of one image and one class, and the chain \(what)")
      let iou = run.report.reductions.first { $0.measure == "iou" && $0.reduction == name }
      #expect(iou?.value != nil)
    }
    let table = try scratch.text("out/reductions.csv")
    let rows = """
      hd95,micro,1,"pool(pixel, class)",pixel class,,,,,,,,
      hd95,micro,2,score,,,,,,,,,
      hd95,micro,3,"mean(image, batch)",image batch,,,,,,,,

      """
    #expect(table.contains(rows), "a spreadsheet would lose the chain in silence: \(table)")
    let failure = #expect(throws: Failure.self) {
      try scratch.run(
        Self.configuration.replacing("hd95, {nsd", with: "{hd95: {one_empty: .inf}}, {nsd"))
    }
    #expect(failure?.code == .configuration)
  }
}
