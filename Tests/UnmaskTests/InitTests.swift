import Foundation
import Testing

/// Trees as the tools write them: `unmask init` and `unmask run`, with nothing edited between.
@Suite("Writing a configuration for what is there")
struct InitTests {
  @Test("VOC: palette pictures, 255 for what does not count, and the list of the part")
  func voc() throws {
    let folder = try Folder()
    let names = (0..<6).map { "2007_0000\(32 + $0)" }
    for (image, name) in names.enumerated() {
      let truth = Trees.map { row, column in
        row == 7 ? 255 : Trees.truth(image, row, column, of: 21)
      }
      let palette = Self.vocPalette
      try folder.write(
        png(truth, color: 3, palette: palette), to: "VOC2012/SegmentationClass/\(name).png")
      try folder.write(Trees.photo(image), to: "VOC2012/JPEGImages/\(name).png")
      guard image < 4 else { continue }
      let found = Trees.map { Trees.found(image, $0, $1, of: 21) }
      try folder.write(png(found, color: 3, palette: palette), to: "results/\(name).png")
    }
    try folder.write(
      names.prefix(4).joined(separator: "\n") + "\n", to: "VOC2012/ImageSets/Segmentation/val.txt")
    try folder.write(
      names.suffix(2).joined(separator: "\n"), to: "VOC2012/ImageSets/Segmentation/train.txt")
    let text = try folder.expectInit(
      counts: Trees.ious(of: 21, images: 4) { _, row, _ in row != 7 })
    #expect(text.hasPrefix("# yaml-language-server: $schema=pipeline.schema.json\n"))
    #expect(text.contains("  names: \"VOC2012/ImageSets/Segmentation/val.txt\"\n"))
    #expect(text.contains("  truth: \"VOC2012/SegmentationClass/{image}.png\"\n"))
  }

  @Test("nnU-Net: predictions beside their raw data, and the names of dataset.json")
  func nnUNet() throws {
    let folder = try Folder()
    try folder.write(
      #"{"labels": {"background": 0, "nucleus": 1, "membrane": 2}, "file_ending": ".png"}"#,
      to: "nnUNet_raw/Dataset007_Cells/dataset.json")
    for image in 0..<4 {
      try folder.write(
        png(Trees.map { Trees.truth(image, $0, $1, of: 3) }),
        to: "nnUNet_raw/Dataset007_Cells/labelsTs/cells_00\(image).png")
      try folder.write(
        Trees.photo(image), to: "nnUNet_raw/Dataset007_Cells/imagesTs/cells_00\(image)_0000.png")
      try folder.write(
        png(Trees.map { Trees.found(image, $0, $1, of: 3) }),
        to: "nnUNet_results/pred/cells_00\(image).png")
    }
    let text = try folder.expectInit(counts: Trees.ious(of: 3, images: 4))
    #expect(text.contains("  classes: [background, nucleus, membrane]\n"))
  }

  @Test("Cityscapes: label ids against train ids, under names with different ends")
  func cityscapes() throws {
    let ids = [7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33]
    let folder = try Folder()
    for image in 0..<6 {
      let name = "munster_00000\(image)_000019"
      // The bonnet of the car is void.
      try folder.write(
        png(Trees.map { $0 == 19 ? 1 : ids[Trees.truth(image, $0, $1, of: 19)] }),
        to: "gtFine/val/munster/\(name)_gtFine_labelIds.png")
      try folder.write(
        png(Trees.map { Trees.found(image, $0, $1, of: 19) }),
        to: "results/munster/\(name)_leftImg8bit_pred.png")
    }
    let text = try folder.expectInit(
      counts: Trees.ious(of: 19, images: 6) { _, row, _ in row != 19 })
    #expect(text.contains("  classes: {truth: cityscapes, predictions: cityscapes-train-ids}\n"))
    #expect(try folder.classes("class_name").first == "road")
  }

  @Test("ADE20K: truth from 1 with 0 as void, predictions from 0, known by the images' names")
  func ade20K() throws {
    let folder = try Folder()
    for image in 0..<6 {
      let name = "ADE_val_0000000\(image + 1)"
      try folder.write(
        png(Trees.map { $0 == 0 ? 0 : Trees.truth(image, $0, $1, of: 150) + 1 }),
        to: "annotations/validation/\(name).png")
      try folder.write(
        png(Trees.map { Trees.found(image, $0, $1, of: 150) }), to: "pred/\(name).png")
    }
    #expect(try folder.unmask("init").code == 0)
    #expect(try folder.text("pipeline.yml").contains("  classes: ade20k\n"))
    #expect(try folder.unmask("run").code == 0)
    #expect(try folder.classes("class_name").prefix(2) == ["wall", "building"])
    let counted = try folder.classes("iou").map(Double.init)
    // Most of the 150 classes are in none of these images.
    for c in 0..<20 {
      var (both, either) = (0, 0)
      for image in 0..<6 {
        for row in 1..<Trees.rows {
          for column in 0..<Trees.columns {
            let isTrue = Trees.truth(image, row, column, of: 150) == c
            let isFound = Trees.found(image, row, column, of: 150) == c
            if isTrue && isFound { both += 1 }
            if isTrue || isFound { either += 1 }
          }
        }
      }
      #expect(abs((counted[c] ?? -1) - Double(both) / Double(either)) < 1e-6, "\(c)")
    }
  }

  @Test("Kaggle: masks of one class beside the photographs, found or as probabilities")
  func kaggle() throws {
    let names = ["00ae65c1c6", "0a1742c740", "b1be1fa682", "ffac35e5ae"]
    for isProbability in [false, true] {
      let folder = try Folder()
      for (image, name) in names.enumerated() {
        try folder.write(Trees.photo(image), to: "train/images/\(name).png")
        try folder.write(
          png(Trees.map { Trees.truth(image, $0, $1, of: 2) * 255 }), to: "train/masks/\(name).png")
        try folder.write(
          png(
            Trees.map {
              isProbability
                ? Int((Trees.share(1, image, $0, $1, of: 2) * 255).rounded())
                : Trees.found(image, $0, $1, of: 2) * 255
            }), to: "preds/\(name).png")
      }
      let ious = Trees.ious(of: 2, images: 4)
      let text = try folder.expectInit(counts: isProbability ? [ious[1]] : ious)
      #expect(text.contains("  kind: \(isProbability ? "probabilities" : "labels")\n"))
    }
  }

  @Test("Keras: one array of sigmoid outputs and one of truth, channels last")
  func kerasArrays() throws {
    let folder = try Folder()
    try folder.write(
      npy(.float32, [5, Trees.rows, Trees.columns, 3], Self.planes(images: 5, classes: 3)),
      to: "y_pred.npy")
    try folder.write(
      npy(
        .uint8, [5, Trees.rows, Trees.columns, 3],
        Self.pixels(images: 5) { image, row, column in
          (0..<3).map { Trees.truth(image, row, column, of: 3) == $0 ? 1 : 0 }
        }), to: "y_true.npy")
    let text = try folder.expectInit(counts: Trees.ious(of: 3, images: 5))
    #expect(text.contains("  axes: NHWC\n"))
    #expect(text.contains("  activation: sigmoid\n"))
    // Keras 3: the mean over all, with p kept 1e-7 away from 0 and 1.
    let loss = zip(
      Self.planes(images: 5, classes: 3),
      Self.pixels(images: 5) { image, row, column in
        (0..<3).map { Trees.truth(image, row, column, of: 3) == $0 ? 1 : 0 }
      }
    ).reduce(0.0) { sum, pixel in sum - log(pixel.1 == 1 ? pixel.0 : 1 - pixel.0) }
    let mean = loss / Double(5 * Trees.rows * Trees.columns * 3)
    let printed = try #require(
      try folder.text("out/reductions.csv").split(separator: "\n")
        .first { $0.hasPrefix("bce,mean,2,") }?.split(separator: ",").compactMap { Double($0) }
        .last { abs($0 - mean) < 1e-5 })
    #expect(abs(printed - mean) < 1e-6 * mean)
  }

  @Test(
    "two plain arrays of one class, with and without an axis for it, named or in one directory",
    arguments: [
      (
        [5, Trees.rows, Trees.columns, 1], [5, Trees.rows, Trees.columns, 1],
        "y_true.npy y_pred.npy"
      ),
      ([5, 1, Trees.rows, Trees.columns], [5, 1, Trees.rows, Trees.columns], "."),
      ([5, Trees.rows, Trees.columns], [5, Trees.rows, Trees.columns], ""),
      (
        [5, Trees.rows, Trees.columns], [5, Trees.rows, Trees.columns, 1], "y_pred.npy y_true.npy"
      ),
      (
        [5, Trees.rows, Trees.columns, 1], [5, 1, Trees.rows, Trees.columns],
        "--truth y_true.npy --predictions y_pred.npy"
      ),
    ])
  func oneClass(truth: [Int], predictions: [Int], arguments: String) throws {
    let folder = try Folder()
    try folder.write(
      npy(
        .uint8, truth,
        Self.pixels(images: 5) { [Trees.truth($0, $1, $2, of: 3) == 1 ? 1 : 0] }), to: "y_true.npy")
    try folder.write(
      npy(
        .float32, predictions,
        Self.pixels(images: 5) { image, row, column in
          let sure = 0.55 + Double((row * 5 + column) % 40) / 100
          return [Trees.found(image, row, column, of: 3) == 1 ? sure : 1 - sure]
        }), to: "y_pred.npy")
    let text = try folder.expectInit(arguments, counts: [Trees.ious(of: 3, images: 5)[1]])
    #expect(text.contains("  activation: sigmoid\n"))
    #expect(text.contains("  classes: [object]\n"))
  }

  @Test(
    "one class as people save it: void beside it, wide types, any number, an archive of both sides",
    arguments: [
      (NumberFormat.uint8, 1, true, "y_true.npy"), (.int64, 255, false, "y_true.npy"),
      (.float32, 255, false, "y_true.npy"), (.uint8, 7, true, "y_true.npy"),
    ])
  func oneClassTruths(format: NumberFormat, yes: Double, hasVoid: Bool, name: String) throws {
    let folder = try Folder()
    let shape = [5, Trees.rows, Trees.columns]
    try folder.write(
      npy(
        format, shape,
        Self.pixels(images: 5) { image, row, column in
          hasVoid && row == 2 ? [255] : [Trees.truth(image, row, column, of: 3) == 1 ? yes : 0]
        }), to: name)
    try folder.write(
      npy(
        .float32, shape,
        Self.pixels(images: 5) { [Trees.found($0, $1, $2, of: 3) == 1 ? 0.8 : 0.3] }),
      to: "y_pred.npy")
    let text = try folder.expectInit(
      counts: [Trees.ious(of: 3, images: 5) { _, row, _ in !hasVoid || row != 2 }[1]])
    #expect(text.contains(hasVoid ? "  ignore: 255\n" : "  classes: [object]\n"))
  }

  @Test("two planes of a softmax beside masks of 0 and 1, or 255", arguments: [1.0, 255])
  func twoPlanes(yes: Double) throws {
    let folder = try Folder()
    try folder.write(
      npy(
        .uint8, [5, Trees.rows, Trees.columns],
        Self.pixels(images: 5) { [Trees.truth($0, $1, $2, of: 2) == 1 ? yes : 0] }),
      to: "y_true.npy")
    try folder.write(
      npy(
        .float32, [5, Trees.rows, Trees.columns, 2],
        Self.pixels(images: 5) { image, row, column in
          (0..<2).map { Trees.share($0, image, row, column, of: 2) }
        }), to: "y_pred.npy")
    _ = try folder.expectInit(counts: Trees.ious(of: 2, images: 5))
  }

  @Test("pictures beside masks and predictions are neither")
  func pictures() throws {
    let folder = try Folder()
    let shape = [5, Trees.rows, Trees.columns]
    try folder.write(
      npy(
        .float32, shape + [3],
        Self.pixels(images: 5) { image, row, column in
          (0..<3).map { Double((row * 37 + column * 11 + $0 * 71 + image) % 101) / 101 }
        }), to: "images.npy")
    try folder.write(
      npy(
        .uint8, shape + [1],
        Self.pixels(images: 5) { [Trees.truth($0, $1, $2, of: 3) == 1 ? 1 : 0] }),
      to: "masks.npy")
    try folder.write(
      npy(
        .float32, shape + [1],
        Self.pixels(images: 5) { [Trees.found($0, $1, $2, of: 3) == 1 ? 0.8 : 0.3] }),
      to: "predictions.npy")
    let text = try folder.expectInit(counts: [Trees.ious(of: 3, images: 5)[1]])
    #expect(text.contains("  predictions: \"predictions.npy\"\n"))
  }

  @Test("of several runs one is taken, and the others are named")
  func severalRuns() throws {
    let folder = try Folder()
    for image in 0..<4 {
      try folder.write(
        png(Trees.map { Trees.truth(image, $0, $1, of: 3) }), to: "gt/im\(image).png")
      for run in ["a", "b"] {
        try folder.write(
          png(Trees.map { Trees.found(image, $0, $1, of: 3) }), to: "runs/\(run)/im\(image).png")
      }
    }
    let ending = try folder.unmask("init")
    #expect(ending.code == 0)
    #expect(ending.error.contains("check: several predictions fit, and runs/"), "\(ending.error)")
  }

  @Test("one image: an array of its classes and one of its labels")
  func oneImage() throws {
    let folder = try Folder()
    let planes = (0..<4).flatMap { c in
      Self.pixels(images: 1) { [Trees.share(c, $0, $1, $2, of: 4)] }
    }
    try folder.write(npy(.float32, [4, Trees.rows, Trees.columns], planes), to: "probs.npy")
    try folder.write(
      npy(
        .int64, [Trees.rows, Trees.columns],
        Self.pixels(images: 1) { [Double(Trees.truth($0, $1, $2, of: 4))] }), to: "truth.npy")
    let text = try folder.expectInit(counts: Trees.ious(of: 4, images: 1))
    #expect(text.contains("  predictions: \"probs.npy\"\n"))
  }

  @Test("numbers of objects: the class of each, by the encoding that the predictions agree with")
  func objects() throws {
    let folder = try Folder()
    for image in 0..<4 {
      try folder.write(
        png(
          Trees.map(depth: 16) { row, column in
            let label = Trees.truth(image, row, column, of: 4)
            return label < 2 ? label : label * 1000 + column / 7
          }, depth: 16), to: "gt/im\(image)_instanceIds.png")
      try folder.write(
        png(Trees.map { Trees.found(image, $0, $1, of: 4) }), to: "pred/im\(image).png")
    }
    let text = try folder.expectInit(counts: Trees.ious(of: 4, images: 4))
    #expect(text.contains("  encoding: {truth: cityscapes-instances}\n"))
  }

  @Test("predictions in colours are not taken for the truth, and the message says what is missing")
  func coloredPredictions() throws {
    let folder = try Folder()
    for image in 0..<4 {
      try folder.write(
        png(Trees.map { Trees.truth(image, $0, $1, of: 3) }), to: "gt/im\(image).png")
      let rows = Trees.map { Trees.found(image, $0, $1, of: 3) }.map { row -> [UInt8] in
        row.flatMap { label -> [UInt8] in [label * 100, 20, 255 - label * 100] }
      }
      try folder.write(png(rows, color: 2), to: "pred/im\(image).png")
    }
    let ending = try folder.unmask("init")
    #expect(ending.code == 2)
    #expect(
      ending.error.hasPrefix(
        "pred/{image}.png: predictions in colours, and no file says which colour is which class\n"))
  }

  @Test(
    "Keras: a file of each class, below the image or behind its name",
    arguments: ["{image}/{class}", "{image}_{class}"])
  func kerasFiles(form: String) throws {
    let folder = try Folder()
    let classes = ["building", "pole", "road"]
    for image in 0..<5 {
      for (c, name) in classes.enumerated() {
        let path = form.replacing("{image}", with: "img_000\(image)").replacing(
          "{class}", with: name)
        try folder.write(
          png(
            Trees.map { row, column in
              Int((Self.sigmoid(c, image, row, column) * 255).rounded())
            }), to: "preds/\(path).png")
        try folder.write(
          png(Trees.map { Trees.truth(image, $0, $1, of: 3) == c ? 255 : 0 }),
          to: "masks/\(path).png")
      }
    }
    let text = try folder.expectInit("preds", "masks", counts: Trees.ious(of: 3, images: 5))
    #expect(text.contains("  predictions: \"preds/\(form).png\"\n"))
    #expect(text.contains("  activation: sigmoid\n"))
    #expect(text.contains("  classes: [building, pole, road]\n"))
  }

  @Test("PyTorch: softmax outputs, an array an image, channels first, and labels as truth")
  func torch() throws {
    let folder = try Folder()
    for image in 0..<5 {
      let planes = (0..<4).flatMap { c in
        Self.pixels(images: 1) { _, row, column in [Trees.share(c, image, row, column, of: 4)] }
      }
      try folder.write(
        npy(.float32, [4, Trees.rows, Trees.columns], planes), to: "runs/probs/000\(image).npy")
      try folder.write(
        npy(
          .int64, [Trees.rows, Trees.columns],
          Self.pixels(images: 1) { _, row, column in
            [Double(row == 3 ? 255 : Trees.truth(image, row, column, of: 4))]
          }), to: "gt/000\(image).npy")
    }
    let text = try folder.expectInit(
      counts: Trees.ious(of: 4, images: 5) { _, row, _ in row != 3 })
    #expect(text.contains("  activation: softmax\n"))
    #expect(text.contains("  axes: {predictions: CHW}\n"))
    #expect(text.contains("  ignore: 255\n"))
  }

  @Test("Ultralytics semantic: masks of labels, and the names of data.yaml")
  func ultralytics() throws {
    let folder = try Folder()
    try folder.write(
      "path: d\nval: images/val\nmasks_dir: masks\nnames:\n  0: road\n  1: sky\n  2: car\n",
      to: "d/data.yaml")
    for image in 0..<4 {
      try folder.write(Trees.photo(image), to: "d/images/val/im\(image).png")
      try folder.write(
        png(Trees.map { $0 == 2 ? 255 : Trees.truth(image, $0, $1, of: 3) }),
        to: "d/masks/val/im\(image).png")
      try folder.write(
        png(Trees.map { Trees.found(image, $0, $1, of: 3) }),
        to: "runs/semantic/predict/im\(image).png")
    }
    let text = try folder.expectInit(
      "d", "runs", counts: Trees.ious(of: 3, images: 4) { _, row, _ in row != 2 })
    #expect(text.contains("  classes: [road, sky, car]\n"))
  }

  // MARK: What init asks and refuses

  @Test("a pipeline.yml that is there stays, unless it may go; - and --stdout print")
  func existing() throws {
    let folder = try Self.twoSides("preds", "masks")
    try folder.write("mine", to: "pipeline.yml")
    let ending = try folder.unmask("init")
    #expect(ending.code == 2)
    #expect(
      ending.error == """
        pipeline.yml: is there already
          write over it with --force, or print with --stdout

        """)
    let printed = try folder.unmask("init", "--stdout")
    #expect(printed.code == 0)
    #expect(try folder.unmask("init", "-") == printed)
    #expect(try folder.text("pipeline.yml") == "mine")
    #expect(try folder.unmask("init", "--force").code == 0)
    #expect(try folder.text("pipeline.yml") == printed.out)
  }

  @Test("sides can be named, and where names say nothing it is asked which is the truth")
  func sides() throws {
    let folder = try Self.twoSides("a", "b")
    let asked = try folder.unmask("init", "--stdout")
    #expect(asked.error.contains("check: nothing in the names says which side is the truth"))
    #expect(asked.out.contains("# CHECK: nothing in the names"))
    let told = try folder.unmask("init", "--stdout", "--truth", "b", "--predictions", "a")
    #expect(told.error == "")
    #expect(told.out.contains("  predictions: \"a/{image}.png\"\n"))
    let other = try folder.unmask("init", "--stdout", "--truth", "a", "--predictions", "b")
    #expect(other.out.contains("  predictions: \"b/{image}.png\"\n"))
  }

  @Test("truth without predictions is counted, and what to do about it said")
  func unpaired() throws {
    let folder = try Self.twoSides("preds", "masks")
    try folder.write(gray("0123"), to: "masks/9.png")
    let ending = try folder.unmask("init")
    #expect(
      ending.error == """
        check: 1 of 4 truth files has no prediction ('9'), which makes the run incomplete: list the \
        images that count under `names`

        """)
    #expect(try folder.unmask("run").code == 3)
  }

  @Test("where nothing belongs together, what was found is named")
  func nothing() throws {
    let folder = try Folder()
    try folder.write(gray("0123"), to: "d/1.png")
    let ending = try folder.unmask("init", "d")
    #expect(ending.code == 2)
    #expect(ending.fault == "d: no predictions and truth that belong together")
    #expect(ending.error.contains("found: d/1.png"))
    #expect(try folder.unmask("init", "nowhere").fault == "nowhere: no such directory")
  }

  /// The colours of VOC: three bits of the index at a time, from the highest bit of each channel down.
  private static let vocPalette: [UInt8] = {
    var palette: [UInt8] = []
    for index in 0..<256 {
      for channel in 0..<3 {
        var level = 0
        for bit in 0..<3 { level |= (index >> (3 * bit + channel) & 1) << (7 - bit) }
        palette.append(UInt8(level))
      }
    }
    return palette
  }()

  // MARK: Numbers

  private static func twoSides(_ a: String, _ b: String) throws -> Folder {
    let folder = try Folder()
    for image in 0..<3 {
      try folder.write(
        png(Trees.map { Trees.found(image, $0, $1, of: 5) }), to: "\(a)/\(image).png")
      try folder.write(
        png(Trees.map { Trees.truth(image, $0, $1, of: 5) }), to: "\(b)/\(image).png")
    }
    return folder
  }

  /// A probability of a class that knows nothing of the others.
  private static func sigmoid(_ c: Int, _ image: Int, _ row: Int, _ column: Int) -> Double {
    let noise = Double((row * 13 + column * 7 + image * 5 + c * 3) % 45) / 100
    return Trees.found(image, row, column, of: 3) == c ? 0.52 + noise : noise
  }

  private static func planes(images: Int, classes: Int) -> [Double] {
    pixels(images: images) { image, row, column in
      (0..<classes).map { max(0.001, sigmoid($0, image, row, column)) }
    }
  }

  private static func pixels(
    images: Int, _ numbers: (Int, Int, Int) -> [Double]
  ) -> [Double] {
    (0..<images).flatMap { image in
      (0..<Trees.rows).flatMap { row in
        (0..<Trees.columns).flatMap { column in numbers(image, row, column) }
      }
    }
  }
}
