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
      let count = min(images.count, PaletteJudge.most)
      let some = (0..<count).map { images[$0 * images.count / count] }
      let sources = some.map { side == .truth ? $0.truth : $0.prediction }
      guard let decision = try PaletteJudge.decision(on: side, of: sources, scheme) else {
        continue
      }
      if let palettes = decision.reordered {
        throw palettes.problem(on: side, scheme, classOf: classes(of: palettes, on: side, in: some))
      }
      scheme.palettes[side] = decision.reading
      if let note = decision.note { notes.append(note) }
    }
  }

  private func hasLabelMaps(_ side: Side) -> Bool {
    switch side {
    case .truth: !file.decode.truth.hasClassFiles
    case .predictions: scheme.kind == .labels && !file.decode.predictions.hasClassFiles
    }
  }
}
