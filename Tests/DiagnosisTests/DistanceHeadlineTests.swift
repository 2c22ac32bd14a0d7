import Core
import Diagnosis
import Raster
import Resampling
import Tables
import Testing

/// A distance goes wherever a score does, also where an image has none.
@Suite("A distance between boundaries as the headline")
struct DistanceHeadlineTests {
  /// Fourteen images of one row: an object that is found, off by one to three, or missed.
  private static let run = DrawnRun(
    classes: classes(1),
    images: (0..<14).map { index in
      let truth = "....aaaa....aa...."
      let predicted = [
        truth, ".....aaaa....aa...", "......aaaa....aa..", ".......aaaa....aa.",
        "..................",
      ][index % 5]
      var pair = ImagePair(truth: truth, predicted: predicted)
      // Images of one name are drawn together.
      pair.name = "\(index)"
      return pair
    })

  private static let perImage = "pool(pixel) > score > mean(class) > mean(image, batch)"

  @Test("is what the chain says")
  func chains() throws {
    // Of fourteen two are missed; three each are off by 0, 1, 2 and 3.
    let expected: [String: Double] = [
      Self.perImage: 18.0 / 12,
      "pool(pixel) > score > mean(image, batch, class else 20)": 58.0 / 14,
      "pool(pixel) > score > max(class, image, batch)": 3,
      "pool(pixel) > score > quantile(0.5)(image, batch) > max(class)": 1.5,
    ]
    for (chain, value) in expected {
      #expect(try isClose(diagnosis("hd", by: chain).printed, value), "\(chain)")
    }
  }

  @Test("pooled over images it does not exist, and with a miss and `else nan` neither")
  func undefined() throws {
    #expect(
      try diagnosis("hd", by: "pool(batch, image, pixel) > score > mean(class)").printed == nil)
    #expect(
      try diagnosis("hd95", by: "pool(pixel) > score > mean(class) > mean(image, batch else nan)")
        .printed == nil)
    #expect(try isClose(diagnosis("hd", ["one_empty": 20], by: Self.perImage).printed, 58.0 / 14))
  }

  @Test(
    "has intervals by every road, and no trap where a drawn run has no value",
    arguments: [
      perImage, "pool(pixel) > score > mean(image, batch) > mean(class)",
      "pool(batch, image, pixel) > score > mean(class)", "pool(batch, image, pixel, class) > score",
      "pool(pixel) > score > worst(2)(class, image, batch)",
      "pool(pixel) > score > mean(image, class, batch else nan)",
    ])
  func intervals(chain: String) throws {
    for (name, parameters) in [
      ("hd", [:]), ("hd95", ["joint": 1]), ("assd", ["one_empty": 18]), ("nsd", [:]),
    ] as [(String, [String: Double])] {
      let measure = try measure(name, parameters)
      let (measurements, headline) = (
        try Self.run.measurements(of: measure), try headline(measure, chain)
      )
      let diagnosis = Diagnosis(
        of: measurements, for: headline,
        by: Bootstrap(of: measurements, poor: headline.poor, jobs: 2))
      #expect((diagnosis.printedInterval == nil) == (diagnosis.printed == nil), "\(name)")
      // Where a class that is never predicted is at no distance, there is nothing to compare with.
      let isKnown = parameters["one_empty"] != nil || name == "nsd"
      #expect((diagnosis.scale != nil) == (isKnown && !chain.contains("pool(batch")))
      for found in findings(measurements, diagnosis) { #expect(!found.sentence.plain.isEmpty) }
    }
  }

  @Test("images with only one of the masks are named, unless the measure says what they count")
  func oneSided() throws {
    func found(_ name: String, _ parameters: [String: Double] = [:]) throws -> Finding? {
      let measure = try measure(name, parameters)
      let measurements = try Self.run.measurements(of: measure)
      return findings(
        measurements, Diagnosis(of: measurements, for: try headline(measure, Self.perImage))
      ).first { $0.kind == .oneSided }
    }
    let hd = try #require(try found("hd"))
    #expect(
      hd.sentence.plain
        == "a: `hd` has no value in 2 of the 14 images that have it: in 2 only the truth does, in 0 only the prediction."
    )
    #expect(hd.snippet?.text == "{hd: {one_empty: 19}}")
    #expect(try found("hd", ["one_empty": 19]) == nil)
    #expect(try found("nsd") == nil)
  }

  private func diagnosis(
    _ name: String, _ parameters: [String: Double] = [:], by chain: String
  ) throws -> Diagnosis {
    try Self.run.diagnosis(of: try measure(name, parameters), by: chain)
  }

  private func findings(_ measurements: Measurements, _ diagnosis: Diagnosis) -> [Finding] {
    Examination(of: measurements, for: diagnosis).findings
  }
}
