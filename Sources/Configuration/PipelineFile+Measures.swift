internal import Core
internal import Counting

extension Section<Keys.Pipeline> {
  func measures(
    areClassesExclusive: Bool, noting mistakes: inout Mistakes
  ) -> [Measure]? {
    self.measure.map { items in
      items.compactMap { item in
        mistakes.noting { () throws(Problem) in
          try item.measure(areClassesExclusive: areClassesExclusive)
        }
      }
    }
  }

  /// Every measure needs a chain of its kind; one that has none would silently not be reported.
  func expectPartners(noting mistakes: inout Mistakes) {
    guard let measures = self.measure, let reductions = self.reduce else { return }
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
    for item in self.measure ?? [] where item.measure.needsProbabilities {
      mistakes.note(
        item.setting.problem(
          "'\(item.measure.name)' needs probabilities, and labels have none",
          remedy:
            "measure scores (iou, dice, precision, recall, accuracy), or save what the model gives before arg max"
        ))
    }
  }
}
