import Testing

/// Axes of length 1, as batches of one, sparse labels and nnU-Net leave them.
@Suite("Axes of length 1")
struct ArrayShapeTests {
  /// Two images of 2 × 4 with three classes; the last pixel of each first row is taken for class 0.
  static let truth = ["0012/0012", "0122/0122"]
  static let found = ["0010/0012", "0120/0122"]
  static let counts = [
    "0000 ground 4 5 4", "0000 road 2 2 2", "0000 pole 2 1 1", "0001 ground 2 3 2",
    "0001 road 2 2 2", "0001 pole 4 3 3",
  ]

  @Test(
    "are left out of arrays of all images where the rest has one reading",
    arguments: [[2, 1, 2, 4], [2, 2, 4, 1], [1, 2, 2, 4], [2, 1, 2, 4, 1], [2, 2, 4]])
  func allImages(shape: [Int]) throws {
    for side in ["truth", "pred"] {
      let folder = try LabelMaps.folder(
        LabelMaps.configuration(
          predictions: "pred.npy", truth: "truth.npy", classes: "[ground, road, pole]"),
        [
          "truth.npy": labels(Self.truth, side == "truth" ? shape : [2, 2, 4]),
          "pred.npy": labels(Self.found, side == "pred" ? shape : [2, 2, 4]),
        ])
      let ending = try folder.unmask("run")
      #expect(ending.code == 0, "\(ending.error)")
      #expect(try folder.counts() == Self.counts)
    }
  }

  @Test(
    "are left out of an image's array of classes, told its axes or not",
    arguments: [[3, 1, 2, 4], [1, 3, 2, 4], [3, 2, 4, 1], [1, 3, 1, 2, 4], [3, 2, 4]],
    ["", "axes: {predictions: CHW}"])
  func oneImage(shape: [Int], axes: String) throws {
    let classes = (0..<3).flatMap { c in
      drawn(Self.found[0]).joined().map { $0 == c ? 0.75 : 0.125 }
    }
    let folder = try LabelMaps.folder(
      LabelMaps.configuration(
        predictions: "pred/{image}.npy", classes: "[ground, road, pole]",
        "activation: softmax", axes
      ).replacing("kind: labels", with: "kind: probabilities"),
      ["truth/0000.png": gray(Self.truth[0]), "pred/0000.npy": npy(.float32, shape, classes)])
    let ending = try folder.unmask("run")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(try folder.counts() == Array(Self.counts.prefix(3)))
  }

  @Test(
    "one order settles a truth that could be several, as the message says",
    arguments: ["NHWC", "NCHW"])
  func oneOrder(order: String) throws {
    let numbers = (0..<22).map { Double($0 % 3 == 0 ? 1 : 0) }
    func ending(_ axes: String) throws -> Ending {
      try LabelMaps.folder(
        LabelMaps.configuration(
          predictions: "pred.npy", truth: "truth.npy", classes: "[a]", "activation: sigmoid", axes
        ).replacing("kind: labels", with: "kind: probabilities"),
        [
          "truth.npy": npy(.uint8, [1, 1, 22, 1], numbers),
          "pred.npy": npy(.float32, [1, 1, 22, 1], numbers.map { 0.25 + $0 / 2 }),
        ]
      ).unmask("run")
    }
    let told = try ending("axes: \(order)")
    // One image is too few for a verdict, and none of the errors is about axes.
    #expect(told.code == 0, "\(told.error)")
    #expect(try ending("").error.contains("say which under decode: axes: NHWC"))
  }

  @Test("are left out of a mask of one class", arguments: [[1, 2, 4], [2, 4, 1], [1, 2, 4, 1]])
  func mask(shape: [Int]) throws {
    let folder = try LabelMaps.folder(
      LabelMaps.configuration(
        predictions: "pred/{image}/{class}.npy", truth: "truth/{image}/{class}.png",
        classes: "[road]"),
      [
        "pred/a/road.npy": npy(.uint8, shape, drawn("0011/0111").joined().map(Double.init)),
        "truth/a/road.png": gray("0011/0011"),
      ])
    #expect(try folder.unmask("run").code == 0)
    #expect(try folder.counts() == ["a road 4 5 4"])
  }

  @Test("a shape that has two readings, or none, is a problem that names it")
  func refused() throws {
    for (shape, fault) in [
      // As many rows as classes, and as columns.
      ([1, 3, 3, 3], "could be HWC of (3, 3, 3) or CHW of (3, 3, 3)"),
      ([1, 5, 3, 3], "does not fit 3 classes and images of 3 × 3"),
      ([3, 3, 3, 3], "does not fit 3 classes and images of 3 × 3"),
    ] {
      let count = shape.reduce(1, *)
      let folder = try LabelMaps.folder(
        LabelMaps.configuration(
          predictions: "pred/{image}.npy", classes: "[ground, road, pole]", "activation: softmax"
        ).replacing("kind: labels", with: "kind: probabilities"),
        [
          "truth/a.png": gray("001/001/001"),
          "pred/a.npy": npy(.float32, shape, [Double](repeating: 0.25, count: count)),
        ])
      let ending = try folder.unmask("run")
      let text = shape.map(String.init).joined(separator: ", ")
      #expect(
        ending.fault == "pred/a.npy: an array of shape (\(text)) \(fault)", "\(ending.error)")
    }
  }

  @Test("what is wrong with an image of an array is told with its place in it")
  func imageOfArray() throws {
    let folder = try LabelMaps.folder(
      LabelMaps.configuration(
        predictions: "pred.npy", truth: "truth.npy", classes: "[ground, road, pole]"),
      [
        "truth.npy": labels(["0012/0012", "0172/0122"], [2, 2, 4]),
        "pred.npy": labels(Self.found, [2, 2, 4]),
      ])
    let ending = try folder.unmask("run")
    #expect(ending.code == 3)
    #expect(ending.fault.hasPrefix("truth.npy, image 1: truth has labels"))
  }

  private func labels(_ drawings: [String], _ shape: [Int]) -> [UInt8] {
    npy(.int64, shape, drawings.flatMap { drawn($0).joined().map(Double.init) })
  }
}
