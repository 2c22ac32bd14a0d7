internal import Core
internal import Diagnosis
internal import Pages
internal import Resampling
internal import Tables

extension Report {
  /// How sure all this is.
  var certainty: [Block] {
    guard let bootstrap = headline.bootstrap else { return [] }
    let level = (bootstrap.level * 1e6).rounded() / 1e4
    let unit: Line = images.contains { $0.group != nil } ? "groups" : "images"
    var sentences: [Line] = [
      "In brackets: \(exact: level) % of what other images of the kind would give, as the \(unit) differ; verdicts by \(count: bootstrap.replicates) draws of the \(unit) (seed \(text: "\(bootstrap.seed)"))."
    ]
    if let interval = headline.printedInterval {
      sentences.append("The headline would lie between \(interval.low) and \(interval.high).")
    } else if headline.headline.formula.keepsTiles {
      sentences.append("The headline has no interval, because its chain keeps tiles.")
    } else if headline.printed != nil {
      sentences.append(
        "The headline has no interval, because nothing says how much the \(unit) differ: there is only one, or one has more than half of what counts."
      )
    }
    sentences += poor.prefix(Report.shownClasses).flatMap(failing)
    return [.paragraph(sentences.joined(separator: " "))]
  }

  private func failing(_ found: ClassDiagnosis) -> [Line] {
    guard let certainty = found.certainty, let chance = certainty.poorProbability else { return [] }
    let name = Line.name(found.name)
    let isInAll = certainty.poorShare.undefined == 0
    let draws: Line =
      chance == 1
      ? "every draw\(text: isInAll ? "" : " that has it")"
      : "\(percent: chance) of the draws\(text: isInAll ? "" : " that have it")"
    let together: Line = poor.count > 1 ? ", all failing classes held together" : ""
    let pValue = certainty.pValue.map { " (p \($0)\(together))" as Line }
    let alone = certainty.dominating.map {
      " \(text: found.groups == nil ? "Image" : "Group") \(name: $0.name) alone has \(percent: $0.share) of it, so its score has no interval."
        as Line
    }
    let fails: Line = "\(name) fails in \(draws)\(pValue).\(alone)"
    guard let room = found.headroomInterval, let reach = found.reachInterval else { return [fails] }
    let borderline: Line =
      headline.isBorderline(found)
      ? "; less than \(headline.tolerance) is not seen, so this is borderline" : ""
    return [
      fails,
      "The headline would gain \(found.headroom) [\(room.low), \(room.high)] if \(name) were perfect, and has \(found.reach) [\(reach.low), \(reach.high)] for knowing it\(borderline).",
    ]
  }
}
