import Testing

/// What random runs against another evaluator brought, with the answers of plain loops in NumPy.
@Suite("Cases that random runs brought", .enabled(if: Cases.canBeMade, Cases.skipped))
struct RandomCasesTests {
  @Test("batches are cut in the order of the array, or of the names where that is asked for")
  func order() throws {
    let folder = try Cases.folder("r-order")
    for (file, value) in [
      ("both-array.yml", 1.0565283145), ("both-default.yml", 1.0565283145),
      ("mixed-array.yml", 1.0565283145), ("mixed-default.yml", 1.0565283145),
      ("both-name.yml", 0.9949662663), ("mixed-name.yml", 0.9949662663),
    ] {
      try folder.write(
        folder.text(file).replacing("formats: [csv]", with: "formats: [json]"),
        to: "pipeline.yml")
      #expect(try folder.unmask("run", "--out", "out").code == 0)
      let headline = try #require(try folder.answer().headline)
      #expect(abs(headline - value) < 1e-7, "\(file)")
    }
    try folder.write(folder.text("files-array.yml"), to: "pipeline.yml")
    let refused = try folder.unmask("run", "--out", "out")
    #expect(refused.code == 2 && refused.error.contains("no side is an array"))
  }

  @Test("images that are dropped with the last batch are in no table")
  func dropLast() throws {
    let folder = try Cases.folder("r-drop-last")
    let ending = try folder.unmask("run", "--out", "out")
    #expect(ending.code == 0 && ending.out.contains("1 dropped with the last batch"))
    let answer = try folder.answer()
    #expect(abs((answer.headline ?? .nan) - 0.1353661543) < 2e-8)
    #expect(answer.iou["x"] == 1)
    // Levels are counted over all images; of those that are left nothing is guessed from them.
    #expect(try folder.text("out/curves.csv").split(separator: "\n").count == 1)
    #expect(
      try folder.text("out/report.json").contains("curves and the finding `threshold` are left out")
    )
  }

  @Test("a loss of certain logits is printed, however it compares")
  func certain() throws {
    let folder = try Cases.folder("r-polarity-crash")
    let ending = try folder.unmask("run", "--out", "out")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(abs((try folder.answer().headline ?? .nan) - 2.504476898992976) < 1e-12)
    #expect(try folder.text("out/report.json").contains("5433176503005 times as much"))
  }

  @Test(
    "the cross-entropy of certain pixels is exact from logits",
    arguments: [
      ("5", "f8", 0.046027883822269175), ("28", "f4", 0.14078499885844),
      ("60", "f2", 0.30172247551381587), ("300", "f8", 1.508753748860226),
      ("3000", "f4", 15.08785531135627),
    ])
  func certain(margin: String, type: String, loss: Double) throws {
    let folder = try Cases.folder("r-ce-confident", making: [margin, type, "logits"])
    #expect(try folder.unmask("run", "--out", "out").code == 0)
    let answer = try folder.answer()
    #expect(abs((answer.headline ?? .nan) - loss) < 1e-13 * loss)
    #expect(abs((answer.iou["d"] ?? .nan) - 0.189) < 5e-4)
  }
}
