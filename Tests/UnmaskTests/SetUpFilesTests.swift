import Foundation
import Testing

/// What is wrong with some files only, or with which file goes with which.
@Suite("The set-up, file by file")
struct SetUpFilesTests {
  @Test(
    "predictions on the truth of another image are an error that names some",
    arguments: [
      (1, "the predictions lie on the truth of the next image", "`10` on `11`"),
      (-1, "the predictions lie on the truth of the previous image", "`11` on `10`"),
      (5, "the predictions lie on the truth of other images", "`10` on `15`"),
    ])
  func pairing(shift: Int, title: String, example: String) throws {
    let folder = try Scenes.folder(Scenes.labels([0, 1, 2]))
    try Scenes.write(folder, predictedFrom: { ($0 + shift + Scenes.images) % Scenes.images })
    let wrong = try folder.unmask("run")
    #expect(wrong.code == 0 || wrong.code == 4)
    // These scenes are much alike; only of neighbours is what they have of each other steady enough.
    #expect(wrong.out.contains("lie on the truth") == (shift.magnitude == 1))
    let other = try Blocks.folder()
    try Blocks.write(other, predictedFrom: { ($0 + shift + 12) % 12 })
    let ending = try other.unmask("run")
    #expect(ending.code == 4)
    #expect(ending.line("SET-UP") == title)
    let report = try other.text("out/report.md")
    #expect(report.contains(example), "\(report)")
    try Blocks.write(other)
    #expect(try other.unmask("run").code == 0)
  }

  @Test("labels that are moved in some files only are named: few as a warning, many as an error")
  func moved() throws {
    for (files, code) in [([3], Int32(0)), ([1, 4, 7], 4)] {
      let folder = try Blocks.folder(images: 20)
      try Blocks.write(folder, images: 20, predicted: { files.contains($0) ? $1 + 1 : $1 })
      let ending = try folder.unmask("run")
      #expect(ending.code == code, "\(ending.out)")
      if code == 0 {
        #expect(ending.line("set-up") == "labels mean another class in `13`")
      } else {
        #expect(ending.line("SET-UP") == "labels mean another class from file to file")
        #expect(
          try folder.text("out/report.md").contains("In 3 of 20 images (`11`, `14` and `17`)"))
      }
    }
  }

  @Test("two of many classes that stand for each other are an error, and its lines mend it")
  func exchanged() throws {
    let folder = try Blocks.folder(classes: 19, images: 8)
    try Blocks.write(folder, classes: 19, images: 8)
    #expect(try folder.unmask("run", "--out", "right").code == 0)
    try Blocks.write(
      folder, classes: 19, images: 8, predicted: { $1 == 11 ? 12 : $1 == 12 ? 11 : $1 })
    let ending = try folder.unmask("run")
    #expect(ending.code == 4, "\(ending.out)")
    #expect(
      ending.line("SET-UP") == "the predictions number the classes otherwise than the truth")
    let lines = ending.out.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    let items = lines.filter { $0.hasPrefix("- {name: ") }
    #expect(items.contains("- {name: c11, value: {truth: 11, predictions: 12}}"))
    let list = items.map { String($0.dropFirst(2)) }.joined(separator: ", ")
    try folder.write(
      Blocks.configuration(classes: "[\(list)]"), to: "pipeline.yml")
    #expect(try folder.unmask("run").code == 0)
    #expect(try folder.text("out/classes.csv") == folder.text("right/classes.csv"))
    // A model that takes one of them for the other is a model.
    try Blocks.write(folder, classes: 19, images: 8, predicted: { $1 == 11 ? 12 : $1 })
    try folder.write(Blocks.configuration(classes: Blocks.list(19)), to: "pipeline.yml")
    #expect(try folder.unmask("run").code == 0)
  }

  @Test("where half of the predictions are upside down these are named, and nothing else is said")
  func half() throws {
    let folder = try Scenes.folder(Scenes.labels([0, 1, 2]))
    let turn = try #require(Scenes.turns.first { $0.name == "upside-down" })
    try Scenes.write(folder, turn: turn.from, turned: { $0 % 2 == 1 })
    let ending = try folder.unmask("run")
    #expect(ending.code == 4)
    #expect(ending.line("SET-UP") == "some of the predictions are upside down")
    #expect(!ending.out.contains("from file to file"))
    let report = try folder.text("out/report.md")
    #expect(report.contains("In 6 of 12 images that were looked at (`11`, `13`, `15`"), "\(report)")
  }

  @Test("an ignored label that may be the class is named, whatever the predictions hold")
  func ignoredClass() throws {
    func ending(_ more: String, _ classes: String, _ write: (Folder) throws -> Void) throws
      -> (Folder, Ending)
    {
      let folder = try LabelMaps.folder(
        LabelMaps.configuration(classes: classes, more), ["truth/a.png": mask])
      try write(folder)
      return (folder, try folder.unmask("run"))
    }
    let mask = gray(LabelMaps.truth, times: 255)
    let both = try ending("ignore: 255", "[ground, road]") { try $0.write(mask, to: "pred/a.png") }
    #expect(both.1.line("set-up") == "road is in no truth: ignored label 255 may be it")
    #expect(both.1.out.contains("{name: road, value: 255}"))
    try both.0.write(
      LabelMaps.configuration(classes: "[ground, {name: road, value: 255}]"), to: "pipeline.yml")
    #expect(try both.0.unmask("run").code == 0)
    #expect(try both.0.counts() == ["a ground 8 8 8", "a road 8 8 8"])

    let one = try ending("ignore: 255", "[road]") { try $0.write(mask, to: "pred/a.png") }
    #expect(one.1.code == 4)
    #expect(one.1.line("SET-UP") == "the only class is 0: does 255 mean road?")
    try one.0.write(
      LabelMaps.configuration(
        classes: "[{name: background, value: 0}, {name: road, value: 255}]"), to: "pipeline.yml")
    #expect(try one.0.unmask("run").code == 0)
    #expect(try one.0.counts() == ["a background 8 8 8", "a road 8 8 8"])

    let planes = try ending("ignore: 255\n  activation: sigmoid", "[road]") {
      let numbers = drawn(LabelMaps.truth).joined().map { $0 == 1 ? 0.875 : 0.125 }
      try $0.write(npy(.float32, [4, 4], numbers), to: "pred/a.npy")
      try $0.write(
        $0.text("pipeline.yml").replacing("kind: labels", with: "kind: probabilities")
          .replacing("pred/{image}.png", with: "pred/{image}.npy"), to: "pipeline.yml")
    }
    #expect(planes.1.line("set-up") == "road is in no truth: ignored label 255 may be it")
    #expect(planes.1.out.contains("{name: road, value: 255}"))
  }
}

/// Scenes of square blocks, each of another class and elsewhere in each image.
private enum Blocks {
  static let side = 40

  static func truth(_ image: Int, _ classes: Int) -> [[Int]] {
    var map = [[Int]](repeating: [Int](repeating: 0, count: side), count: side)
    for block in 0..<(2 * classes) {
      let c = block % classes
      let (y, x) = ((image * 17 + block * 11) % (side - 9), (image * 23 + block * 19) % (side - 9))
      for row in y..<(y + 9) { for column in x..<(x + 9) { map[row][column] = c } }
    }
    return map
  }

  static func list(_ classes: Int) -> String {
    "[\((0..<classes).map { "c\($0)" }.joined(separator: ", "))]"
  }

  static func configuration(classes: String) -> String { LabelMaps.configuration(classes: classes) }

  static func folder(classes: Int = 5, images: Int = 12) throws -> Folder {
    let folder = try Folder()
    try folder.write(configuration(classes: list(classes)), to: "pipeline.yml")
    return folder
  }

  /// One pixel in eleven of a prediction is its left neighbour's.
  static func write(
    _ folder: Folder, classes: Int = 5, images: Int = 12,
    predictedFrom source: (Int) -> Int = { $0 }, predicted: (Int, Int) -> Int = { $1 }
  ) throws {
    for image in 0..<images {
      try folder.write(
        png(truth(image, classes).map { $0.map(UInt8.init) }), to: "truth/\(image + 10).png")
      let found = truth(source(image), classes)
      let rows = found.indices.map { row in
        (0..<side).map { column in
          let from = (row * 7 + column * 3 + image) % 11 == 0 ? max(0, column - 1) : column
          return UInt8(predicted(image, found[row][from]))
        }
      }
      try folder.write(png(rows), to: "pred/\(image + 10).png")
    }
  }
}
