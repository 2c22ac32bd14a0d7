import Foundation
import Testing

/// Limits that fail a build: `check:` and `unmask check`.
@Suite("Checks")
struct ChecksTests {
  /// Scenes whose third class is found in `found` of its pixels: rows of it are missed.
  static func folder(
    _ checks: String, images: Int = Scenes.images, isFound: @escaping (Int) -> Bool = { _ in true }
  ) throws -> Folder {
    let folder = try Scenes.folder(Scenes.labels([0, 1, 2], top: "check:\n\(checks)"))
    for image in 0..<images {
      func map(_ label: (Int, Int) -> Int) -> [UInt8] {
        png((0..<Scenes.side).map { row in (0..<Scenes.side).map { UInt8(label(row, $0)) } })
      }
      try folder.write(map { Scenes.truth(image, $0, $1) }, to: "truth/\(image + 10).png")
      try folder.write(
        map { row, column in
          let label = Scenes.found(image, row, column)
          return label == 2 && !isFound(image) ? 0 : label
        }, to: "pred/\(image + 10).png")
    }
    return folder
  }

  private static let each = "  - {id: each, measure: iou, min: 0.5}"

  @Test("what keeps its limit passes, also as a process")
  func passed() throws {
    let folder = try Self.folder(
      """
      \(Self.each)
        - {id: hidden, verdict: {not: [HIDDEN, MUTED]}}
        - {id: mean, measure: iou, reduce: all, min: 0.5}
        - {id: own, for: headline, min: 0.5, max: 1}
        - {id: printed, preset: smp.iou_score.macro, min: 0.5}
      """)
    let ending = try folder.unmask("check")
    #expect(ending.code == 0, "\(ending.error)\(ending.out)")
    #expect(ending.line("checks") == "9 pass")
  }

  @Test(
    "a class that fails in every image fails the build by what is surely below, and run does not")
  func failed() throws {
    let folder = try Self.folder(
      "\(Self.each)\n  - {id: soft, measure: iou, for: c2, min: 0.9, level: warn}",
      isFound: { _ in false })
    #expect(try folder.unmask("run").code == 0)
    let ending = try folder.unmask("check")
    #expect(ending.code == 1, "\(ending.out)")
    #expect(ending.line("CHECK FAILED") == "each, c2: iou is 0, below 0.5")
    #expect(ending.line("check warns") == "soft, c2: iou is 0, below 0.9")
    #expect(ending.line("checks") == "2 pass")
    #expect(try folder.unmask("check", "--exit-zero").code == 0)
    let rows = try folder.text("out/gates.csv").split(separator: "\n")
    #expect(
      rows[0]
        == "check,class_name,state,outcome,level,value,value_lo,value_hi,min,max,images_needed,reason,baseline"
    )
    #expect(rows.contains { $0.hasPrefix("each,c2,fail,failed,error,0.000000,") })
    let junit = try folder.text("out/junit.xml")
    #expect(junit.contains("<testsuites name=\"unmask\" tests=\"5\" failures=\"1\" errors=\"0\""))
    #expect(
      junit.contains(
        "<testcase classname=\"unmask.checks.each\" name=\"c2\" file=\"pipeline.yml\" line=\"3\">\n      <failure message=\"each, c2: iou is 0, below 0.5\" type=\"CheckFailed\">"
      ))
    #expect(try folder.text("out/report.md").contains("each, c2: iou is 0, below 0.5"))
    #expect(try folder.text("out/report.json").contains("\"outcome\" : \"failed\""))
    let warned = try folder.unmask(
      "check", "--set", "check=[{measure: iou, for: c0, min: 0.999, level: warn}]")
    #expect(warned.code == 0 || warned.code == 2)
  }

  @Test(
    "what other images of the same kind may keep is no sufficient evidence, unless it is said to be"
  )
  func insufficient() throws {
    for (reaction, code) in [
      ("", Int32(0)), (", on_insufficient: fail", 1), (", on_insufficient: warn", 0),
    ] {
      // In half of the images the class is missed: its IoU is about a half.
      let folder = try Self.folder(
        "  - {id: half, measure: iou, for: c2, min: 0.6\(reaction)}", isFound: { $0 % 2 == 0 })
      let ending = try folder.unmask("check")
      #expect(ending.code == code, "\(ending.out)")
      let row = try #require(
        try folder.text("out/gates.csv").split(separator: "\n").first { $0.hasPrefix("half,") })
      let cells = row.split(separator: ",", omittingEmptySubsequences: false)
      #expect(cells[3] == "insufficient")
      #expect(try #require(Double(cells[5])) < 0.6)
      #expect(try #require(Double(cells[7])) > 0.6)
      #expect(try #require(Double(cells[10])) > 12)
    }
  }

  @Test("a class that is in too few images, or in none, is missing")
  func missing() throws {
    for (more, code) in [("", Int32(1)), (", on_missing: pass", 0)] {
      let folder = try Self.folder(
        "  - {id: few, measure: iou, for: c2, min: 0.1, support: 20\(more)}")
      let ending = try folder.unmask("check")
      #expect(ending.code == code, "\(ending.out)")
      #expect(
        try folder.text("out/gates.csv").contains("it is in 12 images, and support asks for 20"))
    }
  }

  @Test("a wrong set-up wins over a check, and a file that could not be read over a failed one")
  func codes() throws {
    let folder = try Self.folder(Self.each, isFound: { _ in false })
    try folder.write(Array("no picture".utf8), to: "pred/10.png")
    #expect(try folder.unmask("check").code == 3)
    let turned = try Self.folder(Self.each)
    try Scenes.write(turned, turn: { (Scenes.side - 1 - $0, $1) })
    #expect(try turned.unmask("check").code == 4)
    #expect(
      try turned.text("out/junit.xml").contains("<error message=\"the predictions are upside"))
  }

  @Test(
    "mistakes are told where they stand",
    arguments: [
      ("{}", "check[0]: the check says nothing of what it looks at"),
      ("{measure: iou}", "the check has no limit"),
      ("{measure: iou, min: 0.5, max: 0.4}", "min is above max"),
      ("{measure: bce, min: 1}", "'bce' is no score that each class has"),
      ("{measure: iou, for: c7, min: 0.5}", "there is no class 'c7'"),
      ("{measure: iou, reduce: nope, min: 0.5}", "no chain is called 'nope'"),
      ("{verdict: {not: [BAD]}}", "'BAD' is no choice"),
      ("{preset: smp.iou, min: 0.5}", "unknown preset 'smp.iou'"),
      ("{metric: iou, min: 0.5}", "did you mean 'measure'?"),
      ("{measure: iou, reduce: all, for: c2, min: 0.5}", "one number is of all classes"),
      ("{preset: smp.iou_score.macro, for: c2, min: 0.5}", "one number is of all classes"),
      ("{preset: smp.iou_score.macro, reduce: all, min: 0.5}", "'reduce' is said of nothing"),
      ("{verdict: {not: [HIDDEN]}, min: 0.5}", "a verdict has no min, max and baseline"),
      ("{verdict: {not: []}}", "cannot fail"),
      ("{measure: f, reduce: all, min: 0.5}", "'f' is not measured"),
      ("{measure: iou, for: headline, min: 0.5}", "the headline's own number has no measure"),
      ("{for: headline, min: 0.5, support: 3}", "'support' is said of classes"),
      ("{id: '', for: headline, min: 0.5}", "has no letter"),
      ("{id: '=1', for: headline, min: 0.5}", "takes for a formula"),
    ])
  func mistakes(check: String, text: String) throws {
    let ending = try Self.folder("  - \(check)").unmask("check")
    #expect(ending.code == 2)
    #expect(ending.error.contains(text), "\(ending.error)")
  }

  @Test("where one image has most of a class nothing fails for want of an interval")
  func dominated() throws {
    let folder = try Self.folder("  - {id: one, measure: iou, for: c2, min: 0.9}")
    // The class is one pixel in all images but one.
    for image in 0..<Scenes.images {
      func map(_ isFound: Bool) -> [UInt8] {
        png(
          (0..<24).map { row in
            (0..<24).map { column in
              let isOwn = image == 0 ? row < 12 : row == 0 && column < 2
              return isOwn && (!isFound || column % 4 != 0) ? 2 : row < 16 ? 0 : 1
            }
          })
      }
      try folder.write(map(false), to: "truth/\(image + 10).png")
      try folder.write(map(true), to: "pred/\(image + 10).png")
    }
    let ending = try folder.unmask("check")
    #expect(ending.code == 0, "\(ending.out)")
    #expect(ending.line("checks") == "1 pass, 1 of them without enough evidence")
    #expect(try folder.text("out/gates.csv").contains("as where one image has most of it"))
  }

  @Test("a score of all classes together has none of one class, and says so")
  func joint() throws {
    let folder = try Scenes.folder(
      Scenes.labels([0, 1, 2]).replacing("measure: [iou]", with: "measure: [iou, kappa]"))
    try Scenes.write(folder)
    let ending = try folder.unmask("run")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(try folder.text("out/report.md").contains("weighs the classes against each other"))
  }

  @Test(
    "nothing is judged where the set-up is wrong or nothing could be read, and CI keeps its cases")
  func unjudged() throws {
    let turned = try Self.folder(Self.each)
    try Scenes.write(turned, turn: { (Scenes.side - 1 - $0, $1) })
    let ending = try turned.unmask("check")
    #expect(ending.code == 4)
    #expect(ending.line("checks") == "none is judged")
    let junit = try turned.text("out/junit.xml")
    #expect(junit.contains("failures=\"0\" errors=\"1\" skipped=\"1\""))
    #expect(junit.contains("<skipped message=\"each: it is not judged: the set-up is wrong\">"))
  }

  @Test("names of classes cannot break the XML")
  func names() throws {
    let configuration = Scenes.labels(
      [0, 1, 2], top: "check:\n  - {id: \"a<b>&\", measure: iou, min: 0.99}"
    )
    .replacing("{name: c2, value: 2}", with: "{name: '\"<c&2>', value: 2}")
    let folder = try Scenes.folder(configuration)
    try Scenes.write(folder)
    #expect(try folder.unmask("check").code == 1)
    let junit = try folder.text("out/junit.xml")
    #expect(junit.contains("classname=\"unmask.checks.a&lt;b&gt;&amp;\""))
    #expect(junit.contains("name=\"&quot;&lt;c&amp;2&gt;\""))
    #expect(
      try Child.python(
        ["-c", "import sys, xml.dom.minidom as m; m.parse('out/junit.xml')"], in: folder.url(""))
        == 0)
  }

  @Test("a job of GitHub Actions gets annotations, a summary and outputs, and no command of a name")
  func gitHub() throws {
    let folder = try Self.folder(Self.each, isFound: { _ in false })
    try folder.write(
      folder.text("pipeline.yml").replacing(
        "{name: c2, value: 2}", with: "{name: 'a,b%: c', value: 2}"), to: "pipeline.yml")
    let ending = try folder.shell(
      "GITHUB_ACTIONS=true GITHUB_STEP_SUMMARY=$PWD/summary.md GITHUB_OUTPUT=$PWD/outputs unmask check"
    )
    #expect(ending.code == 1)
    let lines = ending.error.split(separator: "\n")
    let token = try #require(lines.first?.split(separator: ":").last)
    #expect(lines.first == "::stop-commands::\(token)")
    #expect(lines[1] == "::\(token)::")
    // The set-up first: it may be the cause.
    #expect(lines[2].hasPrefix("::warning file=pipeline.yml,title=unmask set-up::no pixel is"))
    #expect(
      lines[3]
        == "::error file=pipeline.yml,line=3,title=unmask each::each, a,b%25: c: iou is 0, below 0.5"
    )
    #expect(lines[4] == "::stop-commands::\(token)")
    // What follows in the same step has commands of its own.
    #expect(lines.last == "::\(token)::")
    let run = try folder.shell("GITHUB_ACTIONS=true unmask run").error.split(separator: "\n")
    #expect(run.count == 2 && run[0].hasPrefix("::stop-commands::") && run[1].hasSuffix("::"))
    let again = try folder.shell("GITHUB_ACTIONS=true unmask check")
    #expect(again.error.split(separator: "\n").first != lines.first)
    #expect(try folder.text("summary.md").contains("iou is 0, below 0.5"))
    let outputs = try folder.text("outputs").split(separator: "\n")
    #expect(outputs.contains("gates_failed=1"))
    #expect(outputs.contains("worst_class=a,b___c"))
    #expect(outputs.contains("report=out/report.md"))
    #expect(outputs.count == 5)
    #expect(try !folder.unmask("check").error.contains("::"))
  }
}
