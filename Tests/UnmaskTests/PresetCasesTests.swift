import Foundation
import Testing

/// What frameworks print where data have edges; each case ran the framework itself.
@Suite("Presets at their edges", .enabled(if: Cases.canBeMade, Cases.skipped))
struct PresetCasesTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var file = "pipeline.yml"
    var changes: [(old: String, new: String)] = []
    /// What each preset prints.
    var values: [String: Double]
    /// Those of which no number is given, with a part of the reason.
    var reasons: [String: String] = [:]
    /// Relative; the frameworks add in single precision.
    var tolerance = 1e-6
    var testDescription: String { "\(name), \(file)" }
  }

  @Test("have the framework's number, or say why there is none", arguments: cases)
  func presets(of example: Case) throws {
    let folder = try Cases.folder(example.name)
    var text = try folder.text(example.file)
    for (old, new) in example.changes {
      #expect(text.contains(old))
      text = text.replacing(old, with: new)
    }
    try folder.write(text, to: "pipeline.yml")
    let ending = try folder.unmask("run", "--out", "out")
    #expect(ending.code == 0, "\(ending.error)")
    let printed = try JSONDecoder().decode(
      Printed.self, from: Data(folder.bytes("out/report.json"))
    ).presets
    for (id, value) in example.values {
      let found = try #require(printed.first { $0.id == id }, "\(id)")
      let error = abs((found.value ?? .nan) - value)
      #expect(
        error <= example.tolerance * value, "\(id): \(found.value ?? .nan), and \(value) is right")
    }
    for (id, reason) in example.reasons {
      let found = try #require(printed.first { $0.id == id }, "\(id)")
      #expect(found.value == nil)
      #expect(found.undefined_reason?.contains(reason) == true, "\(found.undefined_reason ?? "")")
      #expect((found.state == "nan") == (found.undefined_reason?.hasPrefix("NaN") ?? false))
    }
  }

  private struct Printed: Decodable {
    var presets: [Value]

    struct Value: Decodable {
      var id: String
      var value: Double?
      var state: String?
      var undefined_reason: String?
    }
  }

  static let cases = [
    Case(
      name: "d-01-threshold-tie",
      values: [
        "keras.BinaryIoU": 0.31200954, "keras.BinaryAccuracy": 0.52832031,
        "smp.iou_score.macro": 0.29501209, "smp.iou_score.micro": 0.29500657,
        "smp.f1_score.macro": 0.45546636, "torchmetrics.MultilabelJaccardIndex.macro": 0.23890823,
        "monai.DiceMetric": 0.45470083,
      ]),
    Case(
      name: "d-01-threshold-tie", file: "logits.yml",
      values: [
        "keras.BinaryIoU": 0.29161204, "smp.iou_score.macro": 0.30427319,
        "torchmetrics.MultilabelJaccardIndex.macro": 0.21075651,
      ]),
    Case(
      name: "d-02-sklearn-logloss-dtype", values: ["sklearn.log_loss.multiclass": 1.3370050]),
    Case(
      name: "d-02-sklearn-logloss-dtype", changes: [("pred_f4", "pred_f8")],
      values: ["sklearn.log_loss.multiclass": 2.9466769]),
    Case(
      name: "d-02-sklearn-logloss-dtype", changes: [("pred_f4", "pred_f2")], values: [:],
      reasons: ["sklearn.log_loss.multiclass": "half precision"]),
    Case(
      name: "d-03-sklearn-logloss-unnormalised",
      values: [
        "sklearn.log_loss.multiclass": 0.51082562, "keras.categorical_crossentropy": 0.28768207,
      ]),
    Case(
      name: "d-04-keras-float64",
      values: [
        "keras.binary_crossentropy": 1.9048766, "keras.binary_focal_crossentropy": 1.9048765,
        "keras.BinaryCrossentropy.sum": 975.29681,
      ]),
    Case(
      name: "d-09-keras-zero-row",
      values: ["keras.sparse_categorical_crossentropy": 0.07703675],
      reasons: [
        "keras.categorical_crossentropy": "NaN", "keras.categorical_focal_crossentropy": "NaN",
      ]),
    Case(
      name: "d-17-torchmetrics-absent-class",
      values: [
        "torchmetrics.MulticlassAccuracy.macro": 0.53624439,
        "torchmetrics.MulticlassF1Score.macro": 0.56175274,
        "torchmetrics.MulticlassJaccardIndex.macro": 0.48537171,
        "torchmetrics.MulticlassPrecision.macro": 0.58980930,
        "torchmetrics.MulticlassRecall.macro": 0.53624439,
      ]),
    Case(
      name: "d-17-torchmetrics-absent-class", file: "multilabel.yml",
      values: [
        "torchmetrics.MultilabelAccuracy.macro": 0.90218097,
        "torchmetrics.MultilabelF1Score.macro": 0.42131457,
        "torchmetrics.MultilabelJaccardIndex.macro": 0.36402878,
        "torchmetrics.MultilabelPrecision.macro": 0.44235697,
        "torchmetrics.MultilabelRecall.macro": 0.40218329,
      ]),
    Case(
      name: "d-19-mmseg-dice",
      changes: [("mmseg.DiceLoss,", "mmseg.DiceLoss, mmseg.DiceLoss.softmax,")],
      values: [
        "mmseg.DiceLoss.softmax": 0.13049364, "mmseg.TverskyLoss": 0.28640780,
        "mmseg.CrossEntropyLoss": 0.40750530,
      ], reasons: ["mmseg.DiceLoss": "takes the sigmoid"]),
    Case(
      name: "d-19-mmseg-dice", file: "ignored.yml",
      changes: [("mmseg.DiceLoss,", "mmseg.DiceLoss, mmseg.DiceLoss.softmax,")],
      values: ["mmseg.TverskyLoss": 0.28740177, "mmseg.CrossEntropyLoss": 0.30649620],
      reasons: ["mmseg.DiceLoss.softmax": "ignored pixels"]),
    Case(
      name: "d-28-keras-ignored-by-weight",
      values: [
        "keras.sparse_categorical_crossentropy": 0.5808133,
        "keras.categorical_crossentropy": 0.5808133,
        "keras.sparse_categorical_crossentropy.ignore_class": 0.9272117,
      ]),
    Case(
      name: "07-all-void-batch",
      values: ["keras.sparse_categorical_crossentropy.ignore_class": 0.387161],
      reasons: ["torch.CrossEntropyLoss": "NaN: batch 6 of 12 (`0005`) has nothing to divide by"],
      tolerance: 2e-6),
    Case(
      name: "08-mmseg-average-over-void",
      values: [
        "mmseg.CrossEntropyLoss": 0.3158, "smp.SoftCrossEntropyLoss": 0.3158,
        "torch.CrossEntropyLoss": 0.4210, "mmseg.CrossEntropyLoss.avg_non_ignore": 0.4210,
      ], tolerance: 2e-4),
    Case(
      name: "02-ignored-background", changes: [], values: [:],
      reasons: ["huggingface.mean_iou": "stays a class", "mmseg.mIoU": "stays a class"]),
  ]
}
