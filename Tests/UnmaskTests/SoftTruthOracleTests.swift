import Foundation
import Testing

/// What the frameworks print against a soft truth: `Oracle/soft_truth.py` ran them.
@Suite("Presets against a soft truth")
struct SoftTruthOracleTests {
  struct Oracle: Decodable {
    var shape: [Int]
    var batch: Int
    var weights: [Double]
    var independent_quarters: [Double]
    var exclusive_quarters: [Double]
    var probability_256ths: [Double]
    var logit_16ths: [Double]
    var results: [Result]

    struct Result: Decodable {
      var set: String
      var id: String
      var value: Double
    }

    static func read() throws -> Oracle {
      let path = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "SoftTruth/oracle.json")
      return try JSONDecoder().decode(Oracle.self, from: Data(contentsOf: path))
    }
  }

  enum Set: String, CaseIterable {
    case probabilities, logits, exclusive
    case exclusiveLogits = "exclusive-logits"

    var isExclusive: Bool { self == .exclusive || self == .exclusiveLogits }
    var hasLogits: Bool { self == .logits || self == .exclusiveLogits }
  }

  @Test("have the framework's number", arguments: Set.allCases)
  func presets(set: Set) throws {
    let oracle = try Oracle.read()
    let rows = oracle.results.filter { $0.set == set.rawValue }
    #expect(!rows.isEmpty)
    let presets = rows.map(\.id).filter { $0.contains(".") }
    let folder = try folder(set, oracle, presets: presets)
    let ending = try folder.unmask("run", "--out", "out")
    #expect(ending.code == 0, "\(ending.error)")
    let report = try JSONDecoder().decode(
      Report.self, from: Data(folder.bytes("out/report.json")))
    for row in rows {
      let found =
        row.id == "soft-dice(min)"
        ? report.reductions.first { $0.measure.hasPrefix("soft-dice") }?.value
        : report.presets.first { $0.id == row.id }?.value
      let error = abs((found ?? .nan) - row.value)
      #expect(error <= 1e-6 * row.value, "\(row.id): \(found ?? .nan), and \(row.value) is right")
    }
  }

  @Test("are all that read shares: every other is of decisions, and of the truth that is cut")
  func others() throws {
    let oracle = try Oracle.read()
    let asked = oracle.results.map(\.id)
    for set in Set.allCases {
      let folder = try folder(set, oracle, presets: nil)
      func presets() throws -> [Report.Preset] {
        let ending = try folder.unmask("run", "--out", "out")
        #expect(ending.code == 0, "\(ending.error)")
        return try JSONDecoder().decode(Report.self, from: Data(folder.bytes("out/report.json")))
          .presets.filter { !asked.contains($0.id) }
      }
      let soft = try presets()
      let text = try folder.text("pipeline.yml")
      try folder.write(
        text.replacing("soft_truth: true", with: "threshold_truth: 0.5"), to: "pipeline.yml")
      let cut = try presets()
      #expect(!soft.isEmpty)
      for preset in soft {
        #expect(cut.first { $0.id == preset.id }?.value == preset.value, "\(preset.id)")
      }
    }
  }

  private func folder(_ set: Set, _ oracle: Oracle, presets: [String]?) throws -> Folder {
    let folder = try Folder()
    let numbers = set.hasLogits ? oracle.logit_16ths : oracle.probability_256ths
    let quarters = set.isExclusive ? oracle.exclusive_quarters : oracle.independent_quarters
    try folder.write(
      npy(.float32, oracle.shape, numbers.map { $0 / (set.hasLogits ? 16 : 256) }), to: "pred.npy")
    try folder.write(npy(.float32, oracle.shape, quarters.map { $0 / 4 }), to: "truth.npy")
    let weights = oracle.weights.map(\.description).joined(separator: ", ")
    let measure = set.isExclusive ? "ce" : "bce"
    try folder.write(
      """
      version: 1
      decode:
        predictions: pred.npy
        truth: truth.npy
        kind: \(set.hasLogits ? "logits" : "probabilities")
        activation: \(set.isExclusive ? "softmax" : "sigmoid")
        axes: NHWC
        soft_truth: true
        classes: [a, b, c]
      \(set == .exclusive ? "accept: [wrong-activation]" : "")
      batch: {size: \(oracle.batch)}
      weights: [\(weights)]
      positive_weights: [\(weights)]
      measure: [\(measure), {soft-dice: {min: 1, smooth_nr: 1e-5, smooth_dr: 1e-5}}]
      reduce:
        mean: "sum(class) > mean(pixel, image, batch)"
        monai: "pool(pixel) > score > mean(image, class, batch)"
      presets: \(presets.map { "[\($0.joined(separator: ", "))]" } ?? "all")

      """, to: "pipeline.yml")
    return folder
  }

  private struct Report: Decodable {
    var presets: [Preset]
    var reductions: [Reduced]

    struct Preset: Decodable {
      var id: String
      var value: Double?
    }

    struct Reduced: Decodable {
      var measure: String
      var value: Double?
    }
  }
}
