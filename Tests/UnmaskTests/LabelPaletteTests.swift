import Testing

/// Label maps that went through tools which keep what a picture looks like.
@Suite("A palette of labels")
struct LabelPaletteTests {
  /// Twelve label maps of four classes, as they should be.
  private static let maps = (0..<12).map { image in
    (0..<8).map { row in (0..<8).map { column in (row / 3 + (column + image) / 4) % 4 } }
  }

  /// Greys in an order that changes from file to file.
  private static func reordered(_ labels: [[Int]], _ image: Int, greys: [Int]) -> [UInt8] {
    let order = (0..<greys.count).map { ($0 * 3 + image) % greys.count }
    let indices = labels.map { row in row.map { UInt8(order.firstIndex(of: $0) ?? 0) } }
    return png(
      indices, color: 3, palette: order.flatMap { [UInt8](repeating: UInt8(greys[$0]), count: 3) })
  }

  private static func configuration(_ values: [Int], _ more: String = "") -> String {
    let classes = values.enumerated().map { "{name: c\($0), value: \($1)}" }.joined(separator: ", ")
    return """
      version: 1
      decode:
        predictions: pred/{image}.png
        truth: truth/{image}.png
        kind: labels
        classes: [\(classes)]
        \(more)
      measure: [iou]
      reduce: {all: "pool(batch, image, pixel) > score > mean(class)"}

      """
  }

  private func folder(
    _ configuration: String, greys: [Int], _ optimised: (Int, [[Int]]) -> [UInt8]
  ) throws -> Folder {
    let folder = try Folder()
    try folder.write(configuration, to: "pipeline.yml")
    for (image, labels) in Self.maps.enumerated() {
      try folder.write(
        png(labels.map { $0.map { UInt8(greys[$0]) } }), to: "pred/\(image + 10).png")
      try folder.write(optimised(image, labels), to: "truth/\(image + 10).png")
    }
    return folder
  }

  @Test("is read by its greys where the order changes from file to file, also among plain files")
  func reordered() throws {
    for everySecond in [false, true] {
      let folder = try folder(Self.configuration([0, 1, 2, 3]), greys: [0, 1, 2, 3]) {
        image, labels in
        everySecond && image % 2 == 0
          ? png(labels.map { $0.map(UInt8.init) })
          : Self.reordered(labels, image, greys: [0, 1, 2, 3])
      }
      let ending = try folder.unmask("run")
      #expect(ending.code == 0)
      #expect(ending.line("headline")?.hasPrefix("iou by all = 1, ") == true, "\(ending.out)")
      #expect(try folder.text("out/report.md").contains("truth: labels are what palettes"))
      // The reading was decided by the images, which are not looked at again.
      #expect(
        try folder.unmask("report", "--from", "out", "pipeline.yml", "--out", "again").code == 0)
    }
  }

  @Test("is read by its greys where they fit the class list and the indices do not")
  func compacted() throws {
    let greys = [7, 8, 11, 26]
    for ignore in ["", "ignore: [0, 1, 2, 3, 4]"] {
      let folder = try folder(Self.configuration(greys, ignore), greys: greys) { _, labels in
        Self.reordered(labels, 0, greys: greys)
      }
      #expect(try folder.unmask("run").line("headline")?.hasPrefix("iou by all = 1, ") == true)
    }
  }

  @Test("that fits both ways in every file is refused, and either reading can be said")
  func undecided() throws {
    func ending(_ more: String) throws -> Ending {
      try folder(Self.configuration([0, 1, 2, 3], more), greys: [0, 1, 2, 3]) { _, labels in
        Self.reordered(labels, 1, greys: [0, 1, 2, 3])
      }.unmask("run")
    }
    let refused = try ending("")
    #expect(refused.code == 2)
    #expect(refused.error.contains("palette: {truth: index} or palette: {truth: shown}"))
    #expect(
      try ending("palette: {truth: shown}").line("headline")?.hasPrefix("iou by all = 1, ") == true)
    #expect(try ending("palette: {truth: index}").code == 4)
  }

  @Test("in colours is read by the colours of the classes, in whatever order they stand")
  func colors() throws {
    let colors: [[UInt8]] = [[9, 9, 9], [200, 0, 0], [0, 200, 0], [0, 0, 200]]
    let folder = try folder(
      Self.configuration(
        [0, 1, 2, 3],
        "colors: {c0: [9, 9, 9], c1: [200, 0, 0], c2: [0, 200, 0], c3: [0, 0, 200]}"),
      greys: [0, 1, 2, 3]
    ) { image, labels in
      let order = (0..<4).map { ($0 * 3 + image) % 4 }
      let indices = labels.map { row in row.map { UInt8(order.firstIndex(of: $0) ?? 0) } }
      return png(indices, color: 3, palette: order.flatMap { colors[$0] })
    }
    #expect(try folder.unmask("run").line("headline")?.hasPrefix("iou by all = 1, ") == true)
  }

  @Test("in the classes' own colours goes by them, whatever its numbers are")
  func classColors() throws {
    let colors: [[UInt8]] = [[128, 64, 128], [70, 70, 70], [0, 0, 142]]
    let folder = try Folder()
    try folder.write(
      """
      version: 1
      decode:
        predictions: pred/{image}.png
        truth: truth/{image}.png
        kind: labels
        classes: [road, building, car]
        colors: {road: [128, 64, 128], building: [70, 70, 70], car: [0, 0, 142]}
      measure: [iou]
      reduce: {all: "pool(batch, image, pixel) > score > mean(class)"}

      """, to: "pipeline.yml")
    let map = Self.maps[0].map { $0.map { $0 % 3 } }
    try folder.write(
      png(map.map { $0.flatMap { colors[$0] } }, color: 2), to: "truth/a.png")
    // The colour of each number is that of the one before it.
    try folder.write(
      png(
        map.map { $0.map { UInt8(($0 + 1) % 3) } }, color: 3,
        palette: [2, 0, 1].flatMap { colors[$0] }), to: "pred/a.png")
    let ending = try folder.unmask("run")
    #expect(ending.line("headline")?.hasPrefix("iou by all = 1, ") == true, "\(ending.out)")
    #expect(
      try folder.text("out/report.md").contains("whose colours are those of the classes"))
  }
}
