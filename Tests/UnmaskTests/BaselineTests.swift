import Foundation
import Testing

/// Checks against an accepted run, and checks that are accepted though they fail.
@Suite("Baselines")
struct BaselineTests {
  private static let checks = """
      - {id: fell, measure: iou, baseline: {worse: 0.02}}
      - {id: number, measure: iou, reduce: all, baseline: {}}
    """

  private static func saysItFell(_ text: String) -> Bool {
    text.contains(/fell, c2: iou was .* in the baseline and is 0/)
  }

  /// A run of which every image has the class c2 found is accepted; then those in which it is not are others.
  private static func folder(
    _ checks: String = checks, images: Int = Scenes.images, isFound: @escaping (Int) -> Bool
  ) throws -> Folder {
    let before = try ChecksTests.folder(checks, images: images)
    let first = try before.unmask("check")
    #expect(first.code == 1 && first.out.contains("there is no baseline yet"), "\(first.out)")
    let accepted = try before.unmask("baseline", "accept", "out")
    #expect(
      accepted
        == Ending(code: 0, out: "baseline.json is written, of \(images) images\n"))
    #expect(try before.unmask("check").code == 0)
    let after = try ChecksTests.folder(checks, images: images, isFound: isFound)
    try after.write(before.bytes("baseline.json"), to: "baseline.json")
    return after
  }

  @Test("the same run differs by nothing, and a class that fell in every image fails the build")
  func fell() throws {
    let folder = try Self.folder { _ in false }
    let ending = try folder.unmask("check")
    #expect(ending.code == 1)
    let pattern = /fell, c2: iou was (\S+) in the baseline and is 0: −(\S+) .*and may fall by 0\.02/
    let fell = try #require(ending.out.firstMatch(of: pattern), "\(ending.out)")
    #expect(fell.1 == fell.2)
    #expect(ending.out.contains("number: iou by all was"))
    #expect(try folder.text("out/gates.csv").contains("fell,c2,fail,failed,error,0.000000"))
    // Two that did not fall pass, with what they were.
    #expect(try folder.text("out/report.json").contains("\"baseline\" : "))
  }

  @Test(
    "a class that moved by no more than images differ does not fail, and one of few digits does")
  func band() throws {
    let folder = try Self.folder { $0 != 3 }
    let ending = try folder.unmask("check")
    #expect(ending.code == 0, "\(ending.out)")
    let rows = try folder.text("out/gates.csv").split(separator: "\n")
    let row = try #require(rows.first { $0.hasPrefix("fell,c2,") })
    #expect(row.hasPrefix("fell,c2,pass,insufficient,error,"))
    #expect(row.contains("other images of the same kind may keep that"))
    // The same by the plain counts: the change over all images, and the jackknife's interval of it.
    #expect(
      try folder.unmask(
        "check", "--set", "check=[{id: fell, measure: iou, baseline: {}, on_insufficient: fail}]"
      )
      .code == 1)
  }

  @Test(
    "other images are compared as far as both have them, and of sums alone the run's interval holds"
  )
  func otherImages() throws {
    let folder = try Self.folder { _ in false }
    try folder.remove("pred/10.png")
    try folder.remove("truth/10.png")
    #expect(try folder.unmask("check").code == 1)
    #expect(try folder.text("out/gates.csv").contains("the baseline has other images or groups"))
    var text = try folder.text("baseline.json")
    let start = try #require(text.range(of: ",\n  \"images\""))
    text.replaceSubrange(start.lowerBound..., with: "\n}\n")
    try folder.write(text, to: "baseline.json")
    let ending = try folder.unmask("check")
    #expect(ending.code == 1 && Self.saysItFell(ending.out))
  }

  @Test("two runs are compared by the newer one's checks, with the older as the baseline")
  func compared() throws {
    let folder = try Self.folder { _ in true }
    _ = try folder.unmask("run", "--out", "a")
    let after = try Self.folder { _ in false }
    _ = try after.unmask("run", "--out", "b")
    for file in ["evidence.sqlite"] {
      try after.write(folder.bytes("a/\(file)"), to: "a/\(file)")
    }
    let ending = try after.unmask("compare", "a", "b", "--check", "--out", "c")
    #expect(ending.code == 1, "\(ending.error)")
    #expect(Self.saysItFell(ending.out), "\(ending.out)")
    #expect(try after.text("c/compare.md").contains("## Checks"))
    #expect(try after.text("c/compare.json").contains("\"outcome\" : \"failed\""))
    #expect(try after.unmask("compare", "a", "b").code == 0)
    #expect(try after.unmask("compare", "b", "a", "--check").code == 0)
  }

  @Test("a baseline that is none is said, with what to do")
  func damaged() throws {
    let folder = try Self.folder { _ in true }
    for (text, fault) in [
      ("{", "baseline.json: is no baseline, or a damaged one"),
      (
        try folder.text("baseline.json").replacing("\"1.0\"", with: "\"2.0\""),
        "baseline.json: is of version 2.0, and this program reads 1.0"
      ),
      (
        try folder.text("baseline.json").replacing("\"px\": [[", with: "\"px\": [[1,"),
        "baseline.json: has not four pixel counts for each class"
      ),
    ] {
      try folder.write(text, to: "baseline.json")
      let ending = try folder.unmask("check")
      #expect(ending.code == 2 && ending.fault == fault, "\(ending.error)")
    }
    #expect(try folder.unmask("baseline", "accept", "nowhere").code == 3)
  }

  @Test("a baseline that was changed by hand is refused, also where it could be read")
  func changed() throws {
    let folder = try Self.folder { _ in true }
    let text = try folder.text("baseline.json")
    func expectRefused(_ changed: String, _ line: Int = #line) throws {
      try folder.write(changed, to: "baseline.json")
      let ending = try folder.unmask("check")
      #expect(
        ending.fault
          == "baseline.json: was changed by hand or damaged: its numbers do not belong together",
        "line \(line): \(ending.error)")
      #expect(ending.code == 2)
      #expect(try folder.unmask("validate").code == 2)
    }
    try expectRefused(text.replacing("\"name\": \"c1\"", with: "\"name\": \"c0\""))
    try expectRefused(text.replacing(/"sizes": \[[^\]]*\]/, with: "\"sizes\": []"))
    try expectRefused(
      text.replacing("\"missed\", \"false alarm\"", with: "\"false alarm\", \"missed\""))
    let total = try #require(text.firstMatch(of: /"name": "c2", "px": \[(\d+),/))
    try expectRefused(text.replacing(total.0, with: total.0.replacing(total.1, with: "7")))
    // As its own advice says.
    try folder.remove("baseline.json")
    #expect(try folder.unmask("run").code == 0)
    #expect(try folder.unmask("baseline", "accept", "out").code == 0)
    #expect(try folder.text("baseline.json") == text)
  }

  @Test("it is written where the run's own configuration looks, and nowhere by chance")
  func place() throws {
    let folder = try Self.folder { _ in true }
    #expect(try folder.unmask("run").code == 0)
    try folder.write("x: 1\n", to: "other/pipeline.yml")
    let foreign = try folder.unmask("baseline", "accept", "../out", directory: "other")
    #expect(foreign.code == 2 && foreign.error.contains("--to baseline.json"), "\(foreign.error)")
    #expect(try folder.names(in: "other") == ["pipeline.yml"])
    let named = try folder.unmask(
      "baseline", "accept", "../out", "--to", "b.json", directory: "other")
    #expect(named.code == 0)
    #expect(try folder.text("other/b.json") == folder.text("baseline.json"))
  }

  @Test("a check that is missing may be accepted too, and what cannot be meant is refused")
  func missing() throws {
    let folder = try ChecksTests.folder(
      """
        - {id: each, measure: iou, min: 0.1, support: 100}
        - {id: none, verdict: {not: [HIDDEN]}}
        - {id: all, for: headline, min: 0.1}
      accepted: [{check: each, until: 9999-12-31, reason: few}]
      """)
    let ending = try folder.unmask("check")
    #expect(ending.code == 0, "\(ending.out)")
    for (item, fault) in [
      ("{check: each, until: 2026-12-31, reason: ' '}", "the reason is empty"),
      ("{check: all, class: c0, until: 2026-12-31, reason: x}", "is on one number, of no class"),
      (
        "{check: none, until: 2026-12-31, reason: x, not_worse_than: 1}",
        "is on verdicts, which have no number"
      ),
    ] {
      let ending = try folder.unmask("check", "--set", "accepted=[\(item)]")
      #expect(ending.code == 2 && ending.error.contains(fault), "\(ending.error)")
    }
    let none = try folder.unmask(
      "check", "--set", "check=[]", "--set", "accepted=[{check: x, until: 2026-12-31, reason: x}]")
    #expect(none.code == 2 && none.error.contains("there is none: write check:"))
  }

  @Test("what is accepted passes until its day, and what no longer fails is said")
  func accepted() throws {
    let accepted = """
        - {id: each, measure: iou, min: 0.5}
      accepted:
        - {check: each, class: c2, until: 2026-12-31, reason: "relabelled, #412"}
        - {check: each, class: c0, until: 2026-12-31, reason: old}
      """
    let folder = try ChecksTests.folder(accepted, isFound: { _ in false })
    func check(_ seconds: Int) throws -> Ending {
      try folder.shell("SOURCE_DATE_EPOCH=\(seconds) unmask check")
    }
    // The last second of the day, and the next.
    let last = try check(1_798_761_599)
    #expect(last.code == 0)
    #expect(last.line("checks") == "3 pass, 1 of them accepted though it fails", "\(last.out)")
    #expect(last.line("accepted") == "each of c0 no longer fails: take it out of `accepted`.")
    #expect(
      try folder.text("out/report.md").contains("accepted until 2026-12-31: relabelled, \\#412"))
    let next = try check(1_798_761_600)
    #expect(next.code == 1)
    #expect(
      next.line("CHECK FAILED")
        == "each, c2: iou is 0, below 0.5; that was accepted until 2026-12-31")
    let worse = try folder.shell(
      "SOURCE_DATE_EPOCH=0 unmask check --set 'accepted=[{check: each, class: c2, until: 2026-12-31, reason: x, not_worse_than: 0.1}]'"
    )
    #expect(worse.code == 1 && worse.out.contains("no worse than 0.1 would be accepted"))
    for (item, fault) in [
      ("{check: eech, until: 2026-12-31, reason: x}", "no check is called 'eech'"),
      ("{check: each, class: c9, until: 2026-12-31, reason: x}", "there is no class 'c9'"),
      ("{check: each, until: 2026-02-30, reason: x}", "'2026-02-30' is no day"),
      ("{check: each, until: 2026-12-31}", "'reason' is missing"),
    ] {
      let ending = try folder.unmask("check", "--set", "accepted=[\(item)]")
      #expect(ending.code == 2 && ending.error.contains(fault), "\(ending.error)")
    }
  }
}
