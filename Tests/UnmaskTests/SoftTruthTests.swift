import Testing

/// A truth that several annotators share, or whose borders were smoothed.
@Suite("Soft truth")
struct SoftTruthTests {
  /// Four annotators: nobody, one, two, three, all.
  static let shares = [0, 0.25, 0.5, 0.75, 1, 1, 0.5, 0.25]

  @Test("is refused with the key that cuts it")
  func refused() throws {
    let folder = try folder()
    let ending = try folder.unmask("run")
    #expect(ending.code == 4)
    #expect(
      ending.error == """
        truth/a.npy: the number at row 0, column 1 is no whole number, so not yes or no, as a truth must be
          to cut a soft truth, numbers from 0 to 1, say where: decode: {threshold_truth: 0.5}; losses are then \
        against the cut truth

        """)
  }

  @Test(
    "is true above threshold_truth", arguments: [("0.5", 3), ("0.25", 5), ("0.2", 7), ("0.75", 2)])
  func cut(threshold: String, truePixels: Int) throws {
    let folder = try folder("threshold_truth: \(threshold)")
    _ = try folder.unmask("run")
    let row = try folder.counts()[0].split(separator: " ")
    #expect(row[2] == "\(truePixels)")
  }

  @Test("levels of a PNG are shares; 0 and 1 alone are yes and no")
  func levels() throws {
    for (factor, truePixels) in [(28, 4), (255, 5)] {
      let drawing = factor == 28 ? "0259/4609" : "0011/0111"
      let folder = try folder("threshold_truth: 0.5", truth: "truth/{image}/{class}.png")
      try folder.write(gray(drawing, times: factor), to: "truth/a/road.png")
      _ = try folder.unmask("run")
      #expect(try folder.counts()[0].split(separator: " ")[2] == "\(truePixels)")
    }
    let bits = try folder("threshold_truth: 0.5", truth: "truth/{image}/{class}.png")
    try bits.write(gray("0011/0111"), to: "truth/a/road.png")
    _ = try bits.unmask("run")
    #expect(try bits.counts()[0].split(separator: " ")[2] == "5")
  }

  @Test("a share outside 0…1, and a label map, are problems")
  func problems() throws {
    let folder = try folder("threshold_truth: 0.5")
    try folder.write(npy(.float32, [2, 4, 1], [0, 1, 2, 0, 0, 0, 0, 0]), to: "truth/a.npy")
    #expect(
      try folder.unmask("run").fault
        == "truth/a.npy: a soft truth lies in 0…1, but holds 2 (row 0, column 2)")
    let map = try LabelMaps.folder(
      LabelMaps.configuration("threshold_truth: 0.5"),
      ["pred/a.png": gray(LabelMaps.found), "truth/a.png": gray(LabelMaps.truth)])
    #expect(try map.unmask("run").fault == "truth/a.png: is a label map, which has nothing to cut")
  }

  private func folder(
    _ more: String = "", truth: String = "truth/{image}.npy"
  ) throws -> Folder {
    try LabelMaps.folder(
      LabelMaps.configuration(
        predictions: "pred/{image}.npy", truth: truth, classes: "[road]", "activation: sigmoid",
        more
      ).replacing("kind: labels", with: "kind: probabilities"),
      [
        "pred/a.npy": npy(.float32, [2, 4, 1], [0.25, 0.25, 0.25, 0.75, 0.75, 0.75, 0.25, 0.25]),
        "truth/a.npy": npy(.float32, [2, 4, 1], Self.shares),
      ])
  }
}
