internal import Core
internal import Diagnosis
internal import Measures
internal import Pages

// The fifth question: where the loss of a class went.
extension FiveQuestions {
  var whereabouts: String {
    get throws(Problem) {
      guard let run else { return inWords.map { indented($0) }.joined() }
      let measurements = run.measurements
      var text = ""
      if let diagnosis = run.diagnosis(of: formula, called: name) {
        text += classTable(diagnosis, measurements)
        for found in diagnosis.poorClasses {
          text += indented(
            "\(found.verdict?.rawValue ?? found.state.rawValue): \(diagnosis.sentence(about: found).plain)"
          )
        }
        text += diagnosis.orderSentence.map { indented($0.plain) } ?? ""
      } else {
        text += try sumTable(measurements)
      }
      for sentence in run.audit(of: formula).sentences { text += indented(sentence) }
      return text
    }
  }

  /// One row a class: what it is, what it has in the number, what the number could be.
  private func classTable(_ diagnosis: Diagnosis, _ measurements: Measurements) -> String {
    let value = Figure.text(diagnosis.printed)
    var table = TextTable([
      "class", "pixels", "loss", "on own pixels", "on others", "part of \(value)", "share",
      "if perfect", "if unknown",
    ])
    let chain = diagnosis.headline.chain
    for (c, found) in diagnosis.classes.enumerated() {
      let part = measurements.part(of: c, in: diagnosis.headline.measure, by: chain).part
      let ends = diagnosis.ends(found)
      table.add([
        printable(found.name), Figure.percent(found.pixelShare),
        number(found.loss?.mean), number(found.loss?.positive), number(found.loss?.negative),
        number(part), share(part, of: diagnosis.printed), number(ends.perfect),
        number(ends.unknown),
      ])
    }
    let unknown = diagnosis.headline.measure.isElementwise ? "the best constant" : "never predicted"
    return table.text()
      + indented(
        "The last columns are what \(name) would print if the class were perfect, and if it were unknown (\(unknown))."
      )
  }

  /// One row a class for a loss of several terms: what it has in each term, and what the whole
  /// could be.
  private func sumTable(_ measurements: Measurements) throws(Problem) -> String {
    let parts = formula.readingParts.filter(\.measure.isElementwise)
    var table = TextTable(
      ["class", "pixels"] + parts.map { "in \($0.measure.name)" }
        + ["if perfect", "if never predicted"])
    for (c, name) in measurements.evidence.classes.names.enumerated() {
      let overlap = measurements.overlaps[c]
      let cells = parts.map { part in
        measurements.part(of: c, in: part.measure, by: part.chain).steps.last.flatMap { range in
          range.map(rangeText)
        }
      }
      table.add(
        [printable(name), Figure.percent(Double(overlap.truth) / Double(max(1, overlap.pixels)))]
          + cells + [.perfect, .neverPredicted].map { number(value(c, $0, measurements)) })
    }
    return table.text()
  }

  private func value(
    _ c: Int, _ imagined: Measurements.Imagined, _ measurements: Measurements
  ) -> Double? {
    let measures = formula.parts.map(\.measure)
    let changed = measurements.imagining(c, imagined, for: measures)
    return (try? changed?.outcome(of: formula))?.scalar
  }

  /// Without a run: what a class of a size can have in the number.
  private var inWords: [String] {
    var sentences: [String] = []
    if let part = formula.single { sentences += part.sharesInWords }
    return sentences + [
      "With a finished run (--from out) all this comes in its numbers, class by class."
    ]
  }
}

func number(_ x: Double?) -> String? { x.map { Figure.text($0) } }

func share(_ part: Double?, of whole: Double?) -> String? {
  guard let part, let whole, whole != 0 else { return nil }
  return Figure.percent(part / whole)
}

extension Formula.Part {
  /// What the chain leaves of a class with 0.2 % of the pixels, of 5 classes.
  fileprivate var sharesInWords: [String] {
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
        "Only a pixel's true class has a loss there, so a class has as much of the number as it has pixels\(weighs ? ", times its weight" : "")."
      ]
    case .separable(let loss) where chain.isUnweightedMean:
      let most = Figure.text(0.002 / 5 * loss.constant(0).own)
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
