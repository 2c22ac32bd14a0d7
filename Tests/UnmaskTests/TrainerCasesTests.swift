import Foundation
import Testing

/// Numbers of logs that people could not place; each case ran the trainers themselves.
@Suite("Numbers of logs", .enabled(if: Cases.canBeMade, Cases.skipped))
struct TrainerCasesTests {
  /// A number of a log, and what must be among those that print it.
  struct Log: CustomTestStringConvertible, Sendable {
    var folder: String
    var number: String
    var ways: [String]
    var testDescription: String { "\(folder): \(number)" }
  }

  static let logs = [
    Log(
      folder: "d-20-trainer-by-images", number: "0.9272117",
      ways: [
        "huggingface.eval", "fastai.valid", "ignite.Loss", "skorch", "lightning", "timm",
        "keras in",
        "torch.CrossEntropyLoss",
      ]),
    Log(
      folder: "d-20-trainer-by-images", number: "1.0116841",
      ways: ["smp.Epoch", "ultralytics", "nnunet", "torchmetrics.MeanMetric", "lightning.lists"]),
    Log(
      folder: "d-21-keras-two-outputs-tensorflow", number: "0.5965463",
      ways: ["keras.output", "keras.binary_crossentropy"]),
    Log(
      folder: "d-21-keras-two-outputs-tensorflow", number: "0.2041862",
      ways: ["keras.output", "keras.mean_squared_error"]),
    Log(
      folder: "d-22-some-batches-only", number: "0.9142385",
      ways: ["lightning.step", "keras.train_on_batch", "monai.StatsHandler"]),
    Log(
      folder: "d-22-some-batches-only", number: "0.4377002",
      ways: ["the first 2 of 3 batches", "limit_val_batches of 2", "drop_last"]),
    Log(
      folder: "d-22-some-batches-only", number: "0.2887672", ways: ["batch 1 of 3 alone"]),
    Log(
      folder: "d-25-keras-evaluate-sum-and-weights", number: "452.182",
      ways: ["Logged so by keras in", "keras.BinaryCrossentropy.sum"]),
    Log(
      folder: "d-25-keras-evaluate-sum-and-weights", number: "34.1125",
      ways: ["keras.BinaryCrossentropy.mean_with_sample_weight.images"]),
    Log(
      folder: "d-26-keras-weights-on-columns", number: "7.765267",
      ways: ["keras.binary_crossentropy.sample_weight"]),
    Log(
      folder: "d-28-keras-ignored-by-weight", number: "0.5808133",
      ways: ["keras.categorical_crossentropy", "keras.sparse_categorical_crossentropy"]),
    Log(
      folder: "d-28-keras-ignored-by-weight", number: "0.9272117",
      ways: ["keras.sparse_categorical_crossentropy.ignore_class"]),
  ]

  @Test("are found, with whom they are printed by", arguments: logs)
  func found(log: Log) throws {
    let folder = try Cases.folder(log.folder)
    #expect(try folder.unmask("run", "--out", "out").code == 0)
    let ending = try folder.unmask("explain", "--printed", log.number, "--from", "out")
    #expect(ending.code == 0, "\(ending.error)")
    for way in log.ways { #expect(ending.out.contains(way), "\(way): \(ending.out)") }
  }

  @Test("one weight an image is given as Keras takes it")
  func columns() throws {
    let page = try Folder().unmask("explain", "keras.binary_crossentropy.sample_weight").out
    #expect(page.contains("w of the shape (images, rows, columns)"))
    #expect(page.contains("w[:, None, None]"))
  }
}
