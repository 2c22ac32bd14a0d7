import Core
import Decoding
import Foundation
import Testing

@Suite("Path templates")
struct PathTemplateTests {
  @Test("a name captures a part of one segment")
  func name() {
    #expect(match("preds/{image}.png", "preds/0042.png") == ["image": "0042"])
    #expect(match("preds/{image}.png", "preds/a/0042.png") == nil)
    #expect(match("preds/{image}.png", "preds/.png") == nil)
    #expect(match("preds/{image}.png", "preds/0042.png.npy") == nil)
  }

  @Test("{name:path} reaches over slashes")
  func path() {
    #expect(match("preds/{image:path}.png", "preds/a/b/1.png") == ["image": "a/b/1"])
  }

  @Test("a regular expression restricts a name, and may count with braces")
  func pattern() {
    let template = #"gt/{city}/{image:[a-z]+_\d{6}_\d{6}}_gtFine_labelIds.png"#
    #expect(
      match(template, "gt/ulm/ulm_000001_000019_gtFine_labelIds.png")
        == ["city": "ulm", "image": "ulm_000001_000019"])
    #expect(match(template, "gt/ulm/ulm_1_19_gtFine_labelIds.png") == nil)
    #expect(match("{image:[^_]+}{rest:.*}", "a_b") == ["image": "a", "rest": "_b"])
    #expect(match(#"{x:a\{b}"#, "a{b") == ["x": "a{b"])
  }

  @Test("a name that stands twice captures the same text")
  func repeated() {
    #expect(match("{city}/{city}_{n}.png", "ulm/ulm_1.png") == ["city": "ulm", "n": "1"])
    #expect(match("{city}/{city}_{n}.png", "ulm/bonn_1.png") == nil)
    #expect(match("{a}{b}-{b}{a}", "112-112") == nil)
    #expect(match("{a}{b}-{b}{a}", "112-121") == ["a": "1", "b": "12"])
    #expect(match("{a}{b}{a}{b}", "xxyxxy") == ["a": "x", "b": "xy"])
    #expect(match("{d:path}/x/{d}.png", "a/b/x/a/b.png") == ["d": "a/b"])
  }

  @Test("* is any text within a segment, none included")
  func anyText() {
    #expect(match("*/{image}*.png", "run/1.png") == ["image": "1"])
    #expect(match("a*.png", "a.png") == [:])
    #expect(match("a*.png", "a/b.png") == nil)
  }

  @Test("** is any number of whole segments, none included")
  func anySegments() {
    for path in ["a/b", "a/x/b", "a/x/y/b"] { #expect(match("a/**/b", path) == [:]) }
    for path in ["ab", "a/xb", "xa/b"] { #expect(match("a/**/b", path) == nil) }
    #expect(match("**/{image}.png", "x/y/1.png") == ["image": "1"])
    #expect(match("a/**", "a/x/y.png") == [:])
    #expect(match("a/**/**/b", "a/b") == [:])
  }

  @Test("a set is one character, of those named or, with !, of the others")
  func sets() {
    #expect(match("[0-9][!_]", "7x") == [:])
    #expect(match("[0-9][!_]", "7_") == nil)
    #expect(match("a[!x]b", "a/b") == nil)
    #expect(match("[]a-][[]", "-[") == [:])
    #expect(match("[!a]x", "éx") == [:])
  }

  @Test("doubled braces are braces")
  func braces() {
    #expect(match("{{{image}}}", "{1}") == ["image": "1"])
    #expect(match("{{image}}", "{image}") == [:])
  }

  @Test("the first captures are the shortest that let the rest match")
  func shortest() {
    #expect(match("{image}_{class}.png", "a_b_c.png") == ["image": "a", "class": "b_c"])
    #expect(match("{a}{b}", "é日x") == ["a": "é", "b": "日x"])
  }

  @Test("allowed texts decide an ambiguous split, whether they are long or short")
  func allowed() throws {
    let template = try PathTemplate(parsing: "{image}_{class}.png")
    func split(_ path: String, _ classes: Set<String>) -> [String: String]? {
      template.match(path, where: ["class": classes])
    }
    #expect(split("a_b_sky.png", ["sky", "pole"]) == ["image": "a_b", "class": "sky"])
    #expect(split("a_red_car.png", ["red_car", "car"]) == ["image": "a", "class": "red_car"])
    #expect(split("red_car.png", ["red_car", "car"]) == ["image": "red", "class": "car"])
    #expect(split("a_b_road.png", ["sky"]) == nil)
  }

  @Test("a template knows its names, and where its files begin")
  func facts() throws {
    let template = try PathTemplate(parsing: "./gt/{split}/{city}/{city}_{image}.png")
    #expect(template.names == ["split", "city", "image"])
    #expect(template.isPattern)
    #expect(template.fixedDirectory == "./gt")
    #expect(template.depth == 2)
    let directories = ["gt/a{x}.png": "gt", "{x}.png": "", "/{x}": "/", "/a/b.npy": "/a"]
    for (text, directory) in directories {
      #expect(try PathTemplate(parsing: text).fixedDirectory == directory)
    }
    #expect(try !PathTemplate(parsing: "a/{{b}}.npy").isPattern)
    #expect(try PathTemplate(parsing: "a/**/b").depth == nil)
  }

  @Test("filling in the captures gives the path back")
  func filling() throws {
    let template = try PathTemplate(parsing: #"{split}/{image:\d+}_{{x}}_{split}.png"#)
    let path = "val/12_{x}_val.png"
    let captures = try #require(template.match(path))
    #expect(template.filling(captures) == path)
    #expect(template.filling(["split": "val"]) == nil)
    #expect(template.filling(["split": "val", "image": "x"]) == nil)
    #expect(template.filling(["split": "a/b", "image": "1"]) == nil)
    #expect(try PathTemplate(parsing: "*{a}").filling(["a": "1"]) == nil)
  }

  @Test(
    "a template that means nothing is refused with a remedy",
    arguments: [
      "", "a/", "{image", "image}", "{}", "{a b}", "{a:}", "{a:[}", "a**/b", "**b", "***", "[a",
      "[]", "[z-a].png", "[^a]", "{a}//b", "{a}/../b", "*/./b", "a\0b",
      String(repeating: "*a", count: 40),
    ])
  func refused(text: String) {
    #expect {
      try PathTemplate(parsing: text)
    } throws: { error in
      (error as? Problem)?.remedy.isEmpty == false
    }
  }

  @Test("wildcards and repeated names do not make matching explode", .timeLimit(.minutes(1)))
  func bounded() throws {
    let name = String(repeating: "a", count: 200)
    let wild = String(repeating: "*a", count: 20) + "x"
    #expect(match(wild, name) == nil)
    let names = (0..<20).map { "{n\($0)}" }.joined() + "x"
    #expect(match(names, name) == nil)
    let repeats = try PathTemplate(parsing: "*{a}*{b}*{c}*{a}*{b}*{c}*x")
    #expect(throws: Problem.self) { try repeats.captures(of: Array(name.utf8), where: [:]) }
  }

  private func match(_ template: String, _ path: String) -> [String: String]? {
    do {
      return try PathTemplate(parsing: template).match(path)
    } catch {
      Issue.record(error)
      return nil
    }
  }
}

@Suite("Finding files")
final class FoundFilesTests {
  let root = FileManager.default.temporaryDirectory.appending(path: "found-\(UUID())").path

  init() throws {
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  @Test("finds what matches, in the order of the paths' bytes, and counts the rest")
  func ordered() throws {
    try write(["p/b.png", "p/a/1.png", "p/a-b.png", "p/a.png", "p/é.png", "p/x.txt", "q/1.png"])
    let found = try find("p/**/{image}.png")
    #expect(
      found.matches.map(\.path)
        == ["p/a-b.png", "p/a.png", "p/a/1.png", "p/b.png", "p/é.png"])
    #expect(found.matches[2].captures == ["image": "1"])
    #expect(found.others == 1)
  }

  @Test("goes no deeper than the template can match")
  func depth() throws {
    try write(["p/a/1.png", "p/a/deep/2.png", "p/3.png"])
    let found = try find("p/{run}/{image}.png")
    #expect(found.matches.map(\.path) == ["p/a/1.png"])
    #expect(found.others == 1)
  }

  @Test("does not see hidden and unfinished files")
  func ignored() throws {
    try write([
      "p/1.png", "p/.2.png", "p/3.png~", "p/4.png.tmp", "p/5.part", "p/6.partial", "p/Thumbs.db",
      "p/@eaDir/7.png", "p/.git/8.png",
    ])
    #expect(try find("p/**") == find("p/1*"))
    #expect(try find("p/**").others == 0)
  }

  @Test("a class list decides where the image name ends")
  func classes() throws {
    try write(["p/a_b_sky.png", "p/a_b_fog.png"])
    let found = try find("p/{image}_{class}.png", ["class": ["sky"]])
    #expect(found.matches.map(\.captures) == [["image": "a_b", "class": "sky"]])
    #expect(found.others == 1)
  }

  @Test("follows links to files and directories, and is not caught in a circle")
  func links() throws {
    try write(["real/1.png", "p/2.png"])
    try link("p/run", to: "../real")
    try link("p/3.png", to: "2.png")
    try link("p/up", to: "..")
    try link("p/lost.png", to: "nothing")
    #expect(
      try find("p/**/{image}.png").matches.map(\.path)
        == ["p/2.png", "p/3.png", "p/lost.png", "p/run/1.png", "p/up/real/1.png"])
  }

  @Test("a plain path is one file, whatever its name")
  func plain() throws {
    try write(["p/.hidden.npy", "p/{x}.npy"])
    #expect(try find("p/.hidden.npy").matches == [.init(path: "p/.hidden.npy", captures: [:])])
    #expect(try find("p/{{x}}.npy").matches.map(\.path) == ["p/{x}.npy"])
    #expect(try find("p/y.npy") == FoundFiles(matches: [], others: 1))
    let absolute = try findFiles(PathTemplate(parsing: root + "/p/{{x}}.npy"), in: ".")
    #expect(absolute.matches.map(\.path) == [root + "/p/{x}.npy"])
  }

  @Test("a missing directory is a problem that says what is there instead")
  func missing() throws {
    try write(["p/val/1.png", "p/train/1.png"])
    let problem = try #require(throws: Problem.self) { try find("p/vla/x/{image}.png") }
    #expect(
      problem.description == """
        \(root)/p/vla/x: no such directory
          correct the path: '\(root)/p' exists and holds train/, val/
        """)
    #expect(throws: Problem.self) { try find("p/val/1.png/{image}.png") }
  }

  @Test("a name that is not UTF-8 is told and stops no other")
  func badName() throws {
    try write(["p/1.png"])
    let name = (root + "/p/caf").utf8CString.dropLast() + [CChar(bitPattern: 0xe9), 0]
    try #require(unsafe fopen(Array(name), "w").map { unsafe fclose($0) } == 0)
    let found = try find("p/{image}.png")
    #expect(found.matches.map(\.path) == ["p/1.png"])
    #expect(found.unreadableNames == [root + "/p/caf\u{fffd}"])
  }

  private func find(
    _ template: String, _ allowed: [String: Set<String>] = [:]
  ) throws -> FoundFiles {
    try findFiles(PathTemplate(parsing: template), in: root, allowing: allowed)
  }

  private func write(_ paths: [String]) throws {
    for path in paths {
      let url = URL(filePath: root).appending(path: path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data().write(to: url)
    }
  }

  private func link(_ path: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: root + "/" + path, withDestinationPath: target)
  }
}
