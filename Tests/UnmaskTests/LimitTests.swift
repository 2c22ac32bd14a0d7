import Testing

/// What cannot be used is refused by what its header says, before any of its pixels takes memory.
@Suite("Limits")
struct LimitTests {
  @Test("a picture of another size than the truth is refused by its header")
  func sizes() throws {
    // Its pixels would be 864 MB, and are not there at all.
    let fault = try fault(of: pngOfNothing(width: 12_000, height: 12_000, depth: 16, color: 2))
    #expect(fault.hasPrefix("pred/a.png: is 12000 × 12000 pixels, but truth/a.png is 4 × 4"))
  }

  @Test("an image of more bytes than are decoded at once is, whatever the other side has")
  func bytes() throws {
    let large = pngOfNothing(width: 13_000, height: 13_000, depth: 16, color: 6)
    let fault = try fault(of: large, truth: large)
    #expect(
      fault
        == "truth/a.png: the image has 13000 by 13000 pixels in 4 channels of 16 bits, more than are decoded at once"
    )
  }

  private func fault(of prediction: [UInt8], truth: [UInt8]? = nil) throws -> String {
    let folder = try LabelMaps.folder(
      LabelMaps.configuration(),
      ["pred/a.png": prediction, "truth/a.png": truth ?? gray(LabelMaps.truth)])
    let ending = try folder.unmask("run")
    #expect(ending.code == 4)
    return ending.fault
  }
}
