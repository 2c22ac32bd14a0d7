import Foundation
import Testing

/// What trainers print of three batches, asked themselves (`Oracle/trainers`).
@Suite("Trainers")
struct TrainersTests {
  /// A trainer with its loss, the file of its answers, the name in its log, and words of the call.
  private struct Row {
    var name: String
    var file: String
    var key: String
    var call: String

    init(_ name: String, _ file: String, _ key: String, _ call: String = "") {
      (self.name, self.file, self.key, self.call) = (name, file, key, call)
    }
  }

  private static let ce = "torch.CrossEntropyLoss"
  private static let sparse = "keras.sparse_categorical_crossentropy.ignore_class"
  private static let rows = [
    Row("keras(\(sparse))", "keras", "val_loss", "ignore_class"),
    Row("keras(\(sparse))", "keras_jax", "val_loss", "ignore_class"),
    Row("keras(\(sparse))", "keras_torch", "val_loss", "ignore_class"),
    Row("keras(keras.sparse_categorical_crossentropy)", "keras", "val_loss", "sample_weight 0"),
    Row("keras.metric(\(sparse))", "keras", "val_own", "a function"),
    Row("keras.output(\(sparse))", "keras", "a_loss", "loss_weights a 1, b 4"),
    Row("tf_keras(\(sparse))", "tf_keras", "val_loss", "ignore_class"),
    Row("lightning(\(ce))", "lightning", "val_loss", "in validation_step"),
    Row("lightning(\(ce))", "lightning", "train_loss", "on_epoch=True"),
    Row("lightning.step(\(ce))", "lightning", "train_loss_step"),
    Row("lightning.lists(\(ce))", "lightning", "val_loss", "list of images"),
    Row("torchmetrics.MeanMetric(\(ce))", "lightning", "val_metric", "MeanMetric"),
    Row("torchgeo(\(ce))", "torchgeo", "val_loss"),
    Row("huggingface.eval(\(ce))", "transformers", "eval_loss", "Trainer.evaluate"),
    Row("huggingface-5.22.eval(\(ce))", "transformers-5.22", "eval_loss", "Trainer.evaluate"),
    Row("huggingface-5.22.eval(\(ce))", "transformers-4.57", "eval_loss", "Trainer.evaluate"),
    Row("huggingface.train(\(ce))", "transformers", "train_loss"),
    Row("fastai.valid(\(ce))", "fastai", "valid_loss"),
    Row("fastai.train(\(ce))", "fastai", "train_loss", "epoch 1"),
    Row("ignite.Loss(\(ce))", "ignite", "loss", "Loss(CrossEntropyLoss"),
    Row("ignite.RunningAverage(\(ce))", "ignite", "loss", "after 1 epochs"),
    Row("ignite.Average(\(ce))", "ignite", "loss", "Average() of"),
    Row("skorch(\(ce))", "skorch", "valid_loss"),
    Row("timm(\(ce))", "timm", "loss", "AverageMeter"),
    Row("timm.val(\(ce))", "timm", "loss", ".val"),
    Row("poutyne(\(ce))", "poutyne", "val_loss"),
    Row("pytorch_accelerated(\(ce))", "pytorch_accelerated", "eval_loss_epoch"),
    Row("catalyst(\(ce))", "catalyst", "valid/loss"),
    Row("smp.Epoch(\(ce))", "smp", "entropy", "ValidEpoch"),
    Row("nnunet(\(ce))", "nnunet", "val_loss"),
    Row("torchmetrics.MeanMetric(\(ce))", "torchmetrics", "compute()", "MeanMetric().update(loss)"),
    Row("composer(\(ce))", "composer", "metrics/eval/LossMetric"),
    Row("ultralytics(\(ce))", "ultralytics", "val/ce_loss"),
    Row("torchbearer(\(ce))", "torchbearer", "val_loss"),
    Row("argus(\(ce))", "argus", "val_loss"),
    Row("fastestimator(\(ce))", "fastestimator", "entropy"),
    Row("mmengine.val(\(ce))", "mmengine", "val_loss"),
    Row("detectron2(\(ce))", "detectron2", "total_loss", "after three"),
    Row("torchvision(\(ce))", "torchvision", "loss", "16: the median"),
    Row("torchvision.global(\(ce))", "torchvision", "loss", "16: the global"),
  ]

  private struct Answers: Decodable {
    var numbers: [Number]

    struct Number: Decodable {
      var set: String
      var key: String
      var call: String
      /// A number, `null` for NaN, or a list, which is none of a whole epoch.
      var value17: Text

      enum Text: Decodable {
        case one(String)
        case several

        init(from decoder: any Decoder) throws {
          self = (try? decoder.singleValueContainer().decode(String.self)).map(Text.one) ?? .several
        }
      }
    }
  }

  private struct Report: Decodable {
    var presets: [Printed]

    struct Printed: Decodable {
      var id: String
      var value: Double?
      var state: String?
    }
  }

  private static let sets = ["plain", "partly-ignored", "ignored-batch"]

  private static let oracle = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Oracle/trainers")

  /// A run of one of the sets, in batches of 16, 16 and 8.
  private static func folder(_ set: String, presets: String) throws -> Folder {
    let folder = try Folder()
    for file in ["logits.npy", "\(set).npy"] {
      try folder.write(
        Array(Data(contentsOf: oracle.appending(path: "data/\(file)"))), to: file)
    }
    try folder.write(
      """
      version: 1
      decode:
        predictions: logits.npy
        truth: \(set).npy
        kind: logits
        activation: softmax
        axes: {predictions: NHWC, truth: NHW}
        classes: [a, b, c]
        ignore: 255
      batch: {size: 16, order: array}
      measure: [ce]
      presets: \(presets)
      reduce: {by-images: "mean(class, pixel, image) > mean(batch, by: images)"}
      diagnose: {headline: {measure: ce, reduce: by-images}, poor: "accuracy < 0.1"}

      """, to: "pipeline.yml")
    let ending = try folder.unmask("run")
    #expect(ending.code == 0, "\(ending.error)")
    return folder
  }

  private static func number(of row: Row, in set: String) throws -> Double? {
    let answers = try JSONDecoder().decode(
      Answers.self, from: Data(contentsOf: oracle.appending(path: "\(row.file).json")))
    for number in answers.numbers
    where number.set == set && number.key == row.key
      && (row.call.isEmpty || number.call.contains(row.call))
    {
      if case .one(let text) = number.value17 { return Double(text) }
    }
    return nil
  }

  @Test("print what the presets with their names say", arguments: sets)
  func printed(set: String) throws {
    let names = Set(Self.rows.map(\.name)).sorted()
    let folder = try Self.folder(
      set, presets: "[\(names.map { "\"\($0)\"" }.joined(separator: ", "))]")
    let report = try JSONDecoder().decode(
      Report.self, from: Data(folder.text("out/report.json").utf8))
    var compared = 0
    for row in Self.rows {
      guard let expected = try Self.number(of: row, in: set) else { continue }
      let found = try #require(report.presets.first { $0.id == row.name })
      compared += 1
      if expected.isNaN {
        // Transformers' filter makes of a void batch what depends on the lines of its log.
        #expect(found.value == nil && found.state == "nan", "\(row.name) \(set)")
        continue
      }
      guard row.name != "huggingface.train(\(Self.ce))" || set != "ignored-batch" else {
        #expect(found.value == nil)
        continue
      }
      let value = try #require(found.value, "\(row.name) \(set)")
      // Some print few digits, and all add in single precision.
      let digits =
        row.file == "detectron2"
        ? 5e-5 : row.file == "ultralytics" ? 5e-6 : row.file == "transformers-4.57" ? 1e-6 : 0
      #expect(abs(value - expected) <= 1e-6 * expected + digits, "\(row.name) \(set)")
    }
    #expect(compared >= 35)
  }

  @Test("are found by the number that their log has", arguments: sets)
  func found(set: String) throws {
    let folder = try Self.folder(set, presets: "all")
    var logs = 0
    var seen: [String: String] = [:]
    for row in Self.rows {
      guard let expected = try Self.number(of: row, in: set), expected.isFinite,
        row.name != "huggingface.train(\(Self.ce))" || set != "ignored-batch"
      else { continue }
      let decimals = row.file == "detectron2" || row.file == "ultralytics" ? 4 : 6
      let text = String(format: "%.\(decimals)f", expected)
      let page =
        try seen[text]
        ?? folder.unmask("explain", "--printed", text, "--from", "out", "--format", "markdown").out
      seen[text] = page
      let trainer = row.name.prefix { $0 != "(" }
      let ways = page.replacing("\\", with: "").split(separator: "\n")
        .filter { $0.contains("Logged so by") }
      #expect(ways.contains { $0.contains(trainer) }, "\(row.name) \(text): \(page)")
      logs += 1
    }
    #expect(logs >= (set == "ignored-batch" ? 9 : 30))
  }

  @Test("an epoch is explained from the pixel to the log")
  func epoch() throws {
    let folder = try Self.folder("partly-ignored", presets: "[torch.CrossEntropyLoss]")
    let ending = try folder.unmask("explain", "epoch", "--from", "out")
    #expect(ending.code == 0, "\(ending.error)")
    for text in [
      "From the pixel to the log: ce", "0.2007", "0.7310", "1.5500", "0.682703", "0.827263",
      "The last batch has 8 of 40 images",
    ] { #expect(ending.out.contains(text), "\(text): \(ending.out)") }
    #expect(
      try folder.unmask("explain", "epoch", "torch.CrossEntropyLoss", "--from", "out").out
        .contains("fastai.train"))
    let alone = try folder.unmask("explain", "epoch")
    #expect(alone.code == 2 || alone.code == 64)
    #expect(alone.error.contains("--from out"))
  }

  @Test("some of the batches, and multiples, are tried where nothing else gives the number")
  func parts() throws {
    let folder = try Self.folder("plain", presets: "[torch.CrossEntropyLoss]")
    for (number, text) in [
      ("0.460969", "the first 2 of 3 batches"), ("0.200720", "batch 1 of 3 alone"),
      ("3.340341", "4 times the number"),
    ] {
      let page = try folder.unmask("explain", "--printed", number, "--from", "out").out
      #expect(page.contains(text), "\(page)")
    }
    let none = try folder.unmask("explain", "--printed", "77.7", "--from", "out").out
    #expect(none.contains("The batches by the headline, in batches of 16: 0.201, 0.721, 1.58"))
  }
}
