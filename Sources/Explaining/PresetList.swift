internal import Counting
internal import Tables

/// One line a preset: its name, its measure and chain, the versions it holds for.
package func listPresets() -> String {
  let width = Preset.all.map(\.id.count).max() ?? 0
  return Preset.all.map { preset in
    let name = preset.id + String(repeating: " ", count: width - preset.id.count)
    return "\(name)  \(preset.text)  (\(preset.versions))\n"
  }.joined()
}
