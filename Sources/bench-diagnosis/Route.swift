import Core
import Counting
import Diagnosis

/// A headline that is tried, and what is known of it before any image is drawn.
struct Route: Sendable {
  var name: String
  var measure: String
  var chain: String
  var isExclusive = false
  /// The sums that the measure needs, beside the counts.
  var loss: Population.Loss?
  /// What the best constant costs.
  var scale: @Sendable (Population) -> Double = { _ in 1 }
  /// How much better the headline would be if a class were perfect.
  var headroom: @Sendable (Population, Int) -> Double

  static let all: [Route] = [
    Route(
      name: "Keras mean BCE", measure: "bce",
      chain: "mean(class) > mean(pixel) > mean(image) > mean(batch, by: images)", loss: .binary,
      scale: { $0.meanEntropy }, headroom: { $0.binaryLoss(of: $1) / Double($0.classes.count) }),
    Route(
      name: "softmax CE by pixels", measure: "ce", chain: "mean(class) > mean(pixel, image, batch)",
      isExclusive: true, loss: .categorical, scale: { $0.entropy },
      headroom: { $0.categoricalLoss(with: $1) }),
    Route(
      name: "pixel accuracy", measure: "accuracy",
      chain: "pool(batch, image, pixel, class) > score",
      isExclusive: true, headroom: { $0.cells(of: $1).missed }),
    Route(
      name: "smp micro IoU", measure: "iou", chain: "pool(batch, image, pixel, class) > score",
      headroom: { $0.microIoU(repairing: $1) - $0.microIoU(repairing: nil) }),
    // A class's mean score over images is its IoU, but for 2 % of what is wrong.
    Route(
      name: "mIoU^I", measure: "iou",
      chain: "pool(pixel) > score(if: truth) > mean(class) > mean(image, batch)", isExclusive: true,
      headroom: { (1 - $0.iou(of: $1)) * $0.classes[$1].presence * $0.voice(of: $1) }),
    Route(
      name: "smp macro-imagewise IoU", measure: "iou",
      chain: "pool(pixel) > score > mean(batch, image, class else 1)",
      headroom: { (1 - $0.iou(of: $1)) * $0.classes[$1].presence / Double($0.classes.count) }),
    // All classes alike, so none is hidden.
    Route(
      name: "mIoU^D", measure: "iou", chain: "pool(batch, image, pixel) > score > mean(class)",
      isExclusive: true, headroom: { (1 - $0.iou(of: $1)) / Double($0.classes.count) }),
    Route(
      name: "mIoU^C", measure: "iou",
      chain: "pool(pixel) > score(if: truth) > mean(image, batch) > mean(class)",
      isExclusive: true, headroom: { (1 - $0.iou(of: $1)) / Double($0.classes.count) }),
    Route(
      name: "smp macro IoU", measure: "iou",
      chain: "pool(batch, image, pixel) > score > mean(class else 1)",
      headroom: { (1 - $0.iou(of: $1)) / Double($0.classes.count) }),
    Route(
      name: "class-balanced BCE", measure: "bce",
      chain: "mean(pixel, image, batch, by: balanced) > mean(class)", loss: .binary,
      scale: { _ in naturalLogarithm(2) },
      headroom: { $0.balancedLoss(of: $1) / Double($0.classes.count) }),
    Route(
      name: "IoU of the worst class", measure: "iou",
      chain: "pool(batch, image, pixel) > score > min(class)", isExclusive: true,
      headroom: { 1 - $0.iou(of: $1) }),
  ]
}

extension Route {
  /// What a class that fails should be called.
  enum Expectation {
    /// Its headroom is at most half of the tolerance.
    case hidden
    /// It is at least twice the tolerance.
    case shown
    /// Too near to it to be tested.
    case between
  }

  func expectation(of c: Int, in population: Population) -> Expectation {
    let gate = min(0.01, 0.5 / Double(population.classes.count))
    let tolerance = max(0.00005, gate * scale(population))
    let headroom = headroom(population, c)
    return headroom <= tolerance / 2 ? .hidden : headroom >= tolerance * 2 ? .shown : .between
  }

  func headline() throws -> Headline {
    Headline(
      measure: try measure(named: measure), reduction: name, chain: try Chain(parsing: chain),
      poor: PoorRule(measure: try measure(named: "iou"), limit: 0.5))
  }

  private func measure(named name: String) throws(Problem) -> Measure {
    guard let definition = Catalogue.definition(named: name) else {
      throw Problem("there is no measure '\(name)'", remedy: "look into Catalogue.swift")
    }
    return try definition.measure(given: [:], areClassesExclusive: isExclusive)
  }
}

// MARK: - What holds on average

extension Population {
  fileprivate func binaryLoss(of c: Int) -> Double {
    let (cells, found) = (cells(of: c), classes[c])
    return cells.found * found.lossFound + (cells.missed + cells.taken) * found.lossWrong
      + (1 - found.prevalence - cells.taken) * found.lossClear
  }

  fileprivate func balancedLoss(of c: Int) -> Double {
    let (cells, found) = (cells(of: c), classes[c])
    let own = cells.found * found.lossFound + cells.missed * found.lossWrong
    let other =
      cells.taken * found.lossWrong + (1 - found.prevalence - cells.taken) * found.lossClear
    return (own / found.prevalence + other / (1 - found.prevalence)) / 2
  }

  /// What an oracle for one class would spare: the whole cost of its own pixels, and part of that
  /// of pixels which are taken for it or leave it some probability.
  fileprivate func categoricalLoss(with c: Int) -> Double {
    let (cells, found) = (cells(of: c), classes[c])
    return cells.found * found.lossFound + (cells.missed + cells.taken) * found.lossWrong
      - self.cells(of: 0).found * naturalLogarithm(1 - spilled(on: c))
  }

  fileprivate var entropy: Double {
    classes.reduce(0) { $0 - $1.prevalence * naturalLogarithm($1.prevalence) }
  }

  fileprivate var meanEntropy: Double {
    let sum = classes.reduce(0) { sum, found in
      let (own, other) = (found.prevalence, 1 - found.prevalence)
      return sum - own * naturalLogarithm(own) - other * naturalLogarithm(other)
    }
    return sum / Double(classes.count)
  }

  fileprivate func microIoU(repairing repaired: Int?) -> Double {
    let cells = classes.indices.map { c in
      c == repaired ? (found: classes[c].prevalence, missed: 0, taken: 0) : self.cells(of: c)
    }
    let found = cells.reduce(0) { $0 + $1.found }
    return found / cells.reduce(found) { $0 + $1.missed + $1.taken }
  }

  /// The mean of 1 / (classes that the image has), over the images that have class `c`.
  fileprivate func voice(of c: Int) -> Double {
    // The chance of each number of classes, class by class.
    var chances = [1.0]
    for (k, found) in classes.enumerated() {
      let presence = k == c ? 1 : found.presence
      chances = (0...chances.count).map { number in
        (number < chances.count ? chances[number] * (1 - presence) : 0)
          + (number > 0 ? chances[number - 1] * presence : 0)
      }
    }
    return chances.enumerated().dropFirst().reduce(0) { $0 + $1.element / Double($1.offset) }
  }
}
