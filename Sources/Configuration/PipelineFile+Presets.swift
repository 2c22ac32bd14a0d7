internal import Core
internal import Decoding
package import Tables

extension PipelineFile {
  /// Names of presets, or `all` for those that fit the predictions.
  static func presets(
    _ setting: Setting?, _ decode: Decode, hasSampleWeights: Bool
  ) throws(Problem) -> [Preset] {
    guard let setting else { return [] }
    if setting.isScalar, try setting.string == "all" {
      return Preset.all.filter {
        decode.obstacle(to: $0, hasSampleWeights: hasSampleWeights) == nil
      }
    }
    var presets: [Preset] = []
    for item in try setting.list {
      let id = try item.string
      guard let preset = Preset.named(id) else {
        throw item.problem(
          "unknown preset '\(printable(id))'",
          remedy: suggestion(
            for: id, among: Preset.all.map(\.id), called: "`unmask presets` lists them; there are")
        )
      }
      if let obstacle = decode.obstacle(to: preset, hasSampleWeights: hasSampleWeights) {
        throw item.problem(
          "'\(id)' does not fit these predictions: \(obstacle)",
          remedy: "take it out; `presets: all` takes those that fit")
      }
      presets.append(preset)
    }
    return presets
  }
}

extension PipelineFile.Decode {
  package func obstacle(to preset: Preset, hasSampleWeights: Bool) -> String? {
    preset.obstacle(
      hasLogits: kind == .logits, hasLabels: kind == .labels, areClassesExclusive: isExclusive,
      hasSampleWeights: hasSampleWeights)
  }
}
