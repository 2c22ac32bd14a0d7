import Foundation
import Testing

@Suite("A bad image is named and counted, and stops no other")
struct BadImageTests {
  static let whole = gray("0000/0000/0000/0000")

  /// A file that takes the place of another, and what is said of it.
  struct Damage: CustomTestStringConvertible {
    var path: String
    var bytes: [UInt8]
    var error: String

    init(_ path: String, _ bytes: [UInt8], _ error: String) {
      (self.path, self.bytes, self.error) = (path, bytes, error)
    }

    var testDescription: String { String(error.prefix { $0 != "\n" }) }
  }

  @Test(
    "a file that is no whole PNG",
    arguments: [
      Damage(
        "pred/b/pole.png", Array(whole.dropLast(20)),
        """
        pred/b/pole.png: chunk IDAT should have 31 bytes and has at most 23 (byte 33)
          the file is damaged or half-written; write it again
        """),
      Damage(
        "pred/b/pole.png", [],
        """
        pred/b/pole.png: the file is empty
          write it again
        """),
      Damage(
        "truth/b/pole.png", Array("not an image".utf8),
        """
        truth/b/pole.png: the file is not a PNG
          save the image as PNG
        """),
      Damage(
        "pred/b/pole.png", [0xff, 0xd8, 0xff, 0xe0] + [UInt8](repeating: 0, count: 40),
        """
        pred/b/pole.png: the file is a JPEG, not a PNG
          JPEG changes values; save masks and predictions as PNG or NPY
        """),
    ])
  func damaged(damage: Damage) throws { try expect(damage) }

  @Test(
    "a PNG that cannot mean what it should",
    arguments: [
      Damage(
        "pred/b/pole.png", gray("00/00"),
        """
        pred/b/pole.png: is 2 × 2 pixels, but pred/b/road.png is 4 × 4
          save both at the same size
        """),
      Damage(
        "truth/b/pole.png", gray("0012/0000/0000/0000"),
        """
        truth/b/pole.png: a mask says yes or no, but holds both 1 and 2 (row 0, column 3)
          save 0 and 1, or 0 and 255; pixels that do not count need a label map as truth; levels of a soft truth, \
        such as votes or smooth borders, need, under decode, soft_truth: true, or threshold_truth: 0.5 to cut them
        """),
      Damage(
        "pred/b/pole.png", rgb("0000/0000/0000/0000", of: [[1, 2, 3]]),
        """
        pred/b/pole.png: is a colour picture, but a plane of probabilities holds one number a pixel
          save it as a grey PNG, or as an array
        """),
      Damage(
        "pred/b/pole.png", gray("0000/0000/0000/0000", depth: 16),
        """
        pred/b/pole.png: holds uint16, but pred/b/road.png holds uint8
          save all classes of an image the same way
        """),
    ])
  func meaningless(damage: Damage) throws { try expect(damage) }

  @Test("truth and prediction of different sizes")
  func sizes() throws {
    let folder = try Street.folder()
    for name in ["road", "pole"] { try folder.write(gray("00/00"), to: "pred/b/\(name).png") }
    try expect(
      folder,
      """
      pred/b/road.png: is 2 × 2 pixels, but truth/b/road.png is 4 × 4
        save both at the same size, or name the function that resizes them in your code, under decode: resize: {predictions: torch.bilinear}
      """)
  }

  @Test("a class without its file, and a pipe in the place of one")
  func missing() throws {
    for replacement in ["true", "mkfifo pred/b/pole.png"] {
      let folder = try Street.folder()
      #expect(try folder.shell("rm pred/b/pole.png && \(replacement)").code == 0)
      try expect(
        folder,
        """
        pred/b/road.png: predictions: 1 of 2 class files are missing, or are no files: 'pole'
          write them, empty masks too, or take the image out on both sides; if a class without a file is nowhere say absent: empty
        """)
    }
  }

  @Test("a file that may not be read", .disabled(if: isSuperUser, "the super-user may read all"))
  func permission() throws {
    let folder = try Street.folder()
    #expect(try folder.shell("chmod 0 pred/b/pole.png").code == 0)
    try expect(
      folder,
      """
      pred/b/pole.png: permission denied
        let the user that runs this read the file and enter its directories
      """)
  }

  @Test(
    "an array whose numbers are no probabilities",
    arguments: [
      (
        .nan, "nan", "", "the model or the code that saved it failed here; look at this image first"
      ),
      (
        -0.5, "-0.5", " by 0.500",
        "this image's values run from −0.500 to 0.250; if the file holds logits, say so under decode: kind: logits"
      ),
      (
        1.5, "1.5", " by 0.500",
        "this image's values run from 0.250 to 1.50, and probabilities from 0 to 1: look at what the file holds"
      ),
      (
        99.5, "99.5", " by 98.5",
        "this image's values run from 0.250 to 99.5, as percent do: save them divided by 100"
      ),
      (
        1.0625, "1.0625", " by 0.0625",
        "this image's values run from 0.250 to 1.06, as resizing with a cubic filter leaves them: clip them, np.clip(x, 0, 1), before they are saved"
      ),
    ] as [(Double, String, String, String)])
  func noProbability(number: Double, text: String, distance: String, remedy: String) throws {
    let folder = try arrays()
    var numbers = [Double](repeating: 0.25, count: 32)
    numbers[13] = number
    try folder.write(npy(.float32, [4, 4, 2], numbers), to: "pred/b.npy")
    try expect(
      folder,
      """
      pred/b.npy: probability \(text) at class 'pole', row 1, column 2 lies outside 0…1\(distance)
        \(remedy)
      """)
  }

  @Test("a number that is no probability is told with the file of its class")
  func noProbabilityOfClass() throws {
    let folder = try Street.folder(
      Street.configuration.replacing("pred/{image}/{class}.png", with: "pred/{image}/{class}.npy"))
    for (name, _, _) in Street.drawings {
      let number = name == "b/pole" ? Double.nan : 0.25
      let numbers = [Double](repeating: number, count: 16)
      try folder.write(npy(.float32, [4, 4], numbers), to: "pred/\(name).npy")
    }
    let ending = try folder.unmask("run")
    #expect(ending.code == 3)
    #expect(ending.fault.hasPrefix("pred/b/pole.npy: probability nan at "))
  }

  @Test("an image without pixels")
  func noPixels() throws {
    let folder = try arrays()
    try folder.write(npy(.int64, [0, 4], []), to: "truth/b.npy")
    try folder.write(npy(.float32, [0, 4, 2], []), to: "pred/b.npy")
    for name in ["a", "c"] {
      try folder.write(npy(.int64, "0011/0011/0011/0011"), to: "truth/\(name).npy")
    }
    let configuration = try folder.text("pipeline.yml")
    try folder.write(
      configuration.replacing("truth/{image}/{class}.png", with: "truth/{image}.npy"),
      to: "pipeline.yml")
    let ending = try folder.unmask("run")
    #expect(ending.code == 3)
    #expect(ending.fault.hasSuffix("the image has no pixels"))
    #expect(ending.fault.contains("b.npy: "))
  }

  @Test("an array that is cut off, of another shape, or none")
  func noArray() throws {
    let array = npy(.float32, [4, 4, 2], [Double](repeating: 0.25, count: 32))
    for (bytes, error) in [
      (
        Array(array.dropLast(4)),
        """
        pred/b.npy: the file is truncated or still being written: its header says (4, 4, 2) of f4 \
        = 128 bytes, but 124 follow it (byte 252)
          wait until it is written, or write it again
        """
      ),
      (
        npy(.float32, [4, 5, 2], [Double](repeating: 0.25, count: 40)),
        """
        pred/b.npy: an array of shape (4, 5, 2) does not fit 2 classes and images of 4 × 4
          an array of one image is HWC, CHW, or HW for label maps; predictions of another size than the \
        truth need, under decode, resize: {predictions: torch.bilinear}
        """
      ),
      (
        Array("0.25 0.25".utf8),
        """
        pred/b.npy: is neither NPY, NPZ nor safetensors
          save it with np.save, np.savez or safetensors
        """
      ),
    ] {
      let folder = try arrays()
      try folder.write(bytes, to: "pred/b.npy")
      try expect(folder, error)
    }
  }

  @Test("those of one cause are told once, with how many there are; report.json has all")
  func many() throws {
    let folder = try Street.folder()
    for number in 10..<20 {
      for name in ["road", "pole"] {
        try folder.write(Self.whole, to: "truth/\(number)/\(name).png")
        try folder.write("x", to: "pred/\(number)/\(name).png")
      }
    }
    let ending = try folder.unmask("run")
    #expect(ending.code == 3)
    #expect(ending.line("images") == "3 used, 10 not usable")
    #expect(ending.error.hasSuffix("\n  the same in 9 more images: '11', '12' and others\n"))
    #expect(ending.error.split(separator: "\n").count == 3)
    #expect(try folder.text("out/report.md").contains("`10`, `11`, `12` and 7 more: "))
    #expect(try folder.text("out/report.json").matches(of: /"file" : "pred.1\d/).count == 10)
  }

  @Test("when all are bad there is a report that says so")
  func all() throws {
    let folder = try Street.folder()
    for name in ["a/road", "b/road", "c/road"] { try folder.write("x", to: "pred/\(name).png") }
    let ending = try folder.unmask("run")
    #expect(ending.code == 4)
    #expect(ending.line("images") == "0 used, 3 not usable")
    #expect(ending.line("no verdict") == "no image could be used")
    let report = try folder.text("out/report.md")
    #expect(report.hasPrefix("# ❔ No verdict: no image could be used\n"))
    #expect(report.contains("3 of 3 images could not be used"))
    // No table of dashes.
    #expect(!report.contains("| –"))
  }

  @Test("a report made from the evidence is as incomplete as its run")
  func fromEvidence() throws {
    let folder = try Street.folder()
    try folder.write("x", to: "pred/b/pole.png")
    let run = try folder.unmask("run")
    let report = try folder.unmask("report", "--from", "out", "--out", "again")
    #expect(report.code == 3)
    #expect(report.error == run.error)
    #expect(try folder.reports(in: "again") == folder.reports(in: "out"))
  }

  // MARK: - Helpers

  /// The street with one array an image as predictions, which are 0.25 everywhere.
  private func arrays() throws -> Folder {
    let folder = try Street.folder(
      Street.configuration.replacing("pred/{image}/{class}.png", with: "pred/{image}.npy"))
    try folder.remove("pred")
    for name in ["a", "b", "c"] {
      let numbers = [Double](repeating: 0.25, count: 32)
      try folder.write(npy(.float32, [4, 4, 2], numbers), to: "pred/\(name).npy")
    }
    return folder
  }

  private func expect(_ damage: Damage) throws {
    let folder = try Street.folder()
    try folder.write(damage.bytes, to: damage.path)
    try expect(folder, damage.error)
  }

  /// The image b is told, counted and left out; a and c are there.
  private func expect(_ folder: Folder, _ error: String) throws {
    let ending = try folder.unmask("run")
    #expect(ending.code == 3)
    #expect(ending.error == error + "\n")
    #expect(ending.line("images") == "2 used, 1 not usable")
    #expect(try folder.counts().map { $0.prefix(1) } == ["a", "a", "c", "c"])
    #expect(
      try folder.text("out/report.md").contains("**Incomplete:** 1 of 3 images could not be used"))
    #expect(try folder.text("out/report.json").contains("\"complete\" : false"))
  }
}
