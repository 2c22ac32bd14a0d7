internal import Core
package import Pages

extension Verdict {
  /// The letters of the tests, in the order in which they are used.
  package static let letters: [(letter: Line, meaning: Line)] = [
    ("B", "badness: 1 − the class's score by `poor:`, over all pixels of the run"),
    ("Δ", "headroom: what the headline would gain if the class were perfect"),
    (
      "ρ",
      "reach: what it has for knowing the class at all, unknown against perfect, all others perfect"
    ),
    ("S", "scale: the best constant predictions' value less the truth's own; 1 for a score"),
    (
      "ε",
      "tolerance, below which a change is not seen: gate · S, the gate being min(1 %, ½/C) or that of `tolerance:`; at least half of the last of four decimals"
    ),
    ("s, b", "the class's shares of all headroom and of all badness"),
    ("C", "the number of classes"),
  ]

  package var words: Words {
    switch self {
    case .hidden:
      Words(
        meaning:
          "The class fails, and the headline cannot tell: it would be much the same number if the class were perfect, or has next to nothing for knowing it. Who watches the headline never learns of the class.",
        test:
          "\(text: conditions). The second finds a class that costs more than a constant guess would (Δ > ρ); its bound on Δ spares a rare class that is wrong all over the image, which is the headline.",
        remedy:
          "Do not judge the class by this headline: watch a reduction that shows it (\(code: Finding.Kind.revealing.rawValue)), or change this one (\(code: Finding.Kind.smallestEdit.rawValue))."
      )
    case .muted:
      Words(
        meaning:
          "The class fails, and the headline has little room for it: far less than its part in what is wrong, or than a class's part if all had alike.",
        test: "\(text: conditions).",
        remedy:
          "Read the class's own score beside the headline, or change the chain (\(code: Finding.Kind.smallestEdit.rawValue))."
      )
    case .exposed:
      Words(
        meaning: "The class fails, and the headline shows it.",
        test: "B is above 1 − the limit of `poor:`, and the class is neither HIDDEN nor MUTED.",
        remedy:
          "The headline does its work; work on the class. The findings \(Line(listing: Finding.Kind.inside.map { .code($0.rawValue) })) say where it fails."
      )
    case .ok:
      Words(
        meaning: "The class does not fail by its own score, whatever the headline says of it.",
        test: "\(text: conditions), the limit being that of `poor:` (iou < 0.5).",
        remedy: "Nothing; or another score in `poor:`, if that one is not what you need.")
    case .undetermined:
      Words(
        meaning:
          "The images do not decide whether the class fails, or the headline says nothing of any class. What the verdict would be is said with it.",
        test:
          "Fewer than \(Verdict.fewestImages) images (or groups of them) have the class; or the draws of a cluster bootstrap do not decide at 95 % whether it fails (p above 5 %, all failing classes held together by Holm's adjustment; or, of a class that does not fail, more than 5 % of the draws in which it does); or S = 0, or the headline has no value.",
        remedy:
          "Add images that have the class; until then the verdict that it would be is a guess."
      )
    }
  }

  private var conditions: String {
    Condition.allCases.filter { $0.verdict == self }.map(\.text).joined(separator: "; or ")
  }
}

extension Verdict.Condition {
  package var text: String {
    switch self {
    case .isNotPoor: "B ≤ 1 − limit"
    case .hasNoHeadroom: "Δ < ε"
    case .isOutOfReach: "ρ < ε and Δ < ½·S/C"
    case .hasLessThanItsShare: "s < ½·b"
    case .hasLittleOfTheScale: "max(Δ, ρ) < ½·S/C"
    case .isShown: "none of the others"
    }
  }
}

extension Finding.Kind {
  /// Those that look into a failing class.
  package static let inside: [Finding.Kind] = [
    .pulledDown, .unheard, .polarity, .takenFor, .missedImages, .concentration, .size, .threshold,
  ]
}
