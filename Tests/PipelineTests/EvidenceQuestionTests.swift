import Core
import Explaining
import Foundation
import Pages
import Pipeline
import Testing

/// What finished evidence is asked must have been counted; otherwise it is refused by name.
@Suite("Questions to finished evidence")
struct EvidenceQuestionTests {
  /// What the sample's own pipeline.yml counts, with tiles for one chain.
  private static let configuration = """
    version: 1
    decode:
      predictions: "\(checkout)/samples/street/run-a/{image:street_000[1-4]}/{class}.png"
      truth: "\(checkout)/samples/street/truth/{image}/{class}.png"
      kind: probabilities
      activation: sigmoid
      classes: [sky, building, road, vegetation, pole]
    batch: {size: 16}
    tile: 64
    measure: [bce, iou]
    sample_weight: {first_class: [1, 1, 1, 1, 1000]}
    reduce:
      keras: "mean(class) > mean(pixel) > mean(image) > mean(batch, by: images)"
      worst-tile: "mean(class, pixel) > max(tile) > mean(image, batch)"
      weighted: "mean(class) > mean(pixel, image, batch, times: sample-weights)"
      per-class: "pool(batch, image, pixel) > score > mean(class)"
    diagnose: {headline: {measure: bce, reduce: keras}}
    report: {to: out, formats: [json]}

    """

  struct Question: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var change: @Sendable (String) -> String
    /// Why it is refused; `nil` where it is answered.
    var refusal: String?

    init(
      _ name: String, _ old: String = "", _ new: String = "", refused refusal: String? = nil
    ) {
      testDescription = name
      change = { $0.replacing(old, with: new) }
      self.refusal = refusal
    }
  }

  @Test(
    "are answered where everything was counted, and refused by the name of the difference elsewhere",
    arguments: [
      Question("the same"),
      Question("fewer measures", "[bce, iou]", "[bce, iou, dice]"),
      Question("other batches", "size: 16", "size: 3"),
      Question("another headline", "reduce: keras}", "reduce: weighted}"),
      Question("weights of classes", "tile: 64", "tile: 64\nweights: [1, 2, 3, 4, 5]"),
      // Soft sums are counted of all probabilities, because gradients follow from them.
      Question("a soft ratio", "[bce, iou]", "[bce, iou, soft-dice]"),
      Question(
        "another loss", "[bce, iou]", "[bce, iou, {bce: {label_smoothing: 0.1}}]",
        refused:
          "bce(label_smoothing: 0), and this asks for bce(label_smoothing: 0.1)"
      ),
      Question(
        "other sample weights", "1000]", "7]",
        refused:
          "the sample weights [1, 1, 1, 1, 1000] by first class (1 without one), and this asks for [1, 1, 1, 1, 7] by first class (1 without one)"
      ),
      Question(
        "other tiles", "tile: 64", "tile: 32",
        refused: "tiles of 64 pixels, and this asks for tiles of 32 pixels"),
      Question(
        "another ignore", "activation:", "ignore: 7\n  activation:",
        refused: "ignore: [], and this asks for [7]"),
      Question(
        "another encoding", "activation:", "encoding: kitti-instances\n  activation:",
        refused:
          "the encoding class of the predictions, and this asks for the encoding kitti-instances"),
      Question(
        "labels one less", "activation:", "reduce_zero_label: true\n  activation:",
        refused: "the encoding class of the truth, and this asks for the encoding class, less one"),
      Question(
        "a value of one side", "pole]", "{name: pole, value: {truth: [4, 9]}}]",
        refused:
          "the value 4 for the class 'pole' in the truth, and this asks for [4, 9]"),
      Question(
        "other class values", "pole]", "{name: pole, value: 9}]",
        refused: "the value 4 for the class 'pole', and this asks for 9"),
      Question(
        "other classes", "pole]", "post]",
        refused:
          "the classes 'sky', 'building', 'road', 'vegetation', 'pole', and this asks for 'sky', 'building', 'road', 'vegetation', 'post'"
      ),
      Question(
        "another threshold", "activation:", "threshold: 0.25\n  activation:",
        refused: "decisions above 0.5, and this asks for decisions above 0.25"),
      Question(
        "another activation", "activation: sigmoid", "activation: softmax",
        refused: "the activation sigmoid, and this asks for softmax"),
      Question(
        "logits", "kind: probabilities", "kind: logits",
        refused: "predictions read as probabilities, and this asks for logits"),
      Question(
        "another rounding", "activation:", "quantised: truncate\n  activation:",
        refused: "quantised: round, and this asks for truncate"),
      Question(
        "a border", "diagnose: {", "diagnose: {border: 2, ",
        refused: "no border, and this asks for one of 2"),
      Question(
        "a distance", "[bce, iou]", "[bce, iou, hd95]",
        refused: "no distances between boundaries, and this asks for them"),
      // 8-bit planes have their levels counted without being asked.
      Question("curves", "diagnose: {", "diagnose: {curves: true, "),
    ])
  func gatekeeper(question: Question) throws {
    let scratch = try Scratch()
    _ = try scratch.run(Self.configuration, to: "run")
    let other = try scratch.write(question.change(Self.configuration), to: "other.yml")
    func report() throws(Failure) -> Finished {
      try Pipeline.report(
        from: "\(scratch.path)/run", configuration: other, to: "\(scratch.path)/other")
    }
    guard let refusal = question.refusal else {
      let report = try report().report
      #expect(report.headline.printed != nil)
      let counted = try scratch.run(question.change(Self.configuration), to: "counted").report
      #expect(report.reductions.map(\.value) == counted.reductions.map(\.value))
      return
    }
    let failure = #expect(throws: Failure.self) { try report() }
    #expect(failure?.code == .configuration)
    #expect(failure?.problem.what == "the evidence was counted with \(refusal)")
    #expect(failure?.problem.place == .file(other))
    #expect(!FileManager.default.fileExists(atPath: "\(scratch.path)/other/report.json"))
  }

  @Test("a chain that names tiles, where none were counted, is refused")
  func noTiles() throws {
    let scratch = try Scratch()
    let plain = Self.configuration.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.contains("worst-tile") }.joined(separator: "\n")
    _ = try scratch.run(plain, to: "run")
    let other = try scratch.write(Self.configuration, to: "other.yml")
    let failure = #expect(throws: Failure.self) {
      try Pipeline.report(
        from: "\(scratch.path)/run", configuration: other, to: "\(scratch.path)/other")
    }
    #expect(
      failure?.problem.what
        == "the evidence was counted with no tiles, and this asks for tiles of 64 pixels")
  }

  @Test("what was counted at borders is explained from the evidence")
  func border() throws {
    let scratch = try Scratch()
    let run = Self.configuration.replacing("{image:street_000[1-4]}", with: "{image}")
      .replacing("diagnose: {", with: "diagnose: {border: 2, poor: \"iou < 0.995\", ")
    let report = try scratch.run(run, to: "run").report
    let said = report.findings.filter { $0.kind == .border }.map(\.sentence.plain)
    let explained = try explain("border", evidence: "\(scratch.path)/run").terminal
    #expect(said.count == 2)
    #expect(said.allSatisfy(explained.contains))
  }
}
