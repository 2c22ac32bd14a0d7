import Core
import TestSupport
import Testing

/// A small run with every value written out: a second route to each number, without sums or
/// histograms, without groups, in plain loops.
struct ExplicitRun: Sendable {
  /// One value: a pixel and a class.
  struct Value: Sendable {
    /// For each axis which one of the run it is.
    var at: [Axis: Int]
    var isIgnored: Bool
    /// Whether the pixel truly is the class.
    var isOwn: Bool
    var loss: Double
    /// The same for all classes of a pixel.
    var sampleWeight: Double
  }

  let classes = 3
  var values: [Value] = []
  /// `class-weights`.
  var weights = [1.0, 0.5, 4]
  /// `positive-weights`.
  var positiveWeights = [3.0, 1, 0.5]

  /// Batches of images of tiles, drawn: a digit is a pixel of that class, `.` one of no class of
  /// the list, and `-` one that does not count.
  init(_ batches: [[[String]]]) {
    var random = SeededGenerator(seed: 5)
    var (images, tiles, pixels) = (0, 0, 0)
    for (batch, drawnImages) in batches.enumerated() {
      for drawnTiles in drawnImages {
        for drawnTile in drawnTiles {
          for mark in drawnTile {
            let sampleWeight = Double(1 + pixels % 5) / 2
            for c in 0..<classes {
              values.append(
                Value(
                  at: [.batch: batch, .image: images, .tile: tiles, .pixel: pixels, .class: c],
                  isIgnored: mark == "-", isOwn: mark == Character("\(c)"),
                  loss: Double.random(in: 0..<4, using: &random), sampleWeight: sampleWeight))
            }
            pixels += 1
          }
          tiles += 1
        }
        images += 1
      }
    }
  }
}

// MARK: - The second route

extension ExplicitRun {
  /// What is left of some values after some steps.
  private struct Term {
    var value: Double?
    /// The values that it was made of.
    var covers: [Value]
    /// Until the pixels are gone, an ignored one stays where it is and counts in nothing.
    var isIgnored: Bool
  }

  /// What `chain` gives, for every place that is left, in order.
  func values(by chain: Chain, terms: LossTable.TermDomain) -> [Double?] {
    var left = chain.allAxes
    var table = values.map { value in
      Term(
        value: terms == .everyPixel || value.isOwn ? value.loss : nil, covers: [value],
        isIgnored: value.isIgnored)
    }
    for step in chain.reductions {
      left.subtract(step.axes)
      // Nothing to combine: whatever lies in the same inner place lies in the same outer one.
      if step.axes.allSatisfy({ outer in left.outsideIn.contains { $0.isInside(outer) } }) {
        continue
      }
      var groups: [[Int]: [Term]] = [:]
      for term in table {
        groups[left.outsideIn.map { term.covers[0].at[$0] ?? 0 }, default: []].append(term)
      }
      table = groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { _, group in
        Term(
          value: combined(group, by: step), covers: group.flatMap(\.covers),
          isIgnored: left.contains(.pixel) && group[0].isIgnored)
      }
    }
    return table.map(\.value)
  }

  func scalar(by chain: Chain, terms: LossTable.TermDomain = .everyPixel) -> Double? {
    let values = values(by: chain, terms: terms)
    return values.count == 1 ? values[0] : nil
  }

  private func combined(_ group: [Term], by step: Chain.Reduction) -> Double? {
    if step.weight == .balanced {
      let halves = [true, false].map { isOwn in
        let half = group.filter { $0.covers.allSatisfy { $0.isOwn == isOwn } }
        return combined(half, by: .init(.mean, step.axes))
      }
      guard let own = halves[0], let other = halves[1] else { return nil }
      return (own + other) / 2
    }
    var terms: [(value: Double, weight: Double)] = []
    for term in group where !term.isIgnored {
      let weight = weight(of: term, in: step)
      let factor = self.weight(of: term, in: .init(step.operation, step.axes, by: step.factor))
      if let value = term.value ?? step.substitute, weight > 0 {
        terms.append((value * (step.factor == nil ? 1 : factor), weight))
      }
    }
    let sum = terms.reduce(0) { $0 + $1.value * $1.weight }
    if step.operation == .sum { return sum }
    if terms.isEmpty { return nil }
    if step.operation == .mean { return sum / terms.reduce(0) { $0 + $1.weight } }
    return Self.selected(terms.map(\.value).sorted(), by: step.operation)
  }

  private func weight(of term: Term, in step: Chain.Reduction) -> Double {
    let counted = term.covers.filter { !$0.isIgnored }
    let c = term.covers[0].at[.class] ?? 0
    switch step.weight {
    case nil, .balanced: return 1
    case .images: return Double(Set(term.covers.map { $0.at[.image] }).count)
    case .pixels: return Double(Set(counted.map { $0.at[.pixel] }).count)
    case .truth: return Double(counted.filter(\.isOwn).count)
    case .classWeights: return weights[c]
    case .classShares: return weights[c] / weights.reduce(0, +)
    case .positiveWeights: return term.covers[0].isOwn ? positiveWeights[c] : 1
    case .sampleWeights:
      return counted.map(\.sampleWeight).reduce(0, +) / Double(Swift.max(1, counted.count))
    case .inversePrevalence:
      let all = values.filter { !$0.isIgnored && $0.at[.class] == c }
      let own = all.filter(\.isOwn)
      return own.isEmpty ? 0 : Double(all.count) / Double(own.count)
    }
  }

  /// Of losses in rising order.
  static func selected(_ losses: [Double], by operation: Chain.Operation) -> Double? {
    switch operation {
    case .max: return losses.last
    case .min: return losses.first
    case .quantile(let q):
      let position = q * Double(losses.count - 1)
      let lower = Int(position.rounded(.down))
      let upper = Swift.min(lower + 1, losses.count - 1)
      return losses[lower] + (position - Double(lower)) * (losses[upper] - losses[lower])
    case .worst(let k):
      let worst = losses.suffix(k)
      return worst.reduce(0, +) / Double(worst.count)
    case .worstPercent(let percent):
      return selected(losses, by: .worst(Swift.max(1, Int(percent * Double(losses.count) / 100))))
    case .pool, .sum, .mean, .trailing: return nil
    }
  }
}

// MARK: - The same run as sums

extension ExplicitRun {
  /// The run as the sums of its images, or of its tiles where `chain` names them.
  func lossTable(
    for chain: Chain, terms: LossTable.TermDomain = .everyPixel
  ) throws -> LossTable {
    let axis = chain.axes.contains(.tile) ? Axis.tile : .image
    var places: [Layout.Place] = []
    var truths: [Int] = []
    var sums: [LossSum] = []
    var weighted: [WeightedSum] = []
    for place in 0...(values.compactMap { $0.at[axis] }.max() ?? 0) {
      let here = values.filter { $0.at[axis] == place }
      let first = try #require(here.first)
      let counted = here.filter { !$0.isIgnored }
      var truth = [Int](repeating: 0, count: classes)
      for c in 0..<classes {
        var sum = LossSum.zero
        var weightedSum = WeightedSum.zero
        for value in counted where value.at[.class] == c {
          let loss = try #require(ExactSum(value.loss))
          if value.isOwn {
            truth[c] += 1
            sum += LossSum(positive: loss, positives: 1)
            weightedSum.positive += try #require(ExactSum(value.loss * value.sampleWeight))
            weightedSum.positiveWeight += try #require(ExactSum(value.sampleWeight))
          } else if terms == .everyPixel {
            sum += LossSum(negative: loss, negatives: 1)
            weightedSum.negative += try #require(ExactSum(value.loss * value.sampleWeight))
            weightedSum.negativeWeight += try #require(ExactSum(value.sampleWeight))
          }
        }
        sums.append(sum)
        weighted.append(weightedSum)
      }
      places.append(
        Layout.Place(
          batch: first.at[.batch] ?? 0, image: first.at[.image] ?? 0, tile: place,
          pixels: counted.count / classes,
          sampleWeight: counted.map(\.sampleWeight).reduce(0, +)
            / Double(max(1, counted.count))))
      truths += truth
    }
    let layout = Layout(
      places: places, truth: truths, classes: classes, classWeights: weights,
      positiveWeights: positiveWeights)
    return LossTable(
      sums: PlaceTable(layout: layout, cells: sums), terms: terms,
      weighted: PlaceTable(layout: layout, cells: weighted))
  }
}
