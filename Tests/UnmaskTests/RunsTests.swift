import Testing

/// Masks of many images as runs in one file: COCO's JSON as detectron2 writes it, and CSV.
@Suite("A file of runs")
struct RunsTests {
  private static let truth = ["a": "0012/0012", "b": "0000/1122"]
  private static let found = ["a": "0010/0112", "b": "0001/1122"]
  private static let rows = [
    "a ground 4 4 3", "a road 2 3 2", "a pole 2 1 1", "b ground 4 3 3", "b road 2 3 2",
    "b pole 2 2 2",
  ]

  private func configuration(predictions: String, truth: String = "truth/{image}.png") -> String {
    """
    version: 1
    decode:
      predictions: \(predictions)
      truth: \(truth)
      kind: labels
      classes: [ground, road, pole]
    measure: [iou]
    reduce: {miou: "pool(batch, image, pixel) > score > mean(class)"}
    report: {to: out}
    """
  }

  /// The lengths of runs of 0 and 1 by turns, column by column.
  private func counts(_ drawing: String, of c: Int) -> [Int] {
    let rows = drawn(drawing)
    var counts = [0]
    var isInside = false
    for column in rows[0].indices {
      for row in rows {
        if (row[column] == c) != isInside {
          counts.append(0)
          isInside.toggle()
        }
        counts[counts.count - 1] += 1
      }
    }
    return counts
  }

  private func json(_ maps: [String: String], name: (String) -> String) -> String {
    let entries = maps.sorted { $0.key < $1.key }.flatMap { image, map in
      (0..<3).map { c in
        "{\"file_name\": \"\(name(image))\", \"category_id\": \(c), \"segmentation\": {\"size\": [2, 4], \"counts\": \(counts(map, of: c))}}"
      }
    }
    return "[\(entries.joined(separator: ", "))]"
  }

  private func folder(_ configuration: String, _ texts: [String: String]) throws -> Folder {
    let folder = try LabelMaps.folder(
      configuration,
      ["truth/a.png": gray(Self.truth["a"] ?? ""), "truth/b.png": gray(Self.truth["b"] ?? "")])
    for (name, text) in texts { try folder.write(text, to: name) }
    return folder
  }

  @Test("is paired by the names that it gives its images, and counted")
  func pairs() throws {
    let folder = try folder(
      configuration(predictions: "sem_seg_predictions.json"),
      ["sem_seg_predictions.json": json(Self.found) { "datasets/val/\($0).jpg" }])
    let ending = try folder.unmask("run")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(try folder.counts() == Self.rows)
  }

  @Test("has names of any form, which stands behind #")
  func names() throws {
    let folder = try folder(
      configuration(predictions: "p.json#{image}_leftImg8bit.png"),
      ["p.json": json(Self.found) { "val/\($0)_leftImg8bit.png" }])
    let ending = try folder.unmask("run")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(try folder.counts() == Self.rows)
    #expect(try folder.unmask("validate").code == 0)
  }

  @Test("is counted against another of its kind")
  func both() throws {
    let folder = try folder(
      configuration(predictions: "p.json", truth: "t.json"),
      ["p.json": json(Self.found) { "\($0).jpg" }, "t.json": json(Self.truth) { "\($0).png" }])
    let ending = try folder.unmask("run", "--jobs", "5")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(try folder.counts() == Self.rows)
  }

  @Test("of a table leaves the size to the other side; what has no mask is the background")
  func table() throws {
    var lines = ["ImageId,ClassId,EncodedPixels"]
    for (image, map) in Self.found.sorted(by: { $0.key < $1.key }) {
      for c in 1...2 {
        var place = 1
        var pairs: [Int] = []
        for (index, count) in counts(map, of: c).enumerated() {
          if index % 2 == 1 { pairs += [place, count] }
          place += count
        }
        lines.append("\(image).jpg,\(c),\(pairs.map(String.init).joined(separator: " "))")
      }
    }
    let folder = try folder(
      configuration(predictions: "submission.csv"),
      ["submission.csv": lines.joined(separator: "\n") + "\n"])
    let ending = try folder.unmask("run")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(try folder.counts() == Self.rows)
  }

  @Test("of other images, with masks that overlap or labels that no class has says so")
  func faults() throws {
    let other = try folder(
      configuration(predictions: "p.json"), ["p.json": json(Self.found) { "x\($0).jpg" }])
    let unpaired = try other.unmask("run")
    #expect(unpaired.code == 4)
    #expect(unpaired.error.contains("p.json#x{image}.jpg"), "\(unpaired.error)")
    #expect(try other.unmask("run", "--set", "decode.predictions=p.json#x{image}.jpg").code == 0)

    let twice = json(["a": "1111/1111"]) { "\($0).jpg" }.replacing(
      "\"category_id\": 0", with: "\"category_id\": 2"
    )
    .replacing("[8]", with: "[0, 8]")
    let overlapping = try folder(configuration(predictions: "p.json"), ["p.json": twice])
    let ending = try overlapping.unmask("run")
    #expect(ending.error.contains("in the masks of two classes"), "\(ending.error)")

    let foreign = json(Self.truth) { "\($0).jpg" }.replacing(
      "\"category_id\": 2", with: "\"category_id\": 9")
    let unlisted = try folder(
      configuration(predictions: "p.json", truth: "t.json"),
      ["p.json": json(Self.found) { "\($0).jpg" }, "t.json": foreign])
    #expect(
      try unlisted.unmask("run").fault.contains(
        "truth has labels that are neither a class nor ignored: 9 (2 pixels), first at row 0, column 3"
      ))
  }
}

/// What pixels without a mask are.
@Suite("A pixel without a mask")
struct UnmaskedTests {
  private func folder(
    predictions: String, truth: String, classes: String, _ files: [String: [UInt8]], _ csv: String
  ) throws -> Folder {
    let folder = try LabelMaps.folder(
      LabelMaps.configuration(predictions: predictions, truth: truth, classes: classes), files)
    try folder.write(csv, to: "runs.csv")
    return folder
  }

  // Two rows of four pixels; the runs go from column to column, counted from 1.
  private static let table = """
    ImageId,ClassId,EncodedPixels
    a.jpg,Fish,1 2
    a.jpg,Flower,7 2

    """

  @Test("is no class of the list, where masks have the names of all classes")
  func names() throws {
    let folder = try folder(
      predictions: "runs.csv", truth: "truth/{image}.png", classes: "[Fish, Flower]",
      ["truth/a.png": gray("0001/0011")], Self.table)
    #expect(try folder.unmask("run").code != 2)
    #expect(try folder.counts() == ["a Fish 5 2 2", "a Flower 3 2 2"])
  }

  @Test("counts in a truth, so that what is predicted there is a false alarm")
  func truth() throws {
    let folder = try folder(
      predictions: "pred/{image}.png", truth: "runs.csv", classes: "[Fish, Flower]",
      ["pred/a.png": gray("0001/0011")], Self.table)
    #expect(try folder.unmask("run").code != 2)
    #expect(try folder.counts() == ["a Fish 2 5 2", "a Flower 2 3 2"])
  }
}
