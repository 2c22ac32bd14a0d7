import Foundation
import Testing

/// What somebody at a terminal sees, and what nobody does.
@Suite("At a terminal")
struct TerminalTests {
  private static func folder() throws -> Folder {
    try ChecksTests.folder("  - {measure: iou, min: 0.1}")
  }

  @Test("nobody watches: the summary alone, without a colour")
  func unwatched() throws {
    let ending = try Self.folder().shell("unmask run")
    #expect(ending.out.hasPrefix("OK ") && !ending.out.contains("\u{1b}"), "\(ending.out)")
  }

  @Test("classes with bars, in colour where that is forced, and not where it is forbidden")
  func colors() throws {
    let folder = try Self.folder()
    let utf8 = "NO_COLOR= FORCE_COLOR= LC_ALL=C.UTF-8 COLUMNS=80"
    let forced = try folder.shell("\(utf8) CLICOLOR_FORCE=1 unmask run")
    #expect(forced.out.contains(/\u{1b}\[3[1-4]m[A-Z]/))
    #expect(forced.out.contains("█"))
    let plain = try folder.shell("\(utf8) CLICOLOR_FORCE=1 NO_COLOR=1 unmask run")
    #expect(!plain.out.contains("\u{1b}") && plain.out.contains("█"))
    let off = try folder.shell("\(utf8) CLICOLOR_FORCE=0 unmask run")
    #expect(!off.out.contains("█"))
    let lines = plain.out.split(separator: "\n")
    #expect(lines[0].hasPrefix("class") && lines[1].hasPrefix("c0"))
    #expect(lines.prefix(4).allSatisfy { $0.count <= 80 })
  }

  @Test("a terminal that is narrow, or shows ASCII alone, gets what it can show")
  func narrow() throws {
    let folder = try Self.folder()
    let ascii = try folder.shell("LC_ALL=C COLUMNS=80 CLICOLOR_FORCE=1 NO_COLOR=1 unmask run")
    #expect(ascii.out.contains("###") && ascii.out.split(separator: "\n")[1].allSatisfy(\.isASCII))
    let narrow = try folder.shell("LC_ALL=C COLUMNS=40 CLICOLOR_FORCE=1 NO_COLOR=1 unmask run")
    #expect(!narrow.out.contains("#"))
  }

  @Test(
    "--quiet says nothing where all is well, and what is wrong otherwise; --json is the record alone"
  )
  func quiet() throws {
    let folder = try Self.folder()
    #expect(try folder.unmask("check", "--quiet") == Ending(code: 0))
    let failing = try folder.unmask("check", "--quiet", "--set", "check=[{measure: iou, min: 1.1}]")
    #expect(failing.code == 1 && failing.out.contains("CHECK FAILED"))
    let json = try folder.unmask("run", "--json")
    #expect(try json.out == folder.text("out/report.json"))
    let again = try folder.unmask("report", "--from", "out", "--out", "again", "--json")
    #expect(again.out == json.out)
  }
}
