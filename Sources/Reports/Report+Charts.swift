internal import Core
internal import Counting
internal import Diagnosis
internal import Pages
internal import Resampling
internal import Tables

// Pictures of what the tables say; each has its numbers under it.
extension Report {
  /// The failing classes first, then the others in their order; where they are many, the worst first.
  var failingFirst: [ClassDiagnosis] {
    let failing = Set(poor.map(\.name))
    let others = headline.classes.filter { !failing.contains($0.name) }
    guard headline.classes.count > Report.shownRows else { return poor + others }
    return poor
      + others.enumerated().sorted { a, b in
        let (left, right) = (a.element.badness ?? -1, b.element.badness ?? -1)
        return left != right ? left > right : a.offset < b.offset
      }.map(\.element)
  }

  private func isFailing(_ found: ClassDiagnosis) -> Bool {
    poor.contains { $0.name == found.name }
  }

  /// The headline's way from the classes to its one number.
  var waterfallChart: [Block] {
    guard let reduced = reducedHeadline, headline.headline.isSingle else { return [] }
    let isLoss = headline.classes.contains { $0.loss?.mean != nil }
    let classes = failingFirst.prefix(8).map { found in
      Chart.Row(
        .name(found.name), isFlagged: isFailing(found),
        bar: isLoss ? found.loss?.mean : found.badness.map { 1 - $0 })
    }
    let steps = reduced.steps.compactMap { step -> Chart.Row? in
      guard let range = step.range, range.lowest.isFinite, range.highest.isFinite else {
        return nil
      }
      let name = Line.code(step.step.description)
      return range.lowest == range.highest
        ? Chart.Row(name, bar: range.lowest)
        : Chart.Row(name, low: range.lowest, high: range.highest)
    }
    let rows = classes.filter { $0.bar?.isFinite ?? false } + steps
    // A chain that pools the classes never has a number of one.
    guard !classes.isEmpty, !steps.isEmpty,
      isLoss || reduced.steps.contains(where: { $0.classValues != nil })
    else { return [] }
    let some: Line =
      classes.count < headline.classes.count
      ? " (\(classes.count) of \(headline.classes.count))" : ""
    return [
      .chart(
        Chart(
          "From the classes to the headline.",
          about:
            "The \(text: isLoss ? "mean loss" : headline.headline.poor.measure.definition.title) of each class\(some), then what is left after each step of the chain: from the least to the largest value, in the end one.",
          unit: "class or step", rows: rows, scale: .linear))
    ]
  }

  /// How much of the picture a class is, and how much of what the headline hears.
  var shareChart: [Block] {
    let rows = failingFirst.compactMap { found -> Chart.Row? in
      guard let pixels = found.pixelShare, found.share != nil || found.badnessShare != nil else {
        return nil
      }
      return Chart.Row(
        .name(found.name), isFlagged: isFailing(found),
        points: [pixels, found.badnessShare, found.share])
    }
    guard rows.count > 1 else { return [] }
    return [
      .chart(
        Chart(
          "What a class is, and what is heard of it.",
          about:
            "A ring for its share of all pixels, a disc for its share of all that is wrong, a diamond for its share of what the headline could gain. A diamond far left of its disc: what is wrong with the class is hardly heard.",
          unit: "class", rows: rows, scale: .logarithmic,
          series: ["of all pixels", "of what is wrong", "of what the headline could gain"],
          areShares: true))
    ]
  }

  /// The score by which classes are judged, with its interval and the limit.
  var scoreChart: [Block] {
    let rule = headline.headline.poor
    let rows = failingFirst.compactMap { found -> Chart.Row? in
      guard let badness = found.badness else { return nil }
      let interval = found.certainty?.score
      return Chart.Row(
        .name(found.name), isFlagged: isFailing(found), bar: 1 - badness, low: interval?.low,
        high: interval?.high)
    }
    guard !rows.isEmpty else { return [] }
    return [
      .chart(
        Chart(
          "\(text: rule.measure.definition.title) of each class.",
          about: "The dashed line is where a class fails (\(code: rule.text)).", unit: "class",
          rows: rows, scale: .unit, limit: rule.limit))
    ]
  }

  /// Every number that the file's chains and presets make of the same predictions.
  var numberCharts: [Block] {
    struct Entry {
      var name: Line
      var value: Double
      var isScore: Bool
      var isHeadline: Bool
    }
    var entries: [Entry] = []
    for reduced in reductions {
      guard let value = reduced.value, value.isFinite else { continue }
      entries.append(
        Entry(
          name: "\(name: reduced.measure) by \(name: reduced.reduction)", value: value,
          isScore: reduced.isScore, isHeadline: reduced == reducedHeadline))
    }
    for printed in presets {
      guard let value = printed.value, value.isFinite, let isScore = printed.isScore else {
        continue
      }
      entries.append(
        Entry(name: .name(printed.preset.id), value: value, isScore: isScore, isHeadline: false))
    }
    return [(true, "scores"), (false, "losses and distances")].flatMap { isScore, word -> [Block] in
      let own = entries.filter { $0.isScore == isScore }
      guard own.count > 1 else { return [] }
      let sorted =
        own.filter(\.isHeadline) + own.filter { !$0.isHeadline }.sorted { $0.value < $1.value }
      return [
        .chart(
          Chart(
            "The same predictions: \(text: word).",
            about: own.contains(where: \.isHeadline) ? "The headline stands first." : "",
            unit: "number",
            rows: sorted.map { Chart.Row($0.name, bar: $0.value) },
            scale: isScore ? .unit : .linear))
      ]
    }
  }

  /// How the images of the failing classes differ.
  var imageChart: [Block] {
    let shown = poor.prefix(Report.shownClasses).map(\.name)
    guard !shown.isEmpty else { return [] }
    var scores: [String: [Double]] = [:]
    for row in images where shown.contains(row.className) && row.overlap.truth > 0 {
      if let iou = row.overlap.iou { scores[row.className, default: []].append(iou) }
    }
    let rows = shown.map { name in
      Chart.Row(.name(name), isFlagged: true, ticks: spread(scores[name] ?? []))
    }
    return [
      .chart(
        Chart(
          "IoU in each image.", about: "A tick for each image that has the class.", unit: "class",
          rows: rows, scale: .unit))
    ]
  }

  /// At most 400 that lie as all do.
  private func spread(_ values: [Double]) -> [Double] {
    let (sorted, most) = (values.sorted(), 400)
    guard sorted.count > most else { return sorted }
    return (0..<most).map { sorted[$0 * (sorted.count - 1) / (most - 1)] }
  }

  /// What the worst class's pixels are taken for, and what is taken for it.
  var confusionCharts: [Block] {
    guard let found = poor.first,
      let c = headline.classes.firstIndex(where: { $0.name == found.name })
    else { return [] }
    func chart(_ title: Line, _ cells: [(other: Int, count: Int)]) -> [Block] {
      let all = cells.reduce(0) { $0 + $1.count }
      guard all > 0 else { return [] }
      let rows = cells.sorted { ($1.count, $0.other) < ($0.count, $1.other) }.prefix(8).map {
        cell in
        let isOwn = cell.other == c
        let name: Line =
          headline.classes.indices.contains(cell.other)
          ? .name(headline.classes[cell.other].name) : "no class of the list"
        return Chart.Row(name, isFlagged: !isOwn, bar: Double(cell.count) / Double(all))
      }
      return [
        .chart(
          Chart(
            title, about: "Shares of \(count: all, "pixel").", unit: "class", rows: Array(rows),
            scale: .unit, areShares: true))
      ]
    }
    let entries = confusion.entries
    return chart(
      "What the true pixels of \(name: found.name) are predicted as.",
      entries.filter { $0.truth == c }.map { ($0.predicted, $0.count) })
      + chart(
        "What the pixels that are predicted as \(name: found.name) really are.",
        entries.filter { $0.predicted == c }.map { ($0.truth, $0.count) })
  }

  /// Whether probabilities of the worst class mean what they say.
  var calibrationChart: [Block] {
    guard let curve = curves.first(where: { $0.name == poor.first?.name }) ?? curves.first else {
      return []
    }
    let rows = curve.calibration.rows.filter { $0.pixels > 0 }.map { row in
      Chart.Row(
        "\(row.start) to \(row.end)", points: [row.meanConfidence, row.ownShare])
    }
    guard rows.count > 1 else { return [] }
    return [
      .chart(
        Chart(
          "Calibration of \(name: curve.name).",
          about:
            "Of the pixels whose probability lies in a range: their mean probability, and how often they are the class.",
          unit: "probability", rows: rows, scale: .unit,
          series: ["mean probability", "share that is the class"]))
    ]
  }
}
