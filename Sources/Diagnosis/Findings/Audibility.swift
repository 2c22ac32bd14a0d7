internal import Core
internal import Counting
internal import Pages
internal import Tables

/// The most that the headline could ever add for a class: what missing all of its pixels at full
/// confidence costs.
///
/// A = W⁺·M, W⁺ the headline's weight on the class's own pixels and M the loss of one pixel missed
/// that way. It follows from the truth alone. Below the tolerance the class is inaudible by
/// construction, before any training. Losses of logits are not clipped and have no M.
extension Examination {
  var audibility: [Finding] {
    guard let tolerance = diagnosis.tolerance, tolerance > 0, diagnosis.printed != nil else {
      return []
    }
    let ceilings = ceilings
    let inaudible = ceilings.indices.filter { c in ceilings[c].map { $0 < tolerance } ?? false }
    var findings: [Finding] = []
    if let loudest = inaudible.compactMap({ ceilings[$0] }).max() {
      findings.append(
        Finding(
          .audibility, of: only(inaudible), about: listed(inaudible),
          "inaudible by construction, before any training: missing every pixel of \(text: only(inaudible) == nil ? "any of them" : "it") at full confidence adds at most \(loudest) to the \(text: kindText), and less than \(tolerance) is not seen",
          remedy: "Give a class's own pixels the same weight as all others, as this chain does",
          snippet: audibleChain, numbers: ["ceiling": loudest, "tolerance": tolerance]))
    }
    for c in unseen.prefix(Examination.mostClasses) {
      guard let ceiling = ceilings[c], ceiling >= tolerance else { continue }
      findings.append(
        Finding(
          .audibility, of: diagnosis.classes[c].name, about: .name(names[c]),
          "missing every pixel of it at full confidence adds at most \(ceiling) to the \(text: kindText); \(percent: tolerance / ceiling) of them can be missed so before the change is seen (\(tolerance))",
          remedy: "Give a class's own pixels the same weight as all others, as this chain does",
          snippet: audibleChain, numbers: ["ceiling": ceiling, "tolerance": tolerance]))
    }
    return findings
  }

  /// A for each class, in units of the headline; `nil` where the truth does not have the class, or
  /// the headline is not a loss that gives every pixel a weight.
  package var ceilings: [Double?] {
    return diagnosis.classes.enumerated().map { c, found in
      guard found.overlap.truth > 0, !hasLogits,
        let cost = headline.leading.measure.costOfMiss(ofClass: c), let weight = found.ownVoice
      else { return nil }
      return weight * cost
    }
  }

  private var audibleChain: Finding.Snippet? {
    guard case .separable = headline.leading.measure.form else {
      // A categorical loss has own pixels only.
      return .chain(
        "by-class", Chain(.init(.mean, [.pixel, .image, .batch]), .init(.mean, [.class])))
    }
    return .chain(
      "balanced",
      Chain(.init(.mean, [.pixel, .image, .batch], by: .balanced), .init(.mean, [.class])))
  }
}

extension Measure {
  /// The loss of one pixel that is the class but was given a probability of 0: 16.118 for Keras'
  /// cross-entropies, 15.42 where ε is added once more, 100 for PyTorch.
  fileprivate func costOfMiss(ofClass c: Int) -> Double? {
    switch form {
    case .separable(let loss):
      let cost = loss.ofClass(c).constant(0).own
      return cost.isFinite ? cost : nil
    case .categorical(let loss):
      guard loss.smoothing == 0 else { return nil }
      return -(loss.focus?.alpha ?? 1) * naturalLogarithm(loss.epsilon ?? 0x1p-52)
    case .ratio: return nil
    }
  }
}
