import Testing

/// Panoptic pictures: the number of an object at each pixel, and its label in a file beside them.
@Suite("Segments that are listed in a JSON file")
struct SegmentsTests {
  static let configuration = """
    version: 1
    decode:
      predictions: 'pred/{image}.png'
      truth: 'truth/{image}.png'
      kind: labels
      classes: [{name: person, value: {truth: 1, predictions: 0}}, {name: sky, value: {truth: 187, predictions: 1}}]
      segments: {truth: panoptic.json}
      ignore: 0
    measure: [iou]
    reduce: {global: "pool(batch, image, pixel) > score > mean(class)"}

    """

  /// Of two images the objects by their numbers, with keys in any order and more of them than are read.
  static let json = #"""
    {"info": {"year": 2018, "list": [1, [2, {"a": "]}\""}]]}, "annotations": [
      {"segments_info": [
        {"id": 66051, "category_id": 1, "iscrowd": 0, "bbox": [0, 1, 2, 3], "area": 2.5},
        {"category_id": 187, "id": 255}, {"id": 16777215, "category_id": 1}],
       "file_name": "a.png", "image_id": 9},
      {"image_id": 10, "file_name": "\u0062.png", "segments_info": [{"id": 7, "category_id": 187}]}
    ], "categories": [{"id": 1, "name": "person", "isthing": 1, "color": [220, 20, 60]}]}
    """#

  // 66051 is 3 + 256 · 2 + 65536 · 1.
  static let objects: [Character: [UInt8]] = [
    "p": [3, 2, 1], "q": [255, 255, 255], "s": [255, 0, 0], "t": [7, 0, 0], ".": [0, 0, 0],
  ]

  static func picture(_ drawing: String) -> [UInt8] {
    png(drawing.split(separator: "/").map { $0.flatMap { objects[$0] ?? [] } }, color: 2)
  }

  private func folder(_ configuration: String = configuration) throws -> Folder {
    let folder = try Folder()
    try folder.write(configuration, to: "pipeline.yml")
    try folder.write(Self.json, to: "panoptic.json")
    try folder.write(Self.picture("pps/q.s"), to: "truth/a.png")
    try folder.write(Self.picture("ttt/ttt"), to: "truth/b.png")
    try folder.write(gray("001/111"), to: "pred/a.png")
    try folder.write(gray("101/111"), to: "pred/b.png")
    return folder
  }

  @Test("have their labels in place of their numbers, and 0 where there is no object")
  func labels() throws {
    let folder = try folder()
    let ending = try folder.unmask("run")
    #expect(ending.code == 0, "\(ending.error)")
    // In a three pixels are persons (two found) and two sky; one is nothing. In b all are sky, five found.
    #expect(
      try folder.counts() == ["a person 3 2 2", "a sky 2 3 2", "b person 0 1 0", "b sky 6 5 5"])
    #expect(try folder.text("out/report.json").contains("\"ignored_px\" : 1,"))
    // Evidence of segments answers nothing else.
    try folder.write(
      Self.configuration.replacing("  segments: {truth: panoptic.json}\n", with: ""),
      to: "other.yml")
    let other = try folder.unmask("report", "--from", "out", "other.yml", "--out", "again")
    #expect(other.error.contains("counted with the labels of listed segments of the truth"))
  }

  @Test("that are not listed, pictures that are not, and files that are none are problems")
  func problems() throws {
    let folder = try folder()
    try folder.write(Self.picture("ppt/q.s"), to: "truth/a.png")
    let stray = try folder.unmask("run")
    #expect(stray.code == 3)
    #expect(
      stray.fault
        == "truth/a.png: holds the object 7 at row 0, column 2, which its segments do not list")
    try folder.write(gray("012/012"), to: "truth/a.png")
    #expect(
      try folder.unmask("run").fault
        == "truth/a.png: is no picture of 8 bits in colours, and segments are numbered in red, green and blue"
    )
    try folder.write(Self.picture("ttt/ttt"), to: "truth/c.png")
    try folder.write(gray("101/111"), to: "pred/c.png")
    #expect(
      try folder.unmask("run").error.contains("truth/c.png: is not listed among the segments"))
    for (text, fault) in [
      ("{", "is no JSON that can be read: it has the end, where '\"' is expected"),
      ("{\"annotations\": [1]}", "it has '1', where '{' is expected"),
      (
        "{\"annotations\": [{\"segments_info\": [{\"id\": 1.5}]}]}",
        "where a whole number is expected"
      ),
      ("{\"info\": [{]}", "it has the end, where '}' is expected"),
      ("[]", "it has '[', where '{' is expected"),
      ("{\"a\": 1} x", "it has 'x' behind the end"), ("{\"images\": []}", "lists no segments"),
      ("{\"a\": \"\\ud800\"}", "it has half of a character"),
    ] {
      try folder.write(text, to: "panoptic.json")
      let ending = try folder.unmask("run")
      #expect(ending.code == 4, "\(text)")
      #expect(ending.fault.hasPrefix("panoptic.json"), "\(ending.fault)")
      #expect(ending.fault.contains(fault), "\(ending.fault)")
    }
    // Cut short anywhere, it ends nothing but the run.
    for length in stride(from: 0, to: Self.json.utf8.count - 1, by: 7) {
      try folder.write(Array(Self.json.utf8.prefix(length)), to: "panoptic.json")
      #expect(try folder.unmask("validate").code == 4, "\(length)")
    }
  }

  @Test("are said of label maps alone, and not beside an encoding")
  func mistakes() throws {
    for (old, new, fault) in [
      (
        "'truth/{image}.png'", "'truth/{image}/{class}.png'",
        "segments are numbered in one picture an image, and the path of truth names a file of each class"
      ),
      (
        "ignore: 0", "encoding: {truth: kitti-instances}",
        "the truth has an encoding and segments, and both say what its numbers mean"
      ),
      (
        "kind: labels", "kind: probabilities\n  activation: softmax",
        ""
      ),
    ] {
      let text = Self.configuration.replacing(old, with: new)
      let ending = try folder(text).unmask("validate")
      if fault.isEmpty { continue }
      #expect(ending.code == 2)
      #expect(ending.error.contains(fault), "\(ending.error)")
    }
    let both = try folder(
      Self.configuration.replacing("{truth: panoptic.json}", with: "panoptic.json")
        .replacing("kind: labels", with: "kind: logits\n  activation: softmax")
    ).unmask("validate")
    #expect(both.error.contains("the predictions are logits, which number no objects"))
  }
}
