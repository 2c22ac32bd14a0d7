import Foundation
import Testing

/// More inputs of the kinds that people brought, each with the answer of a plain loop.
@Suite("More inputs of the kinds that people brought")
struct KindsTests {
  private static let side = Scenes.side
  private static let images = Scenes.images

  // MARK: An ignored background

  /// The model calls the left of the field above the third class.
  private static func strays(_ image: Int, _ row: Int, _ column: Int) -> Int {
    Scenes.truth(image, row, column) == 0 && column < 9 ? 2 : Scenes.found(image, row, column)
  }

  private static let strayTitle = "c2 is predicted on ignored pixels, where nothing counts"

  @Test("a background that is ignored and predicted upon is said, and its lines make it count")
  func ignoredBackground() throws {
    let configuration = Scenes.labels([1, 2], "ignore: 0")
      .replacing("c1", with: "c2").replacing("c0", with: "c1")
    let folder = try Scenes.folder(configuration)
    for image in 0..<Self.images {
      try folder.write(png(Self.rows { Scenes.truth(image, $0, $1) }), to: "truth/\(image).png")
      try folder.write(png(Self.rows { Self.strays(image, $0, $1) }), to: "pred/\(image).png")
    }
    let warned = try folder.unmask("run")
    #expect(warned.code == 0)
    #expect(warned.line("set-up") == Self.strayTitle, "\(warned.out)")
    let inside = Self.ious(found: Self.strays, isCounted: { Scenes.truth($0, $1, $2) != 0 })
    #expect(try Self.isNear(folder.ious(), inside.suffix(2)))
    let list = try #require(warned.out.firstMatch(of: /classes: (\[\{name: background.*\])/))
    #expect(warned.out.contains("not_averaged: background"))
    try folder.write(
      configuration.replacing(/classes: \[.*\]/, with: "classes: \(list.1)")
        .replacing("  ignore: 0\n", with: "") + "not_averaged: background\n", to: "pipeline.yml")
    let ending = try folder.unmask("run")
    #expect(ending.code == 0)
    #expect(ending.out.hasPrefix("EXPOSED       c2"), "\(ending.out)")
    #expect(try Self.isNear(folder.ious(), Self.ious(found: Self.strays)))
  }

  @Test(
    "so it is of planes, whatever they are made of",
    arguments: ["softmax", "sigmoid", "levels", "masks"])
  func ignoredBackgroundOfPlanes(form: String) throws {
    let path = form == "levels" || form == "masks" ? "pred/{image}/{class}.png" : nil
    var configuration = Scenes.planes(
      form == "masks" ? "labels" : "probabilities", form == "softmax" ? "softmax" : "sigmoid"
    ).replacing(
      "[c0, c1, c2]", with: "[{name: c1, value: 1}, {name: c2, value: 2}]\n  ignore: 0")
    if let path {
      configuration = configuration.replacing("pred/{image}.npy", with: path)
        .replacing("  axes: {predictions: HWC}\n", with: "")
    }
    let folder = try Scenes.folder(configuration)
    for image in 0..<Self.images {
      try folder.write(png(Self.rows { Scenes.truth(image, $0, $1) }), to: "truth/\(image).png")
      if path == nil {
        let numbers = Self.pixels { row, column -> [Double] in
          let c = Self.strays(image, row, column)
          if form == "softmax", c == 0 { return [0.625, 0.375] }
          return [1, 2].map { $0 == c ? 0.875 : 0.125 }
        }
        try folder.write(
          npy(.float32, [Self.side, Self.side, 2], numbers.flatMap(\.self)), to: "pred/\(image).npy"
        )
      } else {
        for c in 1...2 {
          let (yes, no) = form == "masks" ? (255, 0) : (220, 30)
          try folder.write(
            png(Self.rows { Self.strays(image, $0, $1) == c ? yes : no }),
            to: "pred/\(image)/c\(c).png")
        }
      }
    }
    let ending = try folder.unmask("run")
    #expect(ending.code == 0)
    #expect(ending.line("set-up") == Self.strayTitle, "\(ending.out)")
  }

  // MARK: Several files for a mask, or none

  @Test("predicted masks in several arrays that overlap, and none where there is nothing")
  func predictedParts() throws {
    let configuration = LabelMaps.configuration(
      predictions: "pred/{image}_{class}_*.npy", truth: "truth/{image}/{class}.png",
      classes: "[c1, c2]", "activation: sigmoid", "absent: {predictions: empty}")
    func found(_ image: Int, _ row: Int, _ column: Int) -> Int {
      let c = Scenes.found(image, row, column)
      return c == 2 && image % 4 == 0 ? 0 : c
    }
    let folder = try Scenes.folder(configuration)
    for image in 0..<Self.images {
      for c in 1...2 {
        try folder.write(
          png(Self.rows { Scenes.truth(image, $0, $1) == c ? 255 : 0 }),
          to: "truth/\(image)/c\(c).png")
        let parts = c == 1 ? [0..<14, 12..<Self.side] : [0..<6, 5..<Self.side]
        for (part, range) in parts.enumerated() {
          let mask = Self.pixels { row, column in
            range.contains(row) && found(image, row, column) == c ? 1.0 : 0
          }
          if mask.contains(1) {
            try folder.write(
              npy(.uint8, [Self.side, Self.side], mask), to: "pred/\(image)_c\(c)_\(part).npy")
          }
        }
      }
    }
    let refused = try folder.unmask("run")
    #expect(refused.code == 2)
    #expect(refused.error.contains("say under decode parts: union"), "\(refused.error)")
    try folder.write(
      configuration.replacing("kind: labels", with: "kind: labels\n  parts: {predictions: union}"),
      to: "pipeline.yml")
    let ending = try folder.unmask("run")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(try Self.isNear(folder.ious(), Self.ious(found: found).suffix(2)))
    let report = try folder.text("out/report.md")
    #expect(report.contains("36 files united, several to the mask of a class"))
    #expect(report.contains("3 masks of a class that has no file in an image: taken as empty"))
  }

  @Test("true regions in a directory of each class, beside planes of a softmax")
  func trueRegions() throws {
    func truth(_ image: Int, _ row: Int, _ column: Int) -> Int {
      let c = Scenes.truth(image, row, column)
      return c == 2 && image % 4 == 0 ? 0 : c
    }
    func configuration(_ more: String) -> String {
      LabelMaps.configuration(
        predictions: "pred/{image}/{class}.png", truth: "masks/{image}/{class}/region*.png",
        classes: "[c0, c1, c2]", "activation: softmax", more
      ).replacing("kind: labels", with: "kind: probabilities")
    }
    let folder = try Scenes.folder(configuration("absent: {truth: empty}"))
    for image in 0..<Self.images {
      for c in 0..<3 {
        try folder.write(
          png(Self.rows { Scenes.found(image, $0, $1) == c ? 201 : 27 }),
          to: "pred/\(image)/c\(c).png")
        for quarter in 0..<4 {
          let part = Self.rows { row, column in
            row / 12 * 2 + column / 12 == quarter && truth(image, row, column) == c ? 255 : 0
          }
          if part.joined().contains(255) {
            try folder.write(png(part), to: "masks/\(image)/c\(c)/region\(quarter).png")
          }
        }
      }
    }
    #expect(try folder.unmask("run").code == 2)
    try folder.write(configuration("parts: {truth: union}"), to: "pipeline.yml")
    let missing = try folder.unmask("run")
    #expect(missing.code == 3)
    #expect(missing.error.contains("say absent: empty"), "\(missing.error)")
    try folder.write(
      configuration("parts: {truth: union}\n  absent: {truth: empty}"), to: "pipeline.yml")
    let ending = try folder.unmask("run")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(try Self.isNear(folder.ious(), Self.ious(truth: truth)))
    #expect(
      try folder.text("out/report.md").contains(
        "3 masks of a class that has no file in an image: taken as empty"))
  }

  // MARK: Just outside 0…1

  @Test("a softmax of all images with single numbers that rounding left outside 0…1")
  func justOutsideOfSoftmax() throws {
    let folder = try Scenes.folder(
      Scenes.planes("probabilities", "softmax").replacing("pred/{image}.npy", with: "pred.npy")
        .replacing("truth/{image}.png", with: "truth.npy")
        .replacing("axes: {predictions: HWC}", with: "axes: {predictions: NHWC, truth: NHW}"))
    try folder.write(
      npy(
        .uint8, [Self.images, Self.side, Self.side],
        (0..<Self.images).flatMap { image in
          Self.pixels { Double(Scenes.truth(image, $0, $1)) }
        }), to: "truth.npy")
    var numbers = (0..<Self.images).flatMap { image in
      Self.pixels { row, column -> [Double] in
        let sure = 0.55 + Double((row * Self.side + column) % 40) / 100
        let c = Scenes.found(image, row, column)
        return (0..<3).map { $0 == c ? sure : (1 - sure) / 2 }
      }
    }
    // Both are pixels of the first class.
    numbers[0] = [1.0000001, 0, 0]
    numbers[3 * Self.side * Self.side + 2 * Self.side + 2] = [0.9, -1e-9, 0.1]
    try folder.write(
      npy(.float32, [Self.images, Self.side, Self.side, 3], numbers.flatMap(\.self)),
      to: "pred.npy")
    let ending = try folder.unmask("run")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(ending.line("images") == "12 used, 0 not usable")
    #expect(try Self.isNear(folder.ious(), Self.ious()))
    #expect(
      try folder.text("out/report.md").contains(
        "2 probabilities outside 0…1 by at most 0.000001: taken as 0 or 1"))
  }

  @Test("planes of a sigmoid in which every fifth pixel is one step beyond, and their loss")
  func justOutsideOfSigmoid() throws {
    let folder = try Scenes.folder(
      LabelMaps.configuration(
        predictions: "pred/{image}/{class}.npy", truth: "truth/{image}/{class}.png",
        classes: "[c0, c1, c2]", "activation: sigmoid"
      ).replacing("kind: labels", with: "kind: probabilities")
        .replacing("measure: [iou]", with: "measure: [iou, bce]")
        .replacing(
          "reduce: {", with: "reduce: {mean: \"mean(class) > mean(pixel, image, batch)\", "))
    var (outside, sum) = (0, 0.0)
    for image in 0..<Self.images {
      for c in 0..<3 {
        let numbers = Self.pixels { row, column -> Double in
          let pixel = row * Self.side + column
          return Scenes.found(image, row, column) == c
            ? pixel % 5 == 0 ? 1 + 0x1p-23 : 0.75 : pixel % 7 == 0 ? -0x1p-24 : 0.25
        }
        try folder.write(
          npy(.float32, [Self.side, Self.side], numbers), to: "pred/\(image)/c\(c).npy")
        try folder.write(
          png(Self.rows { Scenes.truth(image, $0, $1) == c ? 255 : 0 }),
          to: "truth/\(image)/c\(c).png")
        outside += numbers.count { $0 < 0 || $0 > 1 }
        // In single precision, as Keras clips.
        for (pixel, number) in numbers.enumerated() {
          let p = min(max(Float(number), 1e-7), 1 - 1e-7)
          let isTrue = Scenes.truth(image, pixel / Self.side, pixel % Self.side) == c
          sum -= log(Double(isTrue ? p : 1 - p))
        }
      }
    }
    let ending = try folder.unmask("run")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(outside == 3384)
    #expect(
      try folder.text("out/report.md").contains(
        "3,384 probabilities outside 0…1 by at most 0.000001: taken as 0 or 1"))
    let answer = try folder.answer()
    let mean = sum / Double(Self.images * Self.side * Self.side * 3)
    #expect(abs((answer.means["bce"] ?? .nan) - mean) < 1e-6)
    #expect(try Self.isNear(folder.ious(), Self.ious()))
  }

  // MARK: bfloat16

  @Test("bfloat16 logits, under either name of their bytes, and what its line makes of them")
  func bfloat16Logits() throws {
    for type in ["|V2", "<V2"] {
      let folder = try Scenes.folder(Scenes.planes("logits", "softmax"))
      try Scenes.writeLogits(folder) { $0 }
      func write(_ encoded: ([Double]) -> [UInt8]) throws {
        for image in 0..<Self.images {
          try folder.write(
            encoded(Self.logits(image).joined().map(Self.cut)), to: "pred/\(image + 10).npy")
        }
      }
      let shape = [Self.side, Self.side, 3]
      try write { Self.rawBytes(type, shape, $0) }
      let refused = try folder.unmask("run")
      #expect(refused.code == 4)
      #expect(
        refused.fault.hasPrefix(
          "pred/10.npy: holds two raw bytes a number, as NumPy saves bfloat16, and no name of their type"
        ))
      #expect(refused.error.contains("dtype: bfloat16"))
      #expect(try folder.unmask("run", "--set", "decode.dtype=bfloat16").code == 0)
      let expected = Self.ious(found: { image, row, column in
        let c = Scenes.found(image, row, column)
        let numbers = Self.logits(image, row, column, found: c).map(Self.cut)
        return numbers.firstIndex(of: numbers.max() ?? 0) ?? 0
      })
      #expect(try Self.isNear(folder.ious(), expected))
    }
  }

  @Test("bfloat16 probabilities of one class, one array of all images")
  func bfloat16Mask() throws {
    let folder = try Scenes.folder(
      LabelMaps.configuration(
        predictions: "pred.npy", truth: "truth.npy", classes: "[c2]", "activation: sigmoid"
      ).replacing("kind: labels", with: "kind: probabilities"))
    let shape = [Self.images, Self.side, Self.side]
    func all(_ number: (Int, Int, Int) -> Double) -> [Double] {
      (0..<Self.images).flatMap { image in Self.pixels { number(image, $0, $1) } }
    }
    try folder.write(
      npy(.uint8, shape, all { Scenes.truth($0, $1, $2) == 2 ? 1 : 0 }), to: "truth.npy")
    let found = all { Scenes.found($0, $1, $2) == 2 ? 0.8 : 0.3 }.map(Self.cut)
    try folder.write(Self.rawBytes("|V2", shape, found), to: "pred.npy")
    let refused = try folder.unmask("run")
    #expect(refused.code == 4)
    #expect(refused.fault.contains("as NumPy saves bfloat16"), "\(refused.error)")
    #expect(try folder.unmask("run", "--set", "decode.dtype=bfloat16").code == 0)
    #expect(try Self.isNear(folder.ious(), Self.ious().suffix(1)))
  }

  // MARK: −∞

  @Test("a class that is impossible in every third image, channels first")
  func impossibleInImages() throws {
    func label(_ image: Int, _ c: Int) -> Int { c == 2 && image % 3 == 0 ? 0 : c }
    try expectImpossible(axes: "{predictions: CHW}") { image, row, column in
      let c = label(image, Scenes.found(image, row, column))
      var logits = Self.logits(image, row, column, found: c)
      if image % 3 == 0 { logits[2] = -.infinity }
      return logits
    } truth: {
      label($0, Scenes.truth($0, $1, $2))
    }
  }

  @Test("classes that are impossible at single pixels, two of three at some")
  func impossibleAtPixels() throws {
    try expectImpossible(axes: "{predictions: NHWC, truth: NHW}") { image, row, column in
      let c = Scenes.truth(image, row, column)
      var logits = Self.logits(
        image, row, column, found: Scenes.found(image, row, column))
      if c != 0, (row + column) % 4 == 0 { logits[0] = -.infinity }
      if c == 2 || row == 0 && c != 1 { logits[1] = -.infinity }
      return logits
    } truth: {
      Scenes.truth($0, $1, $2)
    }
  }

  /// IoU and cross-entropy of logits among which are −∞, by plain loops.
  private func expectImpossible(
    axes: String, _ logits: (Int, Int, Int) -> [Double], truth: (Int, Int, Int) -> Int
  ) throws {
    let isArray = axes.contains("N")
    let folder = try Scenes.folder(
      LabelMaps.configuration(
        predictions: isArray ? "pred.npy" : "pred/{image}.npy",
        truth: isArray ? "truth.npy" : "truth/{image}.png", classes: "[c0, c1, c2]",
        "activation: softmax", "axes: \(axes)"
      ).replacing("kind: labels", with: "kind: logits")
        .replacing("measure: [iou]", with: "measure: [iou, ce]")
        .replacing(
          "reduce: {", with: "reduce: {mean: \"mean(class) > mean(pixel, image, batch)\", "))
    var (all, labels, sum): ([Double], [Double], Double) = ([], [], 0)
    for image in 0..<Self.images {
      let numbers = Self.pixels { logits(image, $0, $1) }
      let classes = Self.pixels { truth(image, $0, $1) }
      for (z, c) in zip(numbers, classes) {
        sum += log(z.reduce(0) { $0 + exp($1) }) - z[c]
      }
      if isArray {
        all += numbers.flatMap(\.self)
        labels += classes.map(Double.init)
      } else {
        try folder.write(
          npy(
            .float32, [3, Self.side, Self.side], (0..<3).flatMap { c in numbers.map { $0[c] } }),
          to: "pred/\(image).npy")
        try folder.write(png(Self.rows { truth(image, $0, $1) }), to: "truth/\(image).png")
      }
    }
    if isArray {
      let shape = [Self.images, Self.side, Self.side]
      try folder.write(npy(.float32, shape + [3], all), to: "pred.npy")
      try folder.write(npy(.uint8, shape, labels), to: "truth.npy")
    }
    let ending = try folder.unmask("run")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(ending.line("images") == "12 used, 0 not usable")
    let mean = sum / Double(Self.images * Self.side * Self.side)
    #expect(abs((try folder.answer().means["ce"] ?? .nan) - mean) < 1e-6)
    let expected = Self.ious(
      truth: truth,
      found: { image, row, column in
        let z = logits(image, row, column)
        return z.firstIndex(of: z.max() ?? 0) ?? 0
      })
    #expect(try Self.isNear(folder.ious(), expected))
  }

  // MARK: Palettes of the greys that occur

  @Test("predictions in palettes of the greys that occur in each file, which are the label ids")
  func compactedPredictions() throws {
    let values = [7, 11, 26]
    func found(_ image: Int, _ row: Int, _ column: Int) -> Int {
      let c = Scenes.found(image, row, column)
      return c == 2 && image % 3 == 0 ? 0 : c
    }
    for configuration in [
      Scenes.labels(values), Scenes.labels(values, "ignore: [0, 1, 2, 3, 4, 5, 6]"),
    ] {
      let folder = try Scenes.folder(configuration)
      for image in 0..<Self.images {
        try folder.write(
          png(Self.rows { values[Scenes.truth(image, $0, $1)] }), to: "truth/\(image).png")
        let labels = Self.rows { found(image, $0, $1) }
        let occurring = Set(labels.joined()).sorted()
        let indices = labels.map { $0.map { UInt8(occurring.firstIndex(of: $0) ?? 0) } }
        let greys = occurring.flatMap { [UInt8](repeating: UInt8(values[Int($0)]), count: 3) }
        try folder.write(png(indices, color: 3, palette: greys), to: "pred/\(image).png")
      }
      let ending = try folder.unmask("run")
      #expect(ending.code == 0, "\(ending.error)")
      #expect(try Self.isNear(folder.ious(), Self.ious(found: found)))
      #expect(
        try folder.text("out/report.md").contains("predictions: labels are what palettes"))
    }
  }

  // MARK: Stretched planes

  @Test(
    "planes that were stretched are named: of one class, of three, and in arrays of bytes",
    arguments: ["one", "three", "arrays"])
  func stretched(form: String) throws {
    let classes = form == "one" ? [2] : [0, 1, 2]
    let names = classes.map { "c\($0)" }.joined(separator: ", ")
    let isArray = form == "arrays"
    let folder = try Scenes.folder(
      LabelMaps.configuration(
        predictions: isArray ? "pred/{image}.npy" : "pred/{image}/{class}.png",
        truth: isArray ? "truth/{image}.png" : "truth/{image}/{class}.png",
        classes: "[\(names)]", "activation: sigmoid", isArray ? "axes: {predictions: HWC}" : ""
      ).replacing("kind: labels", with: "kind: probabilities"))
    // Of 100,000; none is above 0.4.
    func level(_ image: Int, _ c: Int, _ row: Int, _ column: Int) -> Int {
      (Scenes.found(image, row, column) == c ? 30_000 : 5_000)
        + (row * 3701 + column * 1117 + image * 1301 + c * 719) % 9973
    }
    for isStretched in [true, false] {
      for image in 0..<Self.images {
        let planes = classes.map { c -> [UInt8] in
          let levels = Self.pixels { level(image, c, $0, $1) }
          let (least, most) = (levels.min() ?? 0, levels.max() ?? 0)
          return levels.map {
            UInt8(isStretched ? ($0 - least) * 255 / (most - least) : $0 * 255 / 100_000)
          }
        }
        if isArray {
          try folder.write(
            npy(
              .uint8, [Self.side, Self.side, 3],
              (0..<Self.side * Self.side).flatMap { p in planes.map { Double($0[p]) } }),
            to: "pred/\(image).npy")
          try folder.write(
            png(Self.rows { Scenes.truth(image, $0, $1) }), to: "truth/\(image).png")
          continue
        }
        for (c, plane) in zip(classes, planes) {
          try folder.write(
            png(Self.rows { Int(plane[$0 * Self.side + $1]) }), to: "pred/\(image)/c\(c).png")
          try folder.write(
            png(Self.rows { Scenes.truth(image, $0, $1) == c ? 255 : 0 }),
            to: "truth/\(image)/c\(c).png")
        }
      }
      let ending = try folder.unmask("run")
      #expect(ending.code == 0, "\(ending.error)")
      let title = ending.line("set-up")
      if isStretched {
        #expect(title == "each plane may have been stretched to 0…255 when it was saved")
        #expect(!ending.out.contains("OK "))
      } else {
        #expect(title?.hasSuffix("predicted nowhere") == true, "\(ending.out)")
        #expect(try folder.ious().allSatisfy { $0 == 0 })
      }
    }
  }

  // MARK: Turned planes

  @Test("planes of a softmax, and masks, whose rows and columns were exchanged")
  func transposed() throws {
    let planes = try Scenes.folder(Scenes.planes("probabilities", "softmax"))
    let masks = try Scenes.folder(
      LabelMaps.configuration(
        predictions: "pred/{image}/{class}.png", truth: "truth/{image}/{class}.png",
        classes: "[c2]"))
    for image in 0..<Self.images {
      try planes.write(png(Self.rows { Scenes.truth(image, $0, $1) }), to: "truth/\(image).png")
      let numbers = Self.pixels { row, column -> [Double] in
        let sure = 0.55 + Double((column * Self.side + row) % 40) / 100
        let c = Scenes.found(image, column, row)
        return (0..<3).map { $0 == c ? sure : (1 - sure) / 2 }
      }
      try planes.write(
        npy(.float32, [Self.side, Self.side, 3], numbers.flatMap(\.self)), to: "pred/\(image).npy")
      try masks.write(
        png(Self.rows { Scenes.truth(image, $1, $0) == 2 ? 255 : 0 }),
        to: "truth/\(image)/c2.png")
      try masks.write(
        png(Self.rows { Scenes.found(image, $0, $1) == 2 ? 255 : 0 }), to: "pred/\(image)/c2.png")
    }
    for (folder, expected) in [(planes, Self.ious()), (masks, Array(Self.ious().suffix(1)))] {
      let wrong = try folder.unmask("run")
      #expect(wrong.code == 4)
      #expect(
        wrong.line("SET-UP") == "the predictions are transposed: rows and columns are exchanged",
        "\(wrong.out)")
      let remedy = "orientation: {predictions: transposed}"
      #expect(wrong.out.contains(remedy))
      try folder.write(
        folder.text("pipeline.yml").replacing("\n  kind:", with: "\n  \(remedy)\n  kind:"),
        to: "pipeline.yml")
      #expect(try folder.unmask("run").code == 0)
      #expect(try Self.isNear(folder.ious(), expected))
    }
  }

  // MARK: A list that begins one late

  @Test("arrays of labels whose list leaves the background out, and the list to paste")
  func listOneLate() throws {
    let configuration = LabelMaps.configuration(
      predictions: "pred.npy", truth: "truth.npy", classes: "[wall, lamp]", "ignore: unlisted")
    let folder = try Scenes.folder(configuration)
    for (name, label) in [("truth", Scenes.truth), ("pred", Scenes.found)] {
      try folder.write(
        npy(
          .int64, [Self.images, Self.side, Self.side],
          (0..<Self.images).flatMap { image in Self.pixels { Double(label(image, $0, $1)) } }),
        to: "\(name).npy")
    }
    let wrong = try folder.unmask("run")
    #expect(wrong.code == 4)
    #expect(
      wrong.line("SET-UP") == "the class list is one short: does 0 mean background?", "\(wrong.out)"
    )
    let list = try #require(wrong.out.firstMatch(of: /classes: \[background, .*\]/))
    try folder.write(
      configuration.replacing(/classes: \[.*\]/, with: list.0)
        .replacing("  ignore: unlisted\n", with: ""), to: "pipeline.yml")
    #expect(try folder.unmask("run").code == 0)
    #expect(try folder.classes("class_name") == ["background", "wall", "lamp"])
    #expect(try Self.isNear(folder.ious(), Self.ious()))
  }

  // MARK: - Pixels

  private static func rows(_ number: (Int, Int) -> Int) -> [[UInt8]] {
    (0..<side).map { row in (0..<side).map { UInt8(number(row, $0)) } }
  }

  private static func pixels<Number>(_ number: (Int, Int) -> Number) -> [Number] {
    (0..<side).flatMap { row in (0..<side).map { number(row, $0) } }
  }

  /// Three logits, the class's own above 0 and mostly the largest.
  private static func logits(_ image: Int, _ row: Int, _ column: Int, found: Int) -> [Double] {
    (0..<3).map { c in
      let noise = Double(((row * side + column) * 37 + c * 101 + image * 13) % 100) / 100
      return c == found ? 1 + 4.9 * noise : 2 - 8 * noise
    }
  }

  private static func logits(_ image: Int) -> [[Double]] {
    pixels { logits(image, $0, $1, found: Scenes.found(image, $0, $1)) }
  }

  /// A number as bfloat16 has it, cut off.
  private static func cut(_ number: Double) -> Double {
    Double(Float(bitPattern: Float(number).bitPattern & 0xffff_0000))
  }

  /// An array whose numbers are the upper halves of floats, as np.save writes bfloat16.
  private static func rawBytes(_ type: String, _ shape: [Int], _ numbers: [Double]) -> [UInt8] {
    let shape = shape.map { "\($0)," }.joined(separator: " ")
    let header = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(shape)), }"
    let blanks = String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64)
    let text = Array((header + blanks + "\n").utf8)
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(text.count & 255), UInt8(text.count >> 8)]
      + text
      + numbers.flatMap { number -> [UInt8] in
        let bits = Float(number).bitPattern >> 16
        return [UInt8(bits & 255), UInt8(bits >> 8)]
      }
  }

  /// Each class's intersection over union, by a plain loop.
  private static func ious(
    truth: (Int, Int, Int) -> Int = { Scenes.truth($0, $1, $2) },
    found: (Int, Int, Int) -> Int = { Scenes.found($0, $1, $2) },
    isCounted: (Int, Int, Int) -> Bool = { _, _, _ in true }
  ) -> [Double] {
    var (both, either) = ([0, 0, 0], [0, 0, 0])
    for image in 0..<images {
      for row in 0..<side {
        for column in 0..<side where isCounted(image, row, column) {
          let (t, p) = (truth(image, row, column), found(image, row, column))
          either[t] += 1
          if t == p { both[t] += 1 } else { either[p] += 1 }
        }
      }
    }
    return zip(both, either).map { Double($0) / Double($1) }
  }

  private static func isNear(_ found: [Double], _ expected: some Collection<Double>) -> Bool {
    found.count == expected.count && zip(found, expected).allSatisfy { abs($0 - $1) < 1e-6 }
  }
}
