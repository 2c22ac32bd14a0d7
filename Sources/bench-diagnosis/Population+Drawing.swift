import Core
import Counting

extension Population {
  /// The evidence of some images for a headline of `measure`, with the sums of its elementwise loss.
  func drawn(
    images: Int, for measure: Measure, loss: Loss?, using random: inout Random
  ) -> Evidence {
    let list = ClassList(classes.indices.map { .init(name: "class \($0)", value: Int64($0)) })
    let images = (0..<images).map { index in
      let image = DrawnImage(of: self, using: &random)
      return ImageEvidence(
        name: "image \(index)", index: index, width: 1024, height: Population.pixels / 1024,
        tally: image.tally(of: self, loss))
    }
    let scheme = Scheme(
      classes: list, decision: isExclusive ? .mostProbable : .above(0.5),
      losses: [measure.loss].compactMap(\.self), repaired: measure.loss)
    return Evidence(scheme: scheme, images: images, problems: [], listed: images.count)
  }

  enum Loss { case binary, categorical }
}

/// One image's counts.
private struct DrawnImage {
  private var overlaps: [Overlap]
  /// The factor of its losses over the usual ones.
  private var hardness: Double

  init(of population: Population, using random: inout Random) {
    let pixels = Double(Population.pixels)
    let first = population.isExclusive ? 1 : 0
    var sizes = population.classes.dropFirst(first).map { found in
      random.happens(found.presence)
        ? found.prevalence / found.presence * random.factor(spread: population.sizeSpread) : 0
    }
    // What is taken for a class is at most its own size, and both must fit the image.
    let room = 0.45
    let all = sizes.reduce(0, +)
    sizes = sizes.map {
      population.isExclusive && all > room ? $0 * room / all : min($0, room)
    }
    overlaps = zip(population.classes.dropFirst(first), sizes).map { found, size in
      let truth = random.whole(size * pixels)
      func wrong() -> Int {
        random.whole(
          Double(truth) * random.rate(mean: found.errorRate, concentration: found.concentration))
      }
      let (missed, taken) = (wrong(), wrong())
      return Overlap(
        both: truth - missed, onlyTrue: missed, onlyPredicted: taken,
        neither: Population.pixels - truth - taken)
    }
    if population.isExclusive { overlaps.insert(DrawnImage.ground(under: overlaps), at: 0) }
    hardness = random.factor(spread: 0.3)
  }

  private static func ground(under others: [Overlap]) -> Overlap {
    let truth = Population.pixels - others.reduce(0) { $0 + $1.truth }
    let missed = others.reduce(0) { $0 + $1.onlyPredicted }
    let taken = others.reduce(0) { $0 + $1.onlyTrue }
    return Overlap(
      both: truth - missed, onlyTrue: missed, onlyPredicted: taken,
      neither: Population.pixels - truth - taken)
  }

  func tally(of population: Population, _ loss: Population.Loss?) -> Tally {
    var tally = Tally()
    tally.pixels = Population.pixels
    tally.classes = overlaps.map { ClassTally(overlap: $0) }
    if population.isExclusive { tally.confusion = confusion }
    switch loss {
    case .binary:
      for (c, found) in population.classes.enumerated() {
        tally.classes[c].losses = [binaryLoss(of: overlaps[c], found)]
      }
    case .categorical:
      tally.repairs = repairs(of: population)
      for (c, overlap) in overlaps.enumerated() {
        let own = tally.repairs[c * overlaps.count + c]
        tally.classes[c].losses = [LossSum(positive: own, positives: overlap.truth)]
      }
    case nil: break
    }
    return tally
  }

  /// Ground is what a pixel is taken for, or what it is.
  private var confusion: Confusion {
    Confusion(
      overlaps.enumerated().flatMap { c, overlap -> [Confusion.Entry] in
        let found = Confusion.Entry(truth: c, predicted: c, count: overlap.both)
        if c == 0 { return [found] }
        return [
          found, .init(truth: c, predicted: 0, count: overlap.onlyTrue),
          .init(truth: 0, predicted: c, count: overlap.onlyPredicted),
        ]
      })
  }

  private func binaryLoss(of overlap: Overlap, _ found: Population.Class) -> LossSum {
    LossSum(
      positive: exact(found.lossFound, overlap.both) + exact(found.lossWrong, overlap.onlyTrue),
      negative: exact(found.lossWrong, overlap.onlyPredicted)
        + exact(found.lossClear, overlap.neither),
      positives: overlap.truth, negatives: overlap.onlyPredicted + overlap.neither)
  }

  /// What is not the pixel's class in the probabilities is ground; at ground it is the others', by
  /// their prevalence.
  private func repairs(of population: Population) -> [ExactSum] {
    let count = overlaps.count
    var sums = [ExactSum](repeating: .zero, count: count * count)
    for (c, found) in population.classes.enumerated().dropFirst() {
      let own =
        exact(found.lossFound, overlaps[c].both) + exact(found.lossWrong, overlaps[c].onlyTrue)
      (sums[c * count + c], sums[c * count]) = (own, own)
      let share = population.spilled(on: c)
      let taken = exact(found.lossWrong, overlaps[c].onlyPredicted)
      sums[c] = taken + exact(-naturalLogarithm(1 - share), overlaps[0].both)
      sums[0] += taken
    }
    sums[0] += exact(population.classes[0].lossFound, overlaps[0].both)
    return sums
  }

  private func exact(_ loss: Double, _ pixels: Int) -> ExactSum {
    (ExactSum(loss * hardness) ?? .zero) * pixels
  }
}

extension Population {
  /// The probability that a class has at a pixel that is rightly taken for ground.
  func spilled(on c: Int) -> Double {
    let others = 1 - classes[0].prevalence
    return (1 - naturalPower(-classes[0].lossFound)) * classes[c].prevalence / others
  }
}
