internal import Core
internal import Counting
package import Pages
package import Tables

extension WeightAudit {
  /// One thing that is worth knowing about the weights, in a sentence or two.
  package struct Finding: Hashable, Sendable {
    /// The class that it is about; `nil` where it is about all.
    package var className: String?
    package var text: Line
  }

  /// Everything that is worth knowing, what surprises most first.
  package var findings: [Finding] {
    [
      positions(of: classes.compactMap(\.sampleWeight), "weights in force"),
      positions(of: uses[.classWeights] == nil ? [] : classes.map(\.classWeight), "class weights"),
    ].compactMap(\.self) + classes.indices.compactMap(missedWeight)
      + (isLookupInForce
        ? classes.indices.compactMap(weightlessPixels)
          + [unclassedPixels, oneWeight, wholePixels].compactMap(\.self)
        : []) + useFindings + [negativeLoss].compactMap(\.self)
  }

  /// Whether some step weighs by what was looked up.
  private var isLookupInForce: Bool { (uses[.sampleWeights] ?? .none) != .none }

  package var sentences: [String] { findings.map(\.text.plain) }

  /// What code gets when it goes through a dictionary as through a list: its keys.
  private func positions(of weights: [Double], _ what: String) -> Finding? {
    guard weights.count > 1, weights == weights.indices.map({ Double($0) }) else { return nil }
    return Finding(
      text:
        "The \(text: what) are \(list(weights)): these are the positions of the classes, so a dictionary was probably iterated by its keys."
    )
  }

  /// A weight that its class's own pixels do not get.
  private func missedWeight(_ c: Int) -> Finding? {
    let found = classes[c]
    let name = Line.name(found.name)
    guard let (weight, isInForce) = looked(up: c), isUnlikeThose(before: c) else { return nil }
    guard let share = found.reachedShare else {
      return isInForce && weight != 1
        ? Finding(
          className: found.name,
          text: "The weight \(exact: weight) of \(name) is never used: no pixel is \(name).")
        : nil
    }
    guard found.missed > 0 else { return nil }
    let place: Line = "on \(percent: 1 - share) of its pixels another class comes first in the list"
    if !isInForce {
      return Finding(
        className: found.name,
        text:
          "Looked up by arg max of the truth, as code for Keras often does it, the weight \(exact: weight) of \(name) would be missed: \(place)."
      )
    }
    return Finding(
      className: found.name,
      text: found.reached == 0
        ? "The weight \(exact: weight) of \(name) is never used: \(place)."
        : "The weight \(exact: weight) of \(name) reaches \(percent: share) of its pixels: \(place)."
    )
  }

  /// The weight that a lookup is made for, and whether the run makes one.
  private func looked(up c: Int) -> (weight: Double, isInForce: Bool)? {
    if let weight = classes[c].sampleWeight { return isLookupInForce ? (weight, true) : nil }
    return uses[.classWeights] == nil ? nil : (classes[c].classWeight, false)
  }

  /// Whether it matters that a lookup finds a class before this one first.
  private func isUnlikeThose(before c: Int) -> Bool {
    let own = looked(up: c)?.weight
    return classes[c].pixels == 0
      || classes.indices[..<c].contains { looked(up: $0)?.weight != own }
  }

  private func weightlessPixels(_ c: Int) -> Finding? {
    let found = classes[c]
    guard found.sampleWeight == 0, found.reached > 0 else { return nil }
    return Finding(
      className: found.name,
      text:
        "\(count: found.reached, "pixel") of \(name: found.name) (\(percent: share(found.reached)) of all) weigh 0: whatever is predicted there counts nothing, for any class."
    )
  }

  private var unclassedPixels: Finding? {
    guard let noClass, unclassed > 0 else { return nil }
    let first = classes.first
    let reason: Line =
      first?.sampleWeight == noClass
      ? "as the first class does, because the arg max of zeros is its place"
      : "as \(name: "no_class") says"
    return Finding(
      text:
        "\(count: unclassed, "pixel") (\(percent: share(unclassed)) of all) \(text: unclassed == 1 ? "is" : "are") no class and \(text: unclassed == 1 ? "weighs" : "weigh") \(exact: noClass), \(reason)."
    )
  }

  /// Weights that all come out as one number have no effect.
  private var oneWeight: Finding? {
    let used = classes.filter { $0.reached > 0 }.compactMap(\.sampleWeight)
    let given = Set(classes.compactMap(\.sampleWeight))
    guard given.count > 1, let weight = used.first,
      Set(used + (unclassed > 0 ? [noClass].compactMap(\.self) : [])).count == 1
    else { return nil }
    return Finding(
      text:
        "Every pixel weighs \(exact: weight), so the weighted loss is the plain one\(weight == 1 ? "" : " times \(exact: weight)")."
    )
  }

  /// The lookup weighs a pixel, not the class's own output there.
  private var wholePixels: Finding? {
    guard weighsWholePixels, classes.count > 1,
      let heavy = classes.filter({ $0.reached > 0 }).max(by: {
        ($0.sampleWeight ?? 1) < ($1.sampleWeight ?? 1)
      }), (heavy.sampleWeight ?? 1) != 1
    else { return nil }
    let name = Line.name(heavy.name)
    return Finding(
      text:
        "A weight multiplies what a pixel's \(classes.count) classes are combined to: that of \(name) counts for all classes on its pixels, and not where \(name) is predicted elsewhere."
    )
  }

  /// What the chain does with the weights that were given.
  package var useFindings: [Finding] {
    let kinds: [(Chain.Weight, String)] = [
      (.sampleWeights, "sample weights"), (.classWeights, "class weights"),
      (.positiveWeights, "positive weights"),
    ]
    return kinds.compactMap { weight, name in
      guard let use = uses[weight] else { return nil }
      switch use {
      case .none:
        return Finding(
          text:
            "No step of this chain weighs by \(text: weight.rawValue), so the \(text: name) change nothing."
        )
      case .dividedOut:
        return Finding(
          text:
            "The \(text: name) are divided out (`by:`): they change what each has in the number, not its size."
        )
      case .multiplied:
        return Finding(
          text: "The \(text: name) are not divided out (`times:`)\(sizeText(weight)).")
      }
    }
  }

  private func sizeText(_ weight: Chain.Weight) -> Line {
    guard weight == .sampleWeights, let meanWeight else { return "" }
    return
      ": a pixel weighs \(meanWeight) on average, and a loss that were the same everywhere would be as many times larger"
  }

  private var negativeLoss: Finding? {
    guard let negativeTerms else { return nil }
    return Finding(
      text:
        "The loss can be negative: the terms that it takes away come to \(negativeTerms) here."
    )
  }

  private func share(_ count: Int) -> Double? {
    pixels == 0 ? nil : Double(count) / Double(pixels)
  }

  private func list(_ weights: [Double]) -> Line {
    weights.map { "\(exact: $0)" }.joined(separator: ", ")
  }
}
