internal import Core
internal import Counting
internal import Decoding
package import Tables

extension Section<Keys.Pipeline> {
  /// The presets that were asked for; each must fit the predictions.
  func fittingPresets(noting mistakes: inout Mistakes) -> [Preset]? {
    guard let requested = self.presets, let obstacle else { return nil }
    switch requested {
    case nil: return []
    case .fitting:
      return Preset.all.filter { obstacle($0) == nil && !(isOfVolumes && $0.readsDistances) }
    case .named(let presets):
      for preset in presets {
        guard let reason = obstacle(preset.value) else { continue }
        mistakes.note(
          preset.setting.problem(
            "'\(preset.value.id)' does not fit these predictions: \(reason)",
            remedy: "take it out; `presets: all` takes those that fit"))
      }
      return presets.map(\.value)
    }
  }

  /// Whether files or axes say that images are volumes, whose boundaries are not measured.
  private var isOfVolumes: Bool {
    guard let decode = self.decode else { return false }
    let sides = Side.allCases.compactMap(decode.location(of:))
    var axes: [AxisOrder] = []
    if case .some(.some(let told)) = decode.axes {
      axes = [told.predictions, told.truth].compactMap(\.self)
    }
    return axes.contains { $0.hasSlices }
      || sides.contains { FileFormat(ofFile: $0.template.text)?.isVolume ?? false }
  }

  /// Why a preset does not fit; `nil` where what decides that is wrong.
  var obstacle: ((Preset) -> String?)? {
    guard let kind = self.decode?.kind, let exclusive = self.decode?.areClassesExclusive,
      let weighting = self.sampleWeight, let hasShares = self.decode?.softTruth
    else { return nil }
    return { preset in
      preset.obstacle(
        to: kind, areClassesExclusive: exclusive, hasSampleWeights: weighting != nil,
        hasShares: hasShares)
    }
  }
}

extension PipelineFile.Decode {
  /// Why a preset does not fit these predictions.
  package func obstacle(to preset: Preset, hasSampleWeights: Bool) -> String? {
    preset.obstacle(
      to: kind, areClassesExclusive: isExclusive, hasSampleWeights: hasSampleWeights,
      hasShares: hasShares)
  }
}

extension Preset {
  fileprivate func obstacle(
    to kind: Scheme.Kind, areClassesExclusive: Bool, hasSampleWeights: Bool, hasShares: Bool
  ) -> String? {
    obstacle(
      hasLogits: kind == .logits, hasLabels: kind == .labels,
      areClassesExclusive: areClassesExclusive, hasSampleWeights: hasSampleWeights,
      hasShares: hasShares)
  }
}

extension Preset {
  fileprivate var readsDistances: Bool {
    let formula = try? self.formula(areClassesExclusive: true)
    return formula?.gauges.contains { $0.measure.readsDistances } ?? false
  }
}
