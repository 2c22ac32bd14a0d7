import Configuration
import Core
import Testing

@Suite("The mistakes of a configuration")
struct MistakesTests {
  @Test("are told all at once, in the order of the file")
  func all() {
    #expect(
      problems(
        """
        version: 2
        decode:
          predictions: pred/{image}/{class}.png
          truth: truth/{class}.png
          knid: probabilities
          classes: [road, road, a/b]
          threshold: 2
        measure: [bce, iuo, {focal: {gama: 2}}]
        reduce:
          keras: mean(pixels)
          global: "pool(batch, image, pixel) > score > mean(class)"
        weights: {pole: -1}
        diagnose: {headline: {measure: dice}, tolerance: 5, curves: maybe}
        report: {formats: [htm, csv, pdf]}
        """) == [
          "1: version: this program reads version 1",
          "4: decode.truth: the path does not say where the image's name stands",
          "5: unknown key 'decode.knid'",
          "6: decode.classes[1]: the class 'road' is listed twice",
          "6: decode.classes[2]: 'a/b' contains '/'",
          "7: decode.threshold: 2 is no probability",
          "8: measure[1]: unknown measure 'iuo'",
          "8: measure[2]: 'focal' has no parameter 'gama'",
          "10: reduce.keras: chain 'mean(pixels)', column 6: unknown axis 'pixels'",
          "12: weights.pole: a weight is not negative",
          "13: diagnose.tolerance: 5 is no share of the headline's scale",
          "13: diagnose.curves: expected true or false, found 'maybe'",
          "14: report.formats[0]: 'htm' is no choice",
          "14: report.formats[2]: 'pdf' is no choice",
        ])
  }

  @Test("that follow from another are not told")
  func dependents() {
    // Without its kind nothing is known of activation, levels and presets.
    #expect(
      problems(
        good.replacing("kind: probabilities", with: "kind: logit\n  quantised: round")
          .replacing("  activation: sigmoid\n", with: "") + "presets: [keras.dice]\n")
        == ["5: decode.kind: 'logit' is no choice"])
    // Without the measures the headline cannot be looked up, nor the chains' partners.
    #expect(
      problems(
        good.replacing("[bce, iou]", with: "[bcee, iou]")
          + "diagnose: {headline: {measure: bce, reduce: keras}}\n")
        == ["8: measure[0]: unknown measure 'bcee'"])
    // Without a chain of its kind the headline has none either.
    #expect(
      problems(
        good.replacing("  keras: \"mean(class) > mean(pixel, image, batch)\"\n", with: ""))
        == ["9: reduce: no chain fits 'bce', which has a value at every pixel"])
    // A mistyped key is not missing as well, and its weights were given.
    #expect(
      problems(
        good.replacing(
          "mean(class) > mean(pixel", with: "mean(class, by: class-weights) > mean(pixel"
        )
        .replacing("batch)\"\n  global", with: "batch, by: sample-weights)\"\n  global")
          + "sample_weigth: {images: weights.csv}\n")
        == ["12: unknown key 'sample_weigth'"])
    #expect(
      problems(good + "sample_weight: {imagse: weights.csv}\n")
        == ["12: unknown key 'sample_weight.imagse'"])
  }

  @Test("that concern two keys are told beside the others")
  func pairs() {
    #expect(
      problems(
        good.replacing("kind: probabilities", with: "kind: probabilites")
          + "weights: [1]\ndiagnose: {headline: {reduce: kears}}\n") == [
          "5: decode.kind: 'probabilites' is no choice",
          "12: weights: 1 weights for 2 classes",
          "13: diagnose.headline: no chain is called 'kears'",
        ])
  }

  @Test(
    "of a key say which was meant, also where it belongs elsewhere",
    arguments: [
      ("tresholds: 1", "did you mean 'decode.threshold'?"),
      ("threshold: 1", "did you mean 'decode.threshold'?"),
      ("report: {too: out}", "did you mean 'to'?"),
      ("metrics: [iou]", "did you mean 'measure'?"),
      ("ignore_index: 255", "did you mean 'decode.ignore'?"),
      ("pos_weight: {a: 2}", "did you mean 'positive_weights'?"),
      ("report: {weights: [1]}", "did you mean 'weights' at the top level?"),
      ("diagnose: {seed: 1}", "did you mean 'diagnose.bootstrap.seed'?"),
      ("zebra: 1", "the keys here are version,"),
    ])
  func meant(line: String, remedy: String) throws {
    let problem = #expect(throws: Problem.self) {
      try PipelineFile(parsing: good + line, path: "pipeline.yml")
    }
    #expect(try #require(problem).remedy.hasPrefix(remedy))
    #expect(try #require(problem).others == [])
  }

  @Test("that is missing is told at the mapping that lacks it")
  func missing() {
    #expect(
      problems("decode: {kind: labels}\nmeasure: [iou]") == [
        "1: decode: the key 'predictions' is missing",
        "1: decode: the key 'classes' is missing", "1: the key 'reduce' is missing",
      ])
  }

  private let good = """
    version: 1
    decode:
      predictions: pred/{image}/{class}.png
      truth: truth/{image}/{class}.png
      kind: probabilities
      activation: sigmoid
      classes: [road, pole]
    measure: [bce, iou]
    reduce:
      keras: "mean(class) > mean(pixel, image, batch)"
      global: "pool(batch, image, pixel) > score > mean(class)"

    """

  /// Each problem's line and fault.
  private func problems(_ text: String) -> [String] {
    do {
      _ = try PipelineFile(parsing: text, path: "pipeline.yml")
      return []
    } catch {
      return ([error] + error.others).map { problem in
        guard case .line(let line, _) = problem.place else { return problem.what }
        return "\(line): \(problem.what)"
      }
    }
  }
}
