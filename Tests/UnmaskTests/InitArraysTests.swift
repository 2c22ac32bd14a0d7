import Foundation
import Testing

/// Arrays as people save them, under names of one letter, with labels below 0, and in shapes that say
/// little.
@Suite("Writing a configuration for arrays")
struct InitArraysTests {
  @Test("truth labels below 0 that are never predicted do not count", arguments: [-100, -1])
  func negative(void: Double) throws {
    func truth(_ image: Int) -> [Double] {
      Self.pixels { row, column in
        row < 2 ? void : Double(Trees.truth(image, row, column, of: 4))
      }
    }
    func found(_ image: Int) -> [Double] {
      Self.pixels { Double(Trees.found(image, $0, $1, of: 4)) }
    }
    let ious = Trees.ious(of: 4, images: 4) { _, row, _ in row >= 2 }
    let files = try Folder()
    for image in 0..<4 {
      try files.write(npy(.int64, Self.shape, truth(image)), to: "truth/\(image).npy")
      try files.write(npy(.int64, Self.shape, found(image)), to: "pred/\(image).npy")
    }
    #expect(try files.expectInit(counts: ious).contains("  ignore: \(Int(void))\n"))
    let arrays = try Folder()
    for (name, side) in [("y_true", truth), ("y_pred", found)] {
      try arrays.write(
        npy(.int64, [4] + Self.shape, (0..<4).flatMap(side)), to: "\(name).npy")
    }
    #expect(try arrays.expectInit(counts: ious).contains("  ignore: \(Int(void))\n"))
  }

  @Test("X, Y and P in front of the images' names are pictures, truth and predictions")
  func letters() throws {
    let folder = try Folder()
    for image in 0..<4 {
      try folder.write(
        npy(
          .float32, Self.shape + [3],
          Self.pixels { Double($0 + $1) / 100 }.flatMap { [$0, $0, $0] }),
        to: "X_00\(image).npy")
      try folder.write(
        npy(.uint8, Self.shape, Self.pixels { Double(Trees.truth(image, $0, $1, of: 4)) }),
        to: "Y_00\(image).npy")
      try folder.write(
        npy(.uint8, Self.shape, Self.pixels { Double(Trees.found(image, $0, $1, of: 4)) }),
        to: "P_00\(image).npy")
    }
    let text = try folder.expectInit(counts: Trees.ious(of: 4, images: 4))
    #expect(text.contains("  predictions: \"P_{image}.npy\"\n"))
    #expect(text.contains("  truth: \"Y_{image}.npy\"\n"))
    try folder.remove("P_002.npy")
    let ending = try folder.unmask("init", "--force")
    #expect(
      ending.error.hasPrefix("check: 1 of 4 truth files has no prediction ('002'), "),
      "\(ending.error)")
  }

  @Test("arrays of different numbers of images are named with their numbers, and the odd one")
  func counts() throws {
    let folder = try Folder()
    for (name, images, classes) in [("X_val", 8, 3), ("Y_val", 8, 0), ("P_val", 7, 4)] {
      let shape = [images, 6, 9] + (classes > 0 ? [classes] : [])
      let numbers = (0..<shape.reduce(1, *)).map { Double(classes > 0 ? $0 % 7 : $0 % 4) }
      try folder.write(
        npy(classes > 0 ? .float32 : .uint8, shape, numbers.map { classes > 0 ? $0 - 2.5 : $0 }),
        to: "\(name).npy")
    }
    let ending = try folder.unmask("init")
    #expect(ending.code == 2)
    #expect(
      ending.fault
        == ".: the arrays hold different numbers of images: P_val.npy has 7, and the others 8",
      "\(ending.error)")
    #expect(ending.error.contains("P_val.npy 7 (shape 7, 6, 9, 4)"))
    #expect(ending.error.contains("Y_val.npy 8 (shape 8, 6, 9)"))
  }

  @Test(
    "where lengths say nothing, the order is that by which both sides agree", arguments: [0, 1])
  func cube(order: Int) throws {
    // Six images of 8 by 8 pixels and 8 classes: blocks of four pixels.
    func truth(_ image: Int, _ row: Int, _ column: Int) -> Int {
      (row / 2 * 3 + column / 2 * 5 + image) % 8
    }
    func logit(_ image: Int, _ c: Int, _ row: Int, _ column: Int) -> Double {
      let found = (row * 3 + column + image) % 11 == 0 ? 0 : truth(image, row, column)
      return (c == found ? 3.5 : -2.5) + Double((row * 5 + column * 3 + c) % 7) / 10
    }
    let all = 0..<8
    let planes = (0..<6).flatMap { image in
      all.flatMap { a in
        all.flatMap { b in
          all.map { c in order == 0 ? logit(image, a, b, c) : logit(image, c, a, b) }
        }
      }
    }
    let folder = try Folder()
    try folder.write(npy(.float32, [6, 8, 8, 8], planes), to: "pred.npy")
    try folder.write(
      npy(
        .uint8, [6, 8, 8],
        (0..<6).flatMap { i in all.flatMap { y in all.map { Double(truth(i, y, $0)) } } }),
      to: "truth.npy")
    let ious = all.map { c -> Double in
      var (both, either) = (0.0, 0.0)
      for image in 0..<6 {
        for row in all {
          for column in all {
            let t = truth(image, row, column) == c
            let p = ((row * 3 + column + image) % 11 == 0 ? 0 : truth(image, row, column)) == c
            both += t && p ? 1 : 0
            either += t || p ? 1 : 0
          }
        }
      }
      return both / either
    }
    let text = try folder.expectInit(counts: ious)
    #expect(
      text.contains("  axes: {predictions: \(order == 0 ? "NCHW" : "NHWC"), truth: NHW}\n"),
      "\(text)")
  }

  @Test("an array of all images that does not fit leaves no verdict, and says both shapes")
  func misfit() throws {
    let folder = try Folder()
    try folder.write(npy(.uint8, [3, 4, 6], [Double](repeating: 1, count: 72)), to: "truth.npy")
    try folder.write(
      npy(.float32, [3, 2, 4, 5], [Double](repeating: 0.5, count: 120)), to: "pred.npy")
    try folder.write(
      """
      version: 1
      decode: {predictions: pred.npy, truth: truth.npy, kind: probabilities, activation: softmax, axes: {predictions: NCHW, truth: NHW}, classes: [a, b]}
      measure: [iou]
      reduce: {all: "pool(batch, image, pixel) > score > mean(class)"}

      """, to: "pipeline.yml")
    let ending = try folder.unmask("run")
    #expect(ending.code == 4)
    #expect(
      ending.fault.contains(
        "an array of shape (3, 2, 4, 5) does not fit 2 classes and images of 6 × 4"))
  }

  private static let shape = [Trees.rows, Trees.columns]

  private static func pixels(_ value: (Int, Int) -> Double) -> [Double] {
    (0..<Trees.rows).flatMap { row in (0..<Trees.columns).map { value(row, $0) } }
  }
}
