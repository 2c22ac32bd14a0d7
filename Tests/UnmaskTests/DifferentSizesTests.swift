import Testing

/// Predictions that were saved at another size than the truth.
@Suite("Sides of different sizes")
struct DifferentSizesTests {
  /// Of each class one row of logits; between the two pixels lie 4, 2, −2, −4 where they are enlarged.
  static let logits: [Double] = [4, -4, 3, 3]

  @Test("are refused with both sizes and the key that resizes")
  func refused() throws {
    let error = """
      pred/a.npy: is 2 × 1 pixels, but truth/a.png is 4 × 1
        save both at the same size, or name the function that resizes them in your code, under decode: resize: \
      {predictions: torch.bilinear}

      """
    let folder = try folder()
    let ending = try folder.unmask("run")
    #expect(ending.code == 4)
    #expect(ending.error == error)
    try folder.write(
      folder.text("pipeline.yml").replacing("{image}.npy", with: "{image}/{class}.npy")
        .replacing("axes: CHW", with: ""), to: "pipeline.yml")
    for name in ["ground", "road"] {
      try folder.write(npy(.float32, [1, 2], [1, 2]), to: "pred/a/\(name).npy")
    }
    #expect(
      try folder.unmask("run").error == error.replacing("a.npy", with: "a/ground.npy"))
  }

  @Test("are told where arrays fit no order, with the same key")
  func unfitting() throws {
    let folder = try folder("axes: NCHW", predictions: "pred.npy")
    try folder.write(
      folder.text("pipeline.yml").replacing("truth/{image}.png", with: "truth.npy"),
      to: "pipeline.yml")
    try folder.write(npy(.uint8, images: ["0011"]), to: "truth.npy")
    try folder.write(npy(.float32, [1, 2, 1, 2], Self.logits), to: "pred.npy")
    #expect(
      try folder.unmask("run").error == """
        pred.npy: an array of shape (1, 2, 1, 2) does not fit 2 classes and images of 4 × 1 as NCHW
          an array of many images is NHWC, NCHW, or NHW for label maps; predictions of another size than the \
        truth need, under decode, resize: {predictions: torch.bilinear}

        """)
  }

  @Test(
    "are resized before the class is decided, and the report says so",
    arguments: [
      ("torch.bilinear", 1), ("torch.bilinear.align_corners", 1), ("torch.bicubic", 1),
      ("tf.bilinear", 1), ("opencv.linear", 1), ("pillow.bilinear", 1), ("torch.nearest", 2),
      ("torch.nearest_exact", 2), ("tf.nearest", 2), ("opencv.nearest", 2), ("pillow.nearest", 2),
    ])
  func resized(function: String, pixels: Int) throws {
    let folder = try folder("resize: {predictions: \(function)}")
    let ending = try folder.unmask("run")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(
      try folder.counts() == [
        "a ground 2 \(pixels) \(pixels)", "a road 2 \(4 - pixels) 2",
      ])
    let note = "predictions of 1 image resized to the size of the truth by \(function)"
    #expect(try folder.text("out/report.json").contains("\"\(note)\""))
    #expect(
      try folder.text("out/report.md").contains("* predictions of 1 image resized to the size"))
  }

  @Test("as arrays in every order, a file a class, and planes that lie otherwise")
  func files() throws {
    let resize = "resize: {predictions: torch.bilinear}"
    for (path, more, shape, numbers) in [
      ("pred/{image}.npy", "axes: CHW", [2, 1, 2], [4, -4, 3, 3]),
      ("pred/{image}.npy", "axes: HWC", [1, 2, 2], [4, 3, -4, 3]),
      ("pred/{image}.npy", "orientation: {predictions: transposed}", [2, 2, 1], [4, -4, 3, 3]),
      ("pred/{image}.npy", "orientation: {predictions: mirrored}", [2, 1, 2], [-4, 4, 3, 3]),
    ] as [(String, String, [Int], [Double])] {
      let folder = try folder(resize, more, predictions: path)
      try folder.write(npy(.float32, shape, numbers), to: "pred/a.npy")
      let ending = try folder.unmask("run")
      #expect(ending.code == 0, "\(more): \(ending.error)")
      #expect(try folder.counts() == ["a ground 2 1 1", "a road 2 3 2"], "\(more)")
    }
    for (order, shape) in [("NCHW", [1, 2, 1, 2]), ("NHWC", [1, 1, 2, 2])] {
      let folder = try folder(
        resize, "axes: \(order)", "names: names.txt", predictions: "pred.npy")
      try folder.write("a\n", to: "names.txt")
      let numbers: [Double] = order == "NCHW" ? Self.logits : [4, 3, -4, 3]
      try folder.write(npy(.float32, shape, numbers), to: "pred.npy")
      let ending = try folder.unmask("run")
      #expect(ending.code == 0, "\(order): \(ending.error)")
      #expect(try folder.counts() == ["a ground 2 1 1", "a road 2 3 2"], "\(order)")
    }
  }

  @Test("levels become probabilities; of equal sizes nothing is resized or told")
  func levels() throws {
    let folder = try LabelMaps.folder(
      LabelMaps.configuration(
        predictions: "pred/{image}/{class}.png", truth: "truth/{image}/{class}.png",
        classes: "[road]", "activation: sigmoid", "threshold: 0.7",
        "resize: {predictions: tf.bilinear}"
      ).replacing("kind: labels", with: "kind: probabilities"),
      [
        "pred/a/road.png": gray("10", times: 255), "truth/a/road.png": gray("1100", times: 255),
        "pred/b/road.png": gray("1100", times: 255), "truth/b/road.png": gray("1100", times: 255),
      ])
    let ending = try folder.unmask("run")
    #expect(ending.code == 0, "\(ending.error)")
    // 1, 0.75, 0.25, 0
    #expect(try folder.counts() == ["a road 2 2 2", "b road 2 2 2"])
    #expect(try folder.text("out/report.json").contains("\"predictions of 1 image resized"))
    #expect(try folder.unmask("validate").out.hasSuffix("nothing is wrong\n"))
  }

  @Test("labels and masks take the nearest, on either side")
  func labels() throws {
    let small = try LabelMaps.folder(
      LabelMaps.configuration("resize: {predictions: torch.nearest}"),
      ["pred/a.png": gray("01"), "truth/a.png": gray("0011/0111")])
    #expect(try small.unmask("run").code == 0)
    #expect(try small.counts() == ["a ground 3 4 3", "a road 5 4 4"])

    // Of 0011 every second pixel from the first, or from the second.
    for (function, counts) in [
      ("opencv.nearest", ["a ground 2 1 1", "a road 0 1 0"]),
      ("pillow.nearest", ["a ground 1 1 1", "a road 1 1 1"]),
    ] {
      let large = try LabelMaps.folder(
        LabelMaps.configuration("resize: {truth: \(function)}"),
        ["pred/a.png": gray("01"), "truth/a.png": gray("0001")])
      #expect(try large.unmask("run").code == 0)
      #expect(try large.counts() == counts)
      #expect(
        try large.text("out/report.json").contains(
          "\"truth of 1 image resized to the size of the predictions by \(function)\""))
    }
  }

  @Test("a field of view has the size of the image in the end")
  func valid() throws {
    let folder = try folder("resize: {predictions: torch.bilinear}", "valid: 'fov/{image}.png'")
    try folder.write(gray("1110", times: 255), to: "fov/a.png")
    #expect(try folder.unmask("run").code == 0)
    #expect(try folder.counts() == ["a ground 2 1 1", "a road 1 2 1"])
    try folder.write(gray("11", times: 255), to: "fov/a.png")
    #expect(
      try folder.unmask("run").error == """
        fov/a.png: is 2 × 1 pixels, but truth/a.png is 4 × 1
          save it at the size to which the other side is resized: it is not resized itself

        """)
  }

  @Test("what cannot be resized so is refused when the configuration is read")
  func configuration() throws {
    for (kind, resize, fault, remedy) in [
      (
        "labels", "{predictions: torch.bilinear}",
        "decode.resize: torch.bilinear mixes labels, and what is between two labels is a third one",
        "write the nearest rule of your code, such as torch.nearest; or save logits or probabilities, which may be mixed"
      ),
      (
        "logits", "{truth: pillow.bilinear}",
        "decode.resize.truth: pillow.bilinear mixes labels, and what is between two labels is a third one",
        "write the nearest rule of your code, such as torch.nearest; or resize the predictions"
      ),
      (
        "logits", "{predictions: tf.bilinear, truth: tf.nearest}",
        "decode.resize: each side is resized to the size of the other, so both cannot be",
        "take one of the two out"
      ),
      (
        "probabilities", "{predictions: torch.bicubic}",
        "decode.resize: torch.bicubic leaves the range of its numbers, and a probability lies in 0…1",
        "save the logits and say kind: logits, or write torch.bilinear"
      ),
      (
        "logits", "{predictions: torch.bilinaer}",
        "decode.resize.predictions: 'torch.bilinaer' is no choice",
        "did you mean 'torch.bilinear'?"
      ),
    ] {
      let folder = try folder("resize: \(resize)", kind: kind)
      let ending = try folder.unmask("run")
      #expect(ending.code == 2)
      #expect(ending.fault.hasSuffix(fault), "\(ending.error)")
      #expect(ending.error.contains(remedy), "\(ending.error)")
    }
  }

  @Test("validate accepts them, and evidence answers for the function that it was counted with")
  func evidence() throws {
    let folder = try folder("resize: {predictions: torch.bilinear}")
    #expect(try folder.unmask("validate").code == 0)
    #expect(try folder.unmask("run").code == 0)
    let shown = try folder.unmask("config", "--show-origin").out
    #expect(shown.contains("torch.bilinear"))
    try folder.write(
      folder.text("pipeline.yml").replacing("torch.bilinear", with: "tf.bilinear"), to: "other.yml")
    let ending = try folder.unmask("report", "--from", "out", "other.yml", "--out", "again")
    #expect(
      ending.fault.hasSuffix(
        "the evidence was counted with predictions resized by torch.bilinear, and this asks for resized by tf.bilinear"
      ), "\(ending.error)")
  }

  private func folder(
    _ more: String..., predictions: String = "pred/{image}.npy", kind: String = "logits"
  ) throws -> Folder {
    let activation = kind == "labels" ? [] : ["activation: softmax"]
    let axes = more.contains { $0.hasPrefix("axes") } || kind == "labels" ? [] : ["axes: CHW"]
    let keys = (activation + axes + more).joined(separator: "\n  ")
    return try LabelMaps.folder(
      LabelMaps.configuration(predictions: predictions, keys)
        .replacing("kind: labels", with: "kind: \(kind)"),
      [
        "pred/a.npy": npy(.float32, [2, 1, 2], Self.logits), "truth/a.png": gray("0011"),
      ])
  }
}
