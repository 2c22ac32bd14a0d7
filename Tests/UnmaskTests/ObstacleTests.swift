import Foundation
import Testing

/// One bad thing stops only itself, and no file of the user is lost.
@Suite("In the way")
struct ObstacleTests {
  private static func folder() throws -> Folder {
    try ChecksTests.folder("  - {measure: iou, min: 0.1}")
  }

  @Test(
    "a pipe and a directory in the place of an image are named as such, counted, and the others used"
  )
  func noFiles() throws {
    let folder = try Self.folder()
    let truth = try folder.bytes("truth/10.png")
    for name in ["pipe", "folder"] { try folder.write(truth, to: "truth/\(name).png") }
    #expect(try folder.shell("mkfifo pred/pipe.png; mkdir pred/folder.png").code == 0)
    let ending = try folder.unmask("run")
    #expect(ending.code == 3)
    #expect(ending.line("images") == "12 used, 2 not usable")
    #expect(ending.error.contains("pred/pipe.png: is a pipe, a socket or a device, and no file"))
    #expect(ending.error.contains("pred/folder.png: is a directory, where a file should be"))
    // On both sides it is still one that is missing, and not nothing.
    #expect(
      try folder.shell("rm truth/*e*.png; mkfifo truth/pipe.png; rmdir pred/folder.png").code == 0)
    let both = try folder.unmask("run")
    #expect(both.code == 3 && both.error.contains("pipe.png: is a pipe"), "\(both.error)")
  }

  @Test(
    "a directory that may not be read stops what lies in it",
    .disabled(if: isSuperUser, "root may read it"))
  func unreadable() throws {
    let folder = try Folder()
    try folder.write(
      """
      decode: {predictions: "p/{image}/a.png", truth: "t/{image}/a.png", kind: labels, classes: [a, b]}
      measure: [iou]
      reduce: {all: "pool(batch, image, pixel) > score > mean(class)"}
      """, to: "pipeline.yml")
    for image in 0..<4 {
      for side in ["p", "t"] {
        try folder.write(png([[0, 1], [1, 0]]), to: "\(side)/\(image)/a.png")
      }
    }
    let ending = try folder.shell("chmod 0 p/2; unmask run; code=$?; chmod 700 p/2; exit $code")
    #expect(ending.code == 3)
    #expect(ending.fault == "p/2: the directory may not be read")
    #expect(ending.line("images") == "3 used, 1 not usable")
  }

  @Test("a map is not written over what the run reads, under whatever name")
  func map() throws {
    let folder = try Street.folder()
    let before = try folder.bytes("pred/a/pole.png")
    #expect(
      try folder.shell("ln -s pred/a/pole.png link.png; ln pred/a/pole.png hard.png").code == 0)
    for path in [
      "pred/a/pole.png", "./pred/../pred/a/pole.png", "link.png", "hard.png", "pipeline.yml",
    ] {
      let out = path.hasSuffix("yml") ? "pipeline.yml" : path
      let ending = try folder.unmask(
        "map", "--measure", "bce", "--image", "a", "--class", "pole", "--out", out)
      #expect(ending.code != 0, "\(path)")
      if path.hasSuffix("png") {
        #expect(ending.code == 2 && ending.fault == "\(path): is a file that the run reads")
      }
    }
    #expect(try folder.bytes("pred/a/pole.png") == before)
  }

  @Test("messages name the cause, and do not print all of what is wrong")
  func messages() throws {
    let folder = try Self.folder()
    let text = try folder.text("pipeline.yml")
    for (changed, fault) in [
      (
        "x: " + String(repeating: "[", count: 3000) + String(repeating: "]", count: 3000),
        "values lie in one another more deeply than any key of a configuration"
      ),
      (text + "report: {to: \"a\\0b\"}\n", "the name has a zero byte"),
      (
        text.replacing(
          /reduce:[^\n]*/,
          with: "reduce: {all: \"\(String(repeating: "mean(class) > ", count: 9000))\"}"),
        "chain 'mean(class) > "
      ),
    ] {
      try folder.write(changed, to: "pipeline.yml")
      let ending = try folder.unmask("run")
      #expect(ending.code == 2 && ending.error.contains(fault), "\(ending.error.prefix(500))")
      #expect(ending.error.utf8.count < 4000)
    }
  }

  @Test(
    "with more classes than a table of all pairs has, the same is counted; and a list that is too long is refused"
  )
  func manyClasses() throws {
    let folder = try Folder()
    func configuration(_ classes: Int) -> String {
      """
      decode: {predictions: "p/{image}.png", truth: "t/{image}.png", kind: labels, classes: \(classes)}
      measure: [iou]
      reduce: {all: "pool(batch, image, pixel) > score > mean(class)"}
      report: {to: "\(classes)", formats: [csv, json]}
      """
    }
    for image in 0..<3 {
      func rows(_ factor: Int) -> [[UInt8]] {
        (0..<16).map { row in (0..<16).map { UInt8(($0 * factor + row / 3 + image) % 9) } }
      }
      try folder.write(png(rows(1)), to: "t/\(image).png")
      try folder.write(png(rows(2)), to: "p/\(image).png")
    }
    for count in [9, 2500] {
      try folder.write(configuration(count), to: "\(count).yml")
      let ending = try folder.unmask("run", "\(count).yml")
      #expect(ending.code == 0, "\(ending.error)")
    }
    for column in ["iou", "recall", "precision", "truth_px", "predicted_px", "images"] {
      let (few, many) = (
        try folder.classes(column, in: "9"), try folder.classes(column, in: "2500")
      )
      #expect(few == Array(many.prefix(9)), "\(column)")
    }
    try folder.write(configuration(10_001), to: "10001.yml")
    let refused = try folder.unmask("run", "10001.yml")
    #expect(refused.code == 2 && refused.error.contains("write a number from 1 to 10,000"))
  }

  @Test(
    "two names that differ in Unicode form alone are one image that cannot be used; on both sides apart they pair"
  )
  func unicodeForms() throws {
    let (composed, apart) = ("caf\u{e9}", "cafe\u{301}")
    let map = gray(LabelMaps.truth)
    let folder = try LabelMaps.folder(
      LabelMaps.configuration(),
      [
        "pred/a.png": map, "truth/a.png": map, "pred/\(composed).png": map,
        "truth/\(apart).png": map,
      ])
    #expect(try folder.unmask("run").line("images") == "2 used, 0 not usable")
    try folder.write(map, to: "pred/\(apart).png")
    // A file system may take the two for one.
    guard try folder.names(in: "pred").count == 3 else { return }
    let ending = try folder.unmask("run")
    #expect(ending.code == 3)
    #expect(ending.line("images") == "1 used, 1 not usable")
    #expect(ending.error.contains("differ only in the form of their Unicode"))
    #expect(ending.error.contains(#"caf\u{e9}.png"#) && ending.error.contains(#"cafe\u{301}.png"#))
  }
}
