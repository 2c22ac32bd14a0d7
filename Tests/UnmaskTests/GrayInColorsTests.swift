import Testing

/// Tools that know only colour pictures write a number three times, or into the opacity.
@Suite("One number in several channels")
struct GrayInColorsTests {
  static let note = "colour picture"
  private static let grays = (0..<10).map { [UInt8](repeating: UInt8($0), count: 3) }

  @Test("a label map with three equal channels is grey, and the report says so")
  func labelMap() throws {
    let folder = try LabelMaps.folder(
      LabelMaps.configuration(),
      [
        "pred/a.png": gray(LabelMaps.found), "truth/a.png": rgb(LabelMaps.truth, of: Self.grays),
        "pred/b.png": rgb(LabelMaps.found, of: Self.grays),
        "truth/b.png": rgba(LabelMaps.truth, of: Self.grays),
      ])
    let ending = try folder.unmask("run")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(
      try folder.counts()
        == ["a ground 8 9 8", "a road 8 7 7", "b ground 8 9 8", "b road 8 7 7"])
    let note = "3 colour pictures with three equal channels: read as grey"
    #expect(try folder.text("out/report.json").contains(note))
    #expect(try folder.text("out/report.md").contains(note))
    // The evidence remembers it.
    #expect(
      try folder.unmask("report", "--from", "out", "--out", "again", "pipeline.yml").code == 0)
    #expect(try folder.text("again/report.json").contains(note))
  }

  @Test("a mask and a plane with three equal channels are grey")
  func planes() throws {
    let whites: [[UInt8]] = [[0, 0, 0], [255, 255, 255]]
    let levels = (0..<10).map { [UInt8](repeating: UInt8($0 * 28), count: 3) }
    for kind in ["labels", "probabilities\n  activation: sigmoid"] {
      let folder = try LabelMaps.folder(
        LabelMaps.configuration(
          predictions: "pred/{image}/{class}.png", truth: "truth/{image}/{class}.png",
          classes: "[{name: road, color: [9, 9, 9]}]"
        ).replacing("kind: labels", with: "kind: \(kind)"),
        [
          "pred/a/road.png": kind == "labels"
            ? rgb("0001/0111", of: whites) : rgb("0129/0999", of: levels),
          "truth/a/road.png": rgb("0011/0011", of: whites),
        ])
      let ending = try folder.unmask("run")
      #expect(ending.code == 0, "\(ending.error)")
      #expect(try folder.counts() == ["a road 4 4 3"])
    }
  }

  @Test("equal channels are colours where the classes have some")
  func colors() throws {
    let folder = try LabelMaps.folder(
      LabelMaps.configuration(
        classes: "[{name: ground, color: [1, 1, 1]}, {name: road, color: [0, 0, 0]}]"),
      [
        "pred/a.png": rgb("0001/0011", of: Self.grays),
        "truth/a.png": rgb("0011/0011", of: Self.grays),
      ])
    #expect(try folder.unmask("run").code == 0)
    #expect(try folder.counts() == ["a ground 4 3 3", "a road 4 5 4"])
  }

  @Test("channels that differ in one pixel are colours")
  func oneColor() throws {
    var colors = Self.grays
    colors[1] = [1, 1, 2]
    let folder = try LabelMaps.folder(
      LabelMaps.configuration(),
      ["pred/a.png": gray(LabelMaps.found), "truth/a.png": rgb(LabelMaps.truth, of: colors)])
    #expect(
      try folder.unmask("run").fault
        == "truth/a.png: is a colour picture, and the classes have no colours")
  }

  @Test("a mask may stand in the opacity of a picture of one colour, RGB or grey")
  func opacity() throws {
    let green = pixels("0011/0011") { [0, 200, 0, UInt8($0 * 255)] }
    let white = pixels("0001/0111") { [255, UInt8($0 * 255)] }
    let folder = try masks(png(white, color: 4), png(green, color: 6))
    let ending = try folder.unmask("run")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(try folder.counts() == ["a road 4 4 3"])
    #expect(try folder.text("out/report.json").contains("2 masks read from the opacity"))
  }

  @Test("a picture that is opaque, or has the mask in its colour, is read by its colour")
  func opaque() throws {
    let mask = pixels("0011/0011") { level in
      [UInt8](repeating: UInt8(level * 255), count: 3) + [255]
    }
    let folder = try masks(gray("0001/0111", times: 255), png(mask, color: 6))
    let ending = try folder.unmask("run")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(try folder.counts() == ["a road 4 4 3"])
  }

  @Test("a picture of one colour that is fully transparent has two readings, and is refused")
  func transparent() throws {
    let folder = try masks(
      gray("0000/0000"), png(pixels("0000/0000") { _ in [255, 255, 255, 0] }, color: 6))
    #expect(
      try folder.unmask("run").fault
        == "truth/a/road.png: is one colour and fully transparent, so a mask of nothing by its opacity and of everything by its colour"
    )
    // Black and transparent is nothing either way.
    let black = try masks(
      gray("0001/0000"), png(pixels("0000/0000") { _ in [0, 0, 0, 0] }, color: 6))
    #expect(try black.unmask("run").code == 0)
    #expect(try black.counts() == ["a road 0 1 0"])
  }

  private func masks(_ found: [UInt8], _ truth: [UInt8]) throws -> Folder {
    try LabelMaps.folder(
      LabelMaps.configuration(
        predictions: "pred/{image}/{class}.png", truth: "truth/{image}/{class}.png",
        classes: "[road]"), ["pred/a/road.png": found, "truth/a/road.png": truth])
  }

  private func rgba(_ drawing: String, of colors: [[UInt8]]) -> [UInt8] {
    png(pixels(drawing) { colors[$0] + [255] }, color: 6)
  }

  private func pixels(_ drawing: String, _ bytes: (Int) -> [UInt8]) -> [[UInt8]] {
    drawn(drawing).map { row in row.flatMap(bytes) }
  }
}
