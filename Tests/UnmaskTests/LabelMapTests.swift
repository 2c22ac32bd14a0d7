import Testing

@Suite("Label maps")
struct LabelMapTests {
  /// Of eight pixels of road seven are found, and the eighth is taken for ground.
  static let counts = ["a ground 8 9 8", "a road 8 7 7"]
  static let colors: [[UInt8]] = [[0, 0, 0], [128, 64, 128], [9, 9, 9]]
  static let coloredClasses =
    "[{name: ground, color: [0, 0, 0]}, {name: road, color: [128, 64, 128]}]"

  @Test("8 and 16 bits, indices of a palette, integers and whole floats say the same")
  func formats() throws {
    let encodings: [(String, (String) -> [UInt8])] = [
      ("png", { gray($0) }), ("png", { gray($0, depth: 16) }),
      ("png", { palette($0, of: Self.colors) }),
      ("npy", { npy(.int64, $0) }), ("npy", { npy(.float32, $0) }),
    ]
    for (ending, encoded) in encodings {
      let folder = try LabelMaps.folder(
        LabelMaps.configuration(
          predictions: "pred/{image}.\(ending)", truth: "truth/{image}.\(ending)"),
        [
          "pred/a.\(ending)": encoded(LabelMaps.found),
          "truth/a.\(ending)": encoded(LabelMaps.truth),
        ])
      #expect(try folder.unmask("run").code == 0)
      #expect(try folder.counts() == Self.counts)
    }
  }

  @Test("the summary of scores")
  func summary() throws {
    let folder = try maps(gray(LabelMaps.found), gray(LabelMaps.truth))
    #expect(
      try folder.unmask("run")
        == Ending(
          code: 0,
          out: """
            undetermined  no class is hidden, but 2 of 2 verdicts are open
            headline      iou by global = 0.882, skill 0.882, order gap 0.000408
            images        1 used, 0 not usable
            report        out/report.md

            """))
  }

  @Test("a colour stands for its class")
  func color() throws {
    let files = [LabelMaps.found, LabelMaps.truth].map { rgb($0, of: Self.colors) }
    for configuration in [
      LabelMaps.configuration(classes: Self.coloredClasses),
      LabelMaps.configuration("colors: {ground: [0, 0, 0], road: [128, 64, 128]}"),
    ] {
      let folder = try maps(files[0], files[1], configuration)
      #expect(try folder.unmask("run").code == 0)
      #expect(try folder.counts() == Self.counts)
    }
  }

  @Test("a value stands for its class, whatever the place in the list")
  func values() throws {
    let folder = try maps(
      gray(LabelMaps.found, times: 1000, depth: 16), gray(LabelMaps.truth, times: 1000, depth: 16),
      LabelMaps.configuration(classes: "[{name: road, value: 1000}, {name: ground, value: 0}]"))
    #expect(try folder.unmask("run").code == 0)
    #expect(try folder.counts() == Self.counts.reversed())
  }

  @Test(
    "ignored labels of the truth do not count: one value, a list, or all that no class has",
    arguments: [
      ("2", "2011/0011/0011/0011", ["a ground 7 8 7", "a road 8 7 7"]),
      ("[2, 3]", "2311/0011/0011/0011", ["a ground 6 7 6", "a road 8 7 7"]),
      ("unlisted", "2341/0011/0011/0011", ["a ground 6 6 6", "a road 7 7 7"]),
    ])
  func ignored(ignore: String, truth: String, counts: [String]) throws {
    let folder = try maps(
      gray(LabelMaps.found), gray(truth), LabelMaps.configuration("ignore: \(ignore)"))
    #expect(try folder.unmask("run").code == 0)
    #expect(try folder.counts() == counts)
    let ignored = drawn(truth).joined().count { $0 > 1 }
    #expect(try folder.text("out/report.json").contains("\"ignored_px\" : \(ignored),"))
  }

  @Test("a predicted label outside the list is a miss, and counted")
  func predictedOutside() throws {
    let folder = try maps(gray("5001/0011/0011/0011"), gray(LabelMaps.truth))
    #expect(try folder.unmask("run").code == 0)
    #expect(try folder.counts() == ["a ground 8 8 7", "a road 8 7 7"])
    #expect(try folder.text("out/report.json").contains("\"unlisted_predictions_px\" : 1"))
    #expect(try folder.text("out/report.md").contains("label outside the class list"))
  }

  @Test("a label of the truth outside the list makes the image unusable")
  func trueOutside() throws {
    let folder = try maps(gray(LabelMaps.found), gray("0012/0011/0011/0011"))
    let ending = try folder.unmask("run")
    #expect(ending.code == 4)
    #expect(ending.fault.hasPrefix("truth/a.png: truth has labels that are neither a class nor"))
    #expect(ending.fault.contains("2 (1 pixel"))
    #expect(ending.fault.hasSuffix("first at row 0, column 3"))
    #expect(ending.error.hasSuffix("or say ignore: unlisted\n"))
  }

  @Test("a number that is not whole is no label")
  func fraction() throws {
    var numbers = drawn(LabelMaps.found).joined().map(Double.init)
    numbers[6] = 0.5
    let folder = try LabelMaps.folder(
      LabelMaps.configuration(predictions: "pred/{image}.npy"),
      ["pred/a.npy": npy(.float32, [4, 4], numbers), "truth/a.png": gray(LabelMaps.truth)])
    #expect(
      try folder.unmask("run").error == """
        pred/a.npy: the number at row 1, column 2 is no whole number, so no label
          save labels as integers; if these are probabilities say so: kind: probabilities

        """)
  }

  @Test("a colour picture needs classes with colours")
  func colorless() throws {
    let folder = try maps(gray(LabelMaps.found), rgb(LabelMaps.truth, of: Self.colors))
    let ending = try folder.unmask("run")
    #expect(ending.code == 4)
    #expect(
      ending.error == """
        truth/a.png: is a colour picture, and the classes have no colours
          give each class its colour: classes: [{name: road, color: [128, 64, 128]}]

        """)
  }

  @Test("one array holds all images; a text file names them")
  func array() throws {
    let files = [
      "pred.npy": npy(.int64, images: [LabelMaps.found, LabelMaps.truth]),
      "truth.npy": npy(.int64, images: [LabelMaps.truth, LabelMaps.truth]),
      "names.txt": Array("zebra\nape\n".utf8),
    ]
    let all = LabelMaps.configuration(predictions: "pred.npy", truth: "truth.npy")
    let numbered = try LabelMaps.folder(all, files)
    #expect(try numbered.unmask("run").code == 0)
    #expect(
      try numbered.counts()
        == ["0000 ground 8 9 8", "0000 road 8 7 7", "0001 ground 8 8 8", "0001 road 8 8 8"])
    let named = try LabelMaps.folder(
      all.replacing("  kind", with: "  names: names.txt\n  kind"), files)
    #expect(try named.unmask("run").code == 0)
    #expect(
      try named.counts()
        == ["zebra ground 8 9 8", "zebra road 8 7 7", "ape ground 8 8 8", "ape road 8 8 8"])
  }

  @Test("arrays that do not fit their names or each other leave no verdict")
  func arraysThatDoNotFit() throws {
    let both = npy(.int64, images: [LabelMaps.truth, LabelMaps.truth])
    let one = npy(.int64, images: [LabelMaps.truth])
    let all = LabelMaps.configuration(predictions: "pred.npy", truth: "truth.npy")
    let named = all.replacing("  kind", with: "  names: names.txt\n  kind")
    let names = Array("a\nb\nc\n".utf8)
    for (configuration, predictions, fault) in [
      (named, both, "truth.npy: holds 2 images, but there are 3 names"),
      (all, one, "pred.npy: predictions holds 1 images, but truth holds 2"),
    ] {
      let folder = try LabelMaps.folder(
        configuration, ["pred.npy": predictions, "truth.npy": both, "names.txt": names])
      let ending = try folder.unmask("run")
      #expect(ending.code == 4)
      #expect(ending.fault == fault)
    }
  }

  @Test("one mask a class is a label map in several files")
  func masks() throws {
    func masks(_ side: String, _ drawing: String) -> [String: [UInt8]] {
      let inverse = String(drawing.map { $0 == "0" ? "1" : $0 == "1" ? "0" : $0 })
      return [
        "\(side)/a.png": gray(drawing), "\(side)/a/road.png": gray(drawing, times: 255),
        "\(side)/a/ground.png": gray(inverse),
      ]
    }
    let files = masks("pred", LabelMaps.found).merging(masks("truth", LabelMaps.truth)) { $1 }
    let paths = ["{image}.png", "{image}/{class}.png"]
    for (predictions, truth) in [(0, 1), (1, 0), (1, 1)] {
      let folder = try LabelMaps.folder(
        LabelMaps.configuration(
          predictions: "pred/\(paths[predictions])", truth: "truth/\(paths[truth])"), files)
      #expect(try folder.unmask("run").code == 0)
      #expect(try folder.counts() == Self.counts)
    }
  }

  @Test("true masks that overlap cannot be one label map")
  func overlap() throws {
    let folder = try LabelMaps.folder(
      LabelMaps.configuration(truth: "truth/{image}/{class}.png"),
      [
        "pred/a.png": gray(LabelMaps.found), "truth/a/ground.png": gray("1110/1100/1100/1100"),
        "truth/a/road.png": gray(LabelMaps.truth),
      ])
    let ending = try folder.unmask("run")
    #expect(ending.code == 4)
    #expect(ending.fault.hasSuffix("the first at row 0, column 2: 'ground' and 'road'"))
  }

  @Test("an array of one mask a class is a label map as well, or refused")
  func arrayOfMasks() throws {
    func masks(_ drawing: String) -> [UInt8] {
      npy(.int64, [4, 4, 2], drawn(drawing).joined().flatMap { $0 == 0 ? [1, 0] : [0, 1] })
    }
    func folder(_ more: String...) throws -> Folder {
      try LabelMaps.folder(
        LabelMaps.configuration(predictions: "pred/{image}.npy", more.joined(separator: "\n  ")),
        ["pred/a.npy": masks(LabelMaps.found), "truth/a.png": gray(LabelMaps.truth)])
    }
    let told = try folder("axes: {predictions: HWC}")
    #expect(try told.unmask("run").code == 0)
    #expect(try told.counts() == Self.counts)
    let untold = try folder()
    let code = try untold.unmask("run").code
    let counts = code == 0 ? try untold.counts() : Self.counts
    #expect(counts == Self.counts)
  }

  @Test("axes with classes do not fit a picture")
  func axesOfPictures() throws {
    let folder = try maps(
      gray(LabelMaps.found), gray(LabelMaps.truth), LabelMaps.configuration("axes: HWC"))
    #expect(try folder.unmask("run").code == 4)
  }

  private func maps(
    _ predictions: [UInt8], _ truth: [UInt8],
    _ configuration: String = LabelMaps.configuration()
  ) throws -> Folder {
    try LabelMaps.folder(configuration, ["pred/a.png": predictions, "truth/a.png": truth])
  }
}
