import Testing

/// What a class is called in the files: labels that differ by side, several of them, those of objects.
///
/// Right answers are counted in the drawings.
@Suite("What label maps hold for a class")
struct LabelVocabularyTests {
  @Test("several labels make one class, on both sides")
  func merged() throws {
    let classes = "[ground, {name: vehicle, value: [6, 7]}]"
    // A truck that is taken for a bus is a vehicle.
    try expect(
      truth: "0066/0077/0000", found: "0076/0006/0600", classes,
      ["a ground 8 8 7", "a vehicle 4 4 3"])
    try expect(
      truth: "6667/0000", found: "7777/0006",
      "[{name: vehicle, value: [7, 6]}, {name: ground, value: 0}]",
      ["a vehicle 4 5 4", "a ground 4 3 3"])
  }

  @Test("a class has a label in the truth and another in the predictions")
  func bySide() throws {
    try expect(
      truth: "7788/7788", found: "0001/0011",
      "[{name: road, value: {predictions: 0, truth: 7}}, {name: walk, value: {truth: 8, predictions: 1}}]",
      ["a road 4 5 4", "a walk 4 3 3"])
    // Where one side is not told, the place in the list holds.
    try expect(
      truth: "7788/7789", found: "0001/0011",
      "[{name: road, value: {truth: 7}}, {name: walk, value: {truth: [8, 9]}}]",
      ["a road 4 5 4", "a walk 4 3 3"])
    // A class that the model does not know is missed.
    try expect(
      truth: "7788/7788", found: "0011/0011",
      "[{name: road, value: {truth: 7}}, {name: walk, value: {truth: 8, predictions: []}}]",
      ["a road 4 4 4", "a walk 4 0 0"])
  }

  @Test("what is ignored in the truth may be a class's label in the predictions")
  func ignoredOnOneSide() throws {
    try expect(
      truth: "0122/0122", found: "0011/0011",
      "[{name: road, value: {truth: 1, predictions: 0}}, {name: walk, value: {truth: 2, predictions: 1}}]",
      ["a road 2 2 2", "a walk 4 4 4"], "ignore: 0")
  }

  @Test("a class may have several colours")
  func colors() throws {
    let colors: [[UInt8]] = [[0, 0, 0], [0, 0, 142], [0, 0, 70]]
    for configuration in [
      LabelMaps.configuration(
        classes:
          "[{name: ground, color: [0, 0, 0]}, {name: vehicle, color: [[0, 0, 142], [0, 0, 70]]}]"),
      LabelMaps.configuration(
        classes: "[ground, vehicle]",
        "colors: {ground: [0, 0, 0], vehicle: [[0, 0, 142], [0, 0, 70]]}"),
    ] {
      let folder = try LabelMaps.folder(
        configuration,
        ["pred/a.png": rgb("0022/0001", of: colors), "truth/a.png": rgb("0112/0000", of: colors)])
      #expect(try folder.unmask("run").code == 0)
      #expect(try folder.counts() == ["a ground 5 5 4", "a vehicle 3 3 2"])
    }
  }

  @Test(
    "a label of two classes, and other mistakes, are told with the class and the side",
    arguments: [
      ("[a, {name: b, value: [0, 2]}]", "'b' and 'a' both have the value 0"),
      (
        "[{name: a, value: {truth: 5}}, {name: b, value: {truth: [4, 5]}}]",
        "'b' and 'a' both have the value 5 in the truth"
      ),
      (
        "[{name: a, value: {predictions: 1}}, b]",
        "'b' and 'a' both have the value 1 in the predictions"
      ),
      ("[{name: a, value: [3, 3]}]", "'a' has the value 3 twice"),
      ("[{name: a, value: []}]", "value: names no label"),
      ("[{name: a, value: {truht: 5}}]", "unknown key 'decode.classes[0].value.truht'"),
      ("[{name: a, color: [[1, 2, 3], [1, 2, 3]]}]", "'a' has the same colour twice"),
      (
        "[{name: a, color: [[1, 2, 3], [4, 5, 6]]}, {name: b, color: [4, 5, 6]}]",
        "'b' and 'a' have the same colour"
      ),
      ("[{name: a, color: [[1, 2]]}]", "a colour has three parts"),
      ("[vehicle, {name: vehicle, value: 27}]", "the class 'vehicle' is listed twice"),
      ("cityscape", "no list of classes is called 'cityscape'"),
      ("0", "0 classes"),
      ("{truth: voc}", "says nothing of one side"),
      ("{truth: voc, predictions: camvid}", "camvid and voc are lists of different classes"),
    ])
  func mistakes(classes: String, fault: String) throws {
    let folder = try LabelMaps.folder(LabelMaps.configuration(classes: classes), [:])
    let ending = try folder.unmask("run")
    #expect(ending.code == 2)
    #expect(ending.fault.contains(fault), "\(ending.error)")
  }

  // MARK: - reduce_zero_label

  @Test("reduce_zero_label: 0 of the truth does not count, and the others are one less")
  func zeroLabel() throws {
    try expect(
      truth: "0122/1122", found: "0011/0111", "[road, walk]", ["a road 3 2 2", "a walk 4 5 4"],
      "reduce_zero_label: true")
    // Of the predictions as well: 0 is no class there, and a miss.
    try expect(
      truth: "0122/1122", found: "1022/1222", "[road, walk]", ["a road 3 1 1", "a walk 4 5 4"],
      "reduce_zero_label: {truth: true, predictions: true}")
    // Of the predictions alone.
    try expect(
      truth: "0011", found: "1022", "[road, walk]", ["a road 2 1 1", "a walk 2 2 2"],
      "reduce_zero_label: {predictions: true}")
  }

  @Test("reduce_zero_label leaves 255 as it is, as MMSegmentation does")
  func zeroLabelKeeps255() throws {
    for (depth, ignore) in [(8, "ignore: 255"), (16, "ignore: [255]")] {
      var rows: [[UInt8]] = drawn("0122/1122").map { row in
        row.flatMap { (digit: Int) -> [UInt8] in depth == 8 ? [UInt8(digit)] : [0, UInt8(digit)] }
      }
      rows[0][depth / 8 - 1] = 255
      let folder = try LabelMaps.folder(
        LabelMaps.configuration(classes: "[road, walk]", "reduce_zero_label: true", ignore),
        ["pred/a.png": gray("0011/0111"), "truth/a.png": png(rows, depth: depth)])
      #expect(try folder.unmask("run").code == 0)
      #expect(try folder.counts() == ["a road 3 2 2", "a walk 4 5 4"])
      let strict = try LabelMaps.folder(
        LabelMaps.configuration(classes: "[road, walk]", "reduce_zero_label: true"),
        ["pred/a.png": gray("0011/0111"), "truth/a.png": png(rows, depth: depth)])
      #expect(try strict.unmask("run").fault.contains("neither a class nor ignored: 255 (1 pixel)"))
    }
  }

  @Test(
    "reduce_zero_label with a list that counts from 1 would take the step twice, and is refused")
  func zeroLabelTwice() throws {
    let folder = try LabelMaps.folder(
      LabelMaps.configuration(classes: "ade20k", "reduce_zero_label: true"), [:])
    let ending = try folder.unmask("run")
    #expect(ending.code == 2)
    #expect(ending.fault.contains("no class has the label 0 in the truth"))
  }

  // MARK: - encoding

  @Test("instance ids: 1000 times the class, and the class alone for a group")
  func cityscapesInstances() throws {
    let numbers: [Int: Int] = [0: 7, 1: 26000, 2: 26001, 3: 26, 4: 26999]
    try expectInstances(numbers, "cityscapes-instances", road: 7, car: 26)
  }

  @Test("instance ids: 256 times the class")
  func kittiInstances() throws {
    let numbers: [Int: Int] = [
      0: 7 * 256, 1: 26 * 256, 2: 26 * 256 + 1, 3: 26 * 256 + 255, 4: 6656,
    ]
    try expectInstances(numbers, "kitti-instances", road: 7, car: 26)
  }

  @Test("the full masks of ADE20K: R // 10 * 256 + G, whatever the object's number in B")
  func ade20kFull() throws {
    // 401 = 1 * 256 + 145, 2978 = 11 * 256 + 162.
    let colors: [[UInt8]] = [[10, 145, 1], [110, 162, 7], [110, 162, 8], [0, 0, 0]]
    let folder = try LabelMaps.folder(
      LabelMaps.configuration(
        classes:
          "[{name: car, value: {truth: 401}}, {name: wall, value: {truth: 2978}}]",
        "encoding: {truth: ade20k-full}", "ignore: 0"),
      ["pred/a.png": gray("0011/0011"), "truth/a.png": rgb("0012/3112", of: colors)])
    let ending = try folder.unmask("run")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(try folder.counts() == ["a car 2 3 2", "a wall 5 4 4"])
    // A grey file has no such colours.
    try folder.write(gray("0012/3112"), to: "truth/a.png")
    #expect(
      try folder.unmask("run").fault
        == "truth/a.png: is no colour picture, but encoding: ade20k-full reads colours")
  }

  private func expectInstances(
    _ numbers: [Int: Int], _ encoding: String, road: Int, car: Int
  ) throws {
    let rows = drawn("0012/0034").map { row in
      row.flatMap { digit -> [UInt8] in
        let number = numbers[digit] ?? 0
        return [UInt8(number / 256), UInt8(number % 256)]
      }
    }
    let cells = drawn("0012/0034").joined().map { Double(numbers[$0] ?? 0) }
    for (ending, truth) in [("png", png(rows, depth: 16)), ("npy", npy(.int64, [2, 4], cells))] {
      let folder = try LabelMaps.folder(
        LabelMaps.configuration(
          truth: "truth/{image}.\(ending)",
          classes:
            "[{name: road, value: {truth: \(road)}}, {name: car, value: {truth: \(car)}}]",
          "encoding: {truth: \(encoding)}"),
        ["pred/a.png": gray("0001/0011"), "truth/a.\(ending)": truth])
      let result = try folder.unmask("run")
      #expect(result.code == 0, "\(result.error)")
      #expect(try folder.counts() == ["a road 4 5 4", "a car 4 3 3"])
    }
  }

  // MARK: - Lists by name

  @Test("a number names the classes")
  func number() throws {
    try expect(
      truth: "0122/0122", found: "0112/0122", "3",
      ["a class 0 2 2 2", "a class 1 2 3 2", "a class 2 4 3 3"])
  }

  @Test("a data set's name brings its numbers, and what it does not evaluate")
  func known() throws {
    // 7 road, 8 sidewalk; 0 to 6 and 9 are not evaluated, and predicted they are misses.
    try expectKnown(
      "cityscapes", truth: "7788/0968", found: "7778/7068",
      [("road", 2, 3, 2), ("sidewalk", 3, 2, 2)])
    // Each side by its own list.
    try expectKnown(
      "{truth: cityscapes, predictions: cityscapes-train-ids}", truth: "7788/0968",
      found: "0001/0001", [("road", 2, 3, 2), ("sidewalk", 3, 2, 2)])
    // Of the truth 1 is wall and 2 building, and a model writes 0 and 1.
    try expectKnown(
      "ade20k", truth: "0122/1122", found: "0011/0111", [("wall", 3, 2, 2), ("building", 4, 5, 4)])
    try expectKnown(
      "ade20k-train-ids", truth: "0011", found: "0001", [("wall", 2, 3, 2), ("building", 2, 1, 1)])
  }

  @Test("what a named list ignores is replaced by ignore where that is written")
  func knownIgnoring() throws {
    let folder = try LabelMaps.folder(
      LabelMaps.configuration(classes: "cityscapes", "ignore: 0"),
      ["pred/a.png": gray("7788"), "truth/a.png": gray("7708")])
    #expect(try folder.unmask("run").code == 0)
    try folder.write(gray("7798"), to: "truth/a.png")
    #expect(try folder.unmask("run").fault.contains("neither a class nor ignored: 9 (1 pixel)"))
  }

  @Test("lists have their data set's colours")
  func knownColors() throws {
    // Road and sidewalk, building and tree, as the data sets draw them; CamVid has two pavements.
    for (list, colors, names) in [
      ("cityscapes", [[128, 64, 128], [244, 35, 232]], ["road", "sidewalk"]),
      ("cityscapes-train-ids", [[128, 64, 128], [244, 35, 232]], ["road", "sidewalk"]),
      ("voc", [[128, 0, 0], [0, 64, 128]], ["aeroplane", "tvmonitor"]),
      ("camvid", [[60, 40, 222], [128, 128, 0]], ["pavement", "tree"]),
      ("camvid", [[0, 0, 192], [0, 128, 192]], ["pavement", "bicyclist"]),
    ] as [(String, [[UInt8]], [String])] {
      let folder = try LabelMaps.folder(
        LabelMaps.configuration(classes: list),
        ["pred/a.png": rgb("0001", of: colors), "truth/a.png": rgb("0011", of: colors)])
      let ending = try folder.unmask("run")
      #expect(ending.code == 0, "\(ending.error)")
      let counts = try folder.counts()
      #expect(counts.contains("a \(names[0]) 2 3 2"))
      #expect(counts.contains("a \(names[1]) 2 1 1"))
    }
  }

  // MARK: - One image

  private func expect(
    truth: String, found: String, _ classes: String, _ counts: [String], _ more: String...
  ) throws {
    let folder = try LabelMaps.folder(
      LabelMaps.configuration(classes: classes, more.joined(separator: "\n  ")),
      ["pred/a.png": gray(found), "truth/a.png": gray(truth)])
    let ending = try folder.unmask("run")
    // Whether so few pixels are thought to be set up wrongly is another matter.
    #expect(ending.error.isEmpty, "\(ending.error)")
    #expect(try folder.counts() == counts)
  }

  /// Of the classes named, pixels of truth, of predictions and of both; of all others none.
  private func expectKnown(
    _ classes: String, truth: String, found: String,
    _ expected: [(name: String, truth: Int, found: Int, both: Int)]
  ) throws {
    let folder = try LabelMaps.folder(
      LabelMaps.configuration(classes: classes),
      ["pred/a.png": gray(found), "truth/a.png": gray(truth)])
    let ending = try folder.unmask("run")
    #expect(ending.code == 0, "\(ending.error)")
    let counts = try folder.counts()
    for row in expected {
      #expect(counts.contains("a \(row.name) \(row.truth) \(row.found) \(row.both)"))
    }
    #expect(counts.count { !$0.hasSuffix(" 0 0 0") } == expected.count)
  }
}
