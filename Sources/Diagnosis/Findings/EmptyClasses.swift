internal import Core
internal import Counting
internal import Pages
internal import Tables

/// What the headline would be if scores that do not exist were left out, or counted as 0 or as 1.
///
/// Evaluators differ in this more than in anything else, so it is reported wherever it alone moves
/// the headline.
extension Examination {
  var emptyClasses: [Finding] {
    guard let printed = diagnosis.printed, let tolerance = diagnosis.tolerance,
      let skipped = value(by: chain.substituting(nil))
    else { return [] }
    guard table.worst == .smallest, let zero = value(by: chain.substituting(0)),
      let one = value(by: chain.substituting(1))
    else { return substituted(printed, skipped: skipped, tolerance) }
    let moved = max(skipped, zero, one) - min(skipped, zero, one)
    guard moved > tolerance else { return [] }
    let (undefined, all) = undefinedScores
    let policy: Line =
      switch chain.substitutes {
      case [nil]: "left out here"
      case [0]: "count as 0 here"
      case [1]: "count as 1 here"
      default: "count as the chain says here: \(printed)"
      }
    return [
      Finding(
        .emptyClasses,
        "\(count: undefined) of \(count: all) scores do not exist, because the class is not there; left out the \(text: kindText) is \(skipped), as 0 it is \(zero), as 1 it is \(one) (they are \(policy))",
        remedy:
          "Say the rule wherever the number is quoted; left out, only what is there is judged",
        snippet: .chain("without-empty", chain.substituting(nil)),
        numbers: [
          "undefined": Double(undefined), "scores": Double(all), "skipped": skipped, "zero": zero,
          "one": one,
        ])
    ]
  }

  /// A loss whose chain counts what does not exist as some number.
  private func substituted(
    _ printed: Double, skipped: Double, _ tolerance: Double
  ) -> [Finding] {
    guard (printed - skipped).magnitude > tolerance else { return [] }
    let numbers = chain.reductions.compactMap(\.substitute).map { "\(exact: $0)" as Line }
    return [
      Finding(
        .emptyClasses,
        "What does not exist counts as \(listed(numbers)): the \(text: kindText) is \(printed), and \(skipped) where it is left out",
        remedy: "Say the rule wherever the number is quoted, or leave out what is not there",
        snippet: .chain("without-empty", chain.substituting(nil)),
        numbers: ["value": printed, "skipped": skipped])
    ]
  }

  /// How many of the scores that the chain takes do not exist, and how many there are.
  private var undefinedScores: (undefined: Int, all: Int) {
    guard let score = chain.steps.firstIndex(where: { if case .score = $0 { true } else { false } })
    else { return (0, 0) }
    let values = table.reduced(by: chain.having(Array(chain.steps[...score]))).values
    let layout = table.layout
    let scores = zip(values.cells.indices, values.cells).filter { index, _ in
      !values.axes.contains(.class) || layout.isAveraged[index % layout.classes]
    }
    return (scores.count { $0.1 == nil }, scores.count)
  }
}

extension Chain {
  /// The same chain with one rule for scores that do not exist in every step after the score.
  fileprivate func substituting(_ substitute: Double?) -> Chain {
    // Steps before the score pool, and have no rule.
    changingReductions {
      guard $0.operation != .pool else { return }
      $0.substitute = substitute
      $0.isUndefinedWithAny = false
    }
  }

  /// The rules of the steps after the score.
  fileprivate var substitutes: Set<Double?> {
    Set(reductions.filter { $0.operation != .pool }.map(\.substitute))
  }
}
