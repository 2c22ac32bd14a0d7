import Core
import Counting
import Decoding
import Diagnosis
import Explaining
import Foundation
import Pipeline
import Reports
import Tables
import Testing

@Suite("Presets")
struct PresetTests {
  @Test("each has a name of its own, versions, a source, a measure and a chain that gives a number")
  func rows() throws {
    #expect(Set(Preset.all.map(\.id)).count == Preset.all.count)
    #expect(Preset.printedIDs.isSubset(of: Preset.all.map(\.id)))
    for preset in Preset.all {
      #expect(
        !preset.versions.isEmpty && !preset.source.isEmpty && !preset.call.isEmpty, "\(preset.id)")
      #expect(preset.parts.count > 0 && preset.framework != preset.id, "\(preset.id)")
      for part in preset.parts {
        let text = part.chainText + (preset.restText.isEmpty ? "" : " > \(preset.restText)")
        let chain = try Chain(parsing: text)
        #expect(chain.isScalar && chain.description == text, "\(preset.id)")
        #expect(chain.words.count == chain.steps.count && !chain.words.contains { $0.isEmpty })
        for areExclusive in preset.domain.exclusiveness {
          let measure = try part.measure(areClassesExclusive: areExclusive)
          #expect(chain.hasScore != measure.isElementwise, "\(preset.id)")
        }
      }
      for areExclusive in preset.domain.exclusiveness {
        #expect(
          try preset.formula(areClassesExclusive: areExclusive).gauges.count == preset.parts.count)
      }
    }
  }

  @Test("what was only read has no number of its framework")
  func honesty() {
    for preset in Preset.all where preset.versions.contains("was read)") {
      #expect(preset.printed == nil, "\(preset.id)")
    }
    #expect(Preset.printedIDs.count >= 130)
  }

  @Test("what was not run on two sets of data is marked as read, and nothing else")
  func asRead() throws {
    let folder = checkout + "/Oracle/edges"
    // The sample is one set.
    var runs = Preset.printedIDs.reduce(into: [String: Set<String>]()) { $0[$1] = ["sample"] }
    for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let text = try Data(contentsOf: URL(filePath: "\(folder)/\(file)"))
      let json = try #require(JSONSerialization.jsonObject(with: text) as? [String: Any])
      let sets = try #require(json["sets"] as? [String])
      for (id, row) in try #require(json["values"] as? [String: [Any]]) {
        // A refusal is no number.
        for (set, value) in zip(sets, row) where value is NSNumber || value is String {
          runs[String(id.prefix { $0 != " " }), default: []].insert(set)
        }
      }
    }
    for preset in Preset.all {
      let isRead = runs[preset.id, default: []].count < 2
      #expect(preset.note.hasSuffix("As read.") == isRead, "\(preset.id)")
    }
  }

  /// Those of which the sample has no number.
  private let withoutNumber = [
    "smp.TverskyLoss.binary.gamma", "torchmetrics.GeneralizedDiceScore",
    "torchmetrics.GeneralizedDiceScore.simple",
  ]

  /// The sample as each domain takes it.
  private static let readings = [
    (Preset.Domain.independent, "probabilities", "sigmoid"),
    (.exclusive, "probabilities", "softmax"), (.independentLogits, "logits", "sigmoid"),
    (.exclusiveLogits, "logits", "softmax"),
  ]

  @Test(
    "on the sample each prints what its framework printed, to seven digits",
    arguments: readings)
  func printed(domain: Preset.Domain, kind: String, activation: String) throws {
    let report = try Scratch().run(everyPreset(kind, activation)).report
    let domains = domain == .independent ? [.any, .independent] : [domain]
    let found = report.presets.filter { domains.contains($0.preset.domain) }
    let expected = Preset.all.filter { domains.contains($0.domain) && $0.printed != nil }
    #expect(expected.count >= 4)
    for preset in expected {
      let value = found.first { $0.preset.id == preset.id }?.value
      #expect(isClose(value, try #require(preset.printed)), "\(preset.id)")
    }
    for preset in found {
      // Of an image without a class MedPy's Dice is 0 / 0, and torchmetrics takes another's weight.
      #expect(
        preset.value != nil || preset.prints == .inf || withoutNumber.contains(preset.preset.id)
          || (preset.preset.id == "medpy.dc" && preset.prints == .nan),
        "\(preset.preset.id): \(preset.obstacle?.what ?? "no value")")
    }
  }

  @Test("tf.keras 2 adds ε inside the logarithm, so saturated pixels cost 15.42 and 15.25")
  func saturated() throws {
    let (own, other) = try levels("tf-keras-bce")
    // tf_keras 2.21 on TensorFlow 2.21 in a graph, in float32: p = 0 where t = 1, p = 1 where t = 0,
    // p = t, p = 1/255.
    #expect(isClose(own[0], 15.424949) && isClose(other[255], 15.249238))
    #expect(own[255] == 0 && other[0] == 0)
    #expect(isClose(own[1], 5.541238))
    for level in 0..<256 {
      let p = min(max(Float(level) / 255, 1e-7), 1 - 1e-7)
      #expect(abs(own[level] + Foundation.log(Double(p + 1e-7))) < 1e-14)
      #expect(abs(other[level] + Foundation.log(Double((1 + 1e-7) - p))) < 1e-14)
    }
  }

  @Test("label smoothing mixes the two costs of tf.keras' loss")
  func smoothed() throws {
    let (own, other) = try levels("tf-keras-bce", ["label_smoothing": 0.1])
    let (plainOwn, plainOther) = try levels("tf-keras-bce")
    for level in [0, 1, 100, 255] {
      #expect(isClose(own[level], 0.95 * plainOwn[level] + 0.05 * plainOther[level]))
      #expect(isClose(other[level], 0.95 * plainOther[level] + 0.05 * plainOwn[level]))
    }
  }

  @Test("Keras 2.2 goes back to logits: right and saturated costs 1.0e-7 and 1.2e-7")
  func backToLogits() throws {
    let (own, other) = try levels("keras-2-bce")
    // As semantics.md 1B restates them: p = 0 where t = 1, p = 1 where t = 0, p = t, p = 1/255.
    #expect(isClose(own[0], 16.118095) && isClose(other[255], 15.942385))
    #expect(isClose(other[0], 1.0e-7) && isClose(own[255], 1.1920929e-7))
    #expect(isClose(own[1], 5.541264))
    for level in 1..<255 {
      let (p, q) = (Float(level) / 255, 1 - Float(level) / 255)
      let odds = Double(p / q)
      #expect(abs(own[level] - Foundation.log1p(1 / odds)) < 1e-14)
      #expect(abs(other[level] - Foundation.log1p(odds)) < 1e-14)
    }
  }

  @Test("PyTorch clips the logarithm at −100")
  func torch() throws {
    let (own, other) = try levels("torch-bce")
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
    // One pixel an image: −ln ½, −ln ½ in the first batch, −ln ¼ in the second.
    let values = try drawn(
      [0.5, 0.5, 0.25], batch: 2,
      "keras.binary_crossentropy, keras-3.0.binary_crossentropy, tf.keras-2.0.binary_crossentropy")
    let bit = Foundation.log(2.0)
    #expect(isClose(values[0], (2 * bit + 2 * bit) / 3))
    #expect(isClose(values[1], (bit + 2 * bit) / 2))
    #expect(isClose(values[2], (bit + 2 * bit) / 2))
  }

  @Test("tf.keras' ε makes each saturated wrong pixel cheaper by 0.69, and hardly any other")
  func epsilonWithin() throws {
    let list =
      "keras.binary_crossentropy, tf.keras.binary_crossentropy, keras-2.2.binary_crossentropy"
    let saturated = try drawn([0], batch: 1, list)
    #expect(isClose(saturated[0], 16.118095))
    #expect(isClose(saturated[1], 15.424949))
    #expect(isClose(saturated[2], 16.118095))
    let usual = try drawn([0.25], batch: 1, list)
    #expect(isClose(usual[0], 1.3862944) && isClose(usual[1], 1.3862940))
  }

  @Test(
    "a number depends on the batches where something other than a mean over images is done in each",
    arguments: [
      ("keras.binary_crossentropy", false), ("keras-3.0.binary_crossentropy", true),
      ("keras.binary_crossentropy.sample_weight", false), ("keras.dice", true),
      ("keras.dice.axis-1-2", false), ("keras.sparse_categorical_crossentropy", false),
      ("keras.sparse_categorical_crossentropy.ignore_class", true),
      ("keras.BinaryCrossentropy.mean_with_sample_weight", false), ("question.weighted_bce", false),
      ("question.loss", true), ("torch.CrossEntropyLoss", true),
      ("torch.CrossEntropyLoss.dataset", false), ("monai.DiceLoss", false),
      ("monai.DiceMetric", false), ("smp.DiceLoss.epoch", true), ("nnunet.loss", true),
      ("cityscapes.mean_iou", false), ("keras-2.2.binary_crossentropy.sample_weight", false),
    ])
  func batches(id: String, depends: Bool) throws {
    #expect(try #require(Preset.named(id)).dependsOnBatches == depends)
  }

  @Test("smp's weighted-imagewise is as many times too small as there are classes")
  func oddity() throws {
    let report = try Scratch().run(
      withPresets("[smp.iou_score.weighted-imagewise, smp.iou_score.macro-imagewise]")
    ).report
    let (weighted, plain) = (report.presets[0].value, report.presets[1].value)
    #expect(isClose(weighted, try #require(plain) / 5, within: 1e-12))
  }

  @Test("the question's loss is BCE plus Dice loss, less twice the mean weight")
  func question() throws {
    let report = try Scratch().run(everyPreset("probabilities", "sigmoid")).report
    func value(_ id: String) throws -> Double {
      try #require(report.presets.first { $0.preset.id == id }?.value)
    }
    // 1604 pixels weigh 1000; batches count by their images, and all images have 16384 pixels.
    let weight = Double(653_756 + 1604 * 1000) / 655_360
    #expect(isClose(try value("question.bce_dice") - value("question.loss"), 2 * weight))
    #expect(try value("question.loss") < 0)
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

  /// A loss at the 256 levels of an 8-bit plane.
  private func levels(
    _ name: String, _ parameters: [String: Double] = [:]
  ) throws -> (own: [Double], other: [Double]) {
    let loss = try #require(Catalogue.definition(named: name))
      .measure(given: parameters, areClassesExclusive: false)
    guard case .separable(let formula) = loss.form else {
      Issue.record("not separable")
      return ([], [])
    }
    return formula.levels(top: 255)
  }

  /// What presets print for images of one pixel, which is of the one class.
  private func drawn(
    _ probabilities: [Float], batch: Int, _ presets: String
  ) throws -> [Double?] {
    let scratch = try Scratch()
    let shape = [probabilities.count, 1, 1, 1]
    let truth = [Float](repeating: 1, count: probabilities.count)
    for (name, numbers) in [("p.npy", probabilities), ("t.npy", truth)] {
      try Data(numbers.npy(shape: shape)).write(to: URL(filePath: "\(scratch.path)/\(name)"))
    }
    let configuration = """
      version: 1
      decode: {predictions: \(scratch.path)/p.npy, truth: \(scratch.path)/t.npy, kind: probabilities,
        activation: sigmoid, classes: [pole], axes: {predictions: NHWC, truth: NHWC}}
      batch: {size: \(batch)}
      measure: [bce]
      reduce: {all: "mean(class, pixel, image, batch)"}
      presets: [\(presets)]
      """
    return try scratch.run(configuration).report.presets.map(\.value)
  }

  /// All presets of the sample, with the weights that the frameworks were given.
  private func everyPreset(_ kind: String, _ activation: String) -> String {
    let street = "\(checkout)/samples/street"
    let isLogits = kind == "logits"
    return """
      version: 1
      decode:
        predictions: \(street)/\(isLogits ? "run-a-logits.npy" : "run-a/{image}/{class}.png")
        truth: \(street)/\(isLogits ? "truth.npy" : "truth/{image}/{class}.png")
        kind: \(kind)
        activation: \(activation)
        classes: [sky, building, road, vegetation, pole]
      batch: {size: 16}
      weights: [1, 1, 1, 1, 1000]
      positive_weights: [1, 1, 1, 1, 50]
      sample_weight: {first_class: [1, 1, 1, 1, 1000]}
      measure: [bce]
      reduce: {all: "mean(class, pixel, image, batch)"}
      presets: all
      """
  }

  private func withPresets(_ list: String) throws -> String {
    let text = try samplePipeline()
    let start = try #require(text.firstRange(of: "presets:\n")).lowerBound
    let end = try #require(text.firstRange(of: "diagnose:")).lowerBound
    return text[..<start] + "presets: \(list)\n" + text[end...]
  }
}

extension Preset.Domain {
  /// Whether classes exclude each other, in the predictions that the call takes.
  fileprivate var exclusiveness: [Bool] {
    switch self {
    case .any: [false, true]
    case .independent, .independentLogits: [false]
    case .exclusive, .exclusiveLogits: [true]
    }
  }
}
