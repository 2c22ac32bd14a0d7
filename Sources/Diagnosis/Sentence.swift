internal import Core
internal import Counting
internal import Resampling
internal import Tables

extension Diagnosis {
  /// What the headline says and does not say of one class, with its numbers.
  package func sentence(about found: ClassDiagnosis) -> String {
    let name = printable(found.name)
    guard let verdict = found.verdict, let printed, let scale else {
      return switch found.state {
      case .absentFromTruth:
        "\(name): in no truth, but predicted at \(Figure.count(found.overlap.predicted, "pixel"))."
      case .absent: "\(name): neither in a truth nor in a prediction."
      default: "\(name): no verdict, because the headline has no value on these images."
      }
    }
    let opening = "\(name): \(poorText(found))\(guessText(found))"
    let value = "The \(kindText) \(Figure.text(printed))"
    let skilled = skill.map { " (skill \(Figure.text($0)))" } ?? ""
    switch verdict {
    case .ok:
      return "\(opening)."
    case .hidden:
      let seems =
        looksFine
        ? " looks fine\(skilled) and would look fine" : "\(skilled) would be much the same"
      return
        "\(opening). \(value)\(seems) anywhere between \(endsText(found)): \(Figure.percent((found.reach ?? 0) / scale)) of its scale is all that it has for \(name)."
    case .muted:
      let seems = looksFine ? " looks fine\(skilled) and" : skilled
      return
        "\(opening). \(value)\(seems) has little room for it: \(name) has \(Figure.percent(found.badnessShare)) of what is wrong, and \(Figure.percent(found.share)) of what the \(kindText) could gain."
    case .exposed:
      return
        "\(opening), and the \(kindText) \(Figure.text(printed)) shows it: it would be \(Figure.text(ends(found).perfect)) if \(name) were perfect."
    case .undetermined:
      if found.state == .undecided, let tendency = found.tendency {
        return
          "\(opening). No verdict: \(undecidedText(found)). It would be \(tendency.rawValue)."
      }
      let images = "\(Figure.count(found.images, "image")) \(found.images == 1 ? "has" : "have") it"
      guard let tendency = found.tendency else {
        return "\(opening). No verdict: \(silenceText(found, scale))."
      }
      return
        "\(opening). No verdict: only \(images), and \(Verdict.fewestImages) are needed. It would be \(tendency.rawValue)."
    }
  }

  /// What the headline would print if the class were perfect, and if it were known only as a
  /// constant knows it.
  package func ends(_ found: ClassDiagnosis) -> (perfect: Double?, unknown: Double?) {
    guard let perfect = found.printedIfPerfect, let reach = found.reach, let scale else {
      return (nil, nil)
    }
    let sign: Double = headline.isScore ? -1 : 1
    // What is left of a difference of two equal sums is no number to print.
    func settled(_ x: Double) -> Double { x.magnitude < 1e-12 * scale ? 0 : x }
    return (settled(perfect), settled(perfect + sign * reach))
  }

  /// What the order of reduction proves, in one sentence.
  package var orderSentence: String? {
    guard let orderGap else { return nil }
    if orderGap.orders == 1 { return nil }
    let orders = "\(orderGap.orders) orders of plain means"
    if orderGap.isZero {
      return
        "All \(orders) give the same number (order gap 0), so the order of reduction is not the cause."
    }
    if let tolerance, orderGap.gap < tolerance {
      return
        "Over \(orders) the number moves by \(Figure.text(orderGap.gap)), and less than \(Figure.text(tolerance)) is not seen, so the order of reduction is not the cause."
    }
    let lowest = "\(Figure.text(orderGap.lowest)) (`\(orderGap.lowestChain)`)"
    let highest = "\(Figure.text(orderGap.highest)) (`\(orderGap.highestChain)`)"
    return
      "Over \(orders) the number lies between \(lowest) and \(highest): the order moves it by \(Figure.text(orderGap.gap))."
  }

  private var kindText: String { headline.isScore ? "score" : "loss" }

  /// Why the headline says nothing of a class.
  private func silenceText(_ found: ClassDiagnosis, _ scale: Double) -> String {
    guard found.state == .noScale else {
      return "what the headline would be if it were perfect was not counted"
    }
    return scale == 0
      ? "the headline is the same whatever is predicted"
      : "by this headline the truth itself is no better than the best constant prediction"
  }

  /// Between which scores the class may be, of other images of the kind.
  private func undecidedText(_ found: ClassDiagnosis) -> String {
    let limit = Figure.text(headline.poor.limit)
    guard let interval = found.certainty?.score else {
      return "the images do not say whether it is below \(limit)"
    }
    return
      "other images of the kind would give \(Figure.text(interval.low)) to \(Figure.text(interval.high)), so whether it is below \(limit) is open"
  }

  private func poorText(_ found: ClassDiagnosis) -> String {
    let measure = headline.poor.measure.definition.title
    return "\(measure) \(Figure.text(found.badness.map { 1 - $0 }))"
  }

  private func guessText(_ found: ClassDiagnosis) -> String {
    // A class that is never predicted scores no worse than a constant; only a loss can.
    guard !headline.isScore, headline.leading.measure.isElementwise, let skill = found.skill, skill < 0 else { return "" }
    return ", worse than a constant guess (skill \(Figure.text(skill)))"
  }

  private func endsText(_ found: ClassDiagnosis) -> String {
    let name = printable(found.name)
    let ends = ends(found)
    return
      "\(Figure.text(ends.perfect)) (\(name) perfect) and \(Figure.text(ends.unknown)) (\(name) unknown)"
  }
}
