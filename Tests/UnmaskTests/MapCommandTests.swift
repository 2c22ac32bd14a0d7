import Testing

@Suite("A loss map")
struct MapCommandTests {
  private func map(_ folder: Folder, _ arguments: String) throws -> Ending {
    try folder.shell("unmask map \(arguments)")
  }

  @Test("is written as an array, and its summary says what is in it")
  func array() throws {
    let folder = try Street.folder()
    #expect(
      try map(folder, "--measure mae --image a --class pole --out a.npy")
        == Ending(
          code: 0,
          out: """
            map      mae of a, the loss at each pixel
            class    pole: mean 0.890 on its own 2 pixels, 0 on the other 14; largest 0.890 at row \
            2, column 3
            ignored  0 pixels
            file     a.npy: float32, 4 × 4 (rows, columns)

            """))
    let missed = Double(Float(1) - Float(28) / 255)
    let expected = npy(
      .float32, [4, 4], drawn("0000/0000/0001/0001").joined().map { Double($0) * missed })
    #expect(try folder.bytes("a.npy").suffix(64) == expected.suffix(64))
  }

  @Test("of all classes has them as its last axis")
  func allClasses() throws {
    let folder = try Street.folder()
    let ending = try map(folder, "--measure mse --image c --out c.npy")
    #expect(ending.line("file") == "c.npy: float32, 4 × 4 × 2 (rows, columns, classes)")
    #expect(ending.out.split(separator: "\n").count { $0.hasPrefix("class") } == 2)
    #expect(try folder.bytes("c.npy").count == 128 + 4 * 4 * 2 * 4)
  }

  @Test("is a picture whose white is the largest loss, or what --max says")
  func picture() throws {
    let folder = try Street.folder()
    let ending = try map(folder, "--measure torch-bce --image c --class pole --out c.png")
    #expect(
      ending.line("file")
        == "c.png: 8-bit grey, 4 × 4; black is 0, white is 100.0 (the largest; --max sets another)")
    let largest = try folder.bytes("c.png")
    let other = try map(
      folder, "--measure torch-bce --image c --class pole --max 200 --out c.png --overwrite")
    #expect(other.line("file") == "c.png: 8-bit grey, 4 × 4; black is 0, white is 200.0")
    #expect(try folder.bytes("c.png") != largest)
    #expect(try folder.names(in: "") == ["c.png", "pipeline.yml", "pred", "truth"])
  }

  @Test("of several classes as a picture is the mean over them")
  func meanPicture() throws {
    let ending = try map(Street.folder(), "--measure mae --image c --out c.png")
    #expect(
      ending.line("file")
        == """
        c.png: 8-bit grey, 4 × 4, the mean over classes; black is 0, white is 0.5 (the largest; \
        --max sets another)
        """)
  }

  @Test("takes a measure with its parameters, as reports write it")
  func parameters() throws {
    let folder = try Street.folder()
    let ending = try map(folder, "--measure 'focal( gamma:3,alpha: 0.25 )' --image a --out a.npy")
    #expect(ending.line("map") == "focal(gamma: 3, alpha: 0.25) of a, the loss at each pixel")
  }

  @Test("opens no other image")
  func otherImages() throws {
    let folder = try Street.folder()
    try folder.write("no picture", to: "pred/b/road.png")
    #expect(try map(folder, "--measure bce --image a --out a.npy").code == 0)
    let ending = try map(folder, "--measure bce --image b --out b.npy")
    #expect(ending.code == 3)
    #expect(ending.fault.hasPrefix("pred/b/road.png: the file is not a PNG"))
    #expect(try folder.names(in: "") == ["a.npy", "pipeline.yml", "pred", "truth"])
  }

  @Test("of a categorical loss has one value a pixel; what is ignored or of no class is NaN")
  func categorical() throws {
    let folder = try Folder()
    try folder.write(
      """
      version: 1
      decode:
        predictions: pred/{image}.npy
        truth: truth/{image}.png
        kind: probabilities
        activation: softmax
        classes: [ground, road]
        ignore: 9
      measure: [ce]
      reduce: {pixels: "mean(class, pixel, image, batch)"}

      """, to: "pipeline.yml")
    try folder.write(npy(.float32, [1, 3, 2], [0, 1, 1, 1, 1, 0]), to: "pred/a.npy")
    try folder.write(gray("019"), to: "truth/a.png")
    #expect(
      try map(folder, "--measure ce --image a --out a.npy")
        == Ending(
          code: 0,
          out: """
            map      ce of a, the loss at each pixel
            class    ground: mean 16.1 on its own 1 pixel; largest 16.1 at row 0, column 0
            class    road: mean 0.693 on its own 1 pixel; largest 0.693 at row 0, column 1
            ignored  1 pixel
            file     a.npy: float32, 1 × 3 (rows, columns)

            """))
    let one = try map(folder, "--measure ce --image a --class road --out a.npy --overwrite")
    #expect(one.line("no loss") == "2 pixels, the ignored ones among them")
  }

  @Test(
    "that cannot be made is refused before anything is written",
    arguments: [
      (
        "--measure iou --image a --out a.npy", 2, "'iou' has no value at a pixel",
        "those that have one are bce, tf-keras-bce, torch-bce, "
      ),
      (
        "--measure bse --image a --out a.npy", 2, "unknown measure 'bse'",
        "did you mean 'bce'? the measures are bce, tf-keras-bce, torch-bce, "
      ),
      (
        "--measure 'focal(3)' --image a --out a.npy", 2, "'focal(3)' is no measure",
        "write a name, or a name with parameters: 'focal(gamma: 3, alpha: 0.25)'"
      ),
      (
        "--measure 'focal(gamma: 3, gamma: 2)' --image a --out a.npy", 2,
        "'focal(gamma: 3, gamma: 2)' says 'gamma' twice", "keep one"
      ),
      (
        "--measure 'focal(gama: 3)' --image a --out a.npy", 2, "'focal' has no parameter 'gama'",
        "it has gamma, alpha, epsilon, clip_logits\n"
      ),
      (
        "--measure bce --image d --out a.npy", 2, "pipeline.yml: no image is called 'd'",
        "did you mean 'a'? there are 3 images, from 'a' to 'c'"
      ),
      (
        "--measure bce --image a --class pol --out a.npy", 2,
        "pipeline.yml: no class is called 'pol'",
        "did you mean 'pole'? the classes are road, pole"
      ),
      (
        "--measure bce --image a --out none/a.npy", 74,
        "none/a.npy: there is no directory 'none'", "make it, or write elsewhere"
      ),
    ])
  func refusals(arguments: String, code: Int32, fault: String, remedy: String) throws {
    let folder = try Street.folder()
    let ending = try map(folder, arguments)
    #expect((ending.code, ending.out, ending.fault) == (code, "", fault))
    #expect(ending.error.hasPrefix("\(fault)\n  \(remedy)"))
    #expect(try folder.names(in: "") == ["pipeline.yml", "pred", "truth"])
  }

  @Test("of labels does not exist")
  func labels() throws {
    let folder = try LabelMaps.folder(
      LabelMaps.configuration(),
      ["pred/a.png": gray(LabelMaps.found), "truth/a.png": gray(LabelMaps.truth)])
    let ending = try map(folder, "--measure bce --image a --out a.npy")
    #expect(ending.code == 2)
    #expect(ending.fault == "pipeline.yml: 'bce' needs probabilities, and labels have none")
  }

  @Test(
    "has a name that says what it is, and a white only where there is one",
    arguments: [
      ("--out a.tif", "Error: --out 'a.tif': name a file that ends in .npy or .png"),
      (
        "--out a.npy --max 3",
        "Error: --max is for pictures (.png): an array holds the losses themselves"
      ),
      ("--out a.png --max 0", "Error: --max 0.0: give a loss above 0"),
    ])
  func usage(arguments: String, fault: String) throws {
    let ending = try map(Street.folder(), "--measure bce --image a \(arguments)")
    #expect(ending.code == 2)
    #expect(ending.fault == fault)
  }

  @Test("replaces a file only where that is said, and nothing that is no file")
  func existing() throws {
    let folder = try Street.folder()
    try folder.write("old", to: "a.npy")
    let refused = try map(folder, "--measure bce --image a --out a.npy")
    #expect(refused.code == 74)
    #expect(
      refused.error == """
        a.npy: is there already
          write elsewhere, take it away, or write over it with --overwrite

        """)
    #expect(try folder.text("a.npy") == "old")
    #expect(try map(folder, "--measure bce --image a --out a.npy --overwrite").code == 0)
    #expect(try folder.bytes("a.npy").count == 128 + 4 * 4 * 2 * 4)
    try folder.makeDirectory("b.npy")
    let directory = try map(folder, "--measure bce --image a --out b.npy")
    #expect(directory.code == 74)
    #expect(directory.fault == "b.npy: a directory is in the way")
    #expect(try folder.shell("mkfifo c.npy").code == 0)
    let pipe = try map(folder, "--measure bce --image a --out c.npy")
    #expect(pipe.code == 74)
    #expect(pipe.fault == "c.npy: is no regular file")
  }

  @Test("that the disk has no room for leaves the old file")
  func fullDisk() throws {
    let folder = try Street.folder()
    let large = gray(
      Array(repeating: String(repeating: "0", count: 64), count: 64)
        .joined(separator: "/"))
    for file in ["pred/a/road", "pred/a/pole", "truth/a/road", "truth/a/pole"] {
      try folder.write(large, to: "\(file).png")
    }
    try folder.write("old", to: "a.npy")
    let ending = try folder.shell(
      "ulimit -f 8; unmask map --measure bce --image a --out a.npy --overwrite")
    #expect(ending.code == 74)
    #expect(ending.fault == "a.npy: could not be written: File too large")
    #expect(try folder.text("a.npy") == "old")
    #expect(try folder.names(in: "") == ["a.npy", "pipeline.yml", "pred", "truth"])
  }
}
