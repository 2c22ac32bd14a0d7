internal import Core
internal import Counting
internal import Diagnosis
internal import Pages
internal import Tables

// The fifth question: where the loss of a class went.
extension FiveQuestions {
  var whereabouts: [Block] {
    get throws(Problem) {
      guard let run else { return inWords.map(Block.paragraph) }
      let measurements = run.measurements
      var blocks: [Block] = []
      var lines: [Line?] = []
      if let diagnosis = run.diagnosis(of: formula, called: name) {
        blocks.append(.table(classTable(diagnosis, measurements)))
        let unknown: Line =
          diagnosis.headline.leading.measure.isElementwise ? "the best constant" : "never predicted"
        lines = [
          "The last columns are what \(name: name) would print if the class were perfect, and if it were unknown (\(unknown))."
        ]
        lines += diagnosis.poorClasses.map { diagnosis.judgement(of: $0) }
        lines.append(diagnosis.orderSentence)
      } else {
        blocks.append(.table(try sumTable(measurements)))
      }
      lines += run.audit(of: formula).findings.map(\.text)
      return blocks + lines.compactMap(\.self).map(Block.paragraph)
    }
  }

  /// One row a class: its size, its part in the number, and what the number could be.
  private func classTable(_ diagnosis: Diagnosis, _ measurements: Measurements) -> Table {
    var table = Table([
      "class", "pixels", "loss", "on own pixels", "on others", "part of \(diagnosis.printed)",
      "share", "if perfect", "if unknown",
    ])
    let chain = diagnosis.headline.leading.chain
    for (c, found) in diagnosis.classes.enumerated() {
      let part = measurements.part(of: c, in: diagnosis.headline.leading.measure, by: chain).part
      let ends = diagnosis.ends(found)
      table.add([
        .name(found.name), "\(percent: found.pixelShare)", number(found.loss?.mean),
        number(found.loss?.positive), number(found.loss?.negative), number(part),
        share(part, of: diagnosis.printed), number(ends.perfect), number(ends.unknown),
      ])
    }
    return table
  }

  /// One row a class for a loss of several terms: its part in each term, and what the whole could
  /// be.
  private func sumTable(_ measurements: Measurements) throws(Problem) -> Table {
    let parts = formula.readingGauges.filter(\.measure.isElementwise)
    var table = Table(
      ["class", "pixels"] + parts.map { "in \(name: $0.measure.name)" }
        + ["if perfect", "if never predicted"])
    for (c, name) in measurements.evidence.classes.names.enumerated() {
      let overlap = measurements.overlaps[c]
      let cells = parts.map { part -> Line? in
        let range = measurements.part(of: c, in: part.measure, by: part.chain).steps.last
        return range.flatMap(\.self).map { Line(from: $0.lowerBound, to: $0.upperBound) }
      }
      let share = Double(overlap.truth) / Double(max(1, overlap.pixels))
      table.add(
        [.name(name), "\(percent: share)"] + cells
          + [.perfect, .neverPredicted].map { number(value(c, $0, measurements)) })
    }
    return table
  }

  private func value(
    _ c: Int, _ imagined: Measurements.Imagined, _ measurements: Measurements
  ) -> Double? {
    let measures = formula.gauges.map(\.measure)
    let changed = measurements.imagining(c, imagined, for: measures)
    return (try? changed?.outcome(of: formula))?.scalar
  }

  /// Without a run: how large a part a class of some size can have in the number.
  private var inWords: [Line] {
    var sentences: [Line] = []
    if let part = formula.single { sentences += part.sharesInWords }
    return sentences + [
      "With a finished run (--from out) all this comes in its numbers, class by class."
    ]
  }
}

extension Gauge {
  /// The weight that the chain leaves to one of 5 classes with 0.2 % of the pixels.
  fileprivate var sharesInWords: [Line] {
    if chain.hasScore {
      let pools = chain.reductions.contains { $0.operation == .pool && $0.axes.contains(.class) }
      return pools
        ? [
          "Into the sums: a class has its share of all true and predicted pixels, and a small one next to nothing."
        ]
        : ["Each class has its own ratio, whatever its size; the mean over them keeps one of each."]
    }
    switch measure.form {
    case .categorical:
      let weighs = chain.reductions.contains { $0.weight == .classWeights }
      return [
        "Only a pixel's true class has a loss there, so a class has as much of the number as it has pixels\(text: weighs ? ", times its weight" : "")."
      ]
    case .separable(let loss) where chain.isUnweightedMean:
      let most = 0.002 / 5 * loss.constant(0).own
      return [
        "Into the mean: of C classes each has 1/C of it, and for its own pixels only their share of all pixels, over C.",
        "Of 5 classes one with 0.2 % of the pixels has 0.04 % for its own pixels: never found at all, it adds \(most) there, and its many easy other pixels cover that.",
      ]
        + (chain.isPlainMean
          ? ["The order of these means is not the cause: any gives the same."] : [])
    default: return []
    }
  }
}
