import Decoding
import Foundation
import Testing

/// The worst places of failing classes, drawn beside the report and within report.html.
@Suite("Pictures")
struct PictureTests {
  /// Images of 96 by 96 with a square of class 1, 20 by 20, that is missed but for `found` of its rows.
  private static func folder(found: Int = 0, _ more: String = "") throws -> Folder {
    let folder = try Folder()
    try folder.write(
      """
      decode: {predictions: "p/{image}.png", truth: "t/{image}.png", kind: labels, classes: [ground, post]\(more)}
      measure: [iou]
      reduce: {miou: "pool(batch, image, pixel) > score > mean(class)"}
      report: {to: out, formats: [markdown, html, json]}
      """, to: "pipeline.yml")
    for image in 0..<12 {
      func rows(_ count: Int) -> [[UInt8]] {
        (0..<96).map { row in
          (0..<96).map { column in
            (30..<30 + count).contains(row) && (40..<60).contains(column) ? 1 : 0
          }
        }
      }
      try folder.write(png(rows(20)), to: "t/\(image + 10).png")
      try folder.write(png(rows(image == 0 ? 0 : found)), to: "p/\(image + 10).png")
      try folder.write(png(rows(96).map { $0.map { $0 * 200 } }), to: "i/\(image + 10).png")
    }
    return folder
  }

  private func samples(_ folder: Folder, _ name: String) throws -> (image: PNGImage, [Int: Int]) {
    let image = try PNGImage(
      decoding: FileBytes.read(folder.url("out/\(name)").path(percentEncoded: false)))
    return (image, image.planes[0].levels.reduce(into: [:]) { $0[Int($1), default: 0] += 1 })
  }

  @Test("the class with room around it, what is missed in its colour, and the truth's outline")
  func drawn() throws {
    let folder = try Self.folder()
    #expect(try folder.unmask("run").code == 0)
    let names = try folder.names(in: "out").filter { $0.hasSuffix(".png") }
    #expect(names == ["worst-1-1.png", "worst-1-2.png", "worst-1-3.png"])
    let (image, counts) = try samples(folder, "worst-1-1.png")
    // 20 pixels and half of them around, but at least 48, each 260 / 48 = 5 pixels; a gap of 8.
    #expect((image.width, image.height) == (2 * 48 * 5 + 8, 48 * 5))
    // Missed: 20 by 20. The outline is two pixels wide, within the square of 100.
    #expect(counts[197] == 20 * 20 * 25)
    #expect(counts[193] == 100 * 100 - 96 * 96)
    #expect(counts[194] == nil && counts[196] == nil && counts[198] == nil)
  }

  @Test("found rows are white, and the prediction has an outline of its own; pictures lie under it")
  func found() throws {
    let folder = try Self.folder(found: 5, ", images: \"i/{image}.png\"")
    #expect(try folder.unmask("run").code == 0)
    let (_, counts) = try samples(folder, "worst-1-2.png")
    #expect(counts[196] == 5 * 20 * 25 && counts[197] == 15 * 20 * 25)
    #expect((counts[194] ?? 0) > 0)
    // 0 and 200 of the picture, outside of and behind the post.
    #expect(Set(counts.keys.filter { $0 < 128 }) == [0, 50, 100])
    try folder.write(png([[0]]), to: "i/11.png")
    let small = try folder.unmask("run")
    #expect(small.code == 0)
    #expect(
      try folder.text("out/report.md").contains("image 11 could not be drawn: has 1 by 1 pixels"))
  }

  @Test("of a wrong set-up truth and prediction side by side, and no place of a class")
  func setUp() throws {
    let folder = try Self.folder(found: 20)
    for image in 0..<12 {
      let turned = (0..<96).map { row in
        (0..<96).map { column in
          (40..<60).contains(row) && (30..<50).contains(column) ? UInt8(1) : 0
        }
      }
      try folder.write(png(turned), to: "p/\(image + 10).png")
    }
    let ending = try folder.unmask("run")
    #expect(ending.code == 4, "\(ending.out)")
    #expect(try folder.names(in: "out").filter { $0.hasSuffix(".png") } == ["set-up.png"])
    let (image, counts) = try samples(folder, "set-up.png")
    #expect((image.width, image.height) == (2 * 96 * 3 + 8, 96 * 3))
    #expect(counts == [0: 2 * (96 * 96 - 400) * 9, 1: 2 * 400 * 9, 8: 8 * 96 * 3])
    #expect(try folder.text("out/report.md").contains("](set-up.png)"))
    let again = try folder.unmask("report", "--from", "out", "--out", "again")
    #expect(again.code == 4)
    #expect(try folder.reports(in: "again") == folder.reports(in: "out"))
  }

  @Test("within report.html, linked in report.md, and gone with what they showed")
  func published() throws {
    let folder = try Self.folder()
    #expect(try folder.unmask("run").code == 0)
    let bytes = try Data(folder.bytes("out/worst-1-2.png"))
    #expect(
      try folder.text("out/report.html").contains(
        "src=\"data:image/png;base64,\(bytes.base64EncodedString())\""))
    #expect(try folder.text("out/report.md").contains("](worst-1-2.png)"))
    // The record alone shows those that lie beside it.
    #expect(
      try folder.unmask("render", "out/report.json", "--format", "html").out
        == folder.text("out/report.html"))
    for name in ["1", "2", "3"] { try folder.remove("out/worst-1-\(name).png") }
    #expect(
      try !folder.unmask("render", "out/report.json", "--format", "html").out.contains("<img"))
    #expect(try folder.unmask("run", "--set", "report.pictures=false").code == 0)
    #expect(try folder.names(in: "out").filter { $0.hasSuffix(".png") }.isEmpty)
  }
}
