internal import Core
internal import Counting
package import Pages
internal import Resampling
internal import Tables

extension Comparison {
  /// Something that happened between two runs and that their headlines do not show.
  package struct Missed: Hashable, Sendable {
    package var kind: Kind
    package var classes: [String]
    /// With its numbers.
    package var sentence: Line

    package enum Kind: String, CaseIterable, Sendable {
      /// The headline moved one way, and some classes moved the other way (Simpson's paradox, where
      /// it is all of them).
      case againstClasses = "against_classes"
      /// A class got worse, and this alone moves the headline by less than is seen, or the wrong way.
      case hiddenRegression = "hidden_regression"
      /// A class got better, and the headline did not, or this alone moves it the wrong way.
      case hiddenImprovement = "hidden_improvement"
      /// The headline surely moved, but no class is shown to have moved that way.
      case noClass = "no_class"
      /// The headline counts a class as worse whose score rose, or as better whose score fell, but
      /// the score's move is uncertain.
      case twoMinded = "two_minded"
    }
  }

  /// What a reader of the headline would have missed, the worst first.
  package var missed: [Missed] {
    let moved = [againstClasses].compactMap(\.self)
    let hidden =
      judged.compactMap { unseen($0, .worse) } + judged.compactMap { unseen($0, .better) }
    return moved + hidden + [noClass].compactMap(\.self) + judged.compactMap(twoMinded)
  }

  /// Without classes that no headline of the run has.
  private var judged: [ClassChange] {
    let leftOut = Set(before.classes.filter { $0.state == .notAveraged }.map(\.name))
    return worstFirst.filter { !leftOut.contains($0.name) }
  }

  /// Whether the headline got better (−1), worse (1), or neither.
  package var direction: Int {
    // What rounding leaves of two equal sums does not count as a move.
    let smallest = 1e-12 * max(before.scale ?? 0, 1e-6)
    guard let cost, cost.magnitude > smallest else { return 0 }
    return cost < 0 ? -1 : 1
  }

  private func named(_ outcome: ClassChange.Outcome) -> [String] {
    judged.filter { $0.outcome == outcome }.map(\.name)
  }

  private var againstClasses: Missed? {
    let others = direction < 0 ? named(.worse) : named(.better)
    guard direction != 0, !others.isEmpty else { return nil }
    let isSure = printed.isCertain
    let (own, theirs): (String, String) =
      direction < 0
      ? (isSure ? "improved" : "seems to have improved", "worse")
      : (isSure ? "got worse" : "seems to have got worse", "better")
    return Missed(
      kind: .againstClasses, classes: others,
      sentence: "The headline \(text: own) while \(list(others)) got \(text: theirs).")
  }

  /// A class that surely moved, in the headline's blind spot.
  private func unseen(_ change: ClassChange, _ outcome: ClassChange.Outcome) -> Missed? {
    guard change.outcome == outcome, let part = change.part, let tolerance else { return nil }
    let shown = outcome == .worse ? cost(part) : -cost(part)
    // A headline that improves misleads nobody when classes improved too.
    guard shown < (outcome == .better && direction < 0 ? 0 : tolerance) else { return nil }
    let alone: Line = "by itself this moves the headline by \(signed: part)"
    let why: Line =
      shown < 0
      ? ", the wrong way" : ", and less than \(tolerance) is not seen"
    return Missed(
      kind: outcome == .worse ? .hiddenRegression : .hiddenImprovement, classes: [change.name],
      sentence:
        "\(name: change.name) got \(text: outcome.rawValue), \(scoreText(change)), and the headline hides it: \(alone)\(why).\(reasonText(change, part))"
    )
  }

  private var noClass: Missed? {
    guard direction != 0, printed.isCertain, let difference = printed.difference else { return nil }
    let (word, step) = direction > 0 ? ("worse", "back") : ("better", "forward")
    guard named(direction > 0 ? .worse : .better).isEmpty else { return nil }
    return Missed(
      kind: .noClass, classes: [],
      sentence:
        "The \(text: kindText) moved by \(signed: difference) \(intervalText(printed)) and reads as a step \(text: step), but no class is shown to have got \(text: word)."
    )
  }

  private func twoMinded(_ change: ClassChange) -> Missed? {
    guard change.outcome == .undecided, let part = change.part,
      let difference = change.score.difference, difference.magnitude > settings.floor,
      cost(part).magnitude > Diagnosis.printResolution, (difference > 0) == (cost(part) > 0)
    else { return nil }
    let judged = cost(part) > 0 ? "worse" : "better"
    let rest =
      printed.difference.map {
        " (\(signed: part); all else moved it by \(signed: $0 - part))" as Line
      }
    return Missed(
      kind: .twoMinded, classes: [change.name],
      sentence:
        "\(name: change.name): the headline counts it as \(text: judged)\(rest), but its own score moved the other way: \(scoreText(change)), undecided.\(reasonText(change, part))"
    )
  }

  /// How a loss can move against the score: by pixels that the score does not look at, or by how
  /// sure the model is of what it gets wrong.
  private func reasonText(_ change: ClassChange, _ part: Double) -> Line {
    guard let loss = change.loss, let own = loss.positive.difference,
      let other = loss.negative.difference, let difference = change.score.difference,
      (difference > 0) == (cost(part) > 0)
    else { return "" }
    func moved(_ change: Change, _ by: Double) -> Line {
      let word = by > 0 ? "rose" : by < 0 ? "fell" : "stayed"
      return "\(text: word) from \(change.before) to \(change.after)"
    }
    let recall =
      change.recall.difference.map { _ in
        ", of which \(percent: change.recall.before) were found and now \(percent: change.recall.after) are"
          as Line
      }
    let share = classShare(change.name).map { ", \(percent: 1 - $0) of all" as Line }
    return
      " Its loss \(moved(loss.positive, own)) on its own pixels\(recall), and \(moved(loss.negative, other)) on the others\(share)."
  }

  private func classShare(_ name: String) -> Double? {
    after.classes.first { $0.name == name }?.pixelShare
  }

  private var kindText: String { headline.isScore ? "score" : "loss" }

  private func scoreText(_ change: ClassChange) -> Line {
    let score = change.score
    let title = headline.poor.measure.definition.title
    return
      "\(text: title) \(score.before) → \(score.after) (\(signed: score.difference) \(intervalText(score)))"
  }

  /// To Markdown a bracket within a sentence may open a link.
  private func intervalText(_ change: Change) -> Line {
    let ends: Line = change.interval.map { "\($0.low), \($0.high)" } ?? "–"
    return "\(name: "[")\(ends)\(name: "]")"
  }

  private func list(_ names: [String]) -> Line { Line(listing: names.map(Line.name), most: 5) }
}
