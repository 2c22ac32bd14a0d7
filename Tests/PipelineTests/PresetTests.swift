import Core
import Diagnosis
import Foundation
import Measures
import Pipeline
import Reports
import Testing

@Suite("Presets")
struct PresetTests {
  @Test("each has a name of its own, versions, a source, a measure and a chain that gives a number")
  func rows() throws {
    #expect(Set(Preset.all.map(\.id)).count == Preset.all.count)
    for preset in Preset.all {
      #expect(
        !preset.versions.isEmpty && !preset.source.isEmpty && !preset.call.isEmpty, "\(preset.id)")
      for part in preset.parts {
        let text = part.chainText + (preset.restText.isEmpty ? "" : " > \(preset.restText)")
        let chain = try Chain(parsing: text)
        #expect(chain.isScalar && chain.description == text, "\(preset.id)")
        let measure = try part.measure(areClassesExclusive: false)
        #expect(chain.hasScore != measure.isElementwise, "\(preset.id)")
        #expect(chain.words.count == chain.steps.count)
      }
      _ = try preset.formula(areClassesExclusive: true)
    }
  }

  @Test("on the sample each prints what its framework printed, to seven digits")
  func printed() throws {
    let report = try Scratch().run(withPresets("all")).report
    let checked = report.presets.filter { $0.preset.printed != nil }
    #expect(checked.count >= 40)
    let exclusive = try Scratch().run(
      withPresets("all").replacing("activation: sigmoid", with: "activation: softmax")
    ).report
    let multiclass = exclusive.presets.filter {
      $0.preset.printed != nil && $0.preset.domain == .exclusive
    }
    #expect(multiclass.count == 9)
    for found in checked + multiclass {
      #expect(isClose(found.value, try #require(found.preset.printed)), "\(found.preset.id)")
    }
  }

  @Test("tf.keras 2 adds ε inside the logarithm, so saturated pixels cost 15.42 and 15.33")
  func saturated() throws {
    let loss = try #require(Catalogue.definition(named: "tf-keras-bce"))
      .measure(given: [:], areClassesExclusive: false)
    guard case .separable(let formula) = loss.form else {
      Issue.record("not separable")
      return
    }
    let (own, other) = formula.levels()
    // keras 2.15.0 on TensorFlow in float32: p = 0 where t = 1, p = 1 where t = 0, p = t, p = 1/255.
    #expect(isClose(own[0], 15.424949) && isClose(other[255], 15.333239))
    #expect(own[255] == 0 && other[0] == 0)
    #expect(isClose(own[1], 5.541238))
    for level in 0..<256 {
      let p = min(max(Float(level) / 255, 1e-7), 1 - 1e-7)
      #expect(abs(own[level] + Foundation.log(Double(p + 1e-7))) < 1e-14)
      #expect(abs(other[level] + Foundation.log(Double((1 - p) + 1e-7))) < 1e-14)
    }
  }

  @Test("PyTorch clips the logarithm at −100")
  func torch() throws {
    let loss = try #require(Catalogue.definition(named: "torch-bce"))
      .measure(given: [:], areClassesExclusive: false)
    guard case .separable(let formula) = loss.form else {
      Issue.record("not separable")
      return
    }
    let (own, other) = formula.levels()
    #expect(own[0] == 100 && other[255] == 100 && own[255] == 0 && other[0] == 0)
    #expect(isClose(own[1], 5.541264))
    for level in 0..<256 {
      let p = Double(Float(level) / 255)
      #expect(abs(own[level] - min(-Foundation.log(p), 100)) < 1e-14)
      #expect(abs(other[level] - min(-Foundation.log1p(-p), 100)) < 1e-14)
    }
  }

  @Test("Keras 3.1 and 3.2 part where the last batch is not full")
  func versions() throws {
    let report = try Scratch().run(
      withPresets("[keras.binary_crossentropy, keras-3.0.binary_crossentropy]")
    ).report
    // 16 + 16 + 8 images: 0.0093868533, 0.0103699015, 0.0114670135 are the batches' losses.
    let (weighed, plain) = (report.presets[0].value, report.presets[1].value)
    #expect(isClose(weighed, (16 * 0.0093868533 + 16 * 0.0103699015 + 8 * 0.0114670135) / 40))
    #expect(isClose(plain, (0.0093868533 + 0.0103699015 + 0.0114670135) / 3))
    #expect(report.presets.map(\.preset.dependsOnBatches) == [false, true])
  }

  @Test("a preset that does not fit the predictions is refused, and one that is misspelt is found")
  func misfits() throws {
    let scratch = try Scratch()
    let misfit = #expect(throws: Failure.self) {
      try scratch.run(withPresets("[torch.CrossEntropyLoss]"))
    }
    #expect(
      misfit?.problem.what
        == "presets[0]: 'torch.CrossEntropyLoss' does not fit these predictions: it takes logits of exclusive classes"
    )
    let slip = #expect(throws: Failure.self) { try scratch.run(withPresets("[keras.dise]")) }
    #expect(slip?.problem.remedy.hasPrefix("did you mean 'keras.dice'?") == true)
  }

  @Test("an explanation has the steps, the constants and the source, and with a run its numbers")
  func explanation() throws {
    let bare = try explain("keras.binary_crossentropy", evidence: nil)
    for part in [
      "1. The mean over classes, at each pixel.",
      "2. The mean over images and pixels, for each batch.",
      "3. The mean over batches, each counting as often as it has images.",
      "epsilon = 1e-07", "axis=-1 is the classes", "losses.py",
    ] { #expect(bare.contains(part)) }
    let scratch = try Scratch()
    _ = try scratch.run(samplePipeline())
    let full = try explain("keras.binary_crossentropy", evidence: "\(scratch.path)/out")
    #expect(full.hasPrefix(bare))
    #expect(full.contains("mean(batch, by: images) → scalar = 0.0102"))
    #expect(full.contains("HIDDEN: pole: IoU 0.220, worse than a constant guess"))
    let missing = #expect(throws: Failure.self) {
      try explain("keras.mean_squared_error", evidence: "\(scratch.path)/out")
    }
    #expect(missing?.problem.what == "this run did not count 'mse'")
  }

  @Test("a number from a log is found again, with the batches that tell versions apart")
  func printedNumber() throws {
    let scratch = try Scratch()
    _ = try scratch.run(samplePipeline())
    let evidence = "\(scratch.path)/out"
    let short = try explain(printed: PrintedNumber(parsing: "0.0102"), evidence: evidence)
    #expect(short.contains("    keras.binary_crossentropy\n"))
    #expect(short.contains("    tf.keras.binary_crossentropy\n"))
    let old = try explain(printed: PrintedNumber(parsing: "0.010408"), evidence: evidence)
    #expect(
      old.hasPrefix(
        """
        0.010408 is what 1 of 83 ways give on these files
          0.010407920378101098
            keras-3.0.binary_crossentropy, batches of 16

        """))
    let none = try explain(printed: PrintedNumber(parsing: "0.5"), evidence: evidence)
    #expect(none.hasPrefix("0.5 is what 0 of 83 ways give on these files\nThe nearest are\n"))
  }

  @Test(
    "the last digit of a printed number says how far it is open",
    arguments: [
      ("0.0102", 0.00005), ("12", 0.5), ("1.02e-2", 0.00005), ("3e2", 50), ("-0.5", 0.05),
    ])
  func digits(text: String, halfUnit: Double) throws {
    #expect(isClose(try PrintedNumber(parsing: text).halfUnit, halfUnit, within: 1e-12))
  }

  @Test("what is no number is refused", arguments: ["", "abc", "0x10", "nan", "1e999", "1e2e3"])
  func noNumber(text: String) {
    #expect(throws: Failure.self) { try PrintedNumber(parsing: text) }
  }

  private func withPresets(_ list: String) throws -> String {
    let text = try samplePipeline()
    let start = try #require(text.firstRange(of: "presets:\n")).lowerBound
    let end = try #require(text.firstRange(of: "diagnose:")).lowerBound
    return text[..<start] + "presets: \(list)\n" + text[end...]
  }
}
