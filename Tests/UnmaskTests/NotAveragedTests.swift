import Foundation
import Testing

/// A background: its pixels count, and it is in no mean.
@Suite("Classes that are evaluated and not averaged")
struct NotAveragedTests {
  // Background: 4 true, 2 found, 2 both. Car: 2, 3, 1. Pole: 2, 3, 2.
  static let truth = "0012/0012"
  static let found = "0112/1022"

  static func configuration(_ more: String, decode: String = "") -> String {
    """
    version: 1
    decode:
      predictions: 'pred/{image}.png'
      truth: 'truth/{image}.png'
      kind: labels
      classes: [background, car, pole]
      \(decode)
    measure: [iou]
    reduce:
      mean: "pool(batch, image, pixel) > score > mean(class)"
      pooled: "pool(batch, image, pixel, class) > score"
      worst: "pool(batch, image, pixel) > score > min(class)"
      sum: "pool(batch, image, pixel) > score > sum(class)"
      weighed: "pool(batch, image, pixel) > score > mean(class, by: truth)"
      each: "pool(batch, image, pixel) > score"
    presets: [torchmetrics.MeanIoU, mmseg.mIoU, torchmetrics.MulticlassF1Score.micro]
    \(more)

    """
  }

  private func folder(_ configuration: String) throws -> Folder {
    try LabelMaps.folder(
      configuration, ["pred/a.png": gray(Self.found), "truth/a.png": gray(Self.truth)])
  }

  @Test("have no part where classes are combined, in chains, pools and presets")
  func combined() throws {
    let folder = try folder(Self.configuration("not_averaged: background"))
    #expect(try folder.unmask("run").code == 0)
    let (car, pole) = (1.0 / 4, 2.0 / 3)
    let found = try folder.values()
    #expect(try #require(found["mean"]).isNear((car + pole) / 2))
    // What is predicted on the background stays a false alarm.
    #expect(try #require(found["pooled"]).isNear(3.0 / 7))
    #expect(try #require(found["worst"]).isNear(car))
    #expect(try #require(found["sum"]).isNear(car + pole))
    #expect(try #require(found["weighed"]).isNear((2 * car + 2 * pole) / 4))
    #expect(try #require(found["torchmetrics.MeanIoU"]).isNear((car + pole) / 2))
    #expect(try #require(found["mmseg.mIoU"]).isNear((car + pole) / 2))
    #expect(found["torchmetrics.MulticlassF1Score.micro"] == nil)
    let all = try self.folder(Self.configuration(""))
    #expect(try all.unmask("run").code == 0)
    #expect(try #require(all.values()["mean"]).isNear((0.5 + car + pole) / 3))
    let ignored = try self.folder(
      Self.configuration(
        "", decode: "ignore: 0"
      ).replacing(
        "[background, car, pole]", with: "[{name: car, value: 1}, {name: pole, value: 2}]"))
    #expect(try ignored.unmask("run").code == 0)
    // There false alarms on it are none: car 1 of 2, pole 2 of 3.
    #expect(try #require(ignored.values()["mean"]).isNear((1.0 / 2 + pole) / 2))
  }

  @Test("keep their own score and have no verdict, and the evidence answers with and without")
  func shown() throws {
    let folder = try folder(Self.configuration("not_averaged: [background]"))
    #expect(try folder.unmask("run").code == 0)
    #expect(try folder.classes("state")[0] == "not_averaged")
    let answer = try folder.answer()
    #expect(try #require(answer.iou["background"]).isNear(0.5))
    let report = try folder.text("out/report.md")
    #expect(report.contains("not averaged: background; what is predicted there is a false alarm"))
    try folder.write(Self.configuration(""), to: "all.yml")
    let again = try folder.unmask("report", "--from", "out", "all.yml", "--out", "again")
    #expect(again.code == 0, "\(again.error)")
    #expect(try #require(folder.values(in: "again")["mean"]).isNear((0.5 + 1.0 / 4 + 2.0 / 3) / 3))
    #expect(try folder.classes("state", in: "again")[0] == "low_support")
  }

  @Test("are left out of losses: the terms of all pixels, and those of a pixel's true class")
  func losses() throws {
    // Two pixels, of the background and of the car.
    let p = [[0.5, 0.3, 0.2], [0.1, 0.6, 0.3]]
    let folder = try Folder()
    try folder.write(npy(.float32, [1, 2, 3], p.flatMap(\.self)), to: "pred/a.npy")
    try folder.write(npy(.uint8, [1, 2], [0, 1]), to: "truth/a.npy")
    func configuration(_ activation: String, _ measure: String) -> String {
      """
      version: 1
      decode: {predictions: 'pred/{image}.npy', truth: 'truth/{image}.npy', kind: probabilities, activation: \(activation), axes: {predictions: HWC, truth: HW}, classes: [background, car, pole]}
      measure: [\(measure)]
      reduce: {mean: "mean(class) > mean(pixel, image, batch)", joint: "mean(class, pixel, image, batch)", late: "mean(pixel, image, batch) > mean(class)"}
      not_averaged: background
      accept: [wrong-activation]

      """
    }
    try folder.write(configuration("sigmoid", "bce"), to: "pipeline.yml")
    _ = try folder.unmask("run")
    let terms = [-log(1 - 0.3), -log(1 - 0.2), -log(0.6), -log(1 - 0.3)]
    for name in ["mean", "joint", "late"] {
      let value = try #require(folder.values()[name])
      #expect((value - terms.reduce(0, +) / 4).magnitude < 1e-6, "\(name): \(value)")
    }
    try folder.write(configuration("softmax", "ce"), to: "pipeline.yml")
    _ = try folder.unmask("run")
    for name in ["mean", "joint", "late"] {
      let value = try #require(folder.values()[name])
      #expect((value + log(0.6)).magnitude < 1e-6, "\(name): \(value)")
    }
  }

  @Test("are named as the list has them, and one class at least is averaged")
  func mistakes() throws {
    let unknown = try folder(Self.configuration("not_averaged: backgruond")).unmask("run")
    #expect(unknown.code == 2)
    #expect(unknown.fault.contains("no class is called 'backgruond'"))
    #expect(unknown.error.contains("did you mean 'background'?"))
    let none = try folder(Self.configuration("not_averaged: [background, car, pole]"))
      .unmask("run")
    #expect(none.code == 2)
    #expect(none.fault.contains("no class is left to be averaged"))
  }

  @Test("work with a class list by name, and with other numbers on each side")
  func lists() throws {
    let voc = try folder(
      Self.configuration("not_averaged: background")
        .replacing("[background, car, pole]", with: "voc"))
    #expect(try voc.unmask("run").code == 0)
    // VOC's 1 and 2 are aeroplane and bicycle; classes that are nowhere are left out.
    #expect(try #require(voc.values()["mean"]).isNear((1.0 / 4 + 2.0 / 3) / 2))
    let sides = try LabelMaps.folder(
      Self.configuration("not_averaged: background").replacing(
        "[background, car, pole]",
        with:
          "[{name: background, value: {truth: 7, predictions: 0}}, {name: car, value: {truth: 8, predictions: 1}}, {name: pole, value: {truth: 9, predictions: 2}}]"
      ),
      ["pred/a.png": gray(Self.found), "truth/a.png": gray("7789/7789")])
    #expect(try sides.unmask("run").code == 0)
    #expect(try #require(sides.values()["mean"]).isNear((1.0 / 4 + 2.0 / 3) / 2))
  }
}

extension Double {
  fileprivate func isNear(_ other: Double) -> Bool { (self - other).magnitude < 1e-12 }
}

extension Folder {
  /// The values of chains and presets by their names, as report.json has them.
  fileprivate func values(in directory: String = "out") throws -> [String: Double] {
    struct Answer: Decodable {
      var reductions: [Reduced]
      var presets: [Printed]
      struct Reduced: Decodable {
        var reduction: String
        var value: Double?
      }
      struct Printed: Decodable {
        var id: String
        var value: Double?
      }
    }
    let report = try JSONDecoder().decode(
      Answer.self, from: Data(bytes("\(directory)/report.json")))
    var values: [String: Double] = [:]
    for entry in report.reductions { values[entry.reduction] = entry.value }
    for entry in report.presets { values[entry.id] = entry.value }
    return values
  }
}
