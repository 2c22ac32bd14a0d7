import Configuration
import Core
import Testing

@Suite("Settings")
struct SettingsTests {
  @Test("a setting knows its path, its line and its value")
  func places() throws {
    let root = try read(
      """
      # a comment
      decode:
        threshold: 0.5
      check:
        - {id: a, min: 1}
        - id: b
          min: -2
      """)
    let threshold = try root.entries[0].value.entries[0].value
    #expect(try threshold.double == 0.5)
    #expect(threshold.path == "decode.threshold")
    #expect(threshold.line == 3)
    let second = try root.entries[1].value.list[1].entries[1].value
    #expect(second.path == "check[1].min")
    #expect(second.line == 7)
    #expect(try second.int == -2)
  }

  @Test("a wrong value is a problem at its line, with what was expected and found")
  func mismatch() throws {
    let text = "version: 1\ndecode:\n  threshold: high\n"
    let threshold = try read(text).entries[1].value.entries[0].value
    #expect(
      problem { _ = try threshold.double }
        == """
        pipeline.yml:3: decode.threshold: expected a number, found 'high'
          write a number
        """)
  }

  @Test(
    "text stays what is written, whatever YAML 1.1 took it for",
    arguments: ["no", "on", "NO", "yes", "null", "~", "012", "1:30", "1_000", "0x10", "2026-07-01"])
  func text(word: String) throws {
    for line in ["x: \(word)", "x: '\(word)'", "x: \"\(word)\"", "x: [\(word)]", "\(word): x"] {
      let entry = try read(line).entries[0]
      let value = entry.value
      let found = try value.isList ? value.list[0].string : value.string
      #expect(found == word || entry.key == word)
    }
    #expect(!accepts(word) { _ = try $0.bool })
  }

  @Test("whole numbers are decimal")
  func whole() throws {
    for (text, number) in ["12": 12, "-7": -7, "+7": 7, "012": 12, "0": 0] {
      #expect(try value(text).int == number)
    }
    for text in ["1.0", "1_000", "1:30", "0o17", "0x10", "1e3", "'12'", "", "~", "[1]"] {
      #expect(!accepts(text) { _ = try $0.int })
    }
    #expect(!accepts("99999999999999999999") { _ = try $0.int })
  }

  @Test("numbers are decimal and finite")
  func numbers() throws {
    for (text, number) in ["0.5": 0.5, "-3": -3, "1e-7": 1e-7, ".5": 0.5, "012": 12, "2.": 2] {
      #expect(try value(text).double == number)
    }
    for text in [".inf", "inf", ".nan", "nan", "1e999", "0x1p3", "1_0.5", "\"0.5\"", "e", "1,5"] {
      #expect(!accepts(text) { _ = try $0.double })
    }
  }

  @Test("a share is a percentage or a fraction, to the last bit")
  func percentages() throws {
    let shares = ["1%": 0.01, "0.7%": 0.007, "2 %": 0.02, "'5%'": 0.05, "0.01": 0.01, "-1%": -0.01]
    for (text, share) in shares { #expect(try value(text).percentage == share) }
    for text in ["\"%\"", "1e3%", "one%", "'0.01'"] {
      #expect(!accepts(text) { _ = try $0.percentage })
    }
  }

  @Test("only true and false are truth values")
  func bools() throws {
    #expect(try value("true").bool)
    #expect(try !value("false").bool)
    for text in ["True", "yes", "on", "1", "'true'"] {
      #expect(!accepts(text) { _ = try $0.bool })
    }
  }

  @Test("an empty value is neither a text nor a list")
  func empty() throws {
    #expect(try value("''").string == "")
    #expect(!accepts("") { _ = try $0.string })
    #expect(!accepts("") { _ = try $0.list })
    #expect(!accepts("") { _ = try $0.entries })
  }

  @Test("free keys keep the order of the file")
  func ordered() throws {
    let entries = try value("{keras: mean(class) > mean(pixel), a: x, focal: {gamma: 2}}").entries
    #expect(entries.map(\.key) == ["keras", "a", "focal"])
    #expect(try entries[0].value.string == "mean(class) > mean(pixel)")
    #expect(try entries[2].value.entries[0].value.int == 2)
  }

  enum Kind: String, CaseIterable { case labels, probabilities, logits }

  @Test("a choice names the others when it is none of them")
  func choices() throws {
    #expect(try value("logits").choice(of: Kind.self) == .logits)
    #expect(
      problem { _ = try value("logit").choice(of: Kind.self) }
        == """
        pipeline.yml:1: x: 'logit' is no choice
          did you mean 'logits'? the choices are labels, probabilities, logits
        """)
  }

  @Test(
    "what is no settings file is a problem at the line that is wrong",
    arguments: [
      ("", nil, "the file is empty"),
      ("# nothing\n", nil, "the file is empty"),
      ("just text", 1, "the file has no keys"),
      ("- a\n- b\n", 1, "the file has no keys"),
      ("a: 1\nb: c: d\n", 2, "YAML takes ': ' for the end of a key"),
      ("a:\n\tb: 1\n", 2, "a tab in the indentation"),
      ("v: 1\na: 1\nb: 2\na: 3\n", 2, "given more than once: 'a'"),
      ("v: 1\nb: {a: 1, a: 2}\n", 2, "given more than once: 'a'"),
      ("a: 1\nb: *no\n", 2, "an alias without its anchor"),
      ("a: 1\n---\nb: 2\n", 2, "a second document begins"),
      ("a: 1\nb: \u{1}\n", 2, "not valid YAML: control characters are not allowed"),
      ("a: 1\n? [b]\n: 2\n", 2, "a key that is not a text"),
      ("a: 1\nb: !money 3\n", 2, "the tag '!money' means nothing here"),
    ] as [(String, Int?, String)])
  func notSettings(text: String, line: Int?, what: String) {
    let place: Problem.Place =
      line.map { .line($0, file: "pipeline.yml") } ?? .file("pipeline.yml")
    do {
      _ = try read(text)
      Issue.record("was accepted")
    } catch {
      #expect(error.what == what)
      #expect(error.place == place)
      #expect(!error.remedy.isEmpty)
    }
  }

  @Test("anchors stand for what they name")
  func anchors() throws {
    let root = try read("a: &limit {min: 1}\nb: *limit\n")
    #expect(try root.entries[1].value.entries[0].value.int == 1)
    #expect(try root.entries[1].value.entries[0].value.path == "b.min")
  }

  @Test("files of Windows editors read alike")
  func windows() throws {
    let root = try read("\u{feff}a: 1\r\nb: 2\r\n")
    #expect(try root.entries.map { try $0.value.int } == [1, 2])
    #expect(try root.entries[1].value.line == 2)
  }

  @Test("bombs of aliases, brackets and bytes are refused", .timeLimit(.minutes(1)))
  func bombs() {
    var doubling = "a0: &a0 [x]\n"
    for level in 1...40 {
      doubling += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n"
    }
    let tens = (1...8).map { "a\($0): &a\($0) [\(String(repeating: "*a\($0 - 1),", count: 2))x]\n" }
    let wide = "a0: &a0 [\(String(repeating: "x,", count: 9999))x]\n" + tens.joined()
    let refused = [
      doubling, wide, wide + "? *a8\n: 1\n",
      "a: " + String(repeating: "[", count: 100_000),
      "a: " + String(repeating: "[", count: 200) + String(repeating: "]", count: 200),
      "a:\n" + String(repeating: "- ", count: 900) + "x\n",
      "a: " + String(repeating: "x", count: 1 << 20),
    ]
    for text in refused { #expect(throws: Problem.self) { try read(text) } }
  }

  @Test(
    "the name that was meant is the one with the fewest slips",
    arguments: [
      ("clases", "classes"), ("Classes", "classes"), ("ignroe", "ignore"), ("kinds", "kind"),
      ("drop-last", "drop_last"), ("zebra", nil), ("", nil),
    ] as [(String, String?)])
  func suggestions(word: String, meant: String?) {
    #expect(nearest(to: word, among: ["classes", "ignore", "kind", "drop_last"]) == meant)
  }

  private func read(_ text: String) throws(Problem) -> Setting {
    try Setting(parsing: text, file: "pipeline.yml")
  }

  private func value(_ text: String) throws(Problem) -> Setting {
    try read("x: \(text)").entries[0].value
  }

  private func accepts(_ text: String, _ use: (Setting) throws -> Void) -> Bool {
    do {
      try use(try value(text))
      return true
    } catch {
      return false
    }
  }

  private func problem(_ action: () throws -> Void) -> String? {
    do {
      try action()
      return nil
    } catch {
      return (error as? Problem)?.description
    }
  }
}
