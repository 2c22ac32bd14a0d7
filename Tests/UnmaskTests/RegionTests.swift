import Testing

/// One label in several classes: the whole tumour is labels 1, 2 and 3, its core 1 and 3.
@Suite("Regions")
struct RegionTests {
  static let classes =
    "[{name: whole, value: [1, 2, 3]}, {name: core, value: [1, 3]}, {name: enhancing, value: 3}]"
  static let truth = "0123/0022"
  static let found = "0133/0120"
  /// Counted in the drawings: whole 5 true, 5 found, 4 both; core 2, 4, 2; enhancing 1, 2, 1.
  static let counts = ["a whole 5 5 4", "a core 2 4 2", "a enhancing 1 2 1"]

  @Test("are read from label maps as masks a class")
  func labels() throws {
    let folder = try folder("activation: sigmoid", "unclassed: 0")
    let ending = try folder.unmask("run")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(try folder.counts() == Self.counts)
    #expect(try folder.text("out/report.json").contains("\"overlapping_px\" : 2,"))
    #expect(try folder.text("out/report.json").contains("\"unclassed_px\" : 3,"))
  }

  @Test("may have ignored labels, and predictions in planes")
  func planes() throws {
    let whole = drawn("0999/0990").joined()
    let core = drawn("0199/0910").joined()
    let numbers = zip(whole, core).flatMap { [Double($0) / 10, Double($1) / 10] }
    let folder = try LabelMaps.folder(
      LabelMaps.configuration(
        predictions: "pred/{image}.npy",
        classes: "[{name: whole, value: [1, 2, 3]}, {name: core, value: [1, 3]}]",
        "activation: sigmoid", "unclassed: 0", "ignore: 9"
      ).replacing("kind: labels", with: "kind: probabilities"),
      ["pred/a.npy": npy(.float32, [2, 4, 2], numbers), "truth/a.png": gray("0193/0022")])
    let ending = try folder.unmask("run")
    #expect(ending.code == 0, "\(ending.error)")
    // One pixel is ignored: whole 4 true, 4 found, 3 both; core 2 true, 2 found, 1 both.
    #expect(try folder.counts() == ["a whole 4 4 3", "a core 2 2 1"])
    #expect(try folder.text("out/report.json").contains("\"ignored_px\" : 1,"))
  }

  @Test("are a mistake where classes exclude each other, and a label of none must be named")
  func mistakes() throws {
    let exclusive = try folder("unclassed: 0").unmask("run")
    #expect(exclusive.code == 2)
    #expect(exclusive.fault.contains("'core' and 'whole' both have the value 1"))
    #expect(exclusive.error.contains("where regions are parts of others say activation: sigmoid"))
    let untold = try folder("activation: sigmoid").unmask("run")
    #expect(untold.fault.contains("truth has labels that are neither a class nor ignored: 0"))
    let needless = try LabelMaps.folder(
      LabelMaps.configuration(
        classes: "[{name: a, value: 1}, {name: b, value: 2}]", "unclassed: 0"), [:]
    ).unmask("run")
    #expect(
      needless.fault.contains("where classes exclude each other, each pixel that counts is one"))
    let own = try folder("activation: sigmoid", "unclassed: [0, 3]").unmask("run")
    #expect(own.fault.contains("3 is the class 'whole'"))
  }

  private func folder(_ more: String...) throws -> Folder {
    try LabelMaps.folder(
      LabelMaps.configuration(classes: Self.classes, more.joined(separator: "\n  ")),
      ["pred/a.png": gray(Self.found), "truth/a.png": gray(Self.truth)])
  }
}
