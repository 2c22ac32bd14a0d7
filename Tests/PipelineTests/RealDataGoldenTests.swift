import Foundation
import Pipeline
import Reports
import TestSupport
import Testing

/// The data may not be published, so that of each output only the digest is kept.
@Suite(
  "Outputs of real predictions",
  .enabled(if: hasSharedData, "the data of others is not beside this checkout"))
struct RealDataGoldenTests {
  /// In Golden: a line an output, the digest and the name, as `sha256sum` writes it.
  static let file = "camvid8.sha256"

  /// A run each, its outputs in a directory of that name.
  private static let runs: KeyValuePairs<String, Run> = [
    "floats": .init("overlap_list_bce", predictions: "pred.npy", truth: "gt.npy"),
    "planes": .init(
      "overlap_list_bce", predictions: "png_by_class/pred/{class}/{image}.png",
      truth: "png_by_class/gt/{class}/{image}.png"),
    "logits": .init(
      "overlap_list_bce", predictions: "logits.npy", truth: "gt.npy", kind: "logits"),
    "labels": .init(
      "overlap_list_bce", predictions: "labelmap/pred/{image}.png",
      truth: "labelmap/gt/{image}.png", kind: "labels"),
    "softmax": .init(
      "exclusive_dict_question", predictions: "pred.npy", truth: "gt.npy", activation: "softmax"),
    "unusable": .init(
      "overlap_list_bce", predictions: "pred.npy", truth: "gt.npy", activation: "softmax"),
  ]

  @Test("are the same today")
  func digests() throws {
    let scratch = try Scratch()
    var lines = ""
    for (name, run) in Self.runs {
      _ = try scratch.run(run.configuration, to: name)
      // Those that only machines read; the others are pinned by the sample's.
      for file in [Format.json, .csv].runFiles {
        let text = scratch.anonymous(try scratch.text("\(name)/\(file)"))
          .replacing(sharedData, with: "DATA")
        lines += "\(SHA256.hex(of: Array(text.utf8)))  \(name)/\(file)\n"
      }
    }
    try expectGolden(lines, Self.file)
  }

  /// Predictions in a folder of the data, and how they are read.
  private struct Run {
    let folder: String
    let predictions: String
    let truth: String
    let kind: String
    let activation: String

    init(
      _ folder: String, predictions: String, truth: String, kind: String = "probabilities",
      activation: String = "sigmoid"
    ) {
      self.folder = folder
      self.predictions = predictions
      self.truth = truth
      self.kind = kind
      self.activation = activation
    }

    private var classes: String {
      folder == "overlap_list_bce"
        ? "[sky, vertical, ground, static, small]" : "[sky, structure, ground, car, small]"
    }

    private var measures: String {
      if kind == "labels" { return "[iou, dice]" }
      return activation == "softmax"
        ? "[ce, soft-dice, iou]" : "[bce, {focal: {gamma: 2}}, soft-dice, iou]"
    }

    var configuration: String {
      let data = "\(sharedData)/camvid8/\(folder)"
      return """
        version: 1
        decode:
          predictions: "\(data)/\(predictions)"
          truth: "\(data)/\(truth)"
          kind: \(kind)
          \(kind == "labels" ? "ignore: 255" : "activation: \(activation)")
          classes: \(classes)
        batch: {size: 3}
        measure: \(measures)
        reduce:
          keras: "mean(class) > mean(pixel) > mean(image) > mean(batch, by: images)"
          per-class: "mean(pixel, image, batch) > mean(class)"
          global: "pool(batch, image, pixel) > score > mean(class)"
        presets: all

        """
    }
  }
}
