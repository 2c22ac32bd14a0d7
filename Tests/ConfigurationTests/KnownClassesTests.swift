import Configuration
import Core
import Testing

/// Lists of classes that are known by their data set's name, against what the data sets define.
@Suite("Classes by name")
struct KnownClassesTests {
  @Test(
    "have as many classes as the data set, none twice, and their first and last",
    arguments: [
      ("cityscapes", 19, "road", "bicycle"), ("cityscapes-train-ids", 19, "road", "bicycle"),
      ("voc", 21, "background", "tvmonitor"), ("ade20k", 150, "wall", "flag"),
      ("ade20k-train-ids", 150, "wall", "flag"), ("coco-stuff", 171, "person", "wood"),
      ("coco-stuff-ids", 171, "person", "wood"), ("coco-stuff-maps", 171, "person", "wood"),
      ("camvid", 11, "sky", "bicyclist"),
    ])
  func names(list: String, count: Int, first: String, last: String) throws {
    let classes = try read("classes: \(list)").classes
    #expect(classes.count == count)
    #expect(Set(classes.names).count == count)
    #expect(classes.names.first == first)
    #expect(classes.names.last == last)
    for side in Side.allCases {
      let labels = classes.entries.flatMap { $0.labels[side] }
      #expect(Set(labels).count == count)
      #expect(labels == labels.sorted())
    }
    let colors = classes.entries.flatMap(\.colors)
    #expect(Set(colors).count == colors.count)
  }

  @Test("Cityscapes evaluates the ids 7 to 33 that are not void: those whose train id is not 255")
  func cityscapes() throws {
    let file = try read("classes: cityscapes")
    let labels = file.classes.entries.flatMap { $0.labels.truth }
    // helpers/labels.py: every id from -1 to 33 is evaluated or has ignoreInEval.
    #expect((labels + file.ignored.labels).sorted() == Array(-1...33))
    let trained = try read("classes: cityscapes-train-ids")
    #expect(trained.classes.entries.flatMap { $0.labels.truth } == Array(0...18))
    #expect(trained.ignored.labels == [255])
    #expect(trained.classes.names == file.classes.names)
  }

  @Test("COCO-Stuff's ids are those of its labels.txt, and its pixel maps have one less")
  func cocoStuff() throws {
    let ids = try read("classes: coco-stuff-ids")
    // labels.txt: 14: parking meter, 44: bottle, 67: dining table, 90: toothbrush, 92: banner, 182: wood.
    let known = [
      ("parking meter", 14), ("bottle", 44), ("dining table", 67), ("toothbrush", 90),
      ("banner", 92), ("wood", 182),
    ]
    for (name, id) in known {
      #expect(
        ids.classes.entries.first { $0.name == name }?.labels.truth == [Int64(id)], "\(name)")
    }
    #expect(ids.ignored.labels == [0, 255])
    let maps = try read("classes: {truth: coco-stuff-maps, predictions: coco-stuff}")
    #expect(
      maps.classes.entries.map(\.labels.truth)
        == ids.classes.entries.map { $0.labels.truth.map { $0 - 1 } })
    #expect(maps.classes.entries.flatMap { $0.labels.predictions } == Array(0...170))
  }

  @Test("the colours of VOC are those of its colour map")
  func voc() throws {
    // VOClabelcolormap.m: the bits of the label, three at a time, from the highest bit of each part down.
    for (label, entry) in try read("classes: voc").classes.entries.enumerated() {
      var parts = [0, 0, 0]
      for bit in 0..<8 {
        for part in 0..<3 { parts[part] |= (label >> (3 * bit + part) & 1) << (7 - bit) }
      }
      #expect(entry.colors.map { [Int($0.red), Int($0.green), Int($0.blue)] } == [parts])
    }
  }

  @Test("a class of ADE20K has one label more in the truth than in the predictions")
  func ade20k() throws {
    let file = try read("classes: ade20k")
    #expect(file.classes.entries.flatMap { $0.labels.truth } == Array(1...150))
    #expect(file.classes.entries.flatMap { $0.labels.predictions } == Array(0...149))
    #expect(file.ignored.labels == [0])
    #expect(file.classes.names[20] == "car")
  }

  @Test("a number names the classes class 0, class 1, …, and ignores nothing")
  func numbered() throws {
    let file = try read("classes: 150")
    #expect(file.classes.names.prefix(2) == ["class 0", "class 1"])
    #expect(file.classes.count == 150)
    #expect(file.ignored == Scheme.Ignored())
  }

  @Test("each side may have its own list of the same classes")
  func bySide() throws {
    let file = try read("classes: {truth: cityscapes, predictions: cityscapes-train-ids}")
    #expect(file.classes.entries[1].labels == PerSide(predictions: [1], truth: [8]))
    #expect(file.ignored.labels.count == 16)
  }

  private func read(_ classes: String) throws -> PipelineFile.Decode {
    let text = """
      decode: {predictions: "{image}.png", truth: "{image}.png", kind: labels, \(classes)}
      measure: [iou]
      reduce: {global: "pool(batch, image, pixel) > score > mean(class)"}
      """
    return try PipelineFile(parsing: text, path: "pipeline.yml").decode
  }
}
