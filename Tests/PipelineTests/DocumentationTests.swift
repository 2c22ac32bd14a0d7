import Diagnosis
import Foundation
import Testing
import parity

@Suite("The documentation")
struct DocumentationTests {
  @Test("of verdicts and findings is what `unmask explain` says")
  func words() throws {
    let text =
      "\n" + table("verdict", Verdict.allCases.map { ($0.rawValue, $0.words) })
      + "\n"
      + table(
        "fault of the set-up", SetUpFault.Kind.allCases.map { ("`\($0.rawValue)`", $0.words) })
      + "\n" + table("finding", Finding.Kind.allCases.map { ("`\($0.rawValue)`", $0.words) }) + "\n"
    try expectGenerated(text, "words", in: "docs/diagnosis.md")
  }

  @Test("of parity says what is not compared, and why")
  func unmapped() throws {
    try expectGenerated("\n\(Unmapped.table)\n", "unmapped", in: "docs/parity.md")
    let ids = Unmapped.all.flatMap { row in row.ids.map { "\(row.framework) \($0)" } }
    #expect(Set(ids).count == ids.count)
  }

  @Test("of the architecture names files and folders that exist")
  func places() throws {
    let page = try String(contentsOfFile: checkout + "/docs/architecture.md", encoding: .utf8)
    let files = FileManager.default.enumerator(atPath: checkout)?.compactMap { $0 as? String } ?? []
    let places = files.filter { !$0.hasPrefix(".") }.map { "/" + $0 }
    let names = page.matches(of: /`([\w+\-\/]+(?:\.swift|\/))`/).map { String($0.1) }
    #expect(names.count > 30)
    // A name to be chosen stands for all such names.
    for name in names where !name.contains("Name") && !name.contains("Framework") {
      let path = "/" + (name.hasSuffix("/") ? String(name.dropLast()) : name)
      #expect(places.contains { $0.hasSuffix(path) }, "\(name)")
    }
  }

  private func table(_ what: String, _ rows: [(name: String, words: Words)]) -> String {
    rows.reduce("| \(what) | what it means | when it is said | what to do |\n|---|---|---|---|\n") {
      "\($0)| \($1.name) | \($1.words.meaning.plain) | \($1.words.test.plain) | \($1.words.remedy.plain) |\n"
    }
  }
}
