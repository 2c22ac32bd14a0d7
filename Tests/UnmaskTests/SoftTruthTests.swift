import Foundation
import Testing

/// A truth that several annotators share, or whose borders were smoothed.
@Suite("Soft truth")
struct SoftTruthTests {
  /// Four annotators: nobody, one, two, three, all.
  static let shares = [0, 0.25, 0.5, 0.75, 1, 1, 0.5, 0.25]

  @Test("is refused with the keys that read it, and each of them does")
  func refused() throws {
    let folder = try folder()
    let ending = try folder.unmask("run")
    #expect(ending.code == 4)
    #expect(
      ending.error == """
        truth/a.npy: the number at row 0, column 1 is no whole number, so not yes or no, as a truth must be
          if it is a soft truth, numbers from 0 to 1, say under decode what to do with it: soft_truth: true for \
        losses against it as it is, threshold_truth: 0.5 to cut it

        """)
    for remedy in ["soft_truth: true", "threshold_truth: 0.5"] {
      #expect(try self.folder(remedy).unmask("run").code == 0)
    }
  }

  @Test(
    "is true above threshold_truth", arguments: [("0.5", 3), ("0.25", 5), ("0.2", 7), ("0.75", 2)])
  func cut(threshold: String, truePixels: Int) throws {
    let folder = try folder("threshold_truth: \(threshold)")
    _ = try folder.unmask("run")
    let row = try folder.counts()[0].split(separator: " ")
    #expect(row[2] == "\(truePixels)")
  }

  @Test("levels of a PNG are shares; 0 and 1 alone are yes and no")
  func levels() throws {
    for (factor, truePixels) in [(28, 4), (255, 5)] {
      let drawing = factor == 28 ? "0259/4609" : "0011/0111"
      let folder = try folder("threshold_truth: 0.5", truth: "truth/{image}/{class}.png")
      try folder.write(gray(drawing, times: factor), to: "truth/a/road.png")
      _ = try folder.unmask("run")
      #expect(try folder.counts()[0].split(separator: " ")[2] == "\(truePixels)")
    }
    let bits = try folder("threshold_truth: 0.5", truth: "truth/{image}/{class}.png")
    try bits.write(gray("0011/0111"), to: "truth/a/road.png")
    _ = try bits.unmask("run")
    #expect(try bits.counts()[0].split(separator: " ")[2] == "5")
  }

  @Test("levels of 4 bits are shares of 15")
  func fewBits() throws {
    let folder = try folder("threshold_truth: 0.5", truth: "truth/{image}/{class}.png")
    // 0 2 7 9 and 4 8 0 15: above one half are 9, 8 and 15.
    try folder.write(png([[0x02, 0x79], [0x48, 0x0f]], depth: 4), to: "truth/a/road.png")
    _ = try folder.unmask("run")
    #expect(try folder.counts()[0].split(separator: " ")[2] == "3")
  }

  @Test("a share at threshold_truth is not above it, as the numbers of the file are rounded")
  func atTheCut() throws {
    let folder = try folder("threshold_truth: 0.1")
    // In single precision 0.1 is a little more.
    try folder.write(npy(.float32, [2, 4, 1], [0, 0.1, 0.1, 0.2, 1, 0, 0, 0]), to: "truth/a.npy")
    _ = try folder.unmask("run")
    #expect(try folder.counts()[0].split(separator: " ")[2] == "2")
  }

  @Test("a share outside 0…1, and a label map, are problems")
  func problems() throws {
    let folder = try folder("threshold_truth: 0.5")
    try folder.write(npy(.float32, [2, 4, 1], [0, 1, 2, 0, 0, 0, 0, 0]), to: "truth/a.npy")
    #expect(
      try folder.unmask("run").fault
        == "truth/a.npy: a soft truth lies in 0…1, but holds 2 (row 0, column 2)")
    let map = try LabelMaps.folder(
      LabelMaps.configuration("threshold_truth: 0.5"),
      ["pred/a.png": gray(LabelMaps.found), "truth/a.png": gray(LabelMaps.truth)])
    #expect(try map.unmask("run").fault == "truth/a.png: is a label map, which has no shares")
  }

  // MARK: - As it is

  /// Of the eight pixels, by the formula.
  static let crossEntropy: Double = {
    let found = [0.25, 0.25, 0.25, 0.75, 0.75, 0.75, 0.25, 0.25]
    return zip(shares, found).map { t, p in -t * log(p) - (1 - t) * log(1 - p) }.reduce(0, +) / 8
  }()

  @Test("is taken as it is by the losses, from floats and from levels")
  func taken() throws {
    let floats = try folder("soft_truth: true", measure: "[bce, iou]")
    let levels = try folder(
      "soft_truth: true", truth: "truth/{image}/{class}.png", measure: "[bce, iou]")
    try levels.write(png([[0, 51, 102, 204], [255, 255, 102, 51]]), to: "truth/a/road.png")
    let fifths = [0, 0.2, 0.4, 0.8, 1, 1, 0.4, 0.2]
    let found = [0.25, 0.25, 0.25, 0.75, 0.75, 0.75, 0.25, 0.25]
    let ofFifths =
      zip(fifths, found).map { t, p in -t * log(p) - (1 - t) * log(1 - p) }.reduce(0, +) / 8
    for (folder, expected) in [(floats, Self.crossEntropy), (levels, ofFifths)] {
      let ending = try folder.unmask("run", "--out", "out")
      #expect(ending.code == 0, "\(ending.error)")
      let answer = try folder.answer()
      #expect(abs((answer.means["bce"] ?? 0) - expected) < 1e-7)
      // Three are above 0.5 in the truth, and the same three are predicted.
      #expect(answer.iou["road"] == 1)
    }
  }

  @Test("decisions are compared with the truth above threshold_truth, which the report says")
  func decisions() throws {
    let folder = try folder("soft_truth: true\n  threshold_truth: 0.2", measure: "[bce, iou]")
    let ending = try folder.unmask("run", "--out", "out")
    #expect(
      ending.line("no verdict")
        == "the headline is against a soft truth, by which no class is judged")
    #expect(try folder.counts()[0].split(separator: " ")[2] == "7")
    #expect(
      try folder.text("out/report.md").contains(
        "soft truth: losses are against its shares; scores, curves and whatever counts true pixels are against the truth above 0.2"
      ))
    let score = try self.folder("soft_truth: true", measure: "[iou, bce]")
    #expect(try score.unmask("run", "--out", "out").line("no verdict") == nil)
  }

  @Test("jobs and tiles change no byte, and the evidence answers again")
  func reproducible() throws {
    let folder = try Folder()
    let pixels = 90 * 120
    for (image, name) in ["a", "b", "c"].enumerated() {
      let numbers = (0..<pixels).map { Double(($0 * 37 + image * 11) % 256) / 256 }
      let shares = (0..<pixels).map { Double(($0 / 7 + image) % 6) / 5 }
      try folder.write(npy(.float32, [90, 120, 1], numbers), to: "pred/\(name).npy")
      try folder.write(npy(.float32, [90, 120, 1], shares), to: "truth/\(name).npy")
    }
    try folder.write(
      configuration("soft_truth: true", measure: "[bce, soft-dice, iou]"), to: "pipeline.yml")
    #expect(try folder.unmask("run", "--out", "one", "--jobs", "1").code == 0)
    #expect(try folder.unmask("run", "--out", "many", "--jobs", "4").code == 0)
    #expect(try folder.unmask("report", "--from", "one", "--out", "again").code == 0)
    let one = try folder.reports(in: "one")
    #expect(try folder.reports(in: "many") == one)
    #expect(try folder.reports(in: "again") == one)
    // Another cut, or none, is another question.
    for (old, new) in [("soft_truth: true", "threshold_truth: 0.5")] {
      try folder.write(
        folder.text("pipeline.yml").replacing(old, with: new), to: "pipeline.yml")
      #expect(
        try folder.unmask("report", "--from", "one", "pipeline.yml", "--out", "cut").fault.contains(
          "was counted with losses against a soft truth, and this asks for losses against one that is cut"
        ))
    }
  }

  @Test(
    "what has no form for it is refused with the reason",
    arguments: [
      (["[focal]"], "'focal' has no form for a soft truth: it is not linear in the truth"),
      (["[mse]"], "'mse' has no form for a soft truth: it is not linear in the truth"),
      (["[sparse-ce]"], "'sparse-ce' has no form for a soft truth: it takes labels and no shares"),
    ])
  func refusals(measure: [String], fault: String) throws {
    let ending = try folder("soft_truth: true", measure: measure[0]).unmask("run")
    #expect(ending.code == 2)
    #expect(ending.fault.contains(fault), "\(ending.fault)")
  }

  @Test("keys that a soft truth has no meaning for are refused where they stand")
  func keys() throws {
    for (more, fault) in [
      ("resize: {truth: torch.nearest}", "the truth is resized as labels are"),
      ("sample_weight: {images: w.csv}", "weights of pixels are not counted with a soft truth"),
    ] {
      let isDecode = more.hasPrefix("resize")
      let folder = try folder("soft_truth: true\(isDecode ? "\n  \(more)" : "")", measure: "[bce]")
      if !isDecode {
        try folder.write(folder.text("pipeline.yml") + more + "\n", to: "pipeline.yml")
      }
      let ending = try folder.unmask("run")
      #expect(ending.code == 2)
      #expect(ending.error.contains(fault), "\(ending.error)")
    }
  }

  @Test("a chain that counts own pixels has no value, and says why")
  func chains() throws {
    let folder = try folder("soft_truth: true", measure: "[bce]")
    try folder.write(
      folder.text("pipeline.yml").replacing(
        "mean: ",
        with: "balanced: \"mean(pixel, by: balanced) > mean(class, image, batch)\"\n  mean: "),
      to: "pipeline.yml")
    #expect(try folder.unmask("run", "--out", "out").code == 0)
    #expect(
      try folder.text("out/report.md").contains(
        "weighs by a class's own pixels, and a soft truth has shares of pixels"))
  }

  @Test("maps and comparisons say that they do not read it")
  func others() throws {
    let folder = try folder("soft_truth: true", measure: "[bce]")
    let map = try folder.unmask("map", "--measure", "bce", "--image", "a", "--out", "m.png")
    #expect(
      map.fault.contains("a map shows the loss against a truth of yes and no"), "\(map.error)")
    #expect(try folder.unmask("run", "--out", "out").code == 0)
    let comparison = try folder.unmask("compare", "out", "out", "--out", "c")
    #expect(comparison.fault.contains("is against a soft truth in A"), "\(comparison.error)")
    #expect(try folder.unmask("explain", "--class", "road", "--from", "out").code == 0)
  }

  private func configuration(
    _ more: String, truth: String = "truth/{image}.npy", measure: String
  ) -> String {
    """
    version: 1
    decode:
      predictions: pred/{image}.npy
      truth: \(truth)
      kind: probabilities
      activation: sigmoid
      axes: {predictions: HWC}
      classes: [road]
      \(more)
    measure: \(measure)
    reduce:
      mean: "mean(class) > mean(pixel, image, batch)"
      all: "pool(batch, image, pixel) > score > mean(class)"

    """
  }

  private func folder(
    _ more: String, truth: String = "truth/{image}.npy", measure: String
  ) throws -> Folder {
    let folder = try self.folder(truth: truth)
    try folder.write(configuration(more, truth: truth, measure: measure), to: "pipeline.yml")
    return folder
  }

  private func folder(
    _ more: String = "", truth: String = "truth/{image}.npy"
  ) throws -> Folder {
    try LabelMaps.folder(
      LabelMaps.configuration(
        predictions: "pred/{image}.npy", truth: truth, classes: "[road]", "activation: sigmoid",
        more
      ).replacing("kind: labels", with: "kind: probabilities"),
      [
        "pred/a.npy": npy(.float32, [2, 4, 1], [0.25, 0.25, 0.25, 0.75, 0.75, 0.75, 0.25, 0.25]),
        "truth/a.npy": npy(.float32, [2, 4, 1], Self.shares),
      ])
  }
}
