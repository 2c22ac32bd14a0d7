import Testing

/// What optimisers and quantisers do to a mask or a plane: they keep what it looks like, and number
/// its greys as they please.
@Suite("A palette of greys")
struct PaletteTests {
  /// White comes first, so that every index is another number than its grey.
  private static func shuffled(_ levels: [[UInt8]]) -> [UInt8] {
    let greys = Array(Set(levels.joined())).sorted(by: >)
    let indices = levels.map { row in row.map { UInt8(greys.firstIndex(of: $0) ?? 0) } }
    return png(indices, color: 3, palette: greys.flatMap { [$0, $0, $0] })
  }

  private static func levels(_ drawing: String, times factor: Int) -> [[UInt8]] {
    drawn(drawing).map { $0.map { UInt8($0 * factor) } }
  }

  @Test("is read by its greys, in masks and in planes of probabilities")
  func shown() throws {
    let folder = try Street.folder()
    _ = try folder.unmask("run", "--out", "grey")
    for (name, truth, found) in Street.drawings {
      try folder.write(Self.shuffled(Self.levels(truth, times: 255)), to: "truth/\(name).png")
      try folder.write(Self.shuffled(Self.levels(found, times: 28)), to: "pred/\(name).png")
    }
    for decoder in ["fast", "libpng"] {
      #expect(try folder.unmask("run", "--out", "palette", "--decoder", decoder).code == 0)
      #expect(try folder.reports(in: "palette") == folder.reports(in: "grey"))
    }
  }

  @Test("in colours is no plane of probabilities")
  func colored() throws {
    let folder = try Street.folder()
    try folder.write(
      palette("0011/0011/0000/0000", of: [[0, 0, 0], [128, 64, 128]]), to: "pred/a/road.png")
    let ending = try folder.unmask("run")
    #expect(ending.code == 3)
    #expect(
      ending.error == """
        pred/a/road.png: is a palette picture in colours, but a plane of probabilities holds one \
        number a pixel
          save it as a grey PNG, or as an array

        """)
  }

  @Test("without a colour for an index names the pixel")
  func missing() throws {
    let folder = try Street.folder()
    try folder.write(
      palette("0011/0021/0000/0000", of: [[255, 255, 255], [0, 0, 0]]), to: "truth/a/road.png")
    let ending = try folder.unmask("run")
    #expect(ending.code == 3)
    #expect(
      ending.fault
        == "truth/a/road.png: has the index 2 at row 1, column 2, for which its palette of 2 has no colour"
    )
  }

  @Test("in colours is a mask by its indices, as VOC's are")
  func coloredMask() throws {
    let folder = try Street.folder()
    _ = try folder.unmask("run", "--out", "grey")
    for (name, truth, _) in Street.drawings {
      try folder.write(palette(truth, of: [[0, 0, 0], [128, 0, 0]]), to: "truth/\(name).png")
    }
    _ = try folder.unmask("run", "--out", "palette")
    #expect(try folder.reports(in: "palette") == folder.reports(in: "grey"))
  }
}
