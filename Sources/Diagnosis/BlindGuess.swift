internal import Core
internal import Counting
internal import Tables

/// The best predictions of someone who has never seen an image, as constants 0…1; 0 for a score.
struct BlindGuess: Sendable {
  /// For each class the constant that is best under the chain's own weights when all classes are
  /// guessed; under those of a plain mean where the chain selects and so has none.
  let together: [Double]
  /// The same where all other classes are known.
  let alone: [Double]

  /// - Parameter voice: the weight that the chain gives to a class, or to its own pixels only.
  init(at table: MeasureTable, voice: (_ c: Int, _ ownPixelsOnly: Bool) -> Double?) {
    let layout = table.layout
    let classes = 0..<layout.classes
    guard case .losses(let losses) = table else {
      together = classes.map { _ in 0 }
      alone = together
      return
    }
    if let formula = losses.formula {
      together = classes.map { c in
        guard let all = voice(c, false), let own = voice(c, true) else {
          let share = layout.prevalence[c]
          return formula.ofClass(c).bestConstant(own: share, other: 1 - share)
        }
        return formula.ofClass(c).bestConstant(own: own, other: all - own)
      }
      alone = together
    } else {
      together = BlindGuess.shares(of: classes.map { voice($0, true) ?? layout.prevalence[$0] })
      let terms = classes.map { losses.table.sums.sum(layout.places.indices, class: $0).terms }
      alone = BlindGuess.shares(of: terms.map(Double.init))
    }
  }

  private static func shares(of parts: [Double]) -> [Double] {
    let sum = parts.reduce(0, +)
    return parts.map { sum > 0 ? $0 / sum : 0 }
  }
}
