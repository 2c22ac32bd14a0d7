package import Core
internal import Counting
internal import Tables

/// The weight of a class's own pixels at which they pull as hard as all others, as it is written down.
package struct OwnPixelWeight: Sendable {
  package let className: String
  /// One a class; those of the others stay what they are.
  package let weights: [Double]
  /// `positive_weights: {pole: 9.28}`
  package let setting: String
  /// The headline's chain with these weights multiplied in.
  package let chain: Chain
  /// Whether frameworks have such weights for the loss: a binary cross-entropy.
  package let isCrossEntropy: Bool

  /// - Parameters:
  ///   - positive: the weights that the run has.
  ///   - times: by what that of class `c` is multiplied.
  /// - Returns: `nil` where the headline is no loss that judges classes apart, by a chain with room for such
  ///   weights.
  package init?(of c: Int, _ diagnosis: Diagnosis, positive: [Double], times: Double) {
    guard let gauge = diagnosis.headline.formula.single,
      case .separable(let loss) = gauge.measure.form, times > 0, times.isFinite
    else { return nil }
    let isWeighed = gauge.chain.reductions.contains {
      $0.weight == .positiveWeights || $0.factor == .positiveWeights
    }
    var chain = gauge.chain
    if !isWeighed {
      let place = chain.steps.firstIndex { $0.axes.contains(.pixel) }
      guard let place, case .reduce(var step) = chain.steps[place], step.factor == nil else {
        return nil
      }
      step.factor = .positiveWeights
      chain.steps[place] = .reduce(step)
      // Own pixels are told apart class by class, so the classes go after the pixels, which changes no mean
      // of a loss that judges them apart.
      if let before = chain.steps.firstIndex(where: { $0.axes == [.class] }), before < place {
        chain.steps.insert(chain.steps.remove(at: before), at: place)
      }
    }
    guard (try? Chain(parsing: chain.description)) != nil else { return nil }
    var weights = isWeighed ? positive : positive.map { _ in 1 }
    weights[c] *= times
    self.weights = weights
    self.chain = chain
    let name = diagnosis.classes[c].name
    className = name
    let changed = zip(diagnosis.classes, weights).filter { $0.0.name != name && $0.1 != 1 }
    let all = (changed.map { ($0.0.name, $0.1) } + [(name, weights[c])])
      .map { "\(yamlKey($0.0)): \(threeDigits($0.1))" }
    setting = "positive_weights: {\(all.joined(separator: ", "))}"
    // What the chain or the formula multiplies by besides is not in the lines for frameworks.
    let others: [Chain.Weight] = [.classWeights, .classShares, .sampleWeights, .inversePrevalence]
    let isPlain = !chain.reductions.contains { step in
      [step.weight, step.factor].compactMap(\.self).contains(where: others.contains)
    }
    isCrossEntropy =
      isPlain && loss.pull == .difference
      && diagnosis.classes.indices.allSatisfy { loss.ofClass($0).logFactors == (-1, -1) }
  }
}

/// As weights are written: no finer than three digits.
package func threeDigits(_ x: Double) -> String {
  guard x > 0, x.isFinite else { return shortest(x) }
  var (shift, value) = (1.0, x)
  while value >= 1000 { (value, shift) = (value / 10, shift / 10) }
  while value < 100, shift < 1e12 { (value, shift) = (value * 10, shift * 10) }
  return shortest(value.rounded() / shift)
}

/// A class's name as a key of YAML: in quotes where a sign in it might mean something.
private func yamlKey(_ name: String) -> String {
  let isPlain = name.allSatisfy { $0.isLetter || $0.isNumber || "_- ".contains($0) }
  let words: Set = ["true", "false", "null", "yes", "no", "on", "off", "else"]
  guard isPlain, name.first?.isLetter ?? false, name.last != " ", !words.contains(name.lowercased())
  else {
    return "\"\(name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }
  return name
}
