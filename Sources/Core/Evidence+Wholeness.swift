extension Evidence {
  /// The first image that has less, or more, than its scheme counts: no run writes one, and what adds statistics up
  /// relies on that.
  package var partialImage: ImageEvidence? { images.first { !$0.isWhole(by: scheme) } }
}

extension ImageEvidence {
  fileprivate func isWhole(by scheme: Scheme) -> Bool {
    width > 0 && height > 0 && slices > 0
      && tiles.count == scheme.tile?.count(width: width, height: height, slices: slices) ?? 0
      && ([tally] + tiles).allSatisfy { $0.isWhole(by: scheme) }
  }
}

extension Tally {
  fileprivate func isWhole(by scheme: Scheme) -> Bool {
    let losses = scheme.losses.count
    let weighted = scheme.sampleWeights == nil ? 0 : losses
    return classes.count == scheme.classes.count
      && classes.allSatisfy { $0.losses.count == losses && $0.weighted.count == weighted }
  }
}
