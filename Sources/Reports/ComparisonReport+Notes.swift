internal import Core
internal import Diagnosis
package import Pages
package import Tables

extension ComparisonReport {
  /// What a reader should know of the runs before their numbers.
  package enum Note: Sendable {
    /// A run is not what its configuration says, which explains any difference.
    case wrongSetUp(run: String, title: Line)
    /// The headline of one run, or of a configuration, is taken for all.
    case headline(of: String, others: [String], theirs: [String])
    case kinds(before: String, after: String)
    /// Above which probability a class is predicted, as the configurations write it.
    case thresholds(before: String, after: String)
    /// The headline of a run is NaN, as the framework prints it.
    case nan(run: String, cause: NaNCause)

    package var text: String {
      switch self {
      case .wrongSetUp(let run, let title):
        "the set-up of \(run) is wrong: \(title.plain); its report says what to write"
      case .headline(let taken, let others, let theirs):
        "the headline of \(taken) is taken; that of \(others.joined(separator: " and ")) is \(theirs.joined(separator: ", "))"
      case .kinds(let before, let after): "predictions are \(before) in A and \(after) in B"
      case .thresholds(let before, let after): "A decides above \(before), B above \(after)"
      case .nan(let run, let cause): "the headline of \(run) is \(cause.line.plain)"
      }
    }
  }
}

extension ComparisonReport {
  /// The runs whose headline is NaN: `A`, `B` or both.
  var undefinedRuns: [String] {
    notes.compactMap { if case .nan(let run, _) = $0 { run } else { nil } }
  }
}
