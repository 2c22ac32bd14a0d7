package import Core
internal import Resampling
internal import Tables

extension Diagnosis {
  /// One output of a model with several: its name, the weight of its loss, and its own diagnosis.
  package struct Output: Sendable {
    package var name: String
    package var weight: Double
    package var diagnosis: Diagnosis

    package init(name: String, weight: Double, diagnosis: Diagnosis) {
      self.name = name
      self.weight = weight
      self.diagnosis = diagnosis
    }

    /// The factor by which the output's scale, headroom and reach enter those of the sum.
    fileprivate var size: Double { weight.magnitude }
  }

  /// The loss of a model with several outputs, as Keras prints it: the sum of its outputs' losses,
  /// each times its weight. This is the one sum among the means.
  ///
  /// A class that its own output shows can still be hidden by the sum, where its output counts
  /// little: every class is judged again, by the sum's own scale, tolerance and shares.
  ///
  /// - Throws: Problem: a headline is not a loss, or another output has another rule for poor.
  package init(adding outputs: [Output]) throws(Problem) {
    guard let first = outputs.first?.diagnosis else {
      throw Problem("no output is given", remedy: "write NAME=RUN:WEIGHT, as seg=out/seg:0.4")
    }
    for output in outputs {
      let own = output.diagnosis.headline
      if own.isScore || output.diagnosis.printed == nil {
        throw Problem(
          "the headline of '\(printable(output.name))' is no loss",
          remedy: "make a loss its headline: diagnose: {headline: {measure: bce, reduce: …}}")
      }
      if own.poor.text != first.headline.poor.text {
        throw Problem(
          "a class of '\(printable(output.name))' fails where \(own.poor.text), and one of '\(printable(outputs[0].name))' where \(first.headline.poor.text)",
          remedy: "give both the same rule: diagnose: {poor: \"\(first.headline.poor.text)\"}")
      }
    }
    func sum(_ value: (Output) -> Double?) -> Double? {
      outputs.reduce(Double?.some(0)) { sum, output in
        if let sum, let value = value(output) { sum + value } else { nil }
      }
    }
    headline = Headline(
      Formula(
        terms: outputs.flatMap { output in
          output.diagnosis.headline.formula.terms.map {
            Formula.Term(factor: $0.factor * output.weight, gauges: $0.gauges)
          }
        }), called: "total", poor: first.headline.poor, tolerance: first.headline.tolerance)
    let printed = sum { output in output.diagnosis.printed.map { $0 * output.weight } }
    let scale = sum { output in output.diagnosis.scale.map { $0 * output.size } }
    self.printed = printed
    self.scale = scale
    if let scale, scale > 0 {
      // Skill is what was gained of the scale, so gains add up as scales do.
      skill = sum { output in
        guard let own = output.diagnosis.scale, let skill = output.diagnosis.skill else {
          return nil
        }
        return output.size * own * skill / scale
      }
    }
    bootstrap = first.bootstrap
    classes = outputs.flatMap { output in
      output.diagnosis.classes.map { $0.counting(output, in: printed) }
    }
    addVerdicts()
  }
}

extension ClassDiagnosis {
  /// A class of one output, as it counts in the sum of all.
  fileprivate func counting(_ output: Diagnosis.Output, in printed: Double?) -> ClassDiagnosis {
    var found = self
    found.name = "\(name) of \(output.name)"
    if state == .lowSupport || state == .undecided { found.state = .ok }
    (found.verdict, found.tendency) = (nil, nil)
    (found.share, found.badnessShare, found.maskingFactor) = (nil, nil, nil)
    (found.voice, found.ownVoice) = (nil, nil)
    found.headroom = headroom.map { $0 * output.size }
    found.reach = reach.map { $0 * output.size }
    found.headroomInterval = headroomInterval?.scaled(by: output.size)
    found.reachInterval = reachInterval?.scaled(by: output.size)
    if let printed, let own = output.diagnosis.printed, let perfect = printedIfPerfect {
      found.printedIfPerfect = printed - output.weight * (own - perfect)
    }
    return found
  }
}

extension Interval {
  fileprivate func scaled(by factor: Double) -> Interval {
    var interval = self
    (interval.low, interval.high) = (low * factor, high * factor)
    return interval
  }
}
