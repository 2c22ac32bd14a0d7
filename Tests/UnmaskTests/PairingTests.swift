import Testing

@Suite("Pairing predictions with truth")
struct PairingTests {
  static let found = gray(LabelMaps.found)
  static let truth = gray(LabelMaps.truth)
  static let cities = LabelMaps.configuration(
    predictions: "pred/{city}/{image}_p.png", truth: "truth/{city}/{image}_t.png")
  static let files = [
    "pred/x/1_p.png": found, "truth/x/1_t.png": truth, "pred/y/1_p.png": truth,
    "truth/y/1_t.png": truth,
  ]

  @Test("what both paths capture says which files belong together, and names the image")
  func captures() throws {
    let folder = try LabelMaps.folder(Self.cities, Self.files)
    #expect(try folder.unmask("run").code == 0)
    #expect(
      try folder.counts()
        == ["x/1 ground 8 9 8", "x/1 road 8 7 7", "y/1 ground 8 8 8", "y/1 road 8 8 8"])
  }

  @Test("a group is a capture of either path", arguments: ["city", "\"{city}\""])
  func group(name: String) throws {
    let folder = try LabelMaps.folder(
      LabelMaps.configuration(predictions: "pred/{city}/{image}.png", "group: \(name)"),
      ["pred/x/1.png": Self.found, "truth/1.png": Self.truth])
    #expect(try folder.unmask("run").code == 0)
    #expect(try folder.counts() == ["1 x ground 8 9 8", "1 x road 8 7 7"])
  }

  @Test("a regular expression tells images from what lies beside them")
  func pattern() throws {
    let folder = try LabelMaps.folder(
      LabelMaps.configuration(predictions: #"pred/{image:\d+}.png"#),
      ["pred/12.png": Self.found, "pred/thumbnail.png": Self.found, "truth/12.png": Self.truth])
    #expect(try folder.unmask("run").code == 0)
    #expect(try folder.counts() == ["12 ground 8 9 8", "12 road 8 7 7"])
    #expect(try folder.text("out/report.md").contains("other file"))
  }

  @Test("two files that claim one image end the run with 2, for either could be meant")
  func claimedTwice() throws {
    let folder = try LabelMaps.folder(
      LabelMaps.configuration(predictions: "pred/{city}/{image}.png"),
      ["pred/x/1.png": Self.found, "pred/y/1.png": Self.found, "truth/1.png": Self.truth])
    let ending = try folder.unmask("run")
    #expect(ending.code == 2)
    #expect(ending.fault.hasSuffix("the first is '1': pred/x/1.png, pred/y/1.png"))
    #expect(try !folder.names(in: "").contains("out"))
  }

  @Test("an image that only one side has is named, whichever side that is")
  func unmatched() throws {
    let more = ["pred/z/1_p.png": Self.found, "truth/w/1_t.png": Self.truth]
    let folder = try LabelMaps.folder(Self.cities, Self.files.merging(more) { $1 })
    let ending = try folder.unmask("run")
    #expect(ending.code == 3)
    #expect(
      ending.error == """
        truth/w/1_t.png: has no partner in predictions: pred/w/1_p.png is missing
          write what is missing, take this away, or list the images that count under names
        pred/z/1_p.png: has no partner in truth: truth/z/1_t.png is missing
          write what is missing, take this away, or list the images that count under names

        """)
    #expect(ending.line("images") == "2 used, 2 not usable")
    #expect(try folder.counts().count == 4)
  }

  @Test("names choose among the files, and what is named must be there")
  func names() throws {
    let files = [
      "pred/a.png": Self.found, "truth/a.png": Self.truth, "pred/b.png": Self.found,
      "truth/c.png": Self.truth,
    ]
    let folder = try LabelMaps.folder(LabelMaps.configuration("names: names.txt"), files)
    try folder.write(" a \n\n", to: "names.txt")
    #expect(try folder.unmask("run").code == 0)
    #expect(try folder.counts() == ["a ground 8 9 8", "a road 8 7 7"])
    #expect(try folder.text("out/report.md").contains("not listed under names"))

    try folder.write("a\nb\n", to: "names.txt")
    let ending = try folder.unmask("run")
    #expect(ending.code == 3)
    #expect(ending.fault.contains("the listed image 'b' is not there"))
    #expect(ending.line("images") == "1 used, 1 not usable")

    try folder.write("a\nd\n", to: "names.txt")
    let missing = try folder.unmask("run")
    #expect(missing.line("images") == "1 used, 1 not usable")

    try folder.write("\u{feff}a\r\n", to: "names.txt")
    let windows = try folder.unmask("run").code
    #expect(windows == 0)

    try folder.remove("names.txt")
    #expect(
      try folder.unmask("run")
        == Ending(
          code: 2,
          error: """
            names.txt: does not exist
              check the path, or run the job that writes it

            """))
  }

  @Test(
    "a list may have paths, endings and a column for each side, and the report says how it was read",
    arguments: [
      "a.png\nb.png\n", "val/a.png;gt/a_mask.png\nval/b.png;gt/b_mask.png\n",
      "/data/a.jpg /data/a.txt\n b\n",
    ])
  func listsOfPaths(list: String) throws {
    let folder = try LabelMaps.folder(
      LabelMaps.configuration("names: names.txt"),
      [
        "names.txt": Array(list.utf8), "pred/a.png": Self.truth, "pred/b.png": Self.truth,
        "pred/c.png": Self.truth, "truth/a.png": Self.truth, "truth/b.png": Self.truth,
      ])
    #expect(try folder.unmask("run").code == 0)
    #expect(
      try folder.counts() == ["a ground 8 8 8", "a road 8 8 8", "b ground 8 8 8", "b road 8 8 8"])
    #expect(try folder.text("out/report.md").contains("read as a path or a column"))
  }

  @Test("names bring an array and files together")
  func arrayAndFiles() throws {
    let folder = try LabelMaps.folder(
      LabelMaps.configuration(predictions: "pred.npy", "names: names.txt"),
      [
        "pred.npy": npy(.int64, images: [LabelMaps.found, LabelMaps.truth]),
        "names.txt": Array("b\na\n".utf8), "truth/a.png": Self.truth, "truth/b.png": Self.truth,
      ])
    #expect(try folder.unmask("run").code == 0)
    #expect(
      try folder.counts()
        == ["b ground 8 9 8", "b road 8 7 7", "a ground 8 8 8", "a road 8 8 8"])
  }

  @Test("names that a spreadsheet or a terminal would obey do no harm")
  func oddNames() throws {
    let folder = try LabelMaps.folder(
      LabelMaps.configuration(),
      [
        "pred/=1+1.png": Self.found, "truth/=1+1.png": Self.truth,
        "pred/\u{1b}[2J\n.png": Array("x".utf8), "truth/\u{1b}[2J\n.png": Self.truth,
      ])
    let ending = try folder.unmask("run")
    #expect(ending.code == 3)
    #expect(ending.fault == "pred/\\u{1b}[2J\\u{a}.png: the file is not a PNG")
    #expect(try folder.counts() == ["=1+1 ground 8 9 8", "=1+1 road 8 7 7"])
  }

  @Test("a name that is not UTF-8 stops no other")
  func foreignName() throws {
    let folder = try LabelMaps.folder(
      LabelMaps.configuration(), ["pred/a.png": Self.found, "truth/a.png": Self.truth])
    // Some file systems refuse such a name, and then all is well.
    _ = try folder.shell(#"cp pred/a.png "$(printf 'pred/\377.png')""#)
    let code = try folder.unmask("run").code
    #expect([0, 3].contains(code))
  }

  @Test("where no image is found the run ends with 4, and says what is there instead")
  func nothing() throws {
    let folder = try LabelMaps.folder(
      LabelMaps.configuration(predictions: "prediction/{image}.png"),
      ["pred/a.png": Self.found, "truth/a.png": Self.truth])
    #expect(
      try folder.unmask("run")
        == Ending(
          code: 4,
          error: """
            prediction: no such directory
              correct the path: the working directory exists and holds pipeline.yml, pred/, truth/

            """))
    try folder.makeDirectory("prediction")
    let empty = try folder.unmask("run")
    #expect(empty.code == 4)
    #expect(
      empty.fault == """
        pipeline.yml: no image has both predictions and truth; the first of 1: has no partner in \
        predictions: prediction/a.png is missing
        """)
    try folder.write(Self.found, to: "prediction/a.jpg")
    #expect(
      try folder.unmask("run").error.hasSuffix(
        """
          correct the paths under decode
          predictions: 1 other file below 'prediction' of another form than the path

        """))
    #expect(try !folder.names(in: "").contains("out"))
  }
}
