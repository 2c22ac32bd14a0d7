import Testing

/// Colours that do not count, or are nearly right.
@Suite("Colours of label maps")
struct ColorTests {
  static let colors: [[UInt8]] = [
    [128, 64, 128], [244, 35, 232], [224, 224, 192], [131, 60, 128],
  ]

  @Test("a colour in ignore does not count, alone, beside labels, and with a data set's name")
  func ignored() throws {
    for (classes, more) in [
      (
        "[{name: road, color: [128, 64, 128]}, {name: walk, color: [244, 35, 232]}]",
        "ignore: [[224, 224, 192]]"
      ),
      (
        "[{name: road, color: [128, 64, 128]}, {name: walk, color: [244, 35, 232]}]",
        "ignore: [255, [224, 224, 192], unlisted]"
      ),
      ("cityscapes", "ignore: [[224, 224, 192]]"),
    ] {
      let folder = try folder("0122/0011", "0011/0001", classes, more)
      let ending = try folder.unmask("run")
      #expect(ending.code == 0, "\(ending.error)")
      // Two pixels are ignored: of the road 3 true, 5 found, 3 both.
      #expect(try folder.counts()[0].hasSuffix("3 5 3"))
      #expect(try folder.text("out/report.json").contains("\"ignored_px\" : 2,"))
    }
    // The outline of objects in VOC.
    let voc = try LabelMaps.folder(
      LabelMaps.configuration(classes: "voc"),
      [
        "pred/a.png": rgb("0011", of: [[0, 0, 0], [128, 0, 0]]),
        "truth/a.png": rgb("0211", of: [[0, 0, 0], [128, 0, 0], [224, 224, 192]]),
      ])
    #expect(try voc.unmask("run").code == 0)
    #expect(try voc.counts().prefix(2) == ["a background 1 1 1", "a aeroplane 2 2 2"])
  }

  @Test("palettes of VOC hold its numbers and show its colours, and 255 shows the colour of void")
  func palettesOfVOC() throws {
    // VOClabelcolormap.m: the bits of the label, three at a time, from the highest bit of each part down.
    var colors = [UInt8](repeating: 0, count: 768)
    for label in 0..<256 {
      for bit in 0..<8 {
        for part in 0..<3 where label >> (3 * bit + part) & 1 == 1 {
          colors[3 * label + part] |= 128 >> UInt8(bit)
        }
      }
    }
    func picture(_ drawing: String) -> [UInt8] {
      png(drawn(drawing).map { $0.map { $0 == 9 ? 255 : UInt8($0) } }, color: 3, palette: colors)
    }
    let folder = try LabelMaps.folder(
      LabelMaps.configuration(classes: "voc"),
      ["pred/a.png": picture("0077/0777"), "truth/a.png": picture("0977/0077")])
    let ending = try folder.unmask("run")
    #expect(ending.error.isEmpty, "\(ending.error)")
    let counts = try folder.counts()
    #expect(counts.contains("a background 3 2 2"))
    #expect(counts.contains("a car 4 5 4"))
  }

  @Test("a colour within color_tolerance of a class's is the class, and counted")
  func tolerance() throws {
    let classes = "[{name: road, color: [128, 64, 128]}, {name: walk, color: [244, 35, 232]}]"
    let folder = try folder("0331/0011", "0001/0001", classes, "color_tolerance: 4")
    let ending = try folder.unmask("run")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(try folder.counts() == ["a road 5 6 5", "a walk 3 2 2"])
    #expect(
      try folder.text("out/report.json").contains(
        "2 pixels of a colour that is nearly a class's: read as the class"))
    let strict = try self.folder("0331/0011", "0001/0001", classes, "color_tolerance: 3")
    #expect(
      try strict.unmask("run").fault.contains(
        "neither a class nor ignored: [131, 60, 128] (2 pixels)")
    )
  }

  @Test("a tolerance by which two classes meet, or without colours, is a mistake")
  func mistakes() throws {
    for (classes, more, fault) in [
      (
        "[{name: road, color: [10, 10, 10]}, {name: walk, color: [18, 10, 10]}]",
        "color_tolerance: 4", "are 8 apart, and a colour between them would be near both"
      ),
      ("[road, walk]", "color_tolerance: 4", "no class has a colour"),
      (
        "[{name: road, color: [10, 10, 10]}]", "ignore: [[10, 10, 10]]",
        "[10, 10, 10] is the colour of the class 'road'"
      ),
    ] {
      let ending = try LabelMaps.folder(
        LabelMaps.configuration(classes: classes, more), [:]
      ).unmask("run")
      #expect(ending.code == 2)
      #expect(ending.fault.contains(fault), "\(ending.error)")
    }
  }

  private func folder(
    _ truth: String, _ found: String, _ classes: String, _ more: String
  ) throws -> Folder {
    try LabelMaps.folder(
      LabelMaps.configuration(classes: classes, more),
      ["pred/a.png": rgb(found, of: Self.colors), "truth/a.png": rgb(truth, of: Self.colors)])
  }
}

/// A label of the truth that the list lacks: what it may be comes before dropping it.
@Suite("Remedies for unlisted labels of the truth")
struct UnlistedLabelTests {
  @Test(
    "name background, objects and the number of classes first",
    arguments: [
      (
        "0111/1222", "[{name: road, value: 1}, {name: walk, value: 2}]",
        "does 0 mean background? then list it first"
      ),
      (
        "0012/0012", "[road, walk]",
        "labels run from 0 to 2 and the list has 2 classes: does 0 mean background?"
      ),
      ("0017/0011", "[road, walk]", "add them to classes or to ignore"),
    ])
  func remedies(truth: String, classes: String, remedy: String) throws {
    let folder = try LabelMaps.folder(
      LabelMaps.configuration(classes: classes),
      ["pred/a.png": gray("0011/0011"), "truth/a.png": gray(truth)])
    let ending = try folder.unmask("run")
    let last = ending.error.split(separator: "\n").dropFirst().first ?? ""
    #expect(last.trimmingPrefix("  ").hasPrefix(remedy), "\(ending.error)")
    #expect(ending.error.hasSuffix("or say ignore: unlisted\n") || remedy.hasPrefix("labels run"))
  }

  @Test(
    "numbered objects name the encoding that reads them",
    arguments: [(1000, "cityscapes-instances"), (256, "kitti-instances")])
  func objects(factor: Int, encoding: String) throws {
    let numbers = [26 * factor, 26 * factor + 1, 7, 26 * factor + 2].map(Double.init)
    let classes = "[{name: road, value: {truth: 7}}, {name: car, value: {truth: 26}}]"
    let files = [
      "pred/a.npy": npy(.int64, [1, 4], [1, 1, 0, 0]), "truth/a.npy": npy(.int64, [1, 4], numbers),
    ]
    func run(_ more: String) throws -> Ending {
      try LabelMaps.folder(
        LabelMaps.configuration(
          predictions: "pred/{image}.npy", truth: "truth/{image}.npy", classes: classes, more),
        files
      ).unmask("run")
    }
    let refused = try run("ignore: 0")
    #expect(
      refused.error.contains(
        "\(factor) times a class plus the number of an object: say encoding: {truth: \(encoding)}"))
    let advised = try run("encoding: {truth: \(encoding)}\n  ignore: 0")
    #expect(!advised.error.contains("neither a class nor ignored"), "\(advised.error)")
  }
}
