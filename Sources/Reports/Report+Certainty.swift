internal import Core
internal import Diagnosis
internal import Resampling

extension Report {
  /// How sure all this is.
  var certaintyText: String {
    guard let bootstrap = headline.bootstrap else { return "" }
    let level = shortest((bootstrap.level * 1e6).rounded() / 1e4)
    let unit = images.contains { $0.group != nil } ? "groups" : "images"
    var sentences = [
      "In brackets: \(level) % of what other images of the kind would give, by \(Figure.count(bootstrap.replicates)) draws of the \(unit) (seed \(bootstrap.seed))."
    ]
    if headline.printed != nil, headline.printedReplicates == nil {
      sentences.append("The headline has no interval, because its chain keeps tiles.")
    } else if let interval = headline.printedInterval {
      sentences.append(
        "The headline would lie between \(Figure.text(interval.low)) and \(Figure.text(interval.high))\(fewDrawsText(bootstrap))."
      )
    }
    sentences += poor.prefix(Report.shownClasses).flatMap(failingText)
    return "\n" + sentences.joined(separator: " ") + "\n"
  }

  /// Said where a chain takes so long to draw that fewer draws have to do.
  private func fewDrawsText(_ bootstrap: Bootstrap.Settings) -> String {
    guard let count = headline.printedReplicates, count < bootstrap.replicates else { return "" }
    return ", by \(Figure.count(count)) draws only, because its chain takes long"
  }

  private func failingText(_ found: ClassDiagnosis) -> [String] {
    guard let certainty = found.certainty, let chance = certainty.poorProbability else { return [] }
    let name = markdown(found.name)
    let isInAll = certainty.poorShare.undefined == 0
    let draws =
      chance == 1
      ? "every draw\(isInAll ? "" : " that has it")"
      : "\(Figure.percent(chance)) of the draws\(isInAll ? "" : " that have it")"
    let together = poor.count > 1 ? ", all failing classes held together" : ""
    let pValue = certainty.pValue.map { " (p \(Figure.text($0))\(together))" } ?? ""
    let fails = "\(name) fails in \(draws)\(pValue)."
    guard let room = found.headroomInterval, let reach = found.reachInterval else { return [fails] }
    let borderline =
      headline.isBorderline(found)
      ? "; less than \(Figure.text(headline.tolerance)) is not seen, so this is borderline" : ""
    return [
      fails,
      "The headline would gain \(Figure.text(found.headroom)) [\(Figure.text(room.low)), \(Figure.text(room.high))] if \(name) were perfect, and has \(Figure.text(found.reach)) [\(Figure.text(reach.low)), \(Figure.text(reach.high))] for knowing it\(borderline).",
    ]
  }
}
