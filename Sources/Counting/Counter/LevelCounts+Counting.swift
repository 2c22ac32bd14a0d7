internal import Core

extension LevelCounts {
  /// Adds a block of one class's pixels.
  mutating func add(_ block: ClassBlock) {
    if levels == 0 { self = LevelCounts(levels: LevelScale(block.levelKind).levels) }
    for index in 0..<block.vectors {
      let (t, p) = (block.truth(index), block.probability(index).p)
      for lane in 0..<8 where t.isCounted[lane] {
        count(level(of: p[lane], block.levelKind), isOwn: t.isOwn[lane])
      }
    }
  }

  /// Adds one pixel.
  mutating func add(_ p: Double, isOwn: Bool, _ kind: RunLevels.Kind) {
    if levels == 0 { self = LevelCounts(levels: LevelScale(kind).levels) }
    count(level(of: p, kind), isOwn: isOwn)
  }

  @inline(__always)
  private func level(of p: Double, _ kind: RunLevels.Kind) -> Int {
    switch kind {
    case .bits8: Int((p * 255).rounded())
    case .bits16: Int((p * 65535).rounded())
    case .single, .double: ProbabilityBins.bin(of: p)
    }
  }
}
