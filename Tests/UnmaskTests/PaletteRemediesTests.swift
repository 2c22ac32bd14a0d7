import Foundation
import Testing

/// Palettes of colours whose order changes from file to file, and the classes to paste.
@Suite("Palettes in another order")
struct PaletteRemediesTests {
  private static let colors: [[UInt8]] = [
    [70, 130, 180], [128, 64, 128], [220, 20, 60], [224, 224, 192],
  ]
  private static let orders = [[0, 1, 2, 3], [2, 3, 0, 1], [1, 2, 3, 0]]

  private static func rows(_ number: (Int, Int) -> Int) -> [[UInt8]] {
    (0..<Scenes.side).map { row in (0..<Scenes.side).map { UInt8(number(row, $0)) } }
  }

  /// A truth in palettes; the first `void` columns are of the last colour.
  private static func write(
    _ folder: Folder, void: Int = 0, predicted: (Int, [[Int]]) throws -> Void
  ) throws {
    for image in 0..<Scenes.images {
      let order = orders[image % 3].filter { $0 < (void > 0 ? 4 : 3) }
      let map = rows { row, column in
        order.firstIndex(of: column < void ? 3 : Scenes.truth(image, row, column)) ?? 0
      }
      try folder.write(
        png(map, color: 3, palette: order.flatMap { colors[$0] }), to: "truth/\(image).png")
      try predicted(
        image,
        (0..<Scenes.side).map { row in
          (0..<Scenes.side).map { Scenes.found(image, row, $0) }
        })
    }
  }

  private static func maps(
    _ folder: Folder, _ number: @escaping (Int) -> Int = { $0 }
  ) -> (Int, [[Int]]) throws -> Void {
    { image, found in
      try folder.write(
        png(found.map { $0.map { UInt8(number($0)) } }), to: "pred/\(image).png")
    }
  }

  /// The scores of a truth of plain labels.
  private static func right(_ values: [Int], void: Int = 0) throws -> [Double] {
    let folder = try Scenes.folder(Scenes.labels(values, "ignore: 255"))
    for image in 0..<Scenes.images {
      try folder.write(
        png(
          rows { row, column in
            column < void ? 255 : values[Scenes.truth(image, row, column)]
          }), to: "truth/\(image).png")
      try folder.write(
        png(rows { values[Scenes.found(image, $0, $1)] }), to: "pred/\(image).png")
    }
    #expect(try folder.unmask("run").code == 0)
    return try folder.ious()
  }

  private static func pasted(_ refused: Ending, into configuration: String) throws -> String {
    #expect(refused.code == 2)
    #expect(refused.fault.contains("so the numbers mean other classes from file to file"))
    let list = try #require(refused.error.firstMatch(of: /classes: (\[\{.*?\}\])[,;]/))
    var text = configuration.replacing(/classes: \[.*\]/, with: "classes: \(list.1)")
    if let ignore = refused.error.firstMatch(of: /ignore: \[.*?\]\]/) {
      text = text.replacing("kind: labels", with: "kind: labels\n  \(ignore.0)")
    }
    return text
  }

  @Test("each colour is given the class on which it lies, whatever numbers the predictions have")
  func classes() throws {
    for values in [[0, 1, 2], [3, 7, 11]] {
      let configuration = Scenes.labels(values)
      let folder = try Scenes.folder(configuration)
      try Self.write(folder, predicted: Self.maps(folder) { values[$0] })
      try folder.write(
        try Self.pasted(try folder.unmask("run"), into: configuration), to: "pipeline.yml")
      #expect(try folder.unmask("run").code == 0)
      #expect(try folder.ious() == Self.right(values))
    }
  }

  @Test("a colour that is left over is void")
  func void() throws {
    let configuration = Scenes.labels([0, 1, 2])
    let folder = try Scenes.folder(configuration)
    try Self.write(folder, void: 5, predicted: Self.maps(folder))
    let refused = try folder.unmask("run")
    #expect(
      refused.error.contains(
        "and where [224, 224, 192], which is left, is void, ignore: [[224, 224, 192]]"))
    try folder.write(try Self.pasted(refused, into: configuration), to: "pipeline.yml")
    #expect(try folder.unmask("run").code == 0)
    #expect(try folder.ious() == Self.right([0, 1, 2], void: 5))
  }

  @Test("the predictions' planes tell it too")
  func planes() throws {
    let configuration = Scenes.planes("probabilities", "softmax")
    let folder = try Scenes.folder(configuration)
    try Self.write(folder) { image, found in
      try folder.write(
        npy(
          .float32, [Scenes.side, Scenes.side, 3],
          found.joined().flatMap { c in (0..<3).map { $0 == c ? 0.8 : 0.1 } }),
        to: "pred/\(image).npy")
    }
    try folder.write(
      try Self.pasted(try folder.unmask("run"), into: configuration), to: "pipeline.yml")
    #expect(try folder.unmask("run").code == 0)
    #expect(try folder.ious() == Self.right([0, 1, 2]))
  }

  @Test("where neither side's numbers mean anything, the colours are listed")
  func neither() throws {
    let folder = try Scenes.folder(Scenes.labels([0, 1, 2]))
    try Self.write(folder) { image, found in
      // Another number for every pixel's neighbour: nothing lies on anything.
      try folder.write(
        png(
          found.enumerated().map { row, line in
            line.indices.map { UInt8(($0 * 5 + row * 7 + image) % 3) }
          }), to: "pred/\(image).png")
    }
    let refused = try folder.unmask("run")
    #expect(refused.code == 2)
    #expect(
      refused.error.contains(
        "{name: c0, value: 0, color: [R, G, B]}, …]; there are [70, 130, 180], "))
  }

  @Test("colours given to the wrong classes are said, not a turn, with the classes to paste")
  func exchanged() throws {
    let wrong = [1, 2, 0].enumerated().map { c, color in
      "{name: c\(c), value: \(c), color: \(Self.colors[color])}"
    }
    let configuration = Scenes.labels([0, 1, 2]).replacing(
      /classes: \[.*\]/, with: "classes: [\(wrong.joined(separator: ", "))]")
    let folder = try Scenes.folder(configuration)
    try Self.write(folder, predicted: Self.maps(folder))
    let ending = try folder.unmask("run")
    #expect(ending.code == 4)
    #expect(ending.line("SET-UP") == "predicted labels look permuted", "\(ending.out)")
    #expect(!ending.out.contains("upside down"))
    let items = ending.out.split(separator: "\n").filter { $0.contains("  - {name: ") }
      .compactMap { $0.split(separator: "- ").last }
    #expect(items.count == 3)
    try folder.write(
      configuration.replacing(
        /classes: \[.*\]/, with: "classes: [\(items.joined(separator: ", "))]"),
      to: "pipeline.yml")
    #expect(try folder.unmask("run").code == 0)
    #expect(try folder.ious() == Self.right([0, 1, 2]))
  }

  @Test("where both sides' numbers mean nothing, no class is guessed")
  func both() throws {
    let folder = try Scenes.folder(Scenes.labels([0, 1, 2]))
    try Self.write(folder) { image, found in
      let order = Self.orders[(image + 1) % 3].filter { $0 < 3 }
      try folder.write(
        png(
          found.map { $0.map { UInt8(order.firstIndex(of: $0) ?? 0) } }, color: 3,
          palette: order.flatMap { Self.colors[$0] }), to: "pred/\(image).png")
    }
    let refused = try folder.unmask("run")
    #expect(refused.code == 2)
    #expect(refused.error.contains("color: [R, G, B]}, …]; there are [70, 130, 180], "))
  }
}
