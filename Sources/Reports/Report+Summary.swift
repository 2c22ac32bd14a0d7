internal import Core
internal import Counting
internal import Diagnosis
internal import Pages

extension Report {
  /// A few lines for a terminal or a log.
  package func summary(written place: String?) -> String {
    let poor = headline.poorClasses
    var lines =
      setUp.summaryLines
      + poor.prefix(5).map { found in
        let verdict = (found.verdict?.rawValue ?? "").padded(to: 13)
        return "\(verdict) \(headline.sentence(about: found).plain)"
      }
    if poor.count > 5 { lines.append("… and \(poor.count - 5) more classes: see the report") }
    if inputs.used == 0 {
      lines.append("\("no verdict".padded(to: 13)) no image could be used")
    } else if setUp.withholdVerdict {
      lines.append("\("no verdict".padded(to: 13)) the set-up is wrong: see above")
    } else if poor.isEmpty, headline.verdict != .ok || setUpWarnings.isEmpty {
      lines.append(
        headline.verdict == .ok
          ? okLine
          : headline.isOfShares
            ? "\("no verdict".padded(to: 13)) the headline is against a soft truth, by which no class is judged"
            : "\("no verdict".padded(to: 13)) \(headlineNaN.map { "the headline is \($0.line.plain)" } ?? "the headline says nothing of any class")"
      )
    }
    lines += GateAccount(gates: gates, stale: staleAcceptances).lines
    if inputs.used > 0 {
      let gap = headline.orderGap.map { ", order gap \(Figure.text($0.gap))" } ?? ""
      lines.append(
        "\("headline".padded(to: 13)) \(headline.headline.title) = \(Figure.text(headline.printed)), skill \(Figure.text(headline.skill))\(gap)"
      )
    }
    let batch = inputs.dropped > 0 ? ", \(inputs.dropped) dropped with the last batch" : ""
    lines.append(
      "\("images".padded(to: 13)) \(Figure.count(inputs.used)) used\(batch), \(Figure.count(inputs.problems.count)) not usable"
    )
    if let place {
      lines.append("\("report".padded(to: 13)) \(printable(place))")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Report {
  /// The line of a headline that hides nothing, as far as one can tell.
  private var okLine: String {
    let label = isOKForAll ? "OK" : inputs.isComplete ? "undetermined" : "incomplete"
    return "\(label.padded(to: 13)) no class is hidden\(okLimits.plain)"
  }
}

extension String {
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
