import Testing

/// What people brought, and the answer that each case works out for itself.
@Suite("Cases that people brought", .enabled(if: Cases.canBeMade, Cases.skipped))
struct CasesTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    /// The configuration among the case's own.
    var file = "pipeline.yml"
    /// What is written in place of what: what the case's report asks for.
    var changes: [(old: String, new: String)] = []
    var headline: Double
    var iou: [String: Double] = [:]
    /// What the chain `mean` gives of a measure.
    var mean: [String: Double] = [:]
    /// The digits to which the case prints them.
    var digits = 1e-4
    var testDescription: String { "\(name), \(file)" }
  }

  @Test("have their right answer", arguments: cases)
  func answers(of example: Case) throws {
    let folder = try Cases.folder(example.name)
    var text = try folder.text(example.file)
    for (old, new) in example.changes {
      #expect(text.contains(old))
      text = text.replacing(old, with: new)
    }
    try folder.write(text, to: "pipeline.yml")
    let ending = try folder.unmask("run", "--out", "out")
    #expect(ending.code == 0, "\(ending.error)")
    let answer = try folder.answer()
    #expect(isNear(answer.headline, example.headline, example.digits))
    for (name, mean) in example.mean {
      #expect(isNear(answer.means[name], mean, example.digits))
    }
    for (name, iou) in example.iou { #expect(isNear(answer.iou[name], iou, example.digits)) }
  }

  private func isNear(_ value: Double?, _ printed: Double, _ digits: Double) -> Bool {
    value.map { abs($0 - printed) <= digits / 2 } ?? false
  }

  static let cases = [
    Case(
      name: "09-train-ids-against-label-ids", file: "pipeline-guess.yml", headline: 0.7714,
      iou: ["road": 0.9233, "sidewalk": 0.6519, "building": 0.7388]),
    Case(
      // False alarms on the background count, and it is in no mean.
      name: "02-ignored-background",
      changes: [
        (
          "classes: [{name: a, value: 1}, {name: b, value: 2}]\n  ignore: 0",
          "classes: [{name: background, value: 0}, {name: a, value: 1}, {name: b, value: 2}]"
        ),
        ("measure: [iou", "not_averaged: background\nmeasure: [iou"),
        ("huggingface.mean_iou, ", ""),
      ], headline: 0.4484, iou: ["background": 0.4921, "a": 0.1580, "b": 0.7388]),
    Case(
      // Its wish: the loss against the shares, and IoU against the truth that is cut.
      name: "17-soft-truth", changes: [("axes: NHWC", "axes: NHWC\n  soft_truth: true")],
      headline: 0.3691, mean: ["bce": 0.3677]),
    Case(
      name: "10-merged-classes", headline: 0.8672,
      iou: ["background": 0.9098, "vehicle": 0.8246]),
    Case(
      name: "d-35-numbers-by-side",
      changes: [
        (
          "[building, car, pole, road, sky]",
          "[building, car, pole, road, sky]\n  reduce_zero_label: true"
        )
      ], headline: 0.751300,
      iou: ["building": 0.852186, "car": 0.695133, "pole": 0.305589, "road": 0.954063], digits: 1e-6
    ),
    Case(
      name: "d-35-numbers-by-side",
      changes: [
        (
          "[building, car, pole, road, sky]",
          "[{name: building, value: {truth: 1}}, {name: car, value: {truth: 2}}, {name: pole, value: {truth: 3}}, {name: road, value: {truth: 4}}, {name: sky, value: {truth: 5}}]"
        ), ("unlisted", "0"),
      ], headline: 0.751300, iou: ["sky": 0.949531], digits: 1e-6),
    Case(
      name: "d-33-instance-ids-unlisted",
      changes: [("ignore: unlisted", "ignore: 0\n  encoding: {truth: cityscapes-instances}")],
      headline: 0.722871,
      iou: ["building": 0.823500, "car": 0.679982, "pole": 0.263971, "sky": 0.919203], digits: 1e-6),
    Case(name: "d-05-grey-palette-permuted", headline: 0.922571614, digits: 1e-8),
    Case(name: "d-07-palette-compacted-labels", headline: 0.861270714, digits: 1e-8),
    Case(name: "11-singleton-axes", headline: 0.6412),
    Case(name: "11-singleton-axes", file: "pipeline-one.yml", headline: 0.6412),
    Case(name: "11-singleton-axes", file: "pipeline-n1hw.yml", headline: 0.6412),
    Case(
      name: "11-singleton-axes", file: "pipeline-nhw1.yml", headline: 0.6412,
      iou: ["background": 0.8538, "a": 0.4775, "b": 0.5924]),
    Case(
      // In double precision; the case prints what single precision makes of it, 0.14310085.
      name: "d-10-nnunet-npz", headline: 0.14310083447,
      iou: ["background": 1, "a": 1, "b": 1], digits: 1e-10),
    Case(
      name: "16-just-outside-one", headline: 0.6409,
      iou: ["background": 0.8538, "a": 0.4769, "b": 0.5921]),
    Case(
      name: "17-soft-truth", changes: [("axes: NHWC", "axes: NHWC\n  threshold_truth: 0.5")],
      headline: 0.3691),
    Case(
      name: "21-minus-infinity", headline: 0.6519,
      iou: ["background": 0.8761, "a": 0.4856, "b": 0.5941], mean: ["ce": 0.3629]),
    Case(name: "22-grey-saved-as-rgb", headline: 0.7714, iou: ["a": 0.6519, "b": 0.7388]),
    Case(
      name: "22-grey-saved-as-rgb", file: "pipeline-masks.yml", headline: 0.69535,
      iou: ["a": 0.6519, "b": 0.7388]),
    Case(
      name: "14-parts-and-absent-files",
      changes: [
        ("kind: labels", "kind: labels\n  parts: {truth: union}\n  absent: {truth: empty}")
      ],
      headline: 0.6585, iou: ["a": 0.6519, "b": 0.6651]),
    Case(
      name: "14-parts-and-absent-files", file: "pipeline-whole.yml",
      changes: [("kind: labels", "kind: labels\n  absent: empty")], headline: 0.6585),
    Case(
      name: "d-32-label-studio-regions",
      changes: [("kind: labels", "kind: labels\n  parts: union\n  absent: empty")],
      headline: 0.655988,
      iou: [
        "building": 0.793202, "car": 0.628875, "pole": 0.239224, "road": 0.859081, "sky": 0.759560,
      ], digits: 1e-6),
    Case(
      name: "13-field-of-view",
      changes: [
        ("sample_weight: {pixels: \"fov/{image}.png\"}\n", ""),
        ("kind: probabilities", "kind: probabilities\n  valid: 'fov/{image}.png'"),
      ], headline: 0.1920, mean: ["bce": 0.6415]),
  ]
}
