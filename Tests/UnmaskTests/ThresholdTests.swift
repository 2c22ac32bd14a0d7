import Testing

/// A class is predicted above its own threshold, whatever holds its probabilities.
@Suite("Thresholds by class")
struct ThresholdTests {
  /// Tenths. Above 0.5 road has 3 pixels and pole 1; above 0.25 pole has 3, above 0.75 road has 2.
  static let road = "0299/0060"
  static let pole = "3006/0040"

  private func folder(_ more: String, _ format: String = "float") throws -> Folder {
    func numbers(_ drawing: String) -> [Double] { drawn(drawing).joined().map { Double($0) / 10 } }
    let ending = format == "png" || format == "png16" ? "{image}/{class}.png" : "{image}.npy"
    let folder = try LabelMaps.folder(
      LabelMaps.configuration(
        predictions: "pred/\(ending)", truth: "truth/{image}/{class}.png", classes: "[road, pole]",
        "activation: sigmoid", "axes: {predictions: HWC}", more
      ).replacing("kind: labels", with: "kind: probabilities")
        .replacing("measure: [iou]", with: "measure: [bce, iou]")
        .replacing("reduce: {", with: "reduce: {mean: 'mean(class, pixel, image, batch)', "),
      [
        "truth/a/road.png": gray("0111/0000"), "truth/a/pole.png": gray("1001/0010"),
      ])
    switch format {
    case "png":
      try folder.write(gray(Self.road, times: 25), to: "pred/a/road.png")
      try folder.write(gray(Self.pole, times: 25), to: "pred/a/pole.png")
    case "png16":
      try folder.write(gray(Self.road, times: 6553, depth: 16), to: "pred/a/road.png")
      try folder.write(gray(Self.pole, times: 6553, depth: 16), to: "pred/a/pole.png")
    default:
      let both = zip(numbers(Self.road), numbers(Self.pole)).flatMap { [$0, $1] }
      try folder.write(npy(.float32, [2, 4, 2], both), to: "pred/a.npy")
    }
    return folder
  }

  @Test(
    "cut each class at its own: a list, by name, for floats, 8 and 16 bits",
    arguments: ["float", "png", "png16"])
  func cut(format: String) throws {
    for (threshold, counts) in [
      ("{pole: 0.25}", ["a road 3 3 2", "a pole 3 3 3"]),
      ("[0.75, 0.25]", ["a road 3 2 2", "a pole 3 3 3"]),
      ("[0.5, 0.5]", ["a road 3 3 2", "a pole 3 1 1"]),
      ("0.25", ["a road 3 3 2", "a pole 3 3 3"]),
    ] {
      let folder = try folder("threshold: \(threshold)", format)
      let ending = try folder.unmask("run")
      #expect(ending.code == 0, "\(ending.error)")
      #expect(try folder.counts() == counts, "\(threshold)")
    }
  }

  @Test("change no loss, stand in the report, and evidence of others is refused by name")
  func report() throws {
    let folder = try folder("threshold: [0.75, 0.25]")
    #expect(try folder.unmask("run").code == 0)
    let loss = try folder.answer().means["bce"]
    #expect(try folder.text("out/report.json").contains("\"thresholds\" : ["))
    #expect(
      try folder.text("out/report.md").contains("positive above 0.75 for road and 0.25 for pole"))
    let other = try folder.text("pipeline.yml").replacing("[0.75, 0.25]", with: "0.5")
    try folder.write(other, to: "other.yml")
    let refused = try folder.unmask("report", "--from", "out", "--out", "again", "other.yml")
    #expect(
      refused.error.contains(
        "counted with decisions above [0.75, 0.25], and this asks for decisions above 0.5"))
    #expect(try folder.unmask("run", "--out", "again", "other.yml").code == 0)
    #expect(try folder.answer(in: "again").means["bce"] == loss)
    #expect(try !folder.text("again/report.json").contains("thresholds"))
  }

  @Test("of another number, of no class, or where a pixel has one class, are mistakes")
  func mistakes() throws {
    for (threshold, fault) in [
      ("[0.5]", "1 thresholds for 2 classes"), ("{post: 0.5}", "no class is called 'post'"),
      ("{pole: 2}", "2 is no probability"),
    ] {
      let ending = try folder("threshold: \(threshold)").unmask("run")
      #expect(ending.code == 2)
      #expect(ending.fault.contains(fault), "\(ending.error)")
    }
    let exclusive = try LabelMaps.folder(
      LabelMaps.configuration("threshold: [0.5, 0.4]"), [:]
    ).unmask("run")
    #expect(exclusive.fault.contains("a pixel has one class here"))
  }
}
