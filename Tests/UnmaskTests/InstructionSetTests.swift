import Testing

@Suite("The processor's instructions")
struct InstructionSetTests {
  @Test("change no byte of a report")
  func sameBytes() throws {
    let folder = try Folder()
    try folder.write(
      """
      version: 1
      decode:
        predictions: predictions.npy
        truth: truth.npy
        kind: probabilities
        activation: sigmoid
        classes: [sky, road, pole]
      measure: [bce, iou, dice]
      reduce:
        keras: "mean(class) > mean(pixel) > mean(image) > mean(batch, by: images)"
        global: "pool(batch, image, pixel) > score > mean(class)"

      """, to: "pipeline.yml")
    // Both ends of 0…1 are among them, and pixels that are true for no class or for several.
    let numbers = (0..<2304).map { (index: Int) -> Double in Double(index * 37 % 101) / 100 }
    let truth = numbers.map { (p: Double) -> Double in p > 0.4 && p < 0.8 ? 1 : 0 }
    try folder.write(npy(.float32, [2, 16, 24, 3], numbers), to: "predictions.npy")
    try folder.write(npy(.uint8, [2, 16, 24, 3], truth), to: "truth.npy")
    try expectSameBytes(in: folder)
  }

  @Test("change no byte of a report on label maps either")
  func sameBytesOfLabels() throws {
    let folder = try Folder()
    try folder.write(
      """
      version: 1
      decode:
        predictions: predictions.npy
        truth: truth.npy
        kind: labels
        classes: [sky, road, pole]
      measure: [iou]
      reduce:
        per-image: "pool(pixel) > score > mean(class) > mean(batch, image)"

      """, to: "pipeline.yml")
    // Runs of many lengths, and places where every pixel differs from the one before.
    let truth = (0..<12_000).map { (index: Int) -> Double in
      Double(index % 1000 < 80 ? index % 3 : index / 37 % 3)
    }
    let predicted = truth.indices.map { (index: Int) -> Double in
      index % 11 == 0 ? Double(index % 3) : truth[index]
    }
    try folder.write(npy(.uint8, [4, 50, 60], truth), to: "truth.npy")
    try folder.write(npy(.uint8, [4, 50, 60], predicted), to: "predictions.npy")
    try expectSameBytes(in: folder)
  }

  private func expectSameBytes(in folder: Folder) throws {
    #expect(try folder.unmask("run", "pipeline.yml", "--out", "widest").code == 0)
    for narrower in ["avx2", "baseline"] {
      let ending = try folder.shell(
        "UNMASK_SIMD=\(narrower) exec unmask run pipeline.yml --out \(narrower)")
      #expect(ending.code == 0)
      for name in ["report.md", "report.json"] {
        #expect(try folder.bytes("widest/\(name)") == folder.bytes("\(narrower)/\(name)"))
      }
    }
  }
}
