internal import Core
internal import Counting

extension Preset {
  /// Whether the number depends on which images make a batch, of images of one size.
  package var dependsOnBatches: Bool {
    // A product of two batches' values is no mean over their images.
    terms.contains { $0.parts.count > 1 } || parts.contains { $0.dependsOnBatches(restText) }
  }
}

extension Preset.Part {
  fileprivate func dependsOnBatches(_ rest: String) -> Bool {
    let text = rest.isEmpty ? chainText : "\(chainText) > \(rest)"
    guard let chain = try? Chain(parsing: text) else { return false }
    return chain.keepsBatchesApart && !(chain.isMeanOverImages && hasTermsEverywhere(in: chain))
  }

  /// Whether every image has as many terms as any other; a mean over the true classes of pixels
  /// divides by the pixels that have a class.
  private func hasTermsEverywhere(in chain: Chain) -> Bool {
    guard case .categorical(let loss) = try? measure(areClassesExclusive: true).form,
      loss.terms == .ownPixels
    else { return true }
    return !chain.reductions.contains { $0.axes.contains(.class) && $0.operation == .mean }
  }
}

extension Chain {
  /// Whether each batch has a value, which a later step makes one of.
  fileprivate var keepsBatchesApart: Bool {
    guard let last = reductions.last(where: { $0.axes.contains(.batch) }) else { return false }
    return last.operation != .pool && !last.axes.contains(.image)
  }

  /// Whether each batch has the mean over its images, and all batches the mean over all images.
  fileprivate var isMeanOverImages: Bool {
    guard !hasScore, let ofImages = reductions.last(where: { $0.axes.contains(.image) }),
      let ofBatches = reductions.last(where: { $0.axes.contains(.batch) })
    else { return false }
    return ofImages.operation == .mean && ofImages.weight == nil
      && ofBatches.operation == .mean && ofBatches.weight == .images
  }
}
