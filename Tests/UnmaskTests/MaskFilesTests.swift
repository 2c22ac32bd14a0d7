import Testing

/// Annotation tools write a file for each region, and none for a class that an image lacks.
@Suite("Several files for a mask, or none")
struct MaskFilesTests {
  static let truth = "gt/task-{image}-*-tag-{class}-*.png"
  static let files: [String: [UInt8]] = [
    "pred/1/car.png": gray("1100/0001"), "pred/1/pole.png": gray("0011/0000"),
    "gt/task-1-x-tag-car-0.png": gray("1100/0000", times: 255),
    "gt/task-1-x-tag-car-1.png": gray("0100/0011", times: 255),
    "gt/task-1-y-tag-pole-0.png": gray("0010/0000"),
    "pred/2/car.png": gray("1000/0000"), "pred/2/pole.png": gray("0001/0000"),
    "gt/task-2-x-tag-car-0.png": gray("1100/0000", times: 255),
  ]
  /// Of image 1 the cars are 1100/0011; image 2 has no pole.
  static let counts = ["1 car 4 3 3", "1 pole 1 2 1", "2 car 2 1 1", "2 pole 0 1 0"]

  @Test("are their union, and an empty mask, where the file says so; the report counts them")
  func united() throws {
    for more in [
      "parts: union\n  absent: empty", "parts: {truth: union}\n  absent: {truth: empty}",
    ] {
      let folder = try folder(more)
      let ending = try folder.unmask("run")
      #expect(ending.code == 0, "\(ending.error)")
      #expect(try folder.counts() == Self.counts)
      let report = try folder.text("out/report.json")
      #expect(report.contains("2 files united, several to the mask of a class"))
      #expect(report.contains("1 mask of a class that has no file in an image: taken as empty"))
    }
  }

  @Test("are refused else, and both messages name the keys")
  func refused() throws {
    let several = try folder("absent: empty").unmask("run")
    #expect(several.code == 2)
    #expect(
      several.error.contains(
        "if together they are the mask of a class say under decode parts: union, and absent: empty")
    )
    let none = try folder("parts: union").unmask("run")
    #expect(none.code == 3)
    #expect(none.fault.contains("truth: 1 of 2 class files are missing, or are no files: 'pole'"))
    #expect(none.error.contains("if a class without a file is nowhere say absent: empty"))
  }

  @Test("parts are masks of one size: another number, and another size, are told with their file")
  func wrongPart() throws {
    let more = "parts: union\n  absent: empty"
    let odd = try folder(more)
    try odd.write(gray("0120/0000"), to: "gt/task-1-x-tag-car-1.png")
    #expect(
      try odd.unmask("run").fault
        == "gt/task-1-x-tag-car-1.png: a mask says yes or no, but holds both 1 and 2 (row 0, column 2)"
    )
    let small = try folder(more)
    try small.write(gray("01/00"), to: "gt/task-1-x-tag-car-1.png")
    #expect(
      try small.unmask("run").fault
        == "gt/task-1-x-tag-car-1.png: is 2 × 2 pixels, but gt/task-1-x-tag-car-0.png is 4 × 2")
  }

  @Test("an image without any file of a side is missing, whatever absent says")
  func nothing() throws {
    let folder = try folder("parts: union\n  absent: empty")
    try folder.remove("gt/task-2-x-tag-car-0.png")
    let ending = try folder.unmask("run")
    #expect(ending.code == 3)
    #expect(ending.fault.contains("has no partner in truth"))
  }

  @Test("what has no masks by class has no parts")
  func noMasks() throws {
    for (more, fault) in [
      (
        "parts: union",
        "parts: union is for one mask a class, and the path of predictions has no {class}"
      ),
      (
        "absent: {truth: empty}",
        "absent: empty is for one mask a class, and the path of truth has no {class}"
      ),
    ] {
      let ending = try LabelMaps.folder(LabelMaps.configuration(more), [:]).unmask("run")
      #expect(ending.code == 2)
      #expect(ending.fault.contains(fault), "\(ending.error)")
    }
  }

  private func folder(_ more: String) throws -> Folder {
    try LabelMaps.folder(
      LabelMaps.configuration(
        predictions: "pred/{image}/{class}.png", truth: Self.truth, classes: "[car, pole]", more),
      Self.files)
  }
}
