import Decoding
import Foundation
import Testing

/// Runs that remember: `--state` and `--cron`.
@Suite("Nights")
struct NightlyTests {
  /// The scenes, as if they had lain there for a day: what changed a moment ago is not trusted.
  private static func folder(_ configuration: String = Scenes.labels([0, 1, 2])) throws -> Folder {
    let folder = try Scenes.folder(configuration)
    for image in 0..<Scenes.images { try draw(image, in: folder) }
    return folder
  }

  private static func draw(
    _ image: Int, in folder: Folder, missing: Bool = false
  ) throws {
    func map(_ label: (Int, Int) -> Int) -> [UInt8] {
      png((0..<Scenes.side).map { row in (0..<Scenes.side).map { UInt8(label(row, $0)) } })
    }
    try folder.write(map { Scenes.truth(image, $0, $1) }, to: "truth/\(image + 10).png")
    try folder.write(
      map { row, column in
        let label = Scenes.found(image, row, column)
        return missing && label == 2 ? 0 : label
      }, to: "pred/\(image + 10).png")
  }

  /// Elsewhere every night reads all files, and none is skipped.
  private static let notesChanges =
    FileStamp(of: NSTemporaryDirectory())?.isSettled(at: .max) ?? false

  /// So long that a change of a file is another time in any file system.
  private static func settle() { Thread.sleep(forTimeInterval: 4.1) }

  private static func counted(_ folder: Folder, in output: String = "out") throws -> Int {
    let facts = try JSONSerialization.jsonObject(
      with: Data(folder.bytes("\(output)/run.json")))
    let images = (facts as? [String: Any])?["images"] as? [String: Any]
    return try #require(images?["counted"] as? Int)
  }

  private static func expectSame(_ folder: Folder, _ comment: Comment) throws {
    #expect(try folder.unmask("run", "--out", "whole").code == 0, comment)
    var incremental = try folder.reports(in: "out")
    for name in ["run.json", "unmask-run.prom"] { incremental[name] = nil }
    #expect(try folder.reports(in: "whole") == incremental, comment)
    #expect(
      try folder.bytes("whole/evidence.sqlite") == folder.bytes("out/evidence.sqlite"), comment)
  }

  @Test("a night counts what is new or has changed, and reports what a run without memory reports")
  func incremental() throws {
    let folder = try Self.folder()
    #expect(try folder.unmask("run", "--state", "state").code == 0)
    #expect(try Self.counted(folder) == Scenes.images)
    try Self.expectSame(folder, "first")

    #expect(try folder.unmask("run", "--state", "state").code == 0)
    #expect(try Self.counted(folder) == 0)
    try Self.expectSame(folder, "again")

    // One changed, one renamed, one gone, one touched.
    try Self.draw(3, in: folder, missing: true)
    for side in ["pred", "truth"] {
      try FileManager.default.moveItem(
        at: folder.url("\(side)/15.png"), to: folder.url("\(side)/99.png"))
      try folder.remove("\(side)/16.png")
    }
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1e9)],
      ofItemAtPath: folder.url("pred/17.png").path(percentEncoded: false))
    #expect(try folder.unmask("run", "--state", "state").code == 0)
    #expect(try Self.counted(folder) == 1)
    try Self.expectSame(folder, "changed")

    // Counted in another way.
    let other = Scenes.labels([0, 1, 2], "ignore: 7")
    try folder.write(other, to: "pipeline.yml")
    #expect(try folder.unmask("run", "--state", "state").code == 0)
    #expect(try Self.counted(folder) == Scenes.images - 1)
    try Self.expectSame(folder, "another scheme")
  }

  @Test("a file that was replaced by one of the same size and time is counted again")
  func swapped() throws {
    let folder = try Self.folder()
    let path = folder.url("pred/13.png").path(percentEncoded: false)
    let time = Date(timeIntervalSince1970: 1e9)
    func date() throws {
      try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: path)
    }
    try date()
    Self.settle()
    #expect(try folder.unmask("run", "--state", "state").code == 0)
    var bytes = try folder.bytes("pred/13.png")
    let swapped = png(
      (0..<Scenes.side).map { row in
        (0..<Scenes.side).map { UInt8((Scenes.found(3, row, $0) + 1) % 3) }
      })
    // The same length, whatever deflate makes of it: bytes behind the end are none of the picture's.
    let length = max(bytes.count, swapped.count)
    bytes += [UInt8](repeating: 0, count: length - bytes.count)
    try folder.write(
      swapped + [UInt8](repeating: 0, count: length - swapped.count), to: "pred/13.png")
    try date()
    #expect(try folder.unmask("run", "--state", "state").code == 0)
    #expect(try Self.counted(folder) == 1)
    try Self.expectSame(folder, "swapped")
  }

  @Test(
    "cron hears nothing of a good night, and an unchanged one leaves the reports as they are",
    .enabled(if: notesChanges))
  func silent() throws {
    let folder = try Self.folder()
    Self.settle()
    let quiet = Ending(code: 0)
    #expect(try folder.unmask("check", "--state", "state", "--cron") == quiet)
    let time = try Self.written(folder, "report.md")
    #expect(try folder.unmask("check", "--state", "state", "--cron") == quiet)
    #expect(try Self.written(folder, "report.md") == time)
    // What was taken away is made again.
    try folder.remove("out/report.md")
    #expect(try folder.unmask("check", "--state", "state", "--cron") == quiet)
    #expect(try folder.names(in: "out").contains("report.md"))
    try folder.remove("out/junit.xml")
    #expect(try folder.unmask("check", "--state", "state", "--cron") == quiet)
    #expect(try folder.names(in: "out").contains("junit.xml"))
  }

  private static func written(_ folder: Folder, _ name: String) throws -> Date? {
    try folder.url("out/\(name)").resourceValues(forKeys: [.contentModificationDateKey])
      .contentModificationDate
  }

  @Test(
    "cron hears of a verdict that changed in a few lines, and of a failed check every night",
    .enabled(if: notesChanges))
  func changes() throws {
    let checks = Scenes.labels(
      [0, 1, 2], top: "check:\n  - {id: each, measure: iou, min: 0.5}")
    let folder = try Self.folder(checks)
    #expect(try folder.unmask("check", "--state", "state", "--cron").code == 0)
    for image in 0..<Scenes.images { try Self.draw(image, in: folder, missing: true) }
    Self.settle()
    let failed = try folder.unmask("check", "--state", "state", "--cron")
    #expect(failed.code == 1)
    #expect(failed.error.contains("c2: "))
    #expect(failed.out.contains("CHECK FAILED"))
    // Nothing has changed, and it still fails.
    let again = try folder.unmask("check", "--state", "state", "--cron")
    #expect(again.code == 1)
    #expect(again.fault.hasPrefix("nothing has changed since"))
    #expect(again.error.contains("each (c2) failed"))
  }

  @Test("an incomplete set does not take the place of a complete one, and goes when all is well")
  func aside() throws {
    let folder = try Self.folder()
    #expect(try folder.unmask("run", "--state", "state", "--cron").code == 0)
    let complete = try folder.text("out/report.json")
    let good = try folder.bytes("pred/14.png")
    try folder.write(Array(good.dropLast(30)), to: "pred/14.png")
    let ending = try folder.unmask("run", "--state", "state", "--cron")
    #expect(ending.code == 3)
    #expect(ending.error.contains("pred/14.png"))
    #expect(ending.out.contains("out.incomplete/report.md"))
    #expect(try folder.text("out/report.json") == complete)
    #expect(try folder.text("out.incomplete/report.json").contains("\"complete\" : false"))
    try folder.write(good, to: "pred/14.png")
    #expect(try folder.unmask("run", "--state", "state", "--cron").code == 0)
    #expect(try !folder.names(in: "").contains("out.incomplete"))
    // Who asks for it has it where it was.
    try folder.write(Array(good.dropLast(30)), to: "pred/14.png")
    #expect(try folder.unmask("run", "--state", "state").code == 3)
    #expect(try folder.text("out/report.json").contains("\"complete\" : false"))
  }

  @Test("two runs with one state: the second is told whose turn it is")
  func locked() throws {
    let folder = try Self.folder()
    #expect(try folder.unmask("run", "--state", "state").code == 0)
    let ending = try folder.shell(
      """
      exec 9<>state/lock
      flock 9 || exit 99
      unmask run --state state
      code=$?
      unmask run --state state --lock-wait 0.2 2>/dev/null
      exit $((code * 100 + $? - 7500))
      """)
    // Both ended with 75.
    #expect(ending.code == 75)
    #expect(ending.error.contains("another run works with this state"))
    #expect(ending.error.contains("--lock-wait"))
  }

  @Test("a damaged state is set aside and said, and the run is whole")
  func damaged() throws {
    let folder = try Self.folder()
    try folder.write("this is no database, and never was one", to: "state/state.sqlite")
    let ending = try folder.unmask("run", "--state", "state")
    #expect(ending.code == 0)
    #expect(ending.error.contains("state/state.sqlite.damaged-1"))
    try Self.expectSame(folder, "damaged")
  }

  @Test("predictions that are not complete are waited for, and nothing is written")
  func unready() throws {
    let folder = try Self.folder(
      Scenes.labels([0, 1, 2], top: "ready: {marker: _SUCCESS, quiet: 3}"))
    let early = try folder.unmask("run", "--state", "state", "--cron")
    #expect(early.code == 75)
    #expect(early.fault.contains("pred/_SUCCESS: the predictions are not complete"))
    try folder.write("", to: "pred/_SUCCESS")
    let young = try folder.unmask("run", "--state", "state", "--cron")
    #expect(young.code == 75)
    #expect(young.fault.contains("so the predictions may not be complete"))
    #expect(try !folder.names(in: "").contains("out"))
    Self.settle()
    #expect(try folder.unmask("run", "--state", "state", "--cron") == Ending(code: 0))
  }

  @Test("{run} stands for each directory there is, and those that are done are not looked at again")
  func runs() throws {
    let folder = try Self.folder(
      Scenes.labels([0, 1, 2]).replacing("pred/{image}", with: "runs/{run}/{image}"))
    for day in ["2026-11-29", "2026-11-30"] {
      try FileManager.default.createDirectory(
        at: folder.url("runs"), withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: folder.url("pred"), to: folder.url("runs/\(day)"))
    }
    let cron = ["run", "--state", "state", "--cron"]
    #expect(try folder.unmask(cron[0], cron[1], cron[2], cron[3]) == Ending(code: 0))
    #expect(try folder.names(in: "out") == ["2026-11-29", "2026-11-30", "latest"])
    // The second of the same files is not counted again.
    #expect(try Self.counted(folder, in: "out/2026-11-30") == 0)

    // One that is done may go; the new one is told of what is new.
    try folder.remove("runs/2026-11-29")
    try FileManager.default.copyItem(at: folder.url("pred"), to: folder.url("runs/2026-12-01"))
    for image in 0..<Scenes.images {
      try folder.remove("runs/2026-12-01/\(image + 10).png")
      try FileManager.default.copyItem(
        at: folder.url("truth/\(image + 10).png"),
        to: folder.url("runs/2026-12-01/\(image + 10).png"))
    }
    #expect(try folder.unmask(cron[0], cron[1], cron[2], cron[3]).code == 0)
    #expect(try folder.names(in: "out") == ["2026-11-29", "2026-11-30", "2026-12-01", "latest"])
    #expect(
      try folder.bytes("out/latest/report.json") == folder.bytes("out/2026-12-01/report.json"))
    let history = try folder.unmask("history", "state")
    #expect(history.code == 0)
    #expect(history.out.contains("3 nights from 2026-11-29 to 2026-12-01"))
    #expect(try folder.unmask("report", "--from", "state@2026-11-30", "--out", "again").code == 0)
    #expect(try folder.unmask("validate").code == 0)
    let one = try folder.unmask("run", "--predictions", "runs/2026-12-01", "--out", "one")
    #expect(one.code == 0)
    let absent = try folder.unmask("run", "--predictions", "runs/2026-12-24", "--out", "one")
    #expect(absent.code == 75)
    #expect(absent.fault == "runs/2026-12-24: is not there")
  }

  @Test(
    "of several directories one that is incomplete is said once, and one that was left is passed over",
    .enabled(if: notesChanges))
  func incompleteDirectory() throws {
    let folder = try Self.folder(
      Scenes.labels([0, 1, 2], top: "ready: {marker: _SUCCESS}")
        .replacing("pred/{image}", with: "runs/{run}/{image}"))
    try folder.write("", to: "pred/_SUCCESS")
    try folder.makeDirectory("runs/2026-11-28")
    for day in ["2026-11-29", "2026-11-30"] {
      try FileManager.default.copyItem(at: folder.url("pred"), to: folder.url("runs/\(day)"))
    }
    try folder.write(Array(folder.bytes("pred/14.png").dropLast(30)), to: "runs/2026-11-29/14.png")
    Self.settle()
    let first = try folder.unmask("run", "--state", "state", "--cron")
    #expect(first.code == 3)
    #expect(first.error.contains("runs/2026-11-29/14.png"))
    #expect(try folder.unmask("run", "--state", "state", "--cron") == Ending(code: 0))
    #expect(!first.out.contains("other file"))
    // Where the last is not ready, the command says so.
    try folder.makeDirectory("runs/2026-12-01")
    #expect(try folder.unmask("run", "--state", "state", "--cron").code == 75)
    try folder.write(folder.bytes("pred/14.png"), to: "runs/2026-11-29/14.png")
    try folder.remove("runs/2026-12-01")
    #expect(try folder.unmask("run", "--state", "state", "--cron").code == 0)
    #expect(try folder.unmask("history", "state").out.contains("2 nights from 2026-11-29"))
  }

  @Test("reports and comparisons are made from what the state keeps")
  func kept() throws {
    let folder = try Self.folder()
    #expect(try folder.unmask("run", "--state", "state").code == 0)
    for image in 0..<6 { try Self.draw(image, in: folder, missing: true) }
    #expect(try folder.unmask("run", "--state", "state").code == 0)
    #expect(try folder.unmask("report", "--from", "state@2", "--out", "again").code == 0)
    var made = try folder.reports(in: "out")
    for name in made.keys where name == "run.json" || name.hasSuffix(".png") { made[name] = nil }
    let again = try folder.reports(in: "again")
    #expect(Set(again.keys) == Set(made.keys))
    #expect(
      again["classes.csv"] == made["classes.csv"] && again["images.csv"] == made["images.csv"])
    let change = try folder.unmask("compare", "state@1", "state@last-good")
    #expect(change.code == 0)
    #expect(change.out.contains("c2"))
    let gone = try folder.unmask("report", "--from", "state@7", "--out", "again")
    #expect(gone.code == 3)
    #expect(gone.fault.contains("keeps no evidence of run 7"))
    #expect(gone.error.contains("behind the @"))
    let account = try folder.unmask("state", "state", "--keep-runs", "1")
    #expect(account.out.contains("evidence  of runs: 1 (2 to 2)"))
    #expect(try folder.unmask("compare", "state@1", "state@2").code == 3)
  }

  @Test("the history is a table for people, for data frames, and for Prometheus")
  func history() throws {
    let folder = try Self.folder()
    #expect(try folder.unmask("history", "state").code == 3)
    #expect(try folder.unmask("run", "--state", "state").code == 0)
    let rows = try folder.unmask("history", "state", "--csv").out.split(separator: "\n")
    // The headline's row and one a class.
    #expect(rows.count == 1 + 1 + 3)
    let metrics = try folder.unmask("history", "state", "--openmetrics").out
    #expect(metrics.hasSuffix("# EOF\n") && metrics.contains("unmask_class_iou{series="))
    #expect(try folder.unmask("history", "state", "--html").out.contains("<svg viewBox"))
    #expect(try folder.unmask("history", "state", "--markdown").out.hasPrefix("# Nights"))
  }

  @Test(
    "another way of counting begins a new record, and a run by hand does not stand in a night's way"
  )
  func recounted() throws {
    let folder = try Self.folder()
    Self.settle()
    #expect(try folder.unmask("run", "--state", "state").code == 0)
    #expect(try folder.unmask("run", "--state", "state", "--cron") == Ending(code: 0))
    try folder.write(Scenes.labels([0, 1, 2], "ignore: 7"), to: "pipeline.yml")
    Self.settle()
    let night = try folder.unmask("run", "--state", "state", "--cron")
    #expect(night.code == 0)
    #expect(night.out.contains("a new record begins: what is counted, or how, is another"))
    #expect(try folder.unmask("run", "--state", "state", "--cron") == Ending(code: 0))
  }

  @Test(
    "a plane of valid pixels that changed is seen, also in one array of all images",
    .enabled(if: notesChanges), arguments: ["valid/{image}.png", "valid.npy"])
  func overlay(template: String) throws {
    let folder = try Self.folder(Scenes.labels([0, 1, 2], "valid: \"\(template)\""))
    func valid(_ value: Int) throws {
      let plane = (0..<Scenes.side).map { row in
        (0..<Scenes.side).map { $0 < 12 || row < 12 ? 255 : value }
      }
      for image in 0..<Scenes.images {
        try folder.write(png(plane.map { $0.map(UInt8.init) }), to: "valid/\(image + 10).png")
      }
      let numbers = (0..<Scenes.images).flatMap { _ in plane.flatMap { $0.map(Double.init) } }
      try folder.write(
        npy(.uint8, [Scenes.images, Scenes.side, Scenes.side], numbers), to: "valid.npy")
    }
    try valid(255)
    Self.settle()
    #expect(try folder.unmask("run", "--state", "state", "--cron").code == 0)
    try valid(0)
    Self.settle()
    #expect(try folder.unmask("run", "--state", "state", "--cron").code == 0)
    #expect(try Self.counted(folder) == Scenes.images)
    try Self.expectSame(folder, "other pixels are valid")
  }

  @Test("what makes no sense on the command line is said")
  func options() throws {
    let folder = try Self.folder()
    #expect(try folder.unmask("run", "--cron").code == 2)
    #expect(try folder.unmask("run", "--cron", "--state", "s", "--json").code == 2)
    #expect(try folder.unmask("run", "--state", "").code == 2)
    #expect(try folder.unmask("run", "--state", "s", "--keep-runs", "0").code == 2)
    #expect(try folder.unmask("run", "--state", "s", "--lock-wait", "-1").code == 2)
  }
}
