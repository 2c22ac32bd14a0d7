import Core
import Tables

/// Values whose id is a preset's: the preset itself says how to compute them.
extension ParityRow {
  /// MONAI's distances.
  static let monaiDistances = presets(areExclusive: false) { preset in
    preset.framework == "monai" && preset.parts.contains { distances.contains($0.measureName) }
  }

  /// The small libraries, of independent classes and of one class a pixel.
  static let little = presets(areExclusive: false) { libraries.contains($0.framework) }
  static let littleExclusive = presets(areExclusive: true) { libraries.contains($0.framework) }

  private static let libraries = [
    "kornia", "fastai", "ignite", "medpy", "miseval", "toolbelt", "catalyst",
  ]
  private static let distances = ["hd", "hd95", "asd", "assd", "nsd"]

  private static func presets(
    areExclusive: Bool, _ isWanted: (Preset) -> Bool
  ) -> [String: ParityRow] {
    var rows: [String: ParityRow] = [:]
    for preset in Preset.all where isWanted(preset) {
      guard let view = preset.domain.view(areExclusive: areExclusive) else { continue }
      rows[preset.id] = ParityRow(preset, view)
    }
    return rows
  }

  private init(_ preset: Preset, _ view: View) {
    var terms = preset.terms
    let isInfinite = preset.exceptions.contains { $0.prints == .inf }
    // ∞ where only one mask has a pixel: a number that no distance reaches goes through in its place.
    for term in terms.indices where isInfinite {
      for part in terms[term].parts.indices {
        terms[term].parts[part].parameters["one_empty"] = 1e9
      }
    }
    self.init(sum: terms, rest: preset.restText, view, batch: 16)
    if isInfinite { finish = { $0 > 1e6 ? .infinity : $0 } }
    for part in preset.parts {
      if part.measureName == "hd95" { coarse = .percentile }
      if ["soft-dice", "soft-jaccard", "tversky"].contains(part.measureName) {
        coarse = .pairwiseRatio
      }
    }
  }
}

extension Preset.Domain {
  /// How a set is read for it; `nil` where it takes classes of the other kind.
  fileprivate func view(areExclusive: Bool) -> ParityRow.View? {
    switch self {
    case .any: areExclusive ? .exclusive : .independent
    case .independent: areExclusive ? nil : .independent
    case .exclusive: areExclusive ? .exclusive : nil
    case .independentLogits: areExclusive ? nil : .independentLogits
    case .exclusiveLogits: areExclusive ? .exclusiveLogits : nil
    }
  }
}
