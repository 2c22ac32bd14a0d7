internal import Configuration
internal import Core
internal import Decoding

extension Plan {
  /// Decides for each side that has label maps what of pictures with few colours are labels, unless
  /// the configuration says so.
  ///
  /// - Throws: Problem: a palette can be read in two ways, or means something else from file to file.
  mutating func decidePalettes() throws(Problem) {
    for side in Side.allCases where scheme.palettes[side] == nil && hasLabelMaps(side) {
      let some = lookedAt
      guard let decision = try decision(on: side, of: some) else { continue }
      if let palettes = decision.reordered {
        // What lies on numbers that mean nothing either is no class.
        let isJudged = hasLabelMaps(side.other) && scheme.palettes[side.other] == nil
        let other = isJudged ? try? self.decision(on: side.other, of: some) : nil
        throw palettes.problem(
          on: side, scheme,
          classOf: other?.reordered == nil ? classes(of: palettes, on: side, in: some) : [:])
      }
      scheme.palettes[side] = decision.reading
      if let note = decision.note { notes.append(note) }
    }
  }

  /// Some images, evenly spread.
  private var lookedAt: [ImageFiles] {
    let count = min(images.count, PaletteJudge.most)
    return (0..<count).map { images[$0 * images.count / count] }
  }

  private func decision(
    on side: Side, of images: [ImageFiles]
  ) throws(Problem) -> PaletteJudge.Decision? {
    try PaletteJudge.decision(
      on: side, of: images.map { side == .truth ? $0.truth : $0.prediction }, scheme)
  }

  private func hasLabelMaps(_ side: Side) -> Bool {
    switch side {
    case .truth: file.decode.truth?.hasClassFiles == false
    case .predictions: scheme.kind == .labels && !file.decode.predictions.hasClassFiles
    }
  }
}
