package import Core
internal import Counting
package import Tables

/// What training hears of each class: the gradient of a headline at the logits, which follows from the
/// saved probabilities alone.
///
/// Of a pixel's logit z it is ∂L/∂z, L being the one number that the chain leaves, before anything is
/// clipped. A step of gradient descent goes against it: what is positive lowers the logit.
package struct Gradient: Sendable {
  package var classes: [ClassGradient]
  /// Whether own pixels are only pulled up and others only down; otherwise sizes do not say the direction.
  package var isOneSided = true

  /// Σ |∂L/∂z| over all pixels and classes.
  package var size: Double { classes.reduce(0) { $0 + $1.size } }

  /// A class's part of that, 0…1; `nil` where nothing is heard at all.
  package func share(of c: Int) -> Double? { size > 0 ? classes[c].size / size : nil }

  /// The part of all that a clip at exactly 0 and 1 takes away; `nil` where there is no clip.
  package var clippedShare: Double? {
    let clipped = classes.compactMap(\.clipped)
    return clipped.count == classes.count && size > 0 ? clipped.reduce(0, +) / size : nil
  }
}

/// The same of one class.
package struct ClassGradient: Hashable, Sendable {
  /// Σ |∂L/∂z| over the class's own pixels, where it mostly pulls the logit up.
  package var own: Double
  /// The same over all other pixels, where it mostly pulls the logit down.
  package var others: Double
  /// Σ ∂L/∂z. Above 0 a step of gradient descent lowers the class's logit on the whole.
  package var net: Double
  /// What of `own` is at probabilities of exactly 0, and of `others` at exactly 1; `nil` where there is no
  /// clip that would take it away.
  package var clippedOwn: Double?
  package var clippedOthers: Double?

  package var size: Double { own + others }

  /// How many times as hard all other pixels pull as the class's own.
  package var othersPerOwn: Double? { own > 0 ? others / own : nil }

  var clipped: Double? {
    if let clippedOwn, let clippedOthers { clippedOwn + clippedOthers } else { nil }
  }
}

extension Gradient {
  /// - Throws: Problem: why it is not known.
  package init(of headline: Headline, on run: Measurements) throws(Problem) {
    let formula = try GradientFormula(of: headline.formula, on: run)
    func value(_ part: GradientFormula.Part, _ c: Int, _ pixels: OwnPixels) -> Double? {
      formula.value(of: part, class: c, pixels)
    }
    var classes: [ClassGradient] = []
    for c in 0..<run.evidence.classes.count {
      guard let own = value(.size, c, .own), let others = value(.size, c, .others),
        let netOwn = value(.net, c, .own), let netOthers = value(.net, c, .others)
      else {
        throw Problem("\(headline.name) has no value here", remedy: "see why it has none")
      }
      classes.append(
        ClassGradient(
          own: own, others: others, net: netOwn + netOthers,
          clippedOwn: value(.clipped, c, .own), clippedOthers: value(.clipped, c, .others)))
    }
    self.classes = classes
    isOneSided = formula.isOneSided
  }
}
