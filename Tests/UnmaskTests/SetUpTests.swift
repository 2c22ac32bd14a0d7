import Foundation
import Testing

/// What people set up wrong: each is said in the first lines, with what to write, and the run with
/// that written is right.
@Suite("The set-up")
struct SetUpTests {
  // MARK: Label maps

  @Test(
    "numbers that differ between the sides are an error, and the lines that are given mend it",
    arguments: [
      // Label ids against train ids; the truth from 1; the list of the predictions' numbers.
      ([7, 8, 11], [0, 1, 2], [7, 8, 11], "otherwise"),
      ([1, 2, 3], [0, 1, 2], [1, 2, 3], "less 1"),
      ([0, 1, 2], [1, 2, 3], [0, 1, 2], "plus 1"),
      ([4, 2, 9], [9, 4, 2], [4, 2, 9], "otherwise"),
    ])
  func numbers(truth: [Int], predicted: [Int], listed: [Int], words: String) throws {
    let folder = try Scenes.folder(Scenes.labels(listed))
    try Scenes.write(folder, truth: { truth[$0] }, predicted: { predicted[$0] })
    let wrong = try folder.unmask("run")
    #expect(wrong.code == 4)
    #expect(wrong.out.hasPrefix("SET-UP"))
    #expect(wrong.line("SET-UP")?.contains(words) == true, "\(wrong.out)")
    #expect(try folder.text("out/report.md").hasPrefix("# 🛑 Set-up: "))
  }

  @Test("rows and columns that were exchanged, or reversed, are named and can be said")
  func turned() throws {
    for (name, turn) in Scenes.turns {
      let folder = try Scenes.folder(Scenes.labels([0, 1, 2]))
      try Scenes.write(folder)
      #expect(try folder.unmask("run", "--out", "right").code == 0)
      try Scenes.write(folder, turn: turn)
      let wrong = try folder.unmask("run")
      #expect(wrong.code == 4)
      #expect(wrong.out.contains("orientation: {predictions: \(name)}"), "\(name): \(wrong.out)")
      try folder.write(
        Scenes.labels([0, 1, 2], "orientation: {predictions: \(name)}"), to: "pipeline.yml")
      #expect(try folder.unmask("run").code == 0)
      #expect(try folder.text("out/classes.csv") == folder.text("right/classes.csv"))
      #expect(
        try folder.unmask("report", "--from", "out", "pipeline.yml", "--out", "again").code == 0)
      #expect(try folder.reports(in: "again") == folder.reports(in: "out"))
    }
  }

  @Test("planes in another order than the classes, and planes of where a class is not")
  func planesOfOthers() throws {
    let folder = try Folder()
    let side = 32
    func disc(_ image: Int, _ c: Int, _ row: Int, _ column: Int) -> Bool {
      let (y, x) = (10 + (image * 5 + c * 7) % 12, 10 + (image * 3 + c * 11) % 12)
      return (row - y) * (row - y) + (column - x) * (column - x) < 64 + 12 * c
    }
    func planes(_ value: (Int, Int, Int, Int) -> Double) -> [Double] {
      (0..<6).flatMap { image in
        (0..<side * side).flatMap { pixel in
          (0..<3).map { value(image, $0, pixel / side, pixel % side) }
        }
      }
    }
    let shape = [6, side, side, 3]
    try folder.write(npy(.uint8, shape, planes { disc($0, $1, $2, $3) ? 1 : 0 }), to: "truth.npy")
    func p(_ image: Int, _ c: Int, _ row: Int, _ column: Int) -> Double {
      let noise = Double((row * 7 + column * 13 + image) % 10) / 25
      return disc(image, c, row, column) ? 0.95 - noise : 0.05 + noise
    }
    try folder.write(
      """
      version: 1
      decode:
        predictions: pred.npy
        truth: truth.npy
        kind: probabilities
        activation: sigmoid
        axes: NHWC
        classes: [a, b, c]
      measure: [iou]
      reduce: {miou: "pool(batch, image, pixel) > score > mean(class)"}
      """, to: "pipeline.yml")
    try folder.write(npy(.float32, shape, planes(p)), to: "pred.npy")
    #expect(try folder.unmask("run").code == 0)
    try folder.write(
      npy(.float32, shape, planes { p($0, ($1 + 1) % 3, $2, $3) }), to: "pred.npy")
    let permuted = try folder.unmask("run")
    #expect(permuted.code == 4)
    #expect(
      permuted.line("SET-UP") == "the predicted planes are in another order than the classes")
    #expect(permuted.out.contains("in the order of the predictions' planes: b, c, a;"))
    try folder.write(npy(.float32, shape, planes { 1 - p($0, $1, $2, $3) }), to: "pred.npy")
    let inverted = try folder.unmask("run")
    #expect(inverted.code == 4)
    #expect(inverted.line("SET-UP") == "the predictions of a, b and c are inverted")
  }

  @Test("one number that no class has, where a class is that is never predicted, is that class")
  func strayNumber() throws {
    let folder = try Scenes.folder(Scenes.labels([0, 1, 2]))
    try Scenes.write(folder, predicted: { [0, 1, 255][$0] })
    let wrong = try folder.unmask("run")
    #expect(wrong.code == 4)
    #expect(
      wrong.out.contains("- {name: c2, value: {truth: 2, predictions: 255}}"), "\(wrong.out)")
  }

  @Test("a class in no truth is a warning that names the ignored label which may be it")
  func voidIsTheClass() throws {
    let folder = try Scenes.folder(Scenes.labels([0, 1], "ignore: 255"))
    try Scenes.write(folder, truth: { [0, 255, 0][$0] }, predicted: { [0, 1, 0][$0] })
    let ending = try folder.unmask("run")
    #expect(ending.code == 0)
    #expect(ending.line("set-up") == "c1 is in no truth: ignored label 255 may be it")
    #expect(!ending.out.contains("OK "))
    #expect(try folder.text("out/report.md").hasPrefix("# ⚠️ Set-up: c1 is in no truth"))
  }

  @Test("objects that are numbered and ignored are an error")
  func instances() throws {
    for (times, encoding) in [(1000, "cityscapes-instances"), (256, "kitti-instances")] {
      let folder = try Scenes.folder(Scenes.labels([11, 12, 26], "ignore: unlisted"))
      try Scenes.write(
        folder, truth: { [11, 12, 26][$0] * ($0 == 2 ? times : 1) },
        predicted: { [11, 12, 26][$0] },
        object: true)
      let ending = try folder.unmask("run")
      #expect(ending.code == 4)
      #expect(ending.line("SET-UP") == "the truth numbers objects, and they are ignored")
      #expect(ending.out.contains("encoding: {truth: \(encoding)}"))
    }
  }

  @Test("a list that is one short is an error where both sides have the label behind it")
  func shortList() throws {
    let folder = try Scenes.folder(Scenes.labels([0, 1], "ignore: unlisted"))
    try Scenes.write(folder)
    let ending = try folder.unmask("run")
    #expect(ending.code == 4)
    #expect(ending.line("SET-UP") == "the class list is one short: does 0 mean background?")
    #expect(ending.out.contains("classes: [background, c0, c1]"))
  }

  @Test("labels that mean another class in each file are an error that names the files")
  func numbersByFile() throws {
    let folder = try Scenes.folder(Scenes.labels([0, 1, 2]))
    let orders = [[0, 1, 2], [1, 2, 0], [2, 0, 1], [0, 2, 1]]
    try Scenes.write(folder, byFile: { orders[$0 % 4][$1] })
    let ending = try folder.unmask("run")
    #expect(ending.code == 4)
    #expect(ending.line("SET-UP") == "labels mean another class from file to file")
  }

  @Test("what is meant so is accepted, and the report made")
  func accepted() throws {
    let folder = try Scenes.folder(
      Scenes.labels([7, 8, 11], top: "accept: [shuffled-labels, unlisted-predictions]"))
    try Scenes.write(folder, truth: { [7, 8, 11][$0] }, predicted: { $0 })
    let ending = try folder.unmask("run")
    #expect(ending.code == 0)
    #expect(ending.out.hasPrefix("EXPOSED"))
    #expect(try folder.text("out/report.md").contains("Accepted (`shuffled-labels`)"))
  }

  @Test(
    "a model that says one class everywhere, or takes one for another, is a model and no set-up")
  func poor() throws {
    for found in [[1, 1, 1], [0, 1, 1], [2, 1, 2]] {
      let folder = try Scenes.folder(Scenes.labels([0, 1, 2]))
      try Scenes.write(folder, predicted: { found[$0] })
      let ending = try folder.unmask("run")
      #expect(ending.code == 0, "\(found): \(ending.out)")
    }
  }

  @Test("the least number that a label map can hold is no class, however labels are coded")
  func leastNumber() throws {
    let folder = try Scenes.folder(
      Scenes.labels(
        [0, 1], "ignore: unlisted", "reduce_zero_label: {truth: true, predictions: true}"
      )
      .replacing(".png", with: ".npy"))
    let least = Double(Int64.min)
    for side in ["pred", "truth"] {
      try folder.write(npy(.int64, [2, 3], [0, 1, 2, 1, 2, least]), to: "\(side)/a.npy")
    }
    let ending = try folder.unmask("run")
    #expect(ending.code == 0, "\(ending.error)\(ending.out)")
    #expect(ending.line("headline")?.hasPrefix("iou by all = 1, ") == true)
  }

  // MARK: Probabilities

  @Test(
    "probabilities called logits, and softmax called sigmoid or the reverse",
    arguments: [
      (true, "logits", "softmax", "kind: probabilities"),
      (false, "logits", "sigmoid", "kind: probabilities"),
      (true, "probabilities", "sigmoid", "activation: softmax"),
      (false, "probabilities", "softmax", "activation: sigmoid"),
    ])
  func activation(isSoftmax: Bool, kind: String, activation: String, remedy: String) throws {
    let folder = try Scenes.folder(Scenes.planes(kind, activation))
    try Scenes.writePlanes(folder, isSoftmax: isSoftmax)
    let wrong = try folder.unmask("run")
    #expect(wrong.code == 4)
    #expect(wrong.out.hasPrefix("SET-UP"))
    #expect(wrong.out.contains("\n                \(remedy)\n"), "\(wrong.out)")
    try folder.write(
      Scenes.planes("probabilities", isSoftmax ? "softmax" : "sigmoid"), to: "pipeline.yml")
    #expect(try folder.unmask("run").code == 0)
  }

  @Test(
    "numbers in 0…1 are called probabilities only where they look so",
    arguments: [("relu", Int32(0)), ("sigmoid", 4), ("softmax", 4)])
  func unitLogits(form: String, code: Int32) throws {
    let folder = try Scenes.folder(Scenes.planes("logits", "sigmoid"))
    try Scenes.writeLogits(folder) { z in
      switch form {
      // Zeros where a ReLU cuts, and its largest is 0.98.
      case "relu": z.map { max(0, $0) / 6 }
      case "sigmoid": z.map { 1 / (1 + exp(-$0)) }
      default: Scenes.softmax(z)
      }
    }
    let ending = try folder.unmask("run")
    #expect(ending.code == code, "\(ending.out)")
    #expect(
      code == 4
        ? ending.line("SET-UP") == "the predictions are probabilities, not logits"
        : ending.line("set-up") == "all logits lie between 0 and 1, as probabilities do")
  }

  @Test("a log-softmax that is called a sigmoid's logits is an error, and a softmax of it is right")
  func logSoftmax() throws {
    let folder = try Scenes.folder(Scenes.planes("logits", "sigmoid"))
    try Scenes.writeLogits(folder) { Scenes.softmax($0).map { log($0) } }
    let ending = try folder.unmask("run")
    #expect(ending.code == 4)
    #expect(
      ending.line("SET-UP") == "the logits are those of a softmax: a log-softmax was saved")
    #expect(ending.out.contains("activation: softmax"))
    try folder.write(Scenes.planes("logits", "softmax"), to: "pipeline.yml")
    #expect(try folder.unmask("run").code == 0)
    let found = try folder.text("out/classes.csv")
    try Scenes.writeLogits(folder) { $0 }
    #expect(try folder.unmask("run").code == 0)
    #expect(try folder.text("out/classes.csv") == found)
    // Logarithms of sigmoids are not above 0 either, and sum to something else.
    try folder.write(Scenes.planes("logits", "sigmoid"), to: "pipeline.yml")
    try Scenes.writeLogits(folder) { $0.map { -log(1 + exp(-$0)) } }
    #expect(try folder.unmask("run").code == 0)
  }

  @Test("a softmax that was cut off at both ends is a warning, and a sigmoid so cut an error")
  func clipped() throws {
    let folder = try Scenes.folder(Scenes.planes("probabilities", "softmax"))
    try Scenes.writeLogits(folder) { Scenes.softmax($0).map { min(0.95, max(0.05, $0)) } }
    let softmax = try folder.unmask("run")
    #expect(softmax.code == 0, "\(softmax.out)")
    #expect(softmax.line("set-up") == "the probabilities were cut off at 0.0500 and 0.950")
    try Scenes.writeLogits(folder) {
      $0.map { min(0.95, max(0.05, 1 / (1 + exp(-$0 - 1)))) }
    }
    #expect(
      try folder.unmask("run").line("SET-UP")
        == "the classes do not exclude each other: this is no softmax")
  }

  @Test("planes on another scale: masks, 8 bits in 16, stretched")
  func levels() throws {
    func ending(_ level: (Int) -> Int, depth: Int = 8) throws -> Ending {
      let folder = try Street.folder()
      for (name, _, found) in Street.drawings {
        let rows = drawn(found).map { $0.flatMap { bytes(level($0), depth / 8) } }
        try folder.write(png(rows, depth: depth), to: "pred/\(name).png")
      }
      return try folder.unmask("run")
    }
    let masks = try ending { $0 > 4 ? 1 : 0 }
    #expect(masks.code == 4)
    #expect(
      masks.line("SET-UP") == "the predictions are masks or labels, not probabilities")
    #expect(masks.out.contains("kind: labels"))
    let wide = try ending({ $0 * 28 }, depth: 16)
    #expect(wide.code == 0)
    #expect(wide.line("set-up") == "16-bit planes hold 8-bit levels")
    let low = try ending { $0 * 2 }
    #expect(low.line("set-up") == "the planes use the lowest levels only")
  }

  private func bytes(_ number: Int, _ size: Int) -> [UInt8] {
    (0..<size).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
}
