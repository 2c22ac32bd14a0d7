internal import Counting
internal import Tables

/// One line a preset: its name, its measure and chain, the versions it holds for.
///
/// - Parameter word: what the name or the call must contain, in letters of any case.
package func listPresets(with word: String = "") -> String {
  let word = word.lowercased()
  let presets = Preset.all.filter { preset in
    word.isEmpty || preset.id.lowercased().contains(word)
      || preset.call.lowercased().contains(word)
  }
  let width = presets.map(\.id.count).max() ?? 0
  return presets.map { preset in
    let name = preset.id + String(repeating: " ", count: width - preset.id.count)
    return "\(name)  \(preset.text)  (\(preset.versions))\n"
  }.joined()
}
