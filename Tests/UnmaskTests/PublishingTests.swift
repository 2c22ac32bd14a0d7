import Foundation
import Testing

/// A report set appears whole or not at all, and nothing else in its directory is touched.
@Suite("Publishing")
struct PublishingTests {
  /// Two configurations of the same images, whose reports differ.
  private static func folder() throws -> Folder {
    let folder = try Street.folder()
    try folder.write(
      folder.text("pipeline.yml").replacing("size: 2", with: "size: 3"), to: "other.yml")
    for (file, place) in [("pipeline.yml", "a"), ("other.yml", "b")] {
      #expect(try folder.unmask("run", file, "--out", place).code == 0)
    }
    return folder
  }

  @Test("runs at the same time into one directory each leave a whole set, and none fails")
  func together() throws {
    let folder = try Self.folder()
    let (a, b) = (try folder.reports(in: "a"), try folder.reports(in: "b"))
    #expect(a != b)
    for _ in 0..<4 {
      let ending = try folder.shell(
        """
        rm -rf d
        unmask run --out d >/dev/null & one=$!
        unmask run other.yml --out d >/dev/null & two=$!
        wait $one; first=$?; wait $two; exit $((first + $?))
        """)
      #expect(ending.code == 0, "\(ending.error)")
      let found = try folder.reports(in: "d")
      #expect(found == a || found == b)
      #expect(try folder.names(in: "").filter { $0.hasPrefix(".d") }.isEmpty)
    }
  }

  @Test("whoever looks at the directory while sets are replaced sees one set")
  func reader() throws {
    let folder = try Self.folder()
    // A reader that has opened the directory sees the set that it had then, whatever happens meanwhile.
    let ending = try folder.shell(
      """
      cp -r a d
      (for i in 1 2 3 4 5 6; do unmask run --out d; unmask run other.yml --out d; done) >/dev/null & writer=$!
      while kill -0 $writer 2>/dev/null; do
        rm -rf seen; mkdir seen
        (cd d && cp report.json classes.csv reductions.csv ../seen/) 2>/dev/null || continue
        for set in a b; do
          cmp -s seen/report.json $set/report.json || continue
          cmp seen/classes.csv $set/classes.csv && cmp seen/reductions.csv $set/reductions.csv || exit 9
        done
      done
      """)
    #expect(ending.code == 0, "\(ending.out)\(ending.error)")
    #expect(try folder.reports(in: "d") == folder.reports(in: "b"))
  }

  @Test("what a killed run left goes, what a run at work holds stays, and so does what is not ours")
  func litter() throws {
    let folder = try Self.folder()
    try folder.write("half", to: ".a.unmask-stage-killed/report.md")
    try folder.write("half", to: ".a.unmask-stage-atwork/report.md")
    try folder.write("mine", to: ".a.mine/report.md")
    try folder.write("mine", to: ".a.unmask-settings/report.md")
    try folder.write("mine", to: "a/.unmask-states/x")
    let ending = try folder.shell(
      "flock .a.unmask-stage-atwork sleep 5 & sleep 0.3; unmask run --out a; code=$?; kill $!; exit $code"
    )
    #expect(ending.code == 0, "\(ending.error)")
    let names = try folder.names(in: "").filter { $0.hasPrefix(".a") }
    #expect(names == [".a.mine", ".a.unmask-settings", ".a.unmask-stage-atwork"])
    #expect(try folder.text("a/.unmask-states/x") == "mine")
  }

  @Test("a directory with files of somebody else keeps them, and its mode")
  func foreign() throws {
    let folder = try Self.folder()
    #expect(try folder.shell("chmod 750 a").code == 0)
    #expect(try folder.unmask("run", "other.yml", "--out", "a").code == 0)
    #expect(try folder.shell("test $(stat -c %a a) = 750").code == 0)
    try folder.write("mine", to: "a/notes.txt")
    try folder.write("mine", to: "a/deep/er.txt")
    #expect(try folder.unmask("run", "--out", "a").code == 0)
    #expect(try folder.text("a/notes.txt") == "mine")
    #expect(try folder.text("a/deep/er.txt") == "mine")
    #expect(try folder.text("a/report.json") != folder.text("b/report.json"))
  }

  @Test("in a directory that somebody stands in, the files change and not the directory")
  func workingDirectory() throws {
    let folder = try Self.folder()
    let ending = try folder.shell(
      "cd a && unmask run ../other.yml --out . >/dev/null && cmp classes.csv ../b/classes.csv && ls"
    )
    #expect(ending.code == 0, "\(ending.error)")
    #expect(ending.out.contains("report.md"))
    #expect(try folder.names(in: "a").filter { $0.hasPrefix(".") } == [".unmask-set"])
  }

  @Test(
    "reports from other evidence take away the evidence beside them, and from their own keep it")
  func evidence() throws {
    let folder = try Self.folder()
    #expect(try folder.unmask("report", "--from", "a", "--out", "b").code == 0)
    #expect(try !folder.names(in: "b").contains("evidence.sqlite"))
    let before = try folder.bytes("a/evidence.sqlite")
    #expect(try folder.unmask("report", "--from", "a", "--out", "a").code == 0)
    #expect(try folder.bytes("a/evidence.sqlite") == before)
    #expect(try folder.unmask("report", "--from", "a/evidence.sqlite", "--out", "a").code == 0)
    #expect(try folder.bytes("a/evidence.sqlite") == before)
  }

  @Test(
    "evidence has the same bytes with any number of jobs, and one flipped bit of it is refused by all"
  )
  func evidenceBytes() throws {
    let folder = try ChecksTests.folder("  - {measure: iou, min: 0.1}", images: 40)
    try folder.write(Array("x".utf8), to: "pred/13.png")
    var bytes: [[UInt8]] = []
    for jobs in ["1", "2", "3", "8", "64"] {
      #expect(try folder.unmask("run", "--jobs", jobs, "--out", "j").code == 3)
      bytes.append(try folder.bytes("j/evidence.sqlite"))
    }
    #expect(bytes.allSatisfy { $0 == bytes[0] })
    var wrong = bytes[0]
    wrong[wrong.count / 2] ^= 0x10
    try folder.write(wrong, to: "j/evidence.sqlite")
    for command in [
      "report --from j --out k", "explain hidden --from j", "compare j j", "total x=j:1",
      "baseline accept j --to b.json",
    ] {
      let ending = try folder.shell("unmask \(command)")
      #expect(ending.code == 3, "\(command): \(ending.error)")
      #expect(
        ending.fault
          == "j/evidence.sqlite: is damaged: its checksum is not that of its content", "\(command)")
    }
  }
}
