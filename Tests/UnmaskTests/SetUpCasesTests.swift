import Testing

/// Set-ups that people brought, each wrong: what is said of it, and the answer once its remedy is pasted.
@Suite("Wrong set-ups that people brought", .enabled(if: Cases.canBeMade, Cases.skipped))
struct SetUpCasesTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    /// The configuration among the case's own.
    var file = "pipeline.yml"
    /// An error, which withholds the verdict, or a warning.
    var isError = true
    var title: String
    /// What the remedy asks for.
    var changes: [(old: String, new: String)]
    /// By NumPy alone, as the case prints it.
    var headline: Double
    var mean: [String: Double] = [:]
    var digits = 1e-4
    var testDescription: String { "\(name), \(file)" }
  }

  @Test("are named before any verdict, and right after the remedy", arguments: cases)
  func remedied(example: Case) throws {
    let folder = try Cases.folder(example.name)
    var text = try folder.text(example.file)
    try folder.write(text, to: "pipeline.yml")
    let wrong = try folder.unmask("run", "--out", "wrong")
    #expect(wrong.code == (example.isError ? 4 : 0))
    #expect(wrong.line(example.isError ? "SET-UP" : "set-up") == example.title, "\(wrong.out)")
    #expect(wrong.out.contains("no verdict    the set-up is wrong") == example.isError)
    for (old, new) in example.changes {
      #expect(text.contains(old))
      text = text.replacing(old, with: new)
    }
    try folder.write(text, to: "pipeline.yml")
    let ending = try folder.unmask("run", "--out", "out")
    #expect(ending.code == 0, "\(ending.out)\(ending.error)")
    let answer = try folder.answer()
    #expect(abs((answer.headline ?? .nan) - example.headline) <= example.digits / 2)
    for (name, mean) in example.mean {
      #expect(abs((answer.means[name] ?? .nan) - mean) <= example.digits / 2)
    }
  }

  private static let cases = [
    Case(
      name: "01-void-is-the-class", isError: false,
      title: "object is in no truth: ignored label 255 may be it",
      changes: [
        ("  ignore: 255\n", ""),
        ("object]", "{name: object, value: {truth: 255, predictions: 1}}]"),
      ], headline: 0.7946),
    Case(
      name: "05-softmax-called-logits",
      title: "the predictions are probabilities, not logits",
      changes: [("kind: logits", "kind: probabilities")], headline: 0.6412,
      mean: ["ce": 0.4226]),
    Case(
      name: "05-softmax-called-logits", file: "pipeline-sigmoid.yml",
      title: "the predictions are probabilities, not logits",
      changes: [("kind: logits", "kind: probabilities")], headline: 0.3783),
    Case(
      name: "d-13-transposed-square",
      title: "the predictions are transposed: rows and columns are exchanged",
      changes: [("kind: labels", "kind: labels, orientation: {predictions: transposed}")],
      headline: 0.95746612, digits: 1e-7),
    Case(
      name: "d-30-labelme-numbers-by-file",
      title: "labels mean another class from file to file",
      changes: [("truth/{image}/label.png", "truth_one_list/{image}.png")], headline: 0.706418,
      digits: 1e-5),
    Case(
      name: "d-37-label-list-one-late",
      title: "the class list is one short: does 0 mean background?",
      changes: [
        ("[building,", "[background, building,"), ("  ignore: unlisted ", "  # "),
        ("measure: [iou]", "not_averaged: background\nmeasure: [iou]"),
      ], headline: 0.692855, digits: 1e-5),
  ]

  @Test("planes that a tool stretched are named, since nothing gives back what was lost")
  func stretched() throws {
    let folder = try Cases.folder("d-14-stretched-probabilities")
    let ending = try folder.unmask("run", "--out", "out")
    #expect(ending.code == 0)
    #expect(
      ending.line("set-up")
        == "each plane may have been stretched to 0…255 when it was saved")
  }

  @Test("bfloat16 is named, with the line that reads it")
  func bfloat16() throws {
    let folder = try Cases.folder("18-bfloat16")
    let ending = try folder.unmask("run", "--out", "out")
    #expect(ending.code == 4)
    #expect(ending.error.contains("as NumPy saves bfloat16, and no name of their type"))
    #expect(ending.error.contains("say it under decode, dtype: bfloat16"))
    #expect(
      try folder.unmask("run", "--out", "out", "--set", "decode.dtype=bfloat16").code == 0)
  }
}
