internal import Core
internal import Counting

extension Section<Keys.Pipeline> {
  func measures(
    areClassesExclusive: Bool, noting mistakes: inout Mistakes
  ) -> [Measure]? {
    self.measure.map { items in
      items.measures.compactMap { item in
        mistakes.noting { () throws(Problem) in
          try item.measure(
            areClassesExclusive: areClassesExclusive, classes: self.decode?.classes?.list)
        }
      }
    }
  }

  /// `nil` where a part of one is wrong, which is noted.
  func combinations(
    of measures: [Measure]?, noting mistakes: inout Mistakes
  ) -> [PipelineFile.Combination]? {
    guard let measures, let reductions = self.reduce, let items = self.measure?.combinations else {
      return nil
    }
    return items.compactMap { item in
      mistakes.noting { () throws(Problem) in
        PipelineFile.Combination(
          name: item.name, formula: try item.formula(of: measures, by: reductions))
      }
    }
  }

  /// A formula of logits needs logits.
  func expectLogits(noting mistakes: inout Mistakes) {
    guard let decode = self.decode, let kind = decode.kind else { return }
    for item in self.measure?.measures ?? [] where item.measure.readsLogits {
      guard kind != .logits || decode.activation == .some(.softmax) else { continue }
      mistakes.note(
        item.setting.problem(
          kind == .logits
            ? "'\(item.measure.name)' is of x, and behind a softmax one logit alone says nothing"
            : "'\(item.measure.name)' is of the logit x, and the predictions are \(kind.rawValue)",
          remedy: kind == .logits
            ? "write it in p" : "write log(p) - log(1 - p) in place of x, with clip: 1e-7"))
    }
  }

  /// Every measure needs a chain of its kind; one that has none would silently not be reported.
  func expectPartners(noting mistakes: inout Mistakes) {
    guard let measures = self.measure?.measures, let reductions = self.reduce else { return }
    for measure in measures.map(\.measure) {
      let hasChain = reductions.contains { $0.chain.hasScore != measure.isElementwise }
      guard !hasChain else { continue }
      mistakes.note(
        place(of: \.reduce).problem(
          measure.isElementwise
            ? "no chain fits '\(measure.name)', which has a value at every pixel"
            : "no chain fits '\(measure.name)', which has no value at a pixel",
          remedy: measure.isElementwise
            ? "add one without score: mean(class) > mean(pixel, image, batch)"
            : "add one with score: pool(batch, image, pixel) > score > mean(class)"))
      return
    }
  }

  /// A chain that weighs by something needs it.
  func expectWeights(noting mistakes: inout Mistakes) {
    guard let sampleWeight = self.sampleWeight, self.positiveWeights != nil else { return }
    let keys = [
      (Chain.Weight.sampleWeights, sampleWeight != nil, "sample_weight: {images: weights.csv}"),
      (
        .positiveWeights, setting(of: \.positiveWeights) != nil, "positive_weights: [1, 1, 50]"
      ),
    ]
    for named in self.reduce ?? [] {
      let weights = named.chain.reductions.flatMap { [$0.weight, $0.factor] }
      for (weight, isGiven, example) in keys where weights.contains(weight) && !isGiven {
        mistakes.note(
          place(of: \.reduce).problem(
            "the chain '\(named.name)' weighs by \(weight.rawValue), and none are given",
            remedy: "add for example '\(example)'"))
      }
    }
  }

  func expectProbabilities(noting mistakes: inout Mistakes) {
    guard self.decode?.kind == .labels else { return }
    for item in self.measure?.measures ?? [] where item.measure.needsProbabilities {
      mistakes.note(
        item.setting.problem(
          "'\(item.measure.name)' needs probabilities, and labels have none",
          remedy:
            "measure scores (iou, dice, precision, recall, accuracy), or save what the model gives before arg max"
        ))
    }
  }
}
