internal import Core
internal import Counting
package import Pages
internal import Resampling
internal import Tables

extension Diagnosis {
  /// What the headline says and does not say of one class, with its numbers.
  package func sentence(about found: ClassDiagnosis) -> Line {
    let name = Line.name(found.name)
    guard let verdict = found.verdict, let printed, let scale else {
      return switch found.state {
      case .absentFromTruth:
        "\(name): in no truth, but predicted at \(count: found.overlap.predicted, "pixel")."
      case .notAveraged:
        "\(name): evaluated and not averaged; what is predicted on it is a false alarm of the other classes."
      case .wrongSetUp: "\(name): no verdict, because the set-up is wrong."
      case .softTruth:
        "\(name): no verdict, because the headline is against a soft truth, and what it would be if \(name) were perfect was not counted."
      case .absent: "\(name): neither in a truth nor in a prediction."
      default: "\(name): no verdict, because the headline has no value on these images."
      }
    }
    let opening: Line = "\(name): \(poorText(found))\(guessText(found))"
    let value: Line = "The \(text: kindText) \(printed)"
    let skilled = skill.map { " (skill \($0))" as Line } ?? ""
    switch verdict {
    case .ok:
      return "\(opening)."
    case .hidden:
      let seems: Line = looksFine ? " looks fine\(skilled) and" : skilled
      return "\(opening). \(value)\(seems) cannot tell: \(unseenText(found))."
    case .muted:
      let seems: Line = looksFine ? " looks fine\(skilled) and" : skilled
      return
        "\(opening). \(value)\(seems) has little room for it: \(name) has \(percent: found.badnessShare) of what is wrong, and \(percent: found.share) of what the \(text: kindText) could gain."
    case .exposed:
      return
        "\(opening), and the \(text: kindText) \(printed) shows it: it would be \(ends(found).perfect) if \(name) were perfect."
    case .undetermined:
      if found.state == .undecided, let tendency = found.tendency {
        return
          "\(opening). No verdict: \(undecidedText(found)). It would be \(text: tendency.rawValue).\(neededText(found))"
      }
      let count = found.groups ?? found.images
      let images: Line =
        "\(count: count, found.groups == nil ? "image" : "group") \(text: count == 1 ? "has" : "have") it"
      guard let tendency = found.tendency else {
        return "\(opening). No verdict: \(silenceText(found, scale))."
      }
      return
        "\(opening). No verdict: only \(images), and \(Verdict.fewestImages) are needed. It would be \(text: tendency.rawValue).\(neededText(found))"
    }
  }

  /// What the headline would print if the class were perfect, and if a constant predicted it.
  package func ends(_ found: ClassDiagnosis) -> (perfect: Double?, unknown: Double?) {
    guard let perfect = found.printedIfPerfect, let reach = found.reach, let scale else {
      return (nil, nil)
    }
    let sign: Double = headline.isScore ? -1 : 1
    // Rounding that is left of the difference of two equal sums is not printed.
    func settled(_ x: Double) -> Double { x.magnitude < 1e-12 * scale ? 0 : x }
    // The class's part is the same whatever the others do only where parts are added.
    let unknown = headline.formula.addsClasses ? settled(perfect + sign * reach) : nil
    return (settled(perfect), unknown)
  }

  /// What the order of reduction proves, in one sentence.
  package var orderSentence: Line? {
    guard let orderGap else { return nil }
    if orderGap.orders == 1 { return nil }
    if headline.formula.isOrdered {
      let means: Line =
        orderGap.isZero
        ? "is \(orderGap.lowest)" : "lies between \(orderGap.lowest) and \(orderGap.highest)"
      return
        "The number is made of the batches in their order, which no mean of them is: every order of plain means \(means)."
    }
    let orders: Line = "\(orderGap.orders) orders of plain means"
    if orderGap.isZero {
      return
        "All \(orders) give the same number (order gap 0), so the order of reduction is not the cause."
    }
    if let tolerance, orderGap.gap < tolerance {
      return
        "Over \(orders) the number moves by \(orderGap.gap), and less than \(tolerance) is not seen, so the order of reduction is not the cause."
    }
    let lowest: Line = "\(orderGap.lowest) (\(code: orderGap.lowestChain))"
    let highest: Line = "\(orderGap.highest) (\(code: orderGap.highestChain))"
    return
      "Over \(orders) the number lies between \(lowest) and \(highest): the order moves it by \(orderGap.gap)."
  }

  private var kindText: String { headline.isScore ? "score" : "loss" }

  /// Why the headline says nothing about a class.
  private func silenceText(_ found: ClassDiagnosis, _ scale: Double) -> Line {
    guard found.state == .noScale else {
      return "what the headline would be if it were perfect was not counted"
    }
    return scale == 0
      ? "the headline is the same whatever is predicted"
      : "by this headline the truth itself is no better than the best constant prediction"
  }

  /// The scores that the class may have on other images of the kind.
  private func undecidedText(_ found: ClassDiagnosis) -> Line {
    let limit: Line = "\(headline.poor.limit)"
    guard let interval = found.certainty?.score else {
      if let most = found.certainty?.dominating {
        return
          "\(text: found.groups == nil ? "image" : "group") \(name: most.name) alone has \(percent: most.share) of it, and nothing says how much others like that one differ"
      }
      return "the images do not say whether it is below \(limit)"
    }
    return
      "other images of the kind would give \(interval.low) to \(interval.high), so whether it is below \(limit) is open"
  }

  /// How many images would decide it, in round numbers.
  private func neededText(_ found: ClassDiagnosis) -> Line {
    guard let needed = imagesNeeded(for: found), needed > Double(Verdict.fewestImages) else {
      return ""
    }
    let unit = found.groups == nil ? "images" : "groups"
    guard needed < 1e6 else { return " More than a million \(text: unit) would not decide it." }
    var scale = 1
    while needed / Double(scale) > 99 { scale *= 10 }
    let count = Int((needed / Double(scale)).rounded(.up)) * scale
    return
      " If it scores elsewhere as here, some \(count: count) \(text: unit) that have it would decide it."
  }

  private func poorText(_ found: ClassDiagnosis) -> Line {
    let measure = headline.poor.measure.definition.title
    return "\(text: measure) \(found.badness.map { 1 - $0 })"
  }

  private func guessText(_ found: ClassDiagnosis) -> Line {
    // A class that is never predicted scores no worse than a constant; only a loss can.
    guard !headline.isScore, headline.leading.measure.isElementwise, let skill = found.skill,
      skill < 0
    else { return "" }
    return ", worse than a constant guess (skill \(skill))"
  }

  /// What decided that the headline hides a class: it would hardly move if the class were perfect,
  /// or knowing the class is worth hardly anything in it, or both.
  private func unseenText(_ found: ClassDiagnosis) -> Line {
    let name = Line.name(found.name)
    let better: Line = headline.isScore ? "higher" : "lower"
    var reasons: [Line] = []
    if let headroom = found.headroom, let tolerance, headroom < tolerance {
      reasons.append(
        "with \(name) perfect it would be \(ends(found).perfect), which is \(headroom) \(better)")
    }
    if let reach = found.reach, let tolerance, reach < tolerance {
      reasons.append(
        "from not knowing \(name) at all to knowing it perfectly it moves by \(reach)")
    }
    return "\(reasons.joined(separator: ", ")), and less than \(tolerance) is not seen"
  }
}
