import Core
import Foundation
import Pipeline
import Reports
import Testing

/// The examples of docs/losses.md, each run on the sample, with the numbers that stand under it.
@Suite("docs/losses.md")
struct LossDocumentationTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// What every example is run on.
  static let sample = """
    version: 1
    decode:
      predictions: \(checkout)/samples/street/run-a/{image}/{class}.png
      truth: \(checkout)/samples/street/truth/{image}/{class}.png
      kind: probabilities
      activation: sigmoid
      classes: [sky, building, road, vegetation, pole]
    batch: {size: 16}
    """

  struct Example: Sendable {
    var yaml: String
    /// `my-focal` by `k` is 0.00400
    var numbers: [(measure: String, reduction: String, value: String)]
  }

  static var examples: [Example] {
    let text = (try? String(contentsOfFile: checkout + "/docs/losses.md", encoding: .utf8)) ?? ""
    return text.components(separatedBy: "```yaml\n").dropFirst().map { part in
      let pieces = part.components(separatedBy: "```")
      let said = pieces.dropFirst().joined(separator: "```").components(separatedBy: "```")[0]
      let numbers = said.matches(of: /`([^`]+)` by `([^`]+)` is (-?[0-9.]+[0-9])/).map {
        (measure: String($0.1), reduction: String($0.2), value: String($0.3))
      }
      return Example(yaml: pieces[0], numbers: numbers)
    }
  }

  @Test("has examples that run, and print what stands under them", arguments: 1..<7)
  func example(place: Int) throws {
    let example = LossDocumentationTests.examples[place]
    #expect(!example.numbers.isEmpty)
    let report = try scratch.run(
      """
      \(LossDocumentationTests.sample)
      report: {to: out, formats: [json]}
      \(example.yaml)
      """
    ).report
    #expect(report.inputs.isComplete)
    for number in example.numbers {
      let found = report.reductions.first {
        $0.measure == number.measure && $0.reduction == number.reduction
      }
      let value = try #require(found?.value, "\(number)")
      let expected = try #require(Double(number.value))
      // Half of the last digit that is written.
      let decimals = number.value.split(separator: ".").last?.count ?? 0
      #expect(
        abs(value - expected) <= 0.5000001 * pow(10, -Double(decimals)), "\(number): \(value)")
    }
  }

  @Test("the question's own, written down, is the preset's, with its gradient")
  func question() throws {
    let example = try #require(LossDocumentationTests.examples.last)
    let file = """
      \(LossDocumentationTests.sample)
      presets: [question.loss]
      report: {to: out, formats: [json]}
      \(example.yaml)
      """
    let written = try scratch.run(file + "\ndiagnose: {headline: {measure: question}}\n").report
    let preset = try scratch.run(file + "\ndiagnose: {headline: question.loss}\n", to: "preset")
      .report
    let value = try #require(preset.headline.printed)
    #expect(isClose(written.headline.printed, value, within: 1e-12))
    #expect(written.headline.classes.map(\.verdict) == preset.headline.classes.map(\.verdict))
    for c in 0..<5 {
      let share = try #require(preset.gradient?.share(of: c))
      #expect(isClose(written.gradient?.share(of: c), share, within: 1e-9))
    }
    // (binary_cross_entropy − (1 + dice)) · weight, in PyTorch and TensorFlow: run-a__question__batch16__p.
    #expect(isClose(written.gradient?.share(of: 4), 0.4832656701895241))
  }

  @Test("a headline of one's own has the verdicts and the gradient of the kernel")
  func headline() throws {
    let own = try samplePipeline()
      .replacing(
        "measure: [bce,",
        with: #"measure: [{name: own, loss: "-(t*log(p) + (1-t)*log(1-p))", clip: 1e-7}, bce,"#
      )
      .replacing("{measure: bce, reduce: keras}", with: "{measure: own, reduce: keras}")
    let written = try scratch.run(own).report
    let kernel = try scratch.run(try samplePipeline(), to: "kernel").report
    #expect(written.headline.printed == kernel.headline.printed)
    #expect(written.headline.classes.map(\.verdict) == kernel.headline.classes.map(\.verdict))
    for (a, b) in zip(written.headline.classes, kernel.headline.classes) {
      #expect(isClose(a.reach, try #require(b.reach), within: 1e-9))
      #expect(isClose(a.headroom, try #require(b.headroom), within: 1e-9))
    }
    #expect(written.gradient?.classes.map(\.own) == kernel.gradient?.classes.map(\.own))
    #expect(written.gradient?.classes.map(\.net) == kernel.gradient?.classes.map(\.net))
  }

  @Test("a loss map that was saved is reduced as weights of the constant 1")
  func savedMap() throws {
    let text = try samplePipeline().replacing("{image}", with: "{image:street_000[1-4]}")
      .replacing(
        "measure: [bce,", with: #"measure: [{name: own, loss: "(t - p)^2"}, one, bce,"#)
    let file = try scratch.write(text, to: "map.yml")
    for image in 1...4 {
      _ = try writeMap(
        MapRequest(
          configuration: file, measure: "own", image: "street_000\(image)", className: "pole",
          output: "\(scratch.path)/street_000\(image).npy"))
    }
    let steps = """
      sample_weight: {pixels: "\(scratch.path)/{image}.npy"}
      reduce:
        saved: "mean(class) > mean(pixel, image, batch, times: sample-weights)"

      """
    let report = try scratch.run(text.replacing("reduce:\n", with: steps)).report
    let value = report.reductions.first { $0.measure == "one" && $0.reduction == "saved" }?.value
    let own = try scratch.run(
      text.replacing("{measure: bce, reduce: keras}", with: "{measure: own, reduce: keras}"),
      to: "own")
    let pole = try #require(own.report.headline.classes[4].loss?.mean)
    #expect(isClose(value, pole))
  }

  @Test("a formula without a value names the first such pixel, and its advice helps")
  func domain() throws {
    let text = try samplePipeline().replacing(
      "measure: [bce,", with: #"measure: [bce, {name: own, loss: "-t*log(p)"},"#)
    let report = try scratch.run(text).report
    let problem = try #require(report.inputs.problems.first?.problem)
    #expect(problem.what.contains("the loss '-t*log(p)' is infinite at"))
    #expect(problem.what.hasSuffix("t = 1, p = 0"))
    #expect(problem.remedy == "add clip: 1e-7 to the loss, as Keras keeps p from 0 and 1")
    let clipped = text.replacing(#"loss: "-t*log(p)""#, with: #"loss: "-t*log(p)", clip: 1e-7"#)
    #expect(try scratch.run(clipped, to: "clipped").report.inputs.isComplete)
  }
}
