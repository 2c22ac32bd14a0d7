import Core
import Diagnosis
import Foundation
import Pipeline
import Reports
import Testing

/// What training hears, against PyTorch's and TensorFlow's own autograd in float64.
@Suite("The gradient at the logits")
struct GradientTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test("of the sample: most of it is pole's, most of that from other pixels, and it pulls down")
  func sample() throws {
    let report = try scratch.run(try samplePipeline()).report
    let gradient = try #require(report.gradient)
    let pole = gradient.classes[4]
    // binary_cross_entropy_with_logits of logit(p), mean, in PyTorch 2 and TensorFlow: run-a__bce__batch16__p.
    #expect(isClose(gradient.share(of: 4), 0.5672085452282656))
    #expect(isClose(pole.own, 0.0003682119301545614))
    #expect(isClose(pole.others, 0.0034180298979838916))
    #expect(isClose(pole.net, 0.003049817967828602))
    #expect(isClose(pole.othersPerOwn, 9.282778796824886))
    // Through a clip at 1e-7 it has these: run-a__bce__mean__p-clip.
    #expect(isClose(pole.own - (try #require(pole.clippedOwn)), 0.0003660756996858114))
    #expect(isClose(pole.others - (try #require(pole.clippedOthers)), 0.0034180298979838916))
    let weight = gradient.hearingWeight(of: 4, in: report.headline)
    #expect(isClose(weight.balances, 9.282778796824886))
    #expect(report.findings.contains { $0.kind == .pulledDown && $0.className == "pole" })
  }

  @Test("the weight that unhides is where reach and tolerance meet, by plain arithmetic")
  func weight() throws {
    let report = try scratch.run(try samplePipeline()).report
    let diagnosis = report.headline
    let weight = try #require(report.gradient).hearingWeight(of: 4, in: diagnosis)
    let (reach, scale) = (
      try #require(diagnosis.classes[4].reach), try #require(diagnosis.scale)
    )
    // w·r = 1 % of (S − r + w·r)
    #expect(isClose(weight.unhides, 0.01 * (scale - reach) / (0.99 * reach), within: 1e-9))
    let shows = try #require(weight.shows)
    // max(Δ, ρ)·w = ½·S/C, the headroom being the larger.
    let headroom = try #require(diagnosis.classes[4].headroom)
    let half = (scale + (shows - 1) * reach) / 10
    #expect(isClose(max(headroom, reach) * shows, half, within: 1e-9))
  }

  @Test("the weight that is advised makes both pull alike, pasted as it stands")
  func advice() throws {
    let report = try scratch.run(try samplePipeline()).report
    let times = try #require(report.gradient?.classes[4].othersPerOwn)
    let advice = try #require(
      OwnPixelWeight(of: 4, report.headline, positive: [1, 1, 1, 1, 1], times: times))
    #expect(advice.setting == "positive_weights: {pole: 9.28}")
    #expect(advice.isCrossEntropy)
    let pasted =
      try samplePipeline()
      .replacing("reduce: keras}", with: "reduce: pulls-alike}")
      .replacing("reduce:\n", with: "reduce:\n  pulls-alike: \"\(advice.chain)\"\n")
      + "\(advice.setting)\n"
    let weighed = try scratch.run(pasted, to: "pasted").report
    let ratio = try #require(weighed.gradient?.classes[4].othersPerOwn)
    #expect(abs(ratio - 1) < 1e-3)
  }

  @Test("a score and labels have none, and a chain that picks says why")
  func missing() throws {
    let picked = try samplePipeline()
      .replacing(
        "mean(class) > mean(pixel) > mean(image) > mean(batch, by: images)",
        with: "mean(pixel, image, batch) > max(class)")
    let report = try scratch.run(picked).report
    #expect(report.gradient == nil)
    #expect(report.gradientObstacle?.what.contains("picks the worst") == true)
    let score = try samplePipeline()
      .replacing("{measure: bce, reduce: keras}", with: "{measure: iou, reduce: global}")
    let scored = try scratch.run(score, to: "score").report
    #expect(scored.gradient == nil && scored.gradientObstacle == nil)
  }
}

private let oracle = checkout + "/../shared/oracle/street"
private let street = checkout + "/../shared/samples/street"

/// A loss of the oracle, as a configuration has it.
private struct Recipe: Sendable {
  var loss: String
  var measure: String
  /// By mean, sum, batches weighted by their images, and plain batches.
  var chains: [String: String]
  var extra = ""
  var activation = "sigmoid"
}

private func pixelChains(_ before: String = "", _ by: String = "") -> [String: String] {
  let classes = before.isEmpty ? ", class" : ""
  return [
    "mean": "\(before)mean(pixel\(classes), image, batch\(by))",
    "sum": "\(before)sum(pixel\(classes), image, batch\(by.replacing("by:", with: "times:")))",
    "batch": "\(before)mean(pixel\(classes), image\(by)) > mean(batch, by: images)",
    "plain": "\(before)mean(pixel\(classes), image\(by)) > mean(batch)",
  ]
}

private let imageChains = [
  "mean": "pool(pixel) > score > mean(class, image, batch)",
  "sum": "pool(pixel) > score > sum(class, image, batch)",
  "batch": "pool(pixel) > score > mean(class, image) > mean(batch, by: images)",
  "plain": "pool(pixel) > score > mean(class, image) > mean(batch)",
]

private let batchChains = [
  "mean": "pool(pixel, image, batch) > score > mean(class)",
  "sum": "pool(pixel, image, batch) > score > sum(class)",
  "batch": "pool(pixel, image) > score > mean(class) > mean(batch, by: images)",
  "plain": "pool(pixel, image) > score > mean(class) > mean(batch)",
]

private let smooth = "smooth_nr: 1.0e-5, smooth_dr: 1.0e-5"
private let halved = "smooth_nr: 0.5e-5, smooth_dr: 0.5e-5"

private let recipes: [Recipe] = [
  Recipe(loss: "bce", measure: "bce", chains: pixelChains()),
  Recipe(loss: "mse", measure: "mse", chains: pixelChains()),
  Recipe(loss: "focal", measure: "{focal: {gamma: 2}}", chains: pixelChains()),
  Recipe(loss: "focal_alpha", measure: "{focal: {gamma: 2, alpha: 0.25}}", chains: pixelChains()),
  Recipe(
    loss: "bce_class-weight", measure: "bce", chains: pixelChains("", ", times: class-weights"),
    extra: "weights: {pole: 1000}"),
  Recipe(
    loss: "bce_pos-weight", measure: "bce", chains: pixelChains("", ", times: positive-weights"),
    extra: "positive_weights: {pole: 50}"),
  Recipe(
    loss: "bce_argmax-weight", measure: "bce",
    chains: pixelChains("mean(class) > ", ", times: sample-weights"),
    extra: "sample_weight: {first_class: {sky: 1, building: 1, road: 1, vegetation: 1, pole: 1000}}"
  ),
  Recipe(
    loss: "bce_argmax-keys", measure: "bce",
    chains: pixelChains("mean(class) > ", ", times: sample-weights"),
    extra: "sample_weight: {first_class: {sky: 0, building: 1, road: 2, vegetation: 3, pole: 4}}"),
  Recipe(loss: "ce", measure: "ce", chains: pixelChains("mean(class) > "), activation: "softmax"),
  Recipe(
    loss: "ce_class-weight", measure: "ce", chains: pixelChains("", ", by: class-weights"),
    extra: "weights: {pole: 1000}", activation: "softmax"),
  Recipe(loss: "ce_from-sigmoid", measure: "ce", chains: pixelChains("mean(class) > ")),
  Recipe(loss: "dice-image", measure: "{soft-dice: {\(smooth)}}", chains: imageChains),
  Recipe(loss: "dice-batch", measure: "{soft-dice: {\(smooth)}}", chains: batchChains),
  Recipe(loss: "jaccard-image", measure: "{soft-jaccard: {\(halved)}}", chains: imageChains),
  Recipe(loss: "jaccard-batch", measure: "{soft-jaccard: {\(halved)}}", chains: batchChains),
  Recipe(
    loss: "tversky-image_fp0.7", measure: "{tversky: {alpha: 0.7, beta: 0.3, \(smooth)}}",
    chains: imageChains),
  Recipe(
    loss: "tversky-batch_fn0.7", measure: "{tversky: {alpha: 0.3, beta: 0.7, \(smooth)}}",
    chains: batchChains),
]

@Suite(
  "Gradients as PyTorch and TensorFlow have them",
  .enabled(
    if: FileManager.default.fileExists(atPath: oracle), "the oracle is not beside this checkout"))
struct GradientOracleTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test("of 8-bit planes", arguments: recipes.map(\.loss))
  func planes(loss: String) throws {
    let side = checkout + "/samples/street"
    try expectOracle(
      loss, "run-a", "p",
      """
      predictions: "\(side)/run-a/{image}/{class}.png", truth: "\(side)/truth/{image}/{class}.png",
      kind: probabilities
      """, batch: 16)
  }

  @Test(
    "of probabilities in float32",
    arguments: recipes.filter { $0.activation == "sigmoid" }.map(\.loss))
  func probabilities(loss: String) throws {
    try expectOracle(
      loss, "run-a-npy", "p",
      #"predictions: "\#(street)/run-a.npy", truth: "\#(street)/truth.npy", kind: probabilities"#,
      batch: 2)
  }

  // From logits `ce` is of their softmax, whatever the activation.
  @Test("of logits", arguments: recipes.map(\.loss).filter { $0 != "ce_from-sigmoid" })
  func logits(loss: String) throws {
    try expectOracle(
      loss, "run-a-npy", "z",
      #"predictions: "\#(street)/run-a-logits.npy", truth: "\#(street)/truth.npy", kind: logits"#,
      batch: 2)
  }

  private func expectOracle(
    _ loss: String, _ set: String, _ from: String, _ decode: String, batch: Int
  ) throws {
    let recipe = try #require(recipes.first { $0.loss == loss })
    let file = try JSONDecoder().decode(
      OracleFile.self, from: Data(contentsOf: URL(filePath: "\(oracle)/\(set)__gradient.json")))
    for (reduction, chain) in recipe.chains.sorted(by: { $0.key < $1.key }) {
      let name =
        reduction == "batch"
        ? "batch\(batch)" : reduction == "plain" ? "batch\(batch)-plain" : reduction
      let row = try #require(file.results.first { $0.id == "\(set)__\(loss)__\(name)__\(from)" })
      let rows = try #require(row.value?.rows)
      let report = try scratch.run(
        """
        version: 1
        decode: {\(decode), activation: \(recipe.activation), classes: [sky, building, road, vegetation, pole]}
        batch: {size: \(batch)}
        \(recipe.extra)
        measure: [\(recipe.measure)]
        reduce: {h: "\(chain)"}
        report: {to: out, formats: [json]}
        """, to: "\(loss)-\(reduction)"
      ).report
      let gradient = try #require(report.gradient, "\(report.gradientObstacle?.what ?? "")")
      let largest = rows.map { $0.map(abs).max() ?? 0 }
      for c in 0..<5 {
        let found = gradient.classes[c]
        for (index, value) in [
          (0, found.size), (1, gradient.share(of: c) ?? .nan), (2, found.own), (3, found.others),
          (4, found.net),
        ] {
          // Of a class near 0 beside others, relative to a thousandth of the largest.
          let scale = max(abs(rows[index][c]), largest[index] / 1000)
          #expect(
            abs(value - rows[index][c]) <= 1e-6 * scale,
            "\(row.id), row \(index), class \(c): \(value) for \(rows[index][c])")
        }
      }
    }
  }
}

private struct OracleFile: Decodable {
  var results: [Row]

  struct Row: Decodable {
    var id: String
    var value: Value?
  }

  /// Some rows are one number.
  struct Value: Decodable {
    var rows: [[Double]]?

    init(from decoder: any Decoder) throws {
      rows = try? decoder.singleValueContainer().decode([[Double]].self)
    }
  }
}
