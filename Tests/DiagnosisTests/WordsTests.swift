import Diagnosis
import Testing

/// What `unmask explain` says of verdicts and findings.
@Suite("The words")
struct WordsTests {
  static let all =
    Verdict.allCases.map { ($0.rawValue, $0.words) }
    + SetUpFault.Kind.allCases.map { ($0.rawValue, $0.words) }
    + Finding.Kind.allCases.map { ($0.rawValue, $0.words) }

  @Test("every verdict and every kind of finding has a meaning, a test and a next step of its own")
  func everyOne() {
    for (name, words) in Self.all {
      for sentence in [words.meaning.plain, words.test.plain, words.remedy.plain] {
        #expect(sentence.count > 20 && sentence.hasSuffix("."), "\(name)")
        #expect(!sentence.contains("|") && !sentence.contains("\n"), "\(name)")
      }
    }
    #expect(Set(Self.all.map(\.1)).count == Self.all.count)
    #expect(Set(Self.all.map(\.0)).count == Self.all.count)
  }

  @Test("what a text refers to in backticks as a finding is one")
  func references() {
    let kinds = Set(Finding.Kind.allCases.map(\.rawValue))
    for verdict in Verdict.allCases {
      let words = verdict.words.remedy.plain.split(separator: "`", omittingEmptySubsequences: false)
      for (place, word) in words.enumerated() where !place.isMultiple(of: 2) {
        #expect(kinds.contains(String(word)) || word == "poor:", "\(word)")
      }
    }
  }

  @Test("every condition of the table leads to a verdict, and its text has the table's letters")
  func conditions() {
    #expect(Set(Verdict.Condition.allCases.map(\.verdict)) == [.ok, .hidden, .muted, .exposed])
    let letters = Set(Verdict.letters.flatMap { $0.letter.plain.split(separator: ", ") })
    for letter in ["B", "Δ", "ρ", "ε", "S", "C", "s", "b"] {
      #expect(letters.contains(letter[...]))
      #expect(Verdict.Condition.allCases.contains { $0.text.contains(letter) }, "\(letter)")
    }
  }
}
