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
  let list = presets.map { preset in
    let name = preset.id + String(repeating: " ", count: width - preset.id.count)
    let log = preset.isOneCall ? "; one call on all images, which no log has" : ""
    return "\(name)  \(preset.text)  (\(preset.versions)\(log))\n"
  }.joined()
  return list + listTrainers(with: word)
}

/// One line a trainer, as it goes with a preset of its libraries.
private func listTrainers(with word: String) -> String {
  let trainers = Trainer.all.filter { trainer in
    word.isEmpty || trainer.name.lowercased().contains(word)
      || trainer.versions.lowercased().contains(word)
  }
  guard !trainers.isEmpty else { return "" }
  let names = trainers.map { "\($0.name)(PRESET)" }
  let width = names.map(\.count).max() ?? 0
  return zip(trainers, names).map { trainer, name in
    let name = name + String(repeating: " ", count: width - name.count)
    return "\(name)  … > \(trainer.step)  (\(trainer.versions))\n"
  }.joined()
}
