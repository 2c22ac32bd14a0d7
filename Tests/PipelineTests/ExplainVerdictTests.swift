import Diagnosis
import Explaining
import Foundation
import Pages
import Pipeline
import Testing

@Suite("An explanation of verdicts and findings")
struct ExplainVerdictTests {
  @Test("needs no run, and leaves none of them out")
  func page() throws {
    let text = try explain("hidden", evidence: nil).terminal
    for verdict in Verdict.allCases {
      #expect(
        text.contains("\n\(verdict.rawValue)\n  What it means: \(verdict.words.meaning.plain)\n"))
      #expect(text.contains("  When it is said: \(verdict.words.test.plain)\n"))
      #expect(text.contains("  What to do: \(verdict.words.remedy.plain)\n"))
    }
    for kind in Finding.Kind.allCases {
      #expect(text.contains("\n\(kind.rawValue)\n  What it means: \(kind.words.meaning.plain)\n"))
    }
    #expect(text.contains("  ρ     reach: "))
  }

  @Test("one verdict or finding has its own page")
  func one() throws {
    let names = Verdict.allCases.filter { $0 != .hidden }.map { $0.rawValue.lowercased() }
    for name in names + Finding.Kind.allCases.map(\.rawValue) {
      let text = try explain(name, evidence: nil).terminal
      #expect(text.split(separator: "\n").count == 4, "\(name)")
      #expect(text.lowercased().hasPrefix("\(name)\n"), "\(name)")
    }
  }

  @Test("with a run it says what decided, in the run's numbers")
  func numbers() throws {
    let scratch = try Scratch()
    _ = try scratch.run(samplePipeline())
    let out = "\(scratch.path)/out"
    let text = try explain("hidden", evidence: out).terminal
    for part in [
      "What bce by keras = 0.0102 says of the classes that fail\n",
      "  A class fails where iou < 0.5, which is B > 0.500.\n",
      "  S = 0.425, skill 0.976, C = 5, ε = 0.00425: 1 % of S\n",
      "  class  verdict      B        Δ        ρ       s       b\n",
      "  pole   HIDDEN   0.780  0.00477  0.00343  46.7 %  96.7 %\n",
      "  pole: IoU 0.220, worse than a constant guess",
      "  HIDDEN because ρ = 0.00343 < ε = 0.00425, and Δ = 0.00477 < ½·S/C = 0.0425.\n",
      "  audibility: pole: missing every pixel of it at full confidence adds at most 0.00789",
      "    balanced: \"mean(pixel, image, batch, by: balanced) > mean(class)\"\n",
    ] { #expect(text.contains(part), "\(part)") }
    let audible = try explain("audibility", evidence: out).terminal
    #expect(audible.contains("\nIn this run\n  pole: missing every pixel of it"))
    #expect(try explain("polarity", evidence: out).terminal.contains("139 times as much"))
    #expect(
      try explain("unlisted-labels", evidence: out).terminal
        .hasSuffix("\nIn this run\n  Nothing of the kind was noticed.\n"))
    #expect(
      try explain("muted", evidence: out).terminal.hasSuffix(
        "\nIn this run\n  No class is MUTED.\n"))
    #expect(
      try explain("ok", evidence: out).terminal
        .contains("  sky: IoU 0.998.\n  OK because B = 0.00228 ≤ 1 − limit = 0.500.\n"))
  }

  @Test(
    "each way to a verdict is told",
    arguments: [
      ("keras", "tolerance: 2%", "HIDDEN because Δ = 0.00477 < ε = 0.00851."),
      ("keras", "tolerance: 0%", "MUTED because s = 0.467 < ½·b = 0.484."),
      (
        "balanced", "",
        "EXPOSED because Δ = 0.249 ≥ ε = 0.00693, s = 0.972 ≥ ½·b = 0.484, max(Δ, ρ) = 0.249 ≥ ½·S/C = 0.0693."
      ),
    ])
  func conditions(chain: String, tolerance: String, expected: String) throws {
    let scratch = try Scratch()
    _ = try scratch.run(
      samplePipeline().replacing("reduce: keras}", with: "reduce: \(chain)}")
        .replacing(", tolerance: 1%", with: tolerance.isEmpty ? "" : ", \(tolerance)"))
    let text =
      try explain("exposed", evidence: "\(scratch.path)/out").terminal
      + explain("hidden", evidence: "\(scratch.path)/out").terminal
    #expect(text.contains(expected))
  }

  @Test("a run that cannot tell says what it would be, and why")
  func undetermined() throws {
    let scratch = try Scratch()
    let names = try scratch.write(
      (1...8).map { "street_000\($0)" }.joined(separator: "\n"), to: "names")
    _ = try scratch.run(
      samplePipeline().replacing("kind:", with: "names: \(names)\n  kind:"))
    let text = try explain("undetermined", evidence: "\(scratch.path)/out").terminal
    #expect(text.contains("and 10 are needed. It would be "))
    #expect(text.contains("  It would be OK because B = "))
  }

  @Test("a slip is answered by the name that was meant")
  func slip() {
    for (slip, name) in [("hiden", "hidden"), ("polarty", "polarity"), ("muteed", "muted")] {
      let failure = #expect(throws: Failure.self) { try explain(slip, evidence: nil).terminal }
      #expect(failure?.problem.what == "nothing is called '\(slip)'")
      #expect(failure?.problem.remedy == "did you mean '\(name)'?")
    }
  }
}

@Suite("What outputs print can be explained")
struct TermTests {
  @Test("every column of every CSV, by its name or by what its end says")
  func columns() throws {
    let golden = checkout + "/Tests/PipelineTests/Golden/"
    for file in [
      "street-classes", "street-images", "street-reductions", "street-findings", "street-curves",
      "compare",
    ] {
      let text = try String(contentsOfFile: golden + file + ".csv", encoding: .utf8)
      for column in (text.split(separator: "\n").first ?? "").split(separator: ",") {
        #expect(Topic(named: String(column)) != nil, "\(file).csv: \(column)")
      }
    }
  }

  @Test(
    "words of the reports, verdicts as reports write them, and measures",
    arguments: [
      "skill", "headroom", "reach", "voice", "tolerance", "scale", "order gap", "MUTED", "HIDDEN",
      "iou", "bce", "accuracy", "divides by",
    ])
  func words(name: String) throws {
    #expect(!(try explain(name, evidence: nil).terminal).isEmpty)
  }

  @Test("no name stands for two terms")
  func unique() {
    let names = Term.all.flatMap(\.names)
    #expect(Set(names).count == names.count)
    #expect(Topic(named: "nonsense_lo") == nil)
  }

  @Test("a column says its number, and what its end adds")
  func ends() throws {
    let text = try explain("score_diff_lo", evidence: nil).terminal
    #expect(text.contains("the score by which"))
    #expect(text.contains("With `_diff` at its end: B less A"))
    #expect(text.contains("With `_lo` at its end: the ends of the interval"))
  }

  @Test("stand in docs/outputs.md, all of them")
  func documentation() throws {
    var table = "\n| word or column | meaning |\n|---|---|\n"
    for term in Term.all {
      let names = term.names.map { "`\($0)`" }.joined(separator: ", ")
      table += "| \(names) | \(inline(term.meaning)) |\n"
    }
    table += "\n| at the end of a column | meaning |\n|---|---|\n"
    for ending in Term.Ending.allCases {
      table += "| `\(ending.rawValue)` | \(inline(ending.meaning)) |\n"
    }
    try expectGenerated(table + "\n", "terms", in: "docs/outputs.md")
  }

  private func inline(_ line: Line) -> String {
    [Block.paragraph(line)].markdown.trimmingCharacters(in: .newlines)
      .replacing("|", with: "\\|")
  }
}
