import Foundation
import Testing

@Suite("Predictions without a truth")
struct OutlookTests {
  /// `Street` with a run that has its truth, in `labelled`.
  private static func folder(_ configuration: String = Street.configuration) throws -> Folder {
    let folder = try Street.folder(configuration)
    _ = try folder.unmask("run", "--out", "labelled")
    try folder.write(alone(configuration), to: "alone.yml")
    try folder.write(alone(configuration) + "reference: labelled\n", to: "since.yml")
    return folder
  }

  private static func alone(_ configuration: String) -> String {
    configuration.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("  truth:") }.joined(separator: "\n")
  }

  /// Of each class and figure, the row under the titles.
  private func figures(_ folder: Folder, _ path: String) throws -> [String: [String: Double]] {
    let rows = try folder.text(path).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    var figures: [String: [String: Double]] = [:]
    for row in rows.dropFirst() {
      figures["\(row[0]) \(row[1])"] = Dictionary(
        uniqueKeysWithValues: zip(rows[0], row).compactMap { name, cell in
          Double(cell).map { (name, $0) }
        })
    }
    return figures
  }

  @Test("shares, probabilities and the expected Dice are those of a plain loop over the planes")
  func plainLoop() throws {
    let folder = try Self.folder()
    let ending = try folder.unmask("run", "alone.yml", "--out", "o")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(ending.line("no verdict") != nil)
    let found = try figures(folder, "o/outlook.csv")
    for name in ["road", "pole"] {
      var (predicted, sum, saturated, hits, pixels) = (0.0, 0.0, 0.0, 0.0, 0.0)
      for (path, _, drawing) in Street.drawings where path.hasSuffix(name) {
        for level in drawn(drawing).flatMap(\.self) {
          let p = Double(level * 28) / 255
          pixels += 1
          sum += p
          if p > 0.5 {
            predicted += 1
            hits += p
          }
          if level == 0 || level * 28 == 255 { saturated += 1 }
        }
      }
      func value(_ figure: String) -> Double { found["\(name) \(figure)"]?["value"] ?? .nan }
      #expect(value("predicted_share") == predicted / pixels)
      #expect(abs(value("mean_probability") - sum / pixels) < 1e-7)
      #expect(value("saturated_share") == saturated / pixels)
      #expect(abs(value("expected_dice") - 2 * hits / (predicted + sum)) < 1e-7)
    }
  }

  @Test("what the reference itself scored is expected of its own predictions, and nothing moved")
  func itself() throws {
    let folder = try Self.folder()
    let ending = try folder.unmask("run", "since.yml", "--out", "o")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(
      ending.out.contains("Nothing could be tested against `labelled` (3 images): it takes 10"),
      "\(ending.out)")
    let found = try figures(folder, "o/outlook.csv")
    // Of the pole 1 of 4 pixels is found, and none elsewhere.
    #expect(abs((found["pole expected_dice"]?["value"] ?? 0) - 2.0 / 5) < 1e-12)
    #expect(found["pole expected_dice"]?["diff"] == 0)
    #expect(found["road predicted_share"]?["diff"] == 0)
    let text = try folder.text("o/outlook.md")
    #expect(text.contains("if probabilities were true as often as in the reference"), "\(text)")
  }

  @Test("the same of label maps, by what each label was worth")
  func labels() throws {
    let folder = try Folder()
    let configuration = LabelMaps.configuration()
    try folder.write(configuration, to: "pipeline.yml")
    try folder.write(Self.alone(configuration) + "reference: labelled\n", to: "since.yml")
    for name in ["a", "b"] {
      try folder.write(gray(LabelMaps.truth), to: "truth/\(name).png")
      try folder.write(gray(LabelMaps.found), to: "pred/\(name).png")
    }
    _ = try folder.unmask("run", "--out", "labelled")
    let ending = try folder.unmask("run", "since.yml", "--out", "o")
    #expect(ending.code == 0, "\(ending.error)")
    let found = try figures(folder, "o/outlook.csv")
    // Road: 7 of 8 pixels are found in each image.
    #expect(abs((found["road expected_dice"]?["value"] ?? 0) - 14.0 / 15) < 1e-12)
    #expect(abs((found["ground expected_dice"]?["value"] ?? 0) - 16.0 / 17) < 1e-12)
    #expect(found["road mean_probability"] == nil)
  }

  @Test(
    "a class that is predicted ten times as often has moved, and with --quiet that alone is said")
  func moved() throws {
    let folder = try Folder()
    try folder.write(Self.alone(Street.configuration), to: "before.yml")
    let since = Self.alone(Street.configuration) + "reference: before\n"
    try folder.write(since, to: "same.yml")
    try folder.write(since.replacingOccurrences(of: "pred/", with: "later/"), to: "later.yml")
    for image in 0..<12 {
      for (directory, poles) in [("pred", image % 3), ("later", 9 + image % 4)] {
        let road = String(repeating: "9", count: 8) + String(repeating: "0", count: 8)
        let pole =
          String(repeating: "9", count: poles) + String(repeating: "0", count: 16 - poles)
        for (name, drawing) in [("road", road), ("pole", pole)] {
          let rows = stride(from: 0, to: 16, by: 4).map { drawing.dropFirst($0).prefix(4) }
          try folder.write(
            gray(rows.joined(separator: "/"), times: 28), to: "\(directory)/i\(image)/\(name).png")
        }
      }
    }
    _ = try folder.unmask("run", "before.yml", "--out", "before")
    #expect(try folder.unmask("run", "same.yml", "--out", "o", "--quiet") == Ending(code: 0))
    let ending = try folder.unmask("run", "later.yml", "--out", "o", "--quiet")
    #expect(ending.code == 0)
    #expect(ending.line("moved")?.hasPrefix("pole: predicted share 6.25 % → 65.6 %") == true)
    #expect(!ending.out.contains("road:"), "\(ending.out)")
    let found = try figures(folder, "o/outlook.csv")
    #expect(found["pole predicted_share"]?["moved"] == 1)
    // In each image as often, so nothing is tested.
    #expect(found["road predicted_share"]?["moved"] == nil)
    #expect((found["pole predicted_share"]?["diff_lo"] ?? 0) > 0.4)
  }

  @Test("threads change no byte")
  func determinism() throws {
    let folder = try Self.folder()
    for jobs in ["1", "7"] {
      _ = try folder.unmask("run", "since.yml", "--out", "o\(jobs)", "--jobs", jobs)
    }
    for name in ["outlook.md", "outlook.csv", "outlook.json", "predictions.sqlite"] {
      #expect(try folder.bytes("o1/\(name)") == folder.bytes("o7/\(name)"), "\(name)")
    }
  }

  @Test("an image that cannot be used is named, and the exit code is 3; of none it is 4")
  func unusable() throws {
    let folder = try Self.folder()
    try folder.write([1, 2, 3], to: "pred/b/pole.png")
    let ending = try folder.unmask("run", "alone.yml", "--out", "o")
    #expect(ending.code == 3)
    #expect(ending.error.contains("pred/b/pole.png"), "\(ending.error)")
    #expect(try folder.text("o/outlook.md").contains("1 image could not be used"))
    for image in ["a", "c"] { try folder.write([1, 2, 3], to: "pred/\(image)/road.png") }
    #expect(try folder.unmask("run", "alone.yml", "--out", "o").code == 4)
  }

  @Test("a run with a truth is not replaced unasked, and nothing takes predictions alone for one")
  func elsewhere() throws {
    let folder = try Self.folder()
    let kept = try folder.unmask("run", "alone.yml", "--out", "labelled")
    #expect(kept.code == 74)
    #expect(kept.fault.contains("has a run with a truth, whose evidence"), "\(kept.error)")
    #expect(try folder.names(in: "labelled").contains("evidence.sqlite"))
    #expect(try folder.unmask("run", "alone.yml", "--out", "labelled", "--overwrite").code == 0)
    #expect(
      try folder.documents(in: "labelled") == [
        "outlook.csv", "outlook.html", "outlook.json", "outlook.md", "predictions.sqlite",
      ])
    for command in [
      "report --from labelled --out again", "compare labelled labelled",
      "explain --class pole --from labelled",
    ] {
      let ending = try folder.shell("unmask \(command)")
      #expect(ending.code == 3, "\(command)")
      #expect(ending.fault.contains("has predictions without a truth"), "\(ending.error)")
    }
    let file = try folder.unmask(
      "report", "--from", "labelled/predictions.sqlite", "--out", "again")
    #expect(file.code == 2)
    #expect(file.fault.contains("decode has no truth"), "\(file.error)")
    for command in [
      "check alone.yml --out o", "map alone.yml --measure bce --image a --out m.npy",
      "run alone.yml --out o --state s",
    ] {
      let ending = try folder.shell("unmask \(command)")
      #expect(ending.code == 2, "\(command): \(ending.error)")
      #expect(ending.fault.contains("decode has no truth"), "\(ending.error)")
    }
  }

  @Test(
    "planes of another kind are judged by probability; a class never predicted there has no Dice")
  func otherKind() throws {
    let folder = try Self.folder()
    // The same probabilities in 16 bits, and a reference that never predicted the pole.
    for (name, _, found) in Street.drawings {
      try folder.write(gray(found, times: 28 * 257, depth: 16), to: "wide/\(name).png")
      if name.hasSuffix("pole") {
        try folder.write(gray("0000/0000/0000/0000"), to: "blind/\(name).png")
      } else {
        try folder.write(gray(found, times: 28), to: "blind/\(name).png")
      }
    }
    try folder.write(
      Self.alone(Street.configuration).replacing("pred/", with: "wide/")
        + "reference: labelled\n", to: "since.yml")
    #expect(try folder.unmask("run", "since.yml", "--out", "o").code == 0)
    let found = try figures(folder, "o/outlook.csv")
    #expect(abs((found["pole expected_dice"]?["value"] ?? 0) - 2.0 / 5) < 1e-12)
    try folder.write(
      Street.configuration.replacing("pred/", with: "blind/"), to: "blind.yml")
    _ = try folder.unmask("run", "blind.yml", "--out", "blinded")
    try folder.write(Self.alone(Street.configuration) + "reference: blinded\n", to: "since.yml")
    #expect(try folder.unmask("run", "since.yml", "--out", "o").code == 0)
    let unknown = try figures(folder, "o/outlook.csv")
    #expect(unknown["pole expected_dice"] == nil)
    #expect(unknown["road expected_dice"]?["value"] != nil)
  }

  @Test("what is wrong with the set-up and seen without a truth is said first, and ends with 4")
  func setUp() throws {
    let folder = try Folder()
    let text = Self.alone(Street.configuration).replacing("probabilities", with: "logits")
      .replacing("pred/{image}/{class}.png", with: "p.npy")
      .replacing("[road, pole]", with: "[road, pole]\n  axes: NCHW")
    try folder.write(text, to: "alone.yml")
    let numbers: [Double] = (0..<1536).map { (index: Int) -> Double in
      Double(index * 7 % 97 + 1) / 100
    }
    try folder.write(npy(.float32, [12, 2, 8, 8], numbers), to: "p.npy")
    let ending = try folder.unmask("run", "alone.yml", "--out", "o")
    #expect(ending.code == 4, "\(ending.error)")
    #expect(ending.line("SET-UP") == "the predictions are probabilities, not logits")
    let page = try folder.text("o/outlook.md")
    #expect(page.contains("the set-up is wrong"), "\(page)")
    #expect(page.contains("accept: [wrong-kind]"), "\(page)")
    try folder.write(text + "accept: [wrong-kind]\n", to: "accepted.yml")
    #expect(try folder.unmask("run", "accepted.yml", "--out", "a").code == 0)
    #expect(try folder.unmask("validate", "alone.yml").code == 4)
  }

  @Test("keys of the truth are refused where there is none, and a reference where there is one")
  func keys() throws {
    let folder = try Self.folder()
    let alone = Self.alone(Street.configuration)
    try folder.write(
      alone.replacing("  kind:", with: "  soft_truth: true\n  kind:"), to: "alone.yml")
    let soft = try folder.unmask("run", "alone.yml", "--out", "o")
    #expect(soft.code == 2)
    #expect(soft.fault.contains("it is about the truth, and decode has none"), "\(soft.error)")
    try folder.write(Street.configuration + "reference: labelled\n", to: "pipeline.yml")
    let both = try folder.unmask("run", "--out", "o")
    #expect(both.code == 2)
    #expect(both.fault.contains("a reference is for predictions without a truth"))
    try folder.write(alone, to: "alone.yml")
    _ = try folder.unmask("run", "alone.yml", "--out", "o")
    try folder.write(alone + "reference: o\n", to: "alone.yml")
    let own = try folder.unmask("run", "alone.yml", "--out", "o")
    #expect(own.code == 2)
    #expect(own.fault.contains("is where the reports go"), "\(own.error)")
    try folder.write(alone + "report: {formats: [xlsx]}\n", to: "alone.yml")
    #expect(try folder.unmask("run", "alone.yml", "--out", "o").code == 2)
  }

  @Test("what is measured need not be said, and the page's own example runs")
  func nothingMeasured() throws {
    let folder = try Self.folder()
    let whole = Self.alone(Street.configuration)
    let end = try #require(whole.range(of: "batch:")).lowerBound
    try folder.write(String(whole[..<end]) + "reference: labelled\n", to: "short.yml")
    let ending = try folder.unmask("run", "short.yml", "--out", "o")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(try folder.unmask("validate", "short.yml").code == 0)
    try folder.write(whole + "reference: labelled\n", to: "long.yml")
    _ = try folder.unmask("run", "long.yml", "--out", "p")
    #expect(try folder.text("o/outlook.csv") == folder.text("p/outlook.csv"))
  }

  @Test("the table is written for whom the configuration says")
  func dialect() throws {
    let folder = try Self.folder()
    try folder.write(
      Self.alone(Street.configuration) + "report: {csv: excel-eu}\n", to: "alone.yml")
    #expect(try folder.unmask("run", "alone.yml", "--out", "o").code == 0)
    #expect(try folder.text("o/outlook.csv").hasPrefix("\u{feff}class_name;figure;value;"))
  }

  @Test("a reference of other classes, or that is not there, is refused by name")
  func otherReference() throws {
    let folder = try Self.folder()
    try folder.write(
      Self.alone(Street.configuration).replacing("[road, pole]", with: "[pole, road]")
        + "reference: labelled\n", to: "since.yml")
    let ending = try folder.unmask("run", "since.yml", "--out", "o")
    #expect(ending.code == 2)
    #expect(ending.fault.contains("the reference 'labelled' has other classes"), "\(ending.error)")
    try folder.write(Self.alone(Street.configuration) + "reference: nowhere\n", to: "since.yml")
    for command in ["run since.yml --out o", "validate since.yml"] {
      let missing = try folder.shell("unmask \(command)")
      #expect(missing.code == 2)
      #expect(missing.fault.contains("the reference 'nowhere' cannot be read"), "\(missing.error)")
    }
  }
}
