internal import Core
internal import Pages
internal import Tables

extension Search {
  /// Without older versions that print what today's does in all batches, which say nothing.
  func withoutEchoes(_ candidates: [Candidate]) -> [Candidate] {
    let values = Dictionary(grouping: candidates.filter(\.isPreset), by: \.way)
    return candidates.filter { candidate in
      guard candidate.isPreset, let id = Self.laterID(of: candidate.way),
        let later = values[id], let older = values[candidate.way]
      else { return true }
      return !older.allSatisfy { each in
        let same = later.first { $0.batching == each.batching } ?? later.first
        return same.flatMap(\.value) == each.value && same.flatMap(\.nan) == each.nan
      }
    }
  }

  /// What other versions of the library print in the same batches: `in smp 0.5 and before: 1.55`.
  func otherVersions(of candidate: Candidate) -> Line? {
    guard candidate.isPreset, let value = candidate.value else { return nil }
    let id = Self.laterID(of: candidate.way) ?? candidate.way
    let moves = Preset.moves.filter { $0.preset == id }
    let others = (moves.compactMap(\.before.preset) + [Preset.named(id)].compactMap(\.self))
      .filter { $0.id != candidate.way }
    let lines = others.compactMap { preset -> Line? in
      guard let other = self.value(of: preset, in: candidate.batching), other != value else {
        return nil
      }
      return "\(apart([other, value])[0]) in \(name: preset.heldBy)"
    }
    guard !moves.isEmpty, let first = lines.first else { return nil }
    return lines.dropFirst().reduce("Other versions: \(first)") { "\($0), \($1)" } + "."
  }

  /// The preset of today's number, of an older one.
  private static func laterID(of id: String) -> String? {
    Preset.moves.first { $0.before.preset?.id == id }?.preset
  }

  private func value(of preset: Preset, in batching: Batching?) -> Double? {
    guard run.obstacle(to: preset) == nil,
      let formula = try? preset.formula(areClassesExclusive: run.areClassesExclusive),
      run.obstacle(to: formula) == nil
    else { return nil }
    return value(of: formula, in: batching)
  }
}

extension Preset {
  /// Its versions without what was run of them.
  fileprivate var heldBy: String { versions.components(before: " (") }
}

extension String {
  fileprivate func components(before end: String) -> String {
    firstRange(of: end).map { String(self[..<$0.lowerBound]) } ?? self
  }
}
