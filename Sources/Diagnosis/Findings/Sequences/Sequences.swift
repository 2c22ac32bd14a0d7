internal import Core
internal import Counting
internal import Pages
internal import Resampling
internal import Tables

/// Images that are frames of one sequence, so that there are fewer than it seems: neighbours by name do
/// alike, and no `group:` says what belongs together.
extension Examination {
  var sequences: [Finding] {
    guard let settings = diagnosis.bootstrap, measurements.images.allSatisfy({ $0.group == nil })
    else { return [] }
    let images = measurements.images.sorted { $0.name.comesNaturallyBefore($1.name) }
    guard let likeness = Likeness(of: images, classes: overlaps.count) else { return [] }
    let grouping =
      Grouping(of: images.map(\.name), byLikenessIn: likeness.series)
      ?? Grouping(images: images.count, run: likeness.run)
    guard let grouping else { return [alike(likeness, images.count)] }
    let grouped = diagnosed(images, grouping, settings)
    return [finding(likeness, grouping, images, grouped)]
  }

  /// There are so few sequences that nothing says how much they differ.
  private func alike(_ likeness: Likeness, _ images: Int) -> Finding {
    Finding(
      .sequences,
      "\(said(likeness, images)), which is too few for any interval: those in brackets are too narrow",
      remedy: "Add images of other sequences, and let `group:` say which belong together",
      numbers: numbers(likeness, images))
  }

  private func finding(
    _ likeness: Likeness, _ grouping: Grouping, _ images: [ImageEvidence], _ grouped: Diagnosis
  ) -> Finding {
    var numbers = numbers(likeness, images.count)
    numbers["groups"] = Double(grouping.count)
    numbers["headline_lo"] = grouped.printedInterval?.low
    numbers["headline_hi"] = grouped.printedInterval?.high
    for found in grouped.classes {
      numbers["score_lo of \(found.name)"] = found.certainty?.score?.low
      numbers["score_hi of \(found.name)"] = found.certainty?.score?.high
    }
    var ends: [Line] = []
    if let interval = grouped.printedInterval {
      ends.append("the headline would lie between \(interval.low) and \(interval.high)")
    }
    for found in grouped.poorClasses.prefix(Examination.mostClasses) {
      guard let score = found.certainty?.score else { continue }
      ends.append(
        "\(text: headline.poor.measure.definition.title) of \(name: found.name) between \(score.low) and \(score.high)"
      )
    }
    let unit = Line.text(grouping.unit)
    let would: Line =
      ends.isEmpty
      ? "no interval holds with \(count: grouping.count) \(unit)"
      : "with \(count: grouping.count) \(unit) drawn as a whole, \(Line(listing: ends, most: ends.count))"
    return Finding(
      .sequences, "\(said(likeness, images.count)); \(would)",
      remedy: grouping.remedy(for: images.map(\.name)),
      snippet: .setting("group: sequence"), numbers: numbers)
  }

  private func said(_ likeness: Likeness, _ images: Int) -> Line {
    let alike = Line.text(
      likeness.classes.isEmpty
        ? "" : " (\(likeness.classes.map { names[$0] }.joined(separator: ", ")))")
    return
      "Neighbours by name do alike\(alike): scores of one image and the next correlate by \(likeness.series.correlation(lag: 1)), so the \(count: images) images say as much as some \(count: Int(likeness.independent(of: images)))"
  }

  private func numbers(_ likeness: Likeness, _ images: Int) -> [String: Double?] {
    [
      "correlation": likeness.series.correlation(lag: 1), "standard_errors": likeness.series.excess,
      "run_images": likeness.run, "independent_images": likeness.independent(of: images),
    ]
  }

  /// What would be said with these groups.
  private func diagnosed(
    _ images: [ImageEvidence], _ grouping: Grouping, _ settings: Bootstrap.Settings
  ) -> Diagnosis {
    var grouped = measurements
    let groups = Dictionary(
      zip(images.map(\.name), grouping.groups), uniquingKeysWith: { first, _ in first })
    for index in grouped.evidence.images.indices {
      grouped.evidence.images[index].group = groups[grouped.evidence.images[index].name]
    }
    let bootstrap = Bootstrap(of: grouped, poor: headline.poor, settings: settings, jobs: 1)
    return Diagnosis(of: grouped, for: headline, by: bootstrap)
  }
}

/// The series in which neighbours are most alike, by more than chance.
private struct Likeness {
  var series: ScoreSeries
  /// In images.
  var run: Double
  /// The classes in which they are alike; none where it is in all of them on average.
  var classes: [Int]

  /// One run in a thousand has a larger likeness of any kind by chance.
  private static let chance = 0.0005

  /// - Parameter images: in order.
  init?(of images: [ImageEvidence], classes: Int) {
    let ofClasses = (0..<classes).map { c in
      ScoreSeries(
        ranking: images.map { image in
          let overlap = image.tally.classes[c].overlap
          return overlap.union > 0 ? Double(overlap.both) / Double(overlap.union) : nil
        })
    }
    let all = ofClasses.compactMap(\.self)
    guard !all.isEmpty else { return nil }
    let bound = -Normal.quantile(Likeness.chance)
    if let mean = ScoreSeries(meanOf: all, images: images.count), mean.excess > bound {
      (series, run, self.classes) = (mean, mean.run, [])
    } else {
      let bound = -Normal.quantile(Likeness.chance / Double(all.count))
      let alike = ofClasses.indices.filter { ofClasses[$0]?.excess ?? 0 > bound }
      let most = alike.max { ofClasses[$0]?.excess ?? 0 < ofClasses[$1]?.excess ?? 0 }
      guard let most, let series = ofClasses[most] else { return nil }
      (self.series, run, self.classes) = (series, series.run, alike)
    }
    // A likeness that would move no interval is not worth a word.
    guard run >= 1.3 else { return nil }
  }

  func independent(of images: Int) -> Double { (Double(images) / run).rounded() }
}

extension Grouping {
  fileprivate var unit: String {
    switch origin {
    case .names: "groups by name"
    case .stretches(let length): "stretches of \(length) images"
    }
  }

  fileprivate func remedy(for names: [String]) -> Line {
    switch origin {
    case .names(let separator):
      let image = names.allSatisfy { $0.last?.isNumber ?? false } ? "{image:\\d+}" : "{image}"
      return
        "Let the paths name the sequence, \(code: "{sequence}\(separator)\(image)") in place of \(code: "{image}"), and add this to decode"
    case .stretches:
      return
        "Let the paths name what was recorded in one go, as \(code: "{sequence}/{image}") does, and add this to decode"
    }
  }
}
