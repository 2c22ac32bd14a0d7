import Foundation
import Testing

/// What is printed to be pasted, pasted.
@Suite("Remedies, on the input that they are printed for")
struct SetUpRemediesTests {
  // MARK: Labels from 1

  @Test(
    "labels from 1 under a list from 0: an error where images could not be used, or else a warning")
  func fromOne() throws {
    let folder = try Scenes.folder(Scenes.labels([0, 1, 2]))
    // The third class is in two images, whose label 3 lies behind the list.
    try Scenes.write(
      folder, predicted: { $0 + 1 }, byFile: { $0 < 2 ? $1 + 1 : min($1, 1) + 1 })
    let ending = try folder.unmask("run")
    #expect(ending.code == 4, "\(ending.out)")
    #expect(
      ending.line("SET-UP")
        == "no file has the label 0, which is c0: are the labels numbered from 1?")
    #expect(ending.error.contains("here there is no 0: are they numbered from 1?"))
    try paste(ending, into: folder, Scenes.labels([0, 1, 2]))
    #expect(try folder.unmask("run").code == 0)

    let four = try Scenes.folder(Scenes.labels([0, 1, 2, 3]))
    try Scenes.write(four, truth: { $0 + 1 }, predicted: { $0 + 1 })
    let warned = try four.unmask("run")
    #expect(warned.code == 0)
    #expect(
      warned.line("set-up")
        == "no file has the label 0, which is c0: are the labels numbered from 1?")
  }

  // MARK: Void that is called a class

  @Test(
    "most of the truth under a label that is never predicted is no class that a model overlooks")
  func void() throws {
    let configuration = LabelMaps.configuration(
      classes:
        "[{name: hole, value: 255}, {name: c0, value: 0}, {name: c1, value: 1}, {name: c2, value: 2}]"
    )
    let folder = try Scenes.folder(configuration)
    for image in 0..<8 {
      func rows(_ label: (Int, Int) -> Int) -> [UInt8] {
        png((0..<24).map { row in (0..<24).map { UInt8(label(row, $0)) } })
      }
      try folder.write(
        rows { ($0 * 5 + $1 * 3 + image) % 4 == 0 ? Scenes.truth(image, $0, $1) : 255 },
        to: "truth/\(image).png")
      try folder.write(rows { Scenes.found(image, $0, $1) }, to: "pred/\(image).png")
    }
    let ending = try folder.unmask("run")
    #expect(ending.code == 4, "\(ending.out)")
    #expect(ending.line("SET-UP") == "75.0 % of the truth is hole, which is predicted nowhere")
    try paste(ending, into: folder, configuration, "ignore: 255")
    #expect(try folder.unmask("run").code == 0)
    #expect(try !folder.text("out/report.md").contains("hole"))
  }

  // MARK: The mask of one class

  @Test("a truth of 0 and 255 in a run of several classes is the mask of one")
  func maskOfOne() throws {
    let configuration = Scenes.labels([0, 1, 2])
    let folder = try Scenes.folder(configuration)
    try Scenes.write(folder)
    #expect(try folder.unmask("run", "--out", "right").code == 0)
    let right = try iou("c2", in: folder, "right")
    try Scenes.write(folder, truth: { $0 == 2 ? 255 : 0 })
    let refused = try folder.unmask("run")
    #expect(refused.code == 4)
    #expect(refused.error.contains("say ignore: 255, and a run then says which of the classes"))
    try folder.write(
      Scenes.labels([0, 1, 2], "ignore: 255"), to: "pipeline.yml")
    let ending = try folder.unmask("run")
    #expect(ending.code == 4, "\(ending.out)")
    #expect(
      ending.line("SET-UP") == "the truth is the mask of one class, and the list has 3")
    try paste(ending, into: folder, configuration)
    #expect(try folder.unmask("run").code == 0)
    #expect(try iou("c2", in: folder, "out") == right)
  }

  // MARK: A truth that counts from 1

  @Test(
    "names in the model's order and a truth that counts from 1, with a 0 that is nothing or none")
  func zeroLabel() throws {
    let names = "classes: [c0, c1, c2, c3]"
    func configuration(_ more: String) -> String {
      Scenes.labels([0], more).replacing(/classes: \[.*\]/, with: names)
    }
    let plain = try Scenes.folder(configuration(""))
    try Scenes.write(plain)
    #expect(try plain.unmask("run").code == 0)
    let right = try (0..<3).map { try iou("c\($0)", in: plain, "out") }
    // The last class is in no image, so that no label lies behind the list.
    for (truth, key, line) in [
      ({ $0 + 1 }, "", "reduce_zero_label: true"),
      ({ $0 }, "reduce_zero_label: true", "reduce_zero_label: false"),
    ] as [((Int) -> Int, String, String)] {
      let folder = try Scenes.folder(configuration(key))
      try Scenes.write(folder, truth: truth)
      let ending = try folder.unmask("run")
      #expect(ending.code == 4, "\(ending.out)")
      #expect(lines(of: ending) == [line], "\(ending.out)")
      try folder.write(configuration(line), to: "pipeline.yml")
      #expect(try folder.unmask("run").code == 0)
      #expect(try (0..<3).map { try iou("c\($0)", in: folder, "out") } == right)
    }
  }

  @Test("what a class list by name ignores stays ignored where its classes are written out")
  func namedList() throws {
    let configuration = Scenes.labels([0]).replacing(/classes: \[.*\]/, with: "classes: voc")
    let right = try Scenes.folder(configuration)
    func label(_ c: Int) -> Int { [0, 8, 12][c] }
    try Scenes.write(right, truth: label, predicted: label)
    #expect(try right.unmask("run").code == 0)
    let folder = try Scenes.folder(configuration)
    // Cat and dog are exchanged.
    try Scenes.write(folder, truth: label, predicted: { [0, 12, 8][$0] })
    let ending = try folder.unmask("run")
    #expect(ending.code == 4, "\(ending.out)")
    try paste(ending, into: folder, configuration.replacing("classes: voc", with: "classes: []"))
    #expect(lines(of: ending).last == "ignore: 255")
    #expect(try folder.unmask("run").code == 0)
    for name in ["cat", "dog"] {
      #expect(try iou(name, in: folder, "out") == iou(name, in: right, "out"))
    }
  }

  @Test(
    "a label that is most of the truth and is predicted by its number is a class that the list lacks"
  )
  func lacking() throws {
    // Both fields are one label, which is most of the scenes.
    for (field, object) in [(0, 1), (7, 9)] {
      func configuration(_ classes: String...) -> String {
        Scenes.labels([0], "ignore: unlisted").replacing(
          /classes: \[.*\]/, with: "classes: [\(classes.joined(separator: ", "))]")
      }
      let own = "{name: c2, value: \(object)}"
      let folder = try Scenes.folder(
        configuration("{name: class_\(field), value: \(field)}", own))
      func number(_ c: Int) -> Int { c == 2 ? object : field }
      try Scenes.write(folder, truth: number, predicted: number)
      #expect(try folder.unmask("run").code == 0)
      let right = try folder.ious()
      try folder.write(configuration(own), to: "pipeline.yml")
      let warned = lines(of: try folder.unmask("run"), under: "set-up")
      #expect(warned == ["{name: class_\(field), value: \(field)}"])
      try folder.write(configuration(warned[0], own), to: "pipeline.yml")
      #expect(try folder.unmask("run").code == 0)
      #expect(try folder.ious() == right)
    }
  }

  // MARK: Inverted masks

  @Test("truth masks that say where a class is not are told from predictions that do")
  func inverted() throws {
    let configuration = """
      version: 1
      decode:
        predictions: pred/{image}/{class}.png
        truth: truth/{image}/{class}.png
        kind: labels
        classes: [c0, c1, c2]
      measure: [iou]
      reduce: {all: "pool(batch, image, pixel) > score > mean(class)"}

      """
    for (isTruth, side) in [(true, "the truth"), (false, "the predictions")] {
      let folder = try Scenes.folder(configuration)
      for image in 0..<Scenes.images {
        for c in 0..<3 {
          func mask(_ label: (Int, Int, Int) -> Int, _ isInverted: Bool) -> [UInt8] {
            png(
              (0..<Scenes.side).map { row in
                (0..<Scenes.side).map { (label(image, row, $0) == c) != isInverted ? 255 : 0 }
              })
          }
          try folder.write(mask(Scenes.truth, isTruth), to: "truth/\(image)/c\(c).png")
          try folder.write(mask(Scenes.found, !isTruth), to: "pred/\(image)/c\(c).png")
        }
      }
      let ending = try folder.unmask("run")
      #expect(ending.code == 4)
      #expect(
        ending.line("SET-UP")?.hasPrefix(side) == true
          && ending.line("SET-UP")?.hasSuffix("inverted") == true, "\(ending.out)")
    }
  }

  // MARK: Decisions called probabilities

  @Test("planes of 0 and 1 are decisions, whose lines leave no loss")
  func decisions() throws {
    let configuration = """
      version: 1
      decode:
        predictions: pred/{image}/{class}.png
        truth: truth/{image}/{class}.png
        kind: probabilities
        activation: sigmoid
        classes: [c0, c1, c2]
      measure: [bce, iou]
      reduce:
        all: "mean(class) > mean(pixel, image, batch)"
        s: "pool(batch, image, pixel) > score > mean(class)"
      diagnose: {headline: {measure: bce, reduce: all}}

      """
    let folder = try Scenes.folder(configuration)
    for image in 0..<Scenes.images {
      for c in 0..<3 {
        func plane(_ label: (Int, Int, Int) -> Int, _ level: UInt8) -> [UInt8] {
          png(
            (0..<Scenes.side).map { row in
              (0..<Scenes.side).map { label(image, row, $0) == c ? level : 0 }
            })
        }
        try folder.write(plane(Scenes.truth, 255), to: "truth/\(image)/c\(c).png")
        try folder.write(plane(Scenes.found, 1), to: "pred/\(image)/c\(c).png")
      }
    }
    let ending = try folder.unmask("run")
    #expect(ending.code == 4)
    #expect(
      ending.line("SET-UP") == "the predictions are masks or labels, not probabilities")
    var text = configuration
    for line in lines(of: ending) where !line.hasPrefix("#") {
      let key = try #require(line.split(separator: ":").first)
      let old = try #require(text.split(separator: "\n").first { $0.contains("\(key): ") })
      text = text.replacing(old, with: old.prefix { $0 == " " } + line)
    }
    try folder.write(text, to: "pipeline.yml")
    let again = try folder.unmask("run")
    #expect(again.code == 0, "\(again.error)")
    #expect(again.out.contains("smp.iou_score.macro = 0."))
  }

  @Test("a chain of ce that leaves the class is told where the class goes")
  func classOfCrossEntropy() throws {
    let folder = try Scenes.folder(
      Scenes.planes("probabilities", "softmax")
        .replacing("measure: [iou]", with: "measure: [ce]")
        .replacing(
          "pool(batch, image, pixel) > score > mean(class)", with: "mean(pixel, image, batch)")
        + "diagnose: {headline: {measure: ce, reduce: all}}\n")
    try Scenes.writePlanes(folder, isSoftmax: true)
    let ending = try folder.unmask("run")
    #expect(ending.code == 2)
    #expect(ending.error.contains("write mean(class) > in front"), "\(ending.error)")
  }

  // MARK: Pasting

  /// The lines under the first fault, as they stand.
  private func lines(of ending: Ending, under heading: String = "SET-UP") -> [String] {
    ending.out.split(separator: "\n").drop { !$0.hasPrefix(heading) }
      .filter { $0.hasPrefix("                ") }.map { String($0.dropFirst(16)) }
  }

  private func paste(
    _ ending: Ending, into folder: Folder, _ configuration: String, _ more: String...
  ) throws {
    let items = lines(of: ending).filter { $0.hasPrefix("  - ") }.map { $0.dropFirst(4) }
    #expect(!items.isEmpty)
    for line in more { #expect(lines(of: ending).contains(line)) }
    let text = replacingClasses(
      of: configuration, by: "[\(items.joined(separator: ", "))]\n  " + more.joined())
    try folder.write(text, to: "pipeline.yml")
  }

  private func replacingClasses(of configuration: String, by list: String) -> String {
    configuration.replacing(/classes: \[.*\]/, with: "classes: \(list)")
  }

  /// As classes.csv has it.
  private func iou(_ name: String, in folder: Folder, _ directory: String) throws -> String {
    let rows = try folder.text("\(directory)/classes.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let column = try #require(rows[0].firstIndex(of: "iou"))
    return try String(#require(rows.first { $0[0] == name })[column])
  }
}
