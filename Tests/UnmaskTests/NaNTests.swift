import Foundation
import Testing

/// Where a framework prints NaN, every command says so, and what makes it NaN.
@Suite("A headline that is NaN")
struct NaNTests {
  private static let configuration =
    Street.configuration.replacing(
      "reduce:\n",
      with:
        "reduce:\n  images: \"pool(pixel) > score > mean(image, batch else nan) > mean(class else nan)\"\n"
    )
    + "diagnose: {headline: {measure: iou, reduce: images}}\n"

  private static let cause = "NaN: image 2 of 3 (`b`) has nothing to divide by for pole"

  /// In a every image has a pole; in b image b neither has nor finds one.
  private func runs() throws -> Folder {
    let folder = try Street.folder(Self.configuration)
    #expect(try folder.unmask("run", "--out", "a").code == 0)
    for side in ["truth", "pred"] {
      try folder.write(gray("0000/0000/0000/0000", times: 1), to: "\(side)/b/pole.png")
    }
    #expect(try folder.unmask("run", "--out", "b").code == 4)
    return folder
  }

  @Test("is named by compare, which does not say that nothing was missed")
  func compared() throws {
    let folder = try runs()
    let ending = try folder.unmask("compare", "a", "b", "--out", "both")
    #expect(ending.line("headline")?.hasSuffix(": NaN in B") == true, "\(ending.out)")
    #expect(ending.line("note") == "the headline of B is \(Self.cause)")
    #expect(!ending.out.contains("missed nothing"))
    #expect(
      ending.out.contains("would have missed everything: there is no number to compare in B."))
    for name in ["compare.md", "compare.json"] {
      #expect(try folder.text("both/\(name)").contains("the headline of B is NaN"), "\(name)")
    }
    let same = try folder.unmask("compare", "b", "b")
    #expect(same.line("headline")?.hasSuffix(": NaN in A and B") == true, "\(same.out)")
  }

  @Test("is explained with the image and the class that have nothing to divide by")
  func explained() throws {
    let folder = try runs()
    let verdicts = try folder.unmask("explain", "hidden", "--from", "b")
    #expect(verdicts.out.contains("The headline is \(Self.cause)"), "\(verdicts.out)")
    let pole = try folder.unmask("explain", "--class", "pole", "--from", "b")
    #expect(pole.out.contains(Self.cause), "\(pole.out)")
  }

  @Test("is found by --printed nan, and a number is not looked for there in silence")
  func printed() throws {
    let folder = try runs()
    let ending = try folder.unmask("explain", "--printed", "nan", "--from", "b")
    #expect(ending.code == 0 && ending.out.hasPrefix("NaN is what "), "\(ending.out)")
    #expect(ending.out.contains("iou by images: \(Self.cause)"), "\(ending.out)")
    let number = try folder.unmask("explain", "--printed", "0.123", "--from", "b")
    #expect(number.out.contains("NaN on these files, and so no number: "), "\(number.out)")
    #expect(
      try folder.unmask("explain", "--printed", "nan", "--from", "a").out
        .hasPrefix("NaN is what 0 of "))
  }
}
