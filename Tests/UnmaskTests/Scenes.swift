import Foundation

/// Twelve square scenes of three classes that no turn leaves alike, and predictions that are mostly
/// right.
enum Scenes {
  static let side = 24
  static let images = 12

  /// The class at a pixel: a field above, a field below, and an object on one side.
  static func truth(_ image: Int, _ row: Int, _ column: Int) -> Int {
    if (3 + image % 4..<10).contains(row), (14..<21 - image % 3).contains(column) { return 2 }
    return row * 3 < side + column / 2 + image ? 0 : 1
  }

  static func found(_ image: Int, _ row: Int, _ column: Int) -> Int {
    // One pixel in eleven is its left neighbour's.
    truth(image, row, (row * 7 + column * 3 + image) % 11 == 0 ? max(0, column - 1) : column)
  }

  /// What was done to a picture of `side` rows: where each pixel came from.
  static let turns: [(name: String, from: @Sendable (Int, Int) -> (Int, Int))] = [
    ("transposed", { ($1, $0) }), ("upside-down", { (side - 1 - $0, $1) }),
    ("mirrored", { ($0, side - 1 - $1) }), ("rotated-half", { (side - 1 - $0, side - 1 - $1) }),
    ("rotated-left", { ($1, side - 1 - $0) }), ("rotated-right", { (side - 1 - $1, $0) }),
    ("antitransposed", { (side - 1 - $1, side - 1 - $0) }),
  ]

  static func labels(_ values: [Int], _ more: String..., top: String = "") -> String {
    let classes = values.enumerated().map { "{name: c\($0), value: \($1)}" }
    return """
      version: 1
      \(top)
      decode:
        predictions: pred/{image}.png
        truth: truth/{image}.png
        kind: labels
        classes: [\(classes.joined(separator: ", "))]
      \(more.map { "  \($0)\n" }.joined())
      measure: [iou]
      reduce: {all: "pool(batch, image, pixel) > score > mean(class)"}

      """
  }

  static func planes(_ kind: String, _ activation: String) -> String {
    """
    version: 1
    decode:
      predictions: pred/{image}.npy
      truth: truth/{image}.png
      kind: \(kind)
      activation: \(activation)
      axes: {predictions: HWC}
      classes: [c0, c1, c2]
    measure: [iou]
    reduce: {all: "pool(batch, image, pixel) > score > mean(class)"}

    """
  }

  static func folder(_ configuration: String) throws -> Folder {
    let folder = try Folder()
    try folder.write(configuration, to: "pipeline.yml")
    return folder
  }

  /// Label maps of 16 bits; `byFile` renumbers the truth of each image, `object` numbers the third class,
  /// `isTurned` images are turned, and predictions are those of `source`.
  static func write(
    _ folder: Folder, truth value: (Int) -> Int = { $0 }, predicted: (Int) -> Int = { $0 },
    turn: (Int, Int) -> (Int, Int) = { ($0, $1) }, object: Bool = false,
    byFile: (Int, Int) -> Int = { $1 }, turned isTurned: (Int) -> Bool = { _ in true },
    predictedFrom source: (Int) -> Int = { $0 }
  ) throws {
    for image in 0..<images {
      func map(_ label: (Int, Int) -> Int) -> [UInt8] {
        png(
          (0..<side).map { row in
            (0..<side).flatMap { column -> [UInt8] in
              let number = label(row, column)
              return [UInt8(number >> 8), UInt8(number & 255)]
            }
          }, depth: 16)
      }
      try folder.write(
        map {
          let c = byFile(image, Self.truth(image, $0, $1))
          return value(c) + (object && c == 2 ? $0 % 3 : 0)
        }, to: "truth/\(image + 10).png")
      try folder.write(
        map {
          let from = isTurned(image) ? turn($0, $1) : ($0, $1)
          return predicted(found(source(image), from.0, from.1))
        }, to: "pred/\(image + 10).png")
    }
  }

  /// Probabilities as float32: those of a pixel sum to 1, or each class has its own.
  static func writePlanes(_ folder: Folder, isSoftmax: Bool) throws {
    try write(folder)
    for image in 0..<images {
      let numbers = (0..<side * side).flatMap { pixel -> [Double] in
        let c = found(image, pixel / side, pixel % side)
        let sure = 0.55 + Double(pixel % 40) / 100
        return (0..<3).map { $0 == c ? sure : isSoftmax ? (1 - sure) / 2 : 0.45 }
      }
      try folder.write(npy(.float32, [side, side, 3], numbers), to: "pred/\(image + 10).npy")
    }
  }

  /// What is made of three logits between −6 and 5.9, the class's own above 0 and mostly the largest.
  static func writeLogits(_ folder: Folder, _ made: ([Double]) -> [Double]) throws {
    try write(folder)
    for image in 0..<images {
      let numbers = (0..<side * side).flatMap { pixel -> [Double] in
        let c = found(image, pixel / side, pixel % side)
        let logits = (0..<3).map { k -> Double in
          let noise = Double((pixel * 37 + k * 101 + image * 13) % 100) / 100
          return k == c ? 1 + 4.9 * noise : 2 - 8 * noise
        }
        return made(logits)
      }
      try folder.write(npy(.float32, [side, side, 3], numbers), to: "pred/\(image + 10).npy")
    }
  }

  static func softmax(_ logits: [Double]) -> [Double] {
    let sum = logits.reduce(0) { $0 + exp($1) }
    return logits.map { exp($0) / sum }
  }
}
